"""Taking back people whom a list brought."""

import pytest

from homeward.access.acting import acting_as
from homeward.lib.problems import Refused
from homeward.people.commands import add_contact, register_person
from homeward.people.commands.removing import remove_people
from homeward.people.queries.ties import changed_people
from homeward.people.rules import ContactKind, PersonDetails
from tests.cast import nora, stranger, vera


@pytest.fixture
def amal(cast):
    person = register_person(nora, details=PersonDetails("Amal", "Example"))
    add_contact(nora, person_id=person.id, kind=ContactKind.PHONE, value="+49 30 5550100")
    return person


def test_only_who_may_undo_an_import_removes_people(amal):
    with pytest.raises(Refused):
        remove_people(vera, person_ids=[amal.id])


def test_a_stranger_removes_nobody(amal, past_policies):
    assert not remove_people(stranger, person_ids=[amal.id]).person_ids
    assert len(past_policies("SELECT id FROM people_person")) == 1


def test_removed_people_leave_nothing_but_a_destroyed_key(amal, past_policies):
    assert remove_people(nora, person_ids=[amal.id]).person_ids == {amal.id}
    for table in ("people_person", "people_contact", "people_document", "people_blockingkey"):
        assert past_policies(f"SELECT 1 FROM {table}") == []
    assert past_policies("SELECT wrapped FROM privacy_subjectkey") == [{"wrapped": None}]


def test_somebody_with_a_case_is_not_removed(sami):
    assert not remove_people(nora, person_ids=[sami.person_id]).person_ids


def test_another_contact_counts_as_a_change(amal):
    with acting_as(nora):
        assert changed_people(nora, {amal.id: 1}) == frozenset()
        assert changed_people(nora, {amal.id: 0}) == {amal.id}
