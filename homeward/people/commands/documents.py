"""Papers: recording one, and taking out one that was recorded by mistake."""

from datetime import date
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.codelists.countries import is_country
from homeward.lib.problems import Invalid
from homeward.people.indexing import add_keys, renew_keys
from homeward.people.matching import Traits
from homeward.people.models import Document
from homeward.people.queries import get_document, get_person
from homeward.people.rules import DocumentKind
from homeward.privacy.sealing import blind_index, place_of, seal_text


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
    _check(number, country, issued_on, expires_on)
    document = Document(person=person, kind=kind, country=country, issued_on=issued_on, expires_on=expires_on)
    document.number = seal_text(person.id, place_of(document, "number"), number.strip())
    document.number_index = blind_index("document", number)
    document.save(force_insert=True)
    add_keys([(person.id, Traits(documents=(number,)))])
    return document


@command(Action.PERSON_EDIT)
def remove_document(actor: Actor, *, person_id: UUID, document_id: UUID) -> Document:
    """Take out a paper recorded by mistake; nobody finds the person by it any more."""
    document = get_document(actor, person_id, document_id)
    document.removed_at, document.removed_by_id = now(), actor.user_id
    document.save(update_fields=["removed_at", "removed_by_id"])
    renew_keys(actor, document.person)
    return document


def _check(number: str, country: str, issued_on: date | None, expires_on: date | None) -> None:
    wrong: dict[str, object] = {}
    if not any(sign.isalnum() for sign in number):
        wrong["number"] = _("Enter the number as it stands on the paper.")
    if country and not is_country(country):
        wrong["country"] = _("Choose a country from the list.")
    if issued_on and expires_on and expires_on < issued_on:
        wrong["expires_on"] = _("A paper cannot expire before it was issued.")
    if wrong:
        raise Invalid(fields=wrong)  # type: ignore[arg-type]
