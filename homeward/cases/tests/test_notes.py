from datetime import date

import pytest
from django.db import ProgrammingError

from homeward.access.acting import acting_as
from homeward.cases.commands.notes import CorrectedAlready, NotYourNote, correct_note, write_note
from homeward.cases.journey_rules import NoteKind
from homeward.cases.models import Note
from homeward.cases.queries.journey import notes_of_case
from homeward.cases.rules import Visibility
from homeward.cases.tests.journeys import enquiry
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import jonas, nora, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
ON = date(2026, 3, 10)


def note(actor=jonas, case=None, **given):
    case = case or enquiry()
    return write_note(actor, **{"case_id": case.id, "text": "Called, all well", "on": ON, **given})


def texts(actor, case_id):
    with acting_as(actor):
        return [one.text for one in notes_of_case(actor, case_id)]


def test_a_role_without_casework_writes_no_notes():
    with pytest.raises(Refused):
        note(salma)


def test_a_stranger_cannot_tell_that_the_case_exists():
    with pytest.raises(NotFound):
        note(stranger)


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"on": date(2990, 1, 1)}])
def test_an_empty_or_future_note_is_refused(wrong):
    with pytest.raises(Invalid):
        note(**wrong)


def test_everyone_on_the_case_reads_it():
    written = note(kind=NoteKind.CALL)
    assert texts(nora, written.case_id) == texts(vera, written.case_id) == ["Called, all well"]


def test_a_note_for_ones_own_organisation_stays_there():
    written = note(visibility=Visibility.ORGANISATION)
    assert texts(jonas, written.case_id) == ["Called, all well"]
    assert texts(nora, written.case_id) == []
    with pytest.raises(NotFound):
        correct_note(nora, note_id=written.id, text="x", reason="y")


def test_a_correction_stands_and_the_old_text_is_kept():
    written = note()
    corrected = correct_note(jonas, note_id=written.id, text="Called, not well", reason="Mixed up two people")
    assert texts(nora, written.case_id) == ["Called, not well"]
    with acting_as(nora):
        assert Note.objects.get(id=corrected.corrects_id).text == "Called, all well"


def test_a_note_is_corrected_by_its_writer_only():
    written = note()
    with pytest.raises(NotYourNote):
        correct_note(nora, note_id=written.id, text="x", reason="y")


def test_only_the_newest_is_corrected():
    written = note()
    correct_note(jonas, note_id=written.id, text="Called", reason="Shorter")
    with pytest.raises(CorrectedAlready):
        correct_note(jonas, note_id=written.id, text="Called again", reason="Once more")


def test_a_correction_needs_its_reason():
    with pytest.raises(Invalid):
        correct_note(jonas, note_id=note().id, text="Called", reason="")


def test_the_database_itself_refuses_to_overwrite_a_note():
    written = note()
    with pytest.raises(ProgrammingError), acting_as(jonas):
        Note.objects.filter(id=written.id).update(text="Something else")
    assert texts(jonas, written.case_id) == ["Called, all well"]
