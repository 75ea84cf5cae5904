from uuid import uuid4

import pytest
from django.db import ProgrammingError

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.files.blobs import path_of
from homeward.files.commands import remove_file, store_file
from homeward.files.models import StoredFile
from homeward.files.problems import FileLost
from homeward.files.queries import get_file, open_file
from homeward.files.tests.samples import PDF
from homeward.lib.problems import NotFound, Refused
from homeward.privacy.commands import destroy_key
from homeward.privacy.sealing import Erased
from tests.cast import ines, nora, otto, stranger, vera


@pytest.fixture
def file(sami):
    return store_file(nora, name="a.pdf", content=PDF, case_id=sami.id, subject_id=sami.person_id)


def test_a_donor_opens_nothing(file):
    with pytest.raises(Refused):
        open_file(otto, file.id)


def test_a_stranger_cannot_tell_a_file_from_a_missing_one(file):
    for file_id in (file.id, uuid4()):
        with pytest.raises(NotFound):
            open_file(stranger, file_id)


def test_a_file_of_no_case_is_its_organisations_alone(cast):
    own = store_file(nora, name="a.pdf", content=PDF)
    assert open_file(nora, own.id).content == PDF
    for actor in (stranger, vera):
        with pytest.raises(NotFound):
            open_file(actor, own.id)


def test_opening_is_on_the_record(file, sami):
    open_file(nora, file.id)
    with acting_as(nora):
        entry = Entry.objects.get(action="file.open")
    assert (entry.actor_id, entry.subject_id, entry.case_id) == (nora.user_id, file.id, sami.id)


@pytest.mark.parametrize("harm", ["changed", "cut", "missing", "swapped"])
def test_a_file_harmed_on_disk_is_never_shown(file, sami, harm):
    path = path_of(file.blob)
    if harm == "missing":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    elif harm == "changed":
        content = bytearray(path.read_bytes())
        content[-20] ^= 1
        path.write_bytes(content)
    else:
        other = store_file(nora, name="b.pdf", content=PDF, case_id=sami.id)
        path.write_bytes(path_of(other.blob).read_bytes())
    with pytest.raises(FileLost):
        open_file(nora, file.id)


def test_erasing_the_person_erases_the_file(file, sami):
    destroy_key(ines, subject_id=sami.person_id)
    with pytest.raises(Erased):
        open_file(nora, file.id)


def test_a_file_is_never_changed_in_place(file):
    with acting_as(nora), pytest.raises(ProgrammingError, match="permission denied"):
        StoredFile.objects.filter(id=file.id).update(size_bytes=1)


def test_a_stranger_removes_nothing(file):
    with pytest.raises(NotFound):
        remove_file(stranger, file_id=file.id)


@pytest.mark.django_db(transaction=True)
def test_removing_takes_the_row_and_the_bytes(file):
    remove_file(nora, file_id=file.id)
    with acting_as(nora), pytest.raises(NotFound):
        get_file(nora, file.id)
    assert not path_of(file.blob).exists()
