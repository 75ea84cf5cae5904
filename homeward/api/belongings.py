"""REST: a person's papers, contacts and relatives."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import WithJsonSchema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Clock, Country, Day, Short, Yes
from homeward.api.looking import seen_person
from homeward.api.opening import WhyWords
from homeward.api.operations import creates, edits, ends, finds, reads
from homeward.people import commands, queries
from homeward.people.rules import ContactDetails, ContactKind, DocumentKind, OpeningReason, RelationKind

router = Router(tags=["people"])


class DocumentIn(Schema):
    kind: DocumentKind
    number: Annotated[str, Field(min_length=1, max_length=60, pattern=ANY)]
    country: Country = ""
    issued_on: Day | None = None
    expires_on: Day | None = None


class DocumentOut(Schema):
    """A paper; its number stays sealed."""

    id: UUID
    kind: DocumentKind
    country: str
    issued_on: date | None
    expires_on: date | None


class OpeningIn(Schema):
    # Written out: sealed texts have reasons of the same name in the code.
    reason: Annotated[OpeningReason, WithJsonSchema({"type": "string", "enum": list(OpeningReason)})]
    words: WhyWords = ""


class NumberOut(Schema):
    """A document number in clear, for this one look."""

    number: str


class ContactIn(Schema):
    kind: ContactKind
    value: Annotated[str, Field(min_length=1, max_length=300, pattern=ANY)]
    belongs_to: Short = ""
    may_call: Yes = True
    may_text: Yes = True
    may_leave_message: Yes = False
    not_before: Clock | None = None
    not_after: Clock | None = None
    safety_note: Annotated[str, Field(max_length=300, pattern=ANY)] = ""
    is_preferred: Yes = False


class ContactOut(Schema):
    """A way to reach the person, and how it is safe to use."""

    id: UUID
    kind: ContactKind
    value: str
    belongs_to: str
    may_call: bool
    may_text: bool
    may_leave_message: bool
    not_before: Clock | None
    not_after: Clock | None
    safety_note: str
    is_preferred: bool
    ended_on: date | None
    version: int


class EndIn(Schema):
    on: Day


class RelationIn(Schema):
    related_id: UUID
    kind: RelationKind
    since_on: Day | None = None


class RelationOut(Schema):
    """What the person is to another, who is named only where the reader may see them."""

    id: UUID
    kind: RelationKind
    related_id: UUID | None
    since_on: date | None
    until_on: date | None


@reads(router, "/{uuid:person_id}/documents", Action.PERSON_VIEW, list[DocumentOut])
def list_person_documents(request: HttpRequest, person_id: UUID) -> object:
    """Papers recorded with a person."""
    actor, person = seen_person(request, person_id)
    return queries.documents_of(actor, person.id)


@creates(router, "/{uuid:person_id}/documents", Action.PERSON_EDIT, DocumentOut)
def add_person_document(request: HttpRequest, person_id: UUID, body: DocumentIn) -> object:
    """Record a paper; its number is sealed under the person's key."""
    return commands.add_document(actor_of(request), person_id=person_id, **body.dict())


@ends(router, "/{uuid:person_id}/documents/{uuid:document_id}", Action.PERSON_EDIT, DocumentOut)
def remove_person_document(request: HttpRequest, person_id: UUID, document_id: UUID) -> object:
    """Take out a paper that was recorded by mistake."""
    return commands.remove_document(actor_of(request), person_id=person_id, document_id=document_id)


@finds(
    router,
    "/{uuid:person_id}/documents/{uuid:document_id}/number",
    Action.DOCUMENT_NUMBER_OPEN,
    NumberOut,
)
def open_document_number(request: HttpRequest, person_id: UUID, document_id: UUID, body: OpeningIn) -> object:
    """Open the sealed number of one paper; that it was opened, and why, is on record."""
    return queries.open_document_number(
        actor_of(request), person_id=person_id, document_id=document_id, **body.dict()
    )


@reads(router, "/{uuid:person_id}/contacts", Action.PERSON_VIEW, list[ContactOut])
def list_person_contacts(request: HttpRequest, person_id: UUID) -> object:
    """The ways to reach a person now, the preferred one first."""
    actor, person = seen_person(request, person_id)
    return queries.contacts_of(actor, person.id)


@creates(router, "/{uuid:person_id}/contacts", Action.PERSON_EDIT, ContactOut)
def add_person_contact(request: HttpRequest, person_id: UUID, body: ContactIn) -> object:
    """Record a way to reach the person, and how it is safe to use."""
    return commands.add_contact(actor_of(request), person_id=person_id, **body.dict())


@edits(router, "/{uuid:person_id}/contacts/{uuid:contact_id}", Action.PERSON_EDIT, ContactOut)
def change_person_contact(request: HttpRequest, person_id: UUID, contact_id: UUID, body: ContactIn) -> object:
    """Correct a way to reach the person."""
    return commands.change_contact(
        actor_of(request),
        person_id=person_id,
        contact_id=contact_id,
        expected_version=version_asked(request),
        details=ContactDetails(**body.dict()),
    )


@edits(router, "/{uuid:person_id}/contacts/{uuid:contact_id}/end", Action.PERSON_EDIT, ContactOut)
def end_person_contact(request: HttpRequest, person_id: UUID, contact_id: UUID, body: EndIn) -> object:
    """Say that this way no longer reaches the person; nobody is to use it again."""
    return commands.end_contact(
        actor_of(request),
        person_id=person_id,
        contact_id=contact_id,
        expected_version=version_asked(request),
        ended_on=body.on,
    )


@reads(router, "/{uuid:person_id}/relations", Action.PERSON_VIEW, list[RelationOut])
def list_relations(request: HttpRequest, person_id: UUID) -> object:
    """To whom the person is related now."""
    actor, person = seen_person(request, person_id)
    return [
        {
            "id": one.relation.id,
            "kind": one.relation.kind,
            "related_id": one.other.id if one.other else None,
            "since_on": one.relation.since_on,
            "until_on": one.relation.until_on,
        }
        for one in queries.relatives_of(actor, person.id)
    ]


@creates(router, "/{uuid:person_id}/relations", Action.PERSON_EDIT, RelationOut)
def relate_people(request: HttpRequest, person_id: UUID, body: RelationIn) -> object:
    """Record what one person is to another, and the other way round."""
    return commands.relate_people(actor_of(request), person_id=person_id, **body.dict())


@creates(router, "/{uuid:person_id}/relations/{uuid:relation_id}/end", Action.PERSON_EDIT, RelationOut)
def end_relation(request: HttpRequest, person_id: UUID, relation_id: UUID, body: EndIn) -> object:
    """Say until when one person was this to another, on both sides."""
    return commands.end_relation(
        actor_of(request), person_id=person_id, relation_id=relation_id, until_on=body.on
    )
