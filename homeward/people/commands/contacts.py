"""Ways to reach somebody: recording, correcting, ending one."""

from datetime import date, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid
from homeward.people.indexing import add_keys, renew_keys
from homeward.people.matching import Traits
from homeward.people.models import Contact
from homeward.people.queries import contact_for_edit, get_person
from homeward.people.rules import PHONE_KINDS, ContactDetails, ContactKind


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
    details = ContactDetails(
        kind=kind,
        value=value,
        belongs_to=belongs_to,
        may_call=may_call,
        may_text=may_text,
        may_leave_message=may_leave_message,
        not_before=not_before,
        not_after=not_after,
        safety_note=safety_note,
        is_preferred=is_preferred,
    )
    _check(details)
    contact = Contact(person=person, **details.columns())
    contact.save(force_insert=True)
    _prefer_only(contact)
    if kind in PHONE_KINDS:
        add_keys([(person.id, Traits(phones=(value,)))])
    return contact


@command(Action.PERSON_EDIT)
def change_contact(
    actor: Actor, *, person_id: UUID, contact_id: UUID, expected_version: int, details: ContactDetails
) -> Contact:
    """Correct a way to reach the person, unless somebody else did so in between."""
    _check(details)
    contact = contact_for_edit(actor, person_id, contact_id, expected_version)
    for name, value in details.columns().items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save()
    _prefer_only(contact)
    renew_keys(actor, contact.person)
    return contact


@command(Action.PERSON_EDIT)
def end_contact(
    actor: Actor, *, person_id: UUID, contact_id: UUID, expected_version: int, ended_on: date
) -> Contact:
    """Say that this way no longer reaches the person; nobody is to use it again."""
    contact = contact_for_edit(actor, person_id, contact_id, expected_version)
    contact.ended_on, contact.is_preferred = ended_on, False
    contact.version += 1
    contact.save()
    renew_keys(actor, contact.person)
    return contact


def _check(details: ContactDetails) -> None:
    wrong: dict[str, object] = {}
    if not details.value.strip():
        wrong["value"] = _("Enter the number or address.")
    if details.not_before and details.not_after and details.not_before >= details.not_after:
        wrong["not_after"] = _("The latest time must be after the earliest.")
    if wrong:
        raise Invalid(fields=wrong)  # type: ignore[arg-type]


def _prefer_only(contact: Contact) -> None:
    """A person prefers one way at a time."""
    if contact.is_preferred:
        others = Contact.objects.filter(person_id=contact.person_id, is_preferred=True)
        others.exclude(id=contact.id).update(is_preferred=False)
