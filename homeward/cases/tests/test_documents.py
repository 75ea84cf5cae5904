import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands.documents import add_case_document
from homeward.cases.journey_rules import PaperKind
from homeward.cases.queries.journey import documents_of_case
from homeward.cases.rules import Visibility
from homeward.cases.tests.journeys import enquiry
from homeward.files.problems import FileTypeRefused
from homeward.files.queries import open_file
from homeward.files.tests.samples import PDF
from homeward.lib.problems import NotFound, Refused
from tests.cast import jonas, nora, salma, stranger

pytestmark = pytest.mark.usefixtures("cast")


def add(case=None, actor=jonas, **given):
    given = {"name": "passport.pdf", "content": PDF, "kind": PaperKind.IDENTITY, **given}
    return add_case_document(actor, case_id=(case or enquiry()).id, **given)


def test_who_does_no_casework_adds_nothing_and_a_stranger_sees_nothing():
    with pytest.raises(Refused):
        add(actor=salma)
    with pytest.raises(NotFound):
        add(actor=stranger)


def test_a_program_is_refused_and_nothing_is_kept():
    case = enquiry()
    with pytest.raises(FileTypeRefused):
        add(case, content=b"MZ\x90\x00")
    with acting_as(jonas):
        assert not documents_of_case(jonas, case.id).exists()


def test_everyone_on_the_case_opens_it():
    document = add()
    with acting_as(nora):
        assert open_file(nora, document.file_id).content == PDF
    with acting_as(stranger), pytest.raises(NotFound):
        open_file(stranger, document.file_id)


def test_a_document_for_ones_own_organisation_stays_there():
    document = add(visibility=Visibility.ORGANISATION)
    with acting_as(jonas):
        assert open_file(jonas, document.file_id).name == "passport.pdf"
    with acting_as(nora):
        assert not documents_of_case(nora, document.case_id).exists()
        with pytest.raises(NotFound):
            open_file(nora, document.file_id)
