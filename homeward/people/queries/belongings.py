"""What is recorded with a person: papers, ways to reach them, relatives. Call after the person was let in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound
from homeward.people.models import Contact, Document, Person, Relation
from homeward.people.queries.people import get_person, visible_people
from homeward.people.rules import OpeningReason
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import place_of


def documents_of(actor: Actor, person_id: UUID) -> QuerySet[Document]:
    """Papers recorded with a person, their numbers still sealed."""
    return Document.objects.filter(person_id=person_id, removed_at=None).defer("number").order_by("id")


def contacts_of(actor: Actor, person_id: UUID) -> QuerySet[Contact]:
    """The ways to reach a person now, the preferred one first; call after the person or case was let in."""
    now_used = Contact.objects.filter(person_id=person_id, ended_on=None)
    return now_used.order_by("-is_preferred", "kind", "id")


@dataclass(frozen=True)
class Relative:
    """Somebody related to a person, and how; `other` is None when not the reader's to see."""

    relation: Relation
    other: Person | None


def relatives_of(actor: Actor, person_id: UUID) -> Sequence[Relative]:
    """To whom the person is related now."""
    live = list(Relation.objects.filter(person_id=person_id, until_on=None).order_by("kind", "id"))
    seen = visible_people(actor).in_bulk([relation.related_id for relation in live])
    return [Relative(relation, seen.get(relation.related_id)) for relation in live]


def documents_of_people(actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, list[Document]]:
    """Papers of several people the actor may see, numbers still sealed."""
    found: defaultdict[UUID, list[Document]] = defaultdict(list)
    for document in (
        Document.objects.filter(person_id__in=ids, removed_at=None).defer("number").order_by("id")
    ):
        found[document.person_id].append(document)
    return found


def contacts_of_people(actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, list[Contact]]:
    """The ways to reach several people the actor may see."""
    found: defaultdict[UUID, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(person_id__in=ids, ended_on=None).order_by("id"):
        found[contact.person_id].append(contact)
    return found


def get_contact(actor: Actor, person_id: UUID, contact_id: UUID) -> Contact:
    """One way to reach a person the actor may see, or NotFound."""
    get_person(actor, person_id)
    own = Contact.objects.filter(person_id=person_id, id=contact_id, ended_on=None)
    found = own.select_related("person").first()
    if found is None:
        raise NotFound
    return found


def get_relation(actor: Actor, person_id: UUID, relation_id: UUID) -> Relative:
    """One live relation of a person, or NotFound."""
    get_person(actor, person_id)
    live = Relation.objects.filter(person_id=person_id, id=relation_id, until_on=None)
    found = live.select_related("person").first()
    if found is None:
        raise NotFound
    return Relative(found, visible_people(actor).filter(id=found.related_id).first())


def get_document(actor: Actor, person_id: UUID, document_id: UUID) -> Document:
    """One paper of a person the actor may see, locked, or NotFound."""
    get_person(actor, person_id)
    own = Document.objects.filter(person_id=person_id, id=document_id, removed_at=None)
    found = own.select_related("person").select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def contact_for_edit(
    actor: Actor, person_id: UUID, contact_id: UUID, expected_version: int | None = None
) -> Contact:
    """One way to reach a person, locked for change."""
    get_person(actor, person_id)
    own = Contact.objects.filter(person_id=person_id, id=contact_id, ended_on=None)
    found = own.select_related("person").select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def relation_for_edit(actor: Actor, person_id: UUID, relation_id: UUID) -> Relation:
    """One live relation of a person, locked for change."""
    get_person(actor, person_id)
    live = Relation.objects.filter(person_id=person_id, id=relation_id, until_on=None)
    found = live.select_for_update().first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class OpenedNumber:
    """A document number in clear, for one look; never kept, never logged."""

    document: Document
    number: str = field(repr=False)


def open_document_number(
    actor: Actor, *, person_id: UUID, document_id: UUID, reason: OpeningReason, words: str = ""
) -> OpenedNumber:
    """Open the sealed number of one paper; who did so, and for what reason, is on the record."""
    actor.require(Action.DOCUMENT_NUMBER_OPEN)
    with acting_as(actor):
        document = get_document(actor, person_id, document_id)
        place = place_of(document, "number")
        closed = Closed(person_id, place, document.number, person_id, note=document.kind)
        number = open_field(actor, Action.DOCUMENT_NUMBER_OPEN, closed, Why(reason, words)).decode()
    return OpenedNumber(document, number)
