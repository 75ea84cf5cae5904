"""REST: reaching the person or not, and their leaving the path."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.cases import CaseOut
from homeward.api.fields import Country, Day, Text
from homeward.api.journey.travel import ReasonedIn
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, reads
from homeward.cases import commands
from homeward.cases.journey_rules import Cause, ContactOutcome, ContactWay, Exit, Way
from homeward.cases.queries import journey as queries

router = Router(tags=["journey"])


class AttemptIn(Schema):
    on: Day
    way: ContactWay
    outcome: ContactOutcome
    note: Text = ""


class AttemptOut(Schema):
    """An attempt to reach the person, and what came of it."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    on: date
    way: ContactWay
    outcome: ContactOutcome
    note: str
    recorded_by_name: str
    recorded_at: datetime


class NotedIn(Schema):
    on: Day
    note: Text = ""


class RemigrationIn(Schema):
    on: Day
    to_country: Country = ""
    way: Way = Way.UNKNOWN
    cause: Cause = Cause.UNKNOWN
    route: Annotated[Text, Field(max_length=400)] = ""
    reason: Text = ""


class ExitOut(Schema):
    """How and when the person left the path, and when they came back to it."""

    id: UUID
    case_id: UUID
    kind: Exit
    on: date
    reason: str
    to_country: str
    way: str
    cause: str
    route: str
    ended_on: date | None
    ended_note: str


@reads(router, "/{uuid:case_id}/contact-attempts", Action.CASE_VIEW, list[AttemptOut])
def list_contact_attempts(request: HttpRequest, case_id: UUID) -> object:
    """Attempts to reach the person, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.contacts_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/contact-attempts", Action.CONTACT_RECORD, AttemptOut)
def record_contact(request: HttpRequest, case_id: UUID, body: AttemptIn) -> object:
    """Record an attempt to reach the person; who is reached is no longer lost."""
    return commands.record_contact(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/contact-lost", Action.CONTACT_RECORD, CaseOut)
def record_contact_lost(request: HttpRequest, case_id: UUID, body: ReasonedIn) -> object:
    """Record that nobody can reach the person any more, and what was tried."""
    return commands.record_contact_lost(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/contact-found", Action.CONTACT_RECORD, CaseOut)
def record_contact_found(request: HttpRequest, case_id: UUID, body: NotedIn) -> object:
    """Record that the person was found again; the case goes on where it was."""
    return commands.record_contact_found(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/withdrawal", Action.CASE_WITHDRAW, CaseOut)
def withdraw(request: HttpRequest, case_id: UUID, body: ReasonedIn) -> object:
    """Record that the person no longer wants this; an application that waits is withdrawn with it."""
    return commands.withdraw(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/remigration", Action.EXIT_RECORD, ExitOut)
def record_remigration(request: HttpRequest, case_id: UUID, body: RemigrationIn) -> object:
    """Record that the person moved on: by what way, and whether by choice or need."""
    return commands.record_remigration(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/death", Action.EXIT_RECORD, CaseOut)
def record_death(request: HttpRequest, case_id: UUID, body: NotedIn) -> object:
    """Record that the person died; nothing is planned with them any more."""
    return commands.record_death(actor_of(request), case_id=case_id, **body.dict())


@reads(router, "/{uuid:case_id}/exits", Action.CASE_VIEW, list[ExitOut])
def list_exits(request: HttpRequest, case_id: UUID) -> object:
    """How and when the person left the path, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.side_exits_of_case(actor, case.id)[:MOST]
