"""Papers, ways to reach somebody and relatives: refusals first, numbers one at a time."""

from datetime import date, time

import pytest

from homeward.access.acting import acting_as
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused
from homeward.people import commands
from homeward.people.queries import (
    contacts_of,
    documents_of,
    likely_matches,
    open_document_number,
    persons_with_document,
    relatives_of,
)
from homeward.people.rules import (
    ContactDetails,
    ContactKind,
    DocumentKind,
    NewDocument,
    NewPerson,
    OpeningReason,
    PersonDetails,
    RelationKind,
)
from tests.cast import nora, stranger, vera

pytestmark = pytest.mark.django_db

PHONE = ContactDetails(kind=ContactKind.PHONE, value="+216 20 334 455", not_after=time(18))


@pytest.fixture
def person(cast):
    return commands.register_person(nora, details=PersonDetails(given_names="Sami", family_name="Example"))


@pytest.fixture
def passport(person):
    return commands.add_document(
        nora, person_id=person.id, kind=DocumentKind.PASSPORT, number="P1234567", country="XM"
    )


@pytest.fixture
def phone(person):
    return commands.add_contact(nora, person_id=person.id, **PHONE.columns())


def opened(actor, document):
    return open_document_number(
        actor, person_id=document.person_id, document_id=document.id, reason=OpeningReason.TRAVEL
    )


def test_who_only_reads_may_not_open_a_number(passport):
    with pytest.raises(Refused):
        opened(vera, passport)


def test_a_stranger_opens_changes_and_removes_nothing(person, passport, phone):
    with pytest.raises(NotFound):
        opened(stranger, passport)
    with pytest.raises(NotFound):
        commands.remove_document(stranger, person_id=person.id, document_id=passport.id)
    with pytest.raises(NotFound):
        commands.change_contact(
            stranger, person_id=person.id, contact_id=phone.id, expected_version=1, details=PHONE
        )
    with pytest.raises(NotFound):
        commands.add_contact(stranger, person_id=person.id, **PHONE.columns())


def test_opening_a_number_is_on_the_record_with_its_reason_and_without_the_number(passport, past_policies):
    assert opened(nora, passport).number == "P1234567"
    (entry,) = past_policies("SELECT * FROM audit_entry WHERE action = 'document_number.open'")
    assert entry["note"] == "passport: travel"
    assert entry["subject_id"] == str(passport.person_id)
    assert "P1234567" not in str(entry)
    assert "P1234567" not in repr(opened(nora, passport))


def test_a_list_of_papers_does_not_carry_the_numbers(person, passport):
    with acting_as(nora):
        (listed,) = documents_of(nora, person.id)
        assert "number" in listed.get_deferred_fields()


def test_nobody_is_found_by_a_paper_that_was_removed(person, passport):
    commands.remove_document(nora, person_id=person.id, document_id=passport.id)
    with acting_as(nora):
        assert persons_with_document(nora, "P1234567") == []
        assert list(documents_of(nora, person.id)) == []
        assert likely_matches(nora, PersonDetails(given_names="Nobody"), documents=["P1234567"]) == []
    with pytest.raises(NotFound):
        opened(nora, passport)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": " - "}, "number"),
        ({"number": "A1", "country": "QQ"}, "country"),
        ({"number": "A1", "issued_on": date(2026, 1, 2), "expires_on": date(2026, 1, 1)}, "expires_on"),
    ],
)
def test_an_impossible_paper_is_sent_back_naming_the_field(person, given, field):
    with pytest.raises(Invalid) as wrong:
        commands.add_document(nora, person_id=person.id, kind=DocumentKind.OTHER, **given)
    assert field in wrong.value.fields


def test_a_contact_saved_by_somebody_else_meanwhile_is_not_overwritten(person, phone):
    given = {"person_id": person.id, "contact_id": phone.id, "expected_version": 1}
    commands.change_contact(nora, details=PHONE, **given)
    with pytest.raises(EditConflict):
        commands.change_contact(nora, details=PHONE, **given)
    with pytest.raises(EditConflict):
        commands.end_contact(nora, ended_on=date(2026, 3, 1), **given)


def test_hours_that_end_before_they_begin_are_sent_back(person):
    with pytest.raises(Invalid) as wrong:
        commands.add_contact(
            nora,
            person_id=person.id,
            kind=ContactKind.PHONE,
            value="1",
            not_before=time(18),
            not_after=time(9),
        )
    assert "not_after" in wrong.value.fields


def test_an_ended_contact_is_no_longer_offered(person, phone):
    commands.end_contact(
        nora, person_id=person.id, contact_id=phone.id, expected_version=1, ended_on=date(2026, 3, 1)
    )
    with acting_as(nora):
        assert list(contacts_of(nora, person.id)) == []


def test_a_person_prefers_one_way_at_a_time(person):
    ways = [
        commands.add_contact(
            nora, person_id=person.id, kind=ContactKind.PHONE, value=str(number), is_preferred=True
        )
        for number in (1111111, 2222222)
    ]
    with acting_as(nora):
        assert [way.id for way in contacts_of(nora, person.id) if way.is_preferred] == [ways[1].id]


def test_a_relation_stands_on_both_sides_and_ends_on_both(person):
    rim = commands.register_person(nora, details=PersonDetails(given_names="Rim"))
    relation = commands.relate_people(nora, person_id=rim.id, related_id=person.id, kind=RelationKind.WARD)
    with acting_as(nora):
        (other_side,) = relatives_of(nora, person.id)
        assert (other_side.relation.kind, other_side.other) == (RelationKind.GUARDIAN, rim)
    commands.end_relation(nora, person_id=rim.id, relation_id=relation.id, until_on=date(2026, 3, 1))
    with acting_as(nora):
        assert list(relatives_of(nora, person.id)) == list(relatives_of(nora, rim.id)) == []


def test_nobody_is_related_to_somebody_the_actor_cannot_see(person):
    theirs = commands.register_person(stranger, details=PersonDetails(given_names="Unseen"))
    with pytest.raises(NotFound):
        commands.relate_people(nora, person_id=person.id, related_id=theirs.id, kind=RelationKind.SIBLING)


def test_a_list_is_registered_with_papers_and_contacts_and_found_by_each(cast):
    told = NewPerson(
        PersonDetails(given_names="Dalia", family_name="Example"),
        (NewDocument(DocumentKind.PASSPORT, "D7654321"),),
        (PHONE,),
    )
    dalia, _other = commands.register_people(nora, people=[told, NewPerson(PersonDetails(given_names="X"))])
    with acting_as(nora):
        assert persons_with_document(nora, "d 765-4321") == [dalia.id]
        (document,) = documents_of(nora, dalia.id)
        other_spelling = PersonDetails(given_names="Dalya", family_name="Exempel")
        assert [one.person.id for one in likely_matches(nora, other_spelling, phones=["20334455"])] == [
            dalia.id
        ]
    assert opened(nora, document).number == "D7654321"


def test_one_impossible_person_of_a_list_leaves_nobody_registered(cast, past_policies):
    with pytest.raises(Invalid):
        commands.register_people(
            nora, people=[NewPerson(PersonDetails(given_names="Ok")), NewPerson(PersonDetails())]
        )
    assert past_policies("SELECT id FROM people_person") == []
