"""Registering people, alone or a whole list, and changing what is recorded of them."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.bulk_insert import bulk_insert
from homeward.people.details import apply_details, check_details
from homeward.people.indexing import add_keys, renew_keys
from homeward.people.matching import Traits
from homeward.people.models import Contact, Document, Person
from homeward.people.queries import person_for_edit, traits_from
from homeward.people.rules import PHONE_KINDS, NewDocument, NewPerson, PersonDetails
from homeward.privacy.sealing import SubjectKeys, blind_index, make_keys, place_of


@command(Action.PERSON_REGISTER)
def register_person(actor: Actor, *, details: PersonDetails) -> Person:
    """Record somebody for the first time, with a key of their own for what will be sealed."""
    person = _new_person(actor, details)
    person.save(force_insert=True)
    make_keys(actor.organisation_id, [person.id])
    add_keys([(person.id, traits_from(details))])
    return person


@command(Action.PERSON_REGISTER)
def register_people(actor: Actor, *, people: Sequence[NewPerson]) -> list[Person]:
    """Record a list of people with their papers and contacts, in the list's order and in few queries."""
    persons = [_new_person(actor, told.details) for told in people]
    bulk_insert(Person, persons)
    keys = make_keys(actor.organisation_id, [person.id for person in persons])
    pairs = list(zip(persons, people, strict=True))
    bulk_insert(Document, _documents(keys, pairs))
    bulk_insert(Contact, (contact for person, told in pairs for contact in _contacts(person, told)))
    add_keys((person.id, _traits(told)) for person, told in pairs)
    return persons


@command(Action.PERSON_EDIT)
def change_person(actor: Actor, *, person_id: UUID, expected_version: int, details: PersonDetails) -> Person:
    """Correct what is recorded of a person, unless somebody else did so in between."""
    check_details(details)
    person = person_for_edit(actor, person_id, expected_version)
    apply_details(person, details)
    person.version += 1
    person.save()
    renew_keys(actor, person)
    return person


def _new_person(actor: Actor, details: PersonDetails) -> Person:
    check_details(details)
    person = Person(organisation_id=actor.organisation_id)
    apply_details(person, details)
    return person


def _documents(keys: SubjectKeys, pairs: Iterable[tuple[Person, NewPerson]]) -> Iterator[Document]:
    return (_sealed(keys, person, document) for person, told in pairs for document in told.documents)


def _sealed(keys: SubjectKeys, person: Person, told: NewDocument) -> Document:
    document = Document(
        person=person,
        kind=told.kind,
        country=told.country,
        issued_on=told.issued_on,
        expires_on=told.expires_on,
    )
    document.number = keys.seal_text(person.id, place_of(document, "number"), told.number.strip())
    document.number_index = blind_index("document", told.number)
    return document


def _contacts(person: Person, told: NewPerson) -> Iterator[Contact]:
    return (Contact(person=person, **contact.columns()) for contact in told.contacts)


def _traits(told: NewPerson) -> Traits:
    phones = (contact.value for contact in told.contacts if contact.kind in PHONE_KINDS)
    return traits_from(told.details, documents=(one.number for one in told.documents), phones=phones)
