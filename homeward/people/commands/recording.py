"""Registering people and changing what is recorded of them."""

from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid
from homeward.people.details import apply_details, check_details
from homeward.people.indexing import add_keys, renew_keys
from homeward.people.matching import Traits
from homeward.people.models import Contact, Document, Person, Relation
from homeward.people.queries import get_person, person_for_edit, traits_from
from homeward.people.rules import (
    INVERSE,
    PHONE_KINDS,
    ContactKind,
    DocumentKind,
    PersonDetails,
    RelationKind,
)
from homeward.privacy.sealing import blind_index, make_keys, place_of, seal_text


@command(Action.PERSON_REGISTER)
def register_person(actor: Actor, *, details: PersonDetails) -> Person:
    """Record somebody for the first time, with a key of their own for what will be sealed."""
    check_details(details)
    person = Person(organisation_id=actor.organisation_id)
    apply_details(person, details)
    person.save(force_insert=True)
    make_keys(actor.organisation_id, [person.id])
    add_keys([(person.id, traits_from(details))])
    return person


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


@command(Action.PERSON_EDIT)
def add_document(
    actor: Actor,
    *,
    person_id: UUID,
    kind: DocumentKind,
    number: str,
    country: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> Document:
    """Record a paper; its number is sealed under the person's key."""
    person = get_person(actor, person_id)
    document = Document(person=person, kind=kind, country=country, issued_on=issued_on, expires_on=expires_on)
    document.number = seal_text(person.id, place_of(document, "number"), number)
    document.number_index = blind_index("document", number)
    document.save(force_insert=True)
    add_keys([(person.id, Traits(documents=(number,)))])
    return document


@command(Action.PERSON_EDIT)
def add_contact(
    actor: Actor,
    *,
    person_id: UUID,
    kind: ContactKind,
    value: str,
    belongs_to: str = "",
    may_call: bool = True,
    may_text: bool = True,
    may_leave_message: bool = False,
    not_before: time | None = None,
    not_after: time | None = None,
    safety_note: str = "",
    is_preferred: bool = False,
) -> Contact:
    """Record a way to reach the person, and how it is safe to use."""
    person = get_person(actor, person_id)
    if kind in PHONE_KINDS:
        add_keys([(person.id, Traits(phones=(value,)))])
    return Contact.objects.create(
        person=person,
        kind=kind,
        value=value.strip(),
        belongs_to=belongs_to,
        may_call=may_call,
        may_text=may_text,
        may_leave_message=may_leave_message,
        not_before=not_before,
        not_after=not_after,
        safety_note=safety_note,
        is_preferred=is_preferred,
    )


@command(Action.PERSON_EDIT)
def relate_people(
    actor: Actor, *, person_id: UUID, related_id: UUID, kind: RelationKind, since_on: date | None = None
) -> Relation:
    """Record what one person is to another, and the other way round."""
    person, related = get_person(actor, person_id), get_person(actor, related_id)
    if person.id == related.id:
        raise Invalid(
            _("A person cannot be their own relative."), fields={"related": _("Choose another person.")}
        )
    with transaction.atomic():
        relation, _made = Relation.objects.get_or_create(
            person=person, related=related, kind=kind, until_on=None, defaults={"since_on": since_on}
        )
        Relation.objects.get_or_create(
            person=related, related=person, kind=INVERSE[kind], until_on=None, defaults={"since_on": since_on}
        )
    return relation
