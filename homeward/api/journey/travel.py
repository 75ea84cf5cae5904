"""REST: the journey planned, made or not made; arriving, and planning what follows."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.cases import CaseOut
from homeward.api.fields import ANY, Day, Short, Text
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, edits, reads
from homeward.cases import commands
from homeward.cases.commands.travelling import TravelDetails
from homeward.cases.journey_rules import Readiness
from homeward.cases.queries import expected_arrivals, journey
from homeward.cases.rules import Stage
from homeward.casework import commands as casework

router = Router(tags=["journey"])


class TravelIn(Schema):
    departs_on: Day
    arrives_on: Day
    arrival_place: Annotated[Short, Field(min_length=1)]
    route: Annotated[str, Field(max_length=400, pattern=ANY)] = ""
    tickets: Readiness = Readiness.TO_DO
    papers: Readiness = Readiness.TO_DO
    escort: Annotated[str, Field(max_length=300, pattern=ANY)] = ""
    medical_items: Annotated[
        Text | None, Field(description="null leaves sealed what is recorded, an empty text clears it")
    ] = None


class TravelOut(Schema):
    """A planned journey; its medical items stay sealed."""

    id: UUID
    case_id: UUID
    departs_on: date
    arrives_on: date
    arrival_place: str
    route: str
    tickets: Readiness
    papers: Readiness
    escort: str
    planned_by_name: str
    planned_at: datetime
    ended_on: date | None
    version: int


class DepartureIn(Schema):
    departed_on: Day


class ReasonedIn(Schema):
    on: Day
    reason: Text


class ArrivalIn(Schema):
    arrived_on: Day
    place: Annotated[Short, Field(min_length=1)]
    note: Text = ""


class ArrivalOut(Schema):
    """That the person came: when, where, and who of the receiving partner says so."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    arrived_on: date
    place: str
    note: str
    confirmed_by_name: str
    confirmed_at: datetime


class ExpectedOut(Schema):
    """Somebody is expected: when, where, and under which reference. No identity."""

    case_id: UUID
    reference: str
    stage: Stage
    expected_on: date
    return_country: str
    return_place: str
    lead_organisation_id: UUID


@reads(router, "/{uuid:case_id}/travel", Action.CASE_VIEW, list[TravelOut])
def list_travel(request: HttpRequest, case_id: UUID) -> object:
    """Planned journeys, the last first; those that did not take place have ended."""
    actor, case = seen_case(request, case_id)
    return journey.travels_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/travel", Action.TRAVEL_PLAN, TravelOut)
def plan_travel(request: HttpRequest, case_id: UUID, body: TravelIn) -> object:
    """Plan the journey of somebody who was accepted; those who receive see when to expect them."""
    details = TravelDetails(**body.dict())
    return commands.plan_travel(actor_of(request), case_id=case_id, details=details)


@edits(router, "/{uuid:case_id}/travel", Action.TRAVEL_PLAN, TravelOut)
def change_travel(request: HttpRequest, case_id: UUID, body: TravelIn) -> object:
    """Change the planned journey; If-Match is about the journey's version, not the case's."""
    return commands.change_travel(
        actor_of(request),
        case_id=case_id,
        expected_version=version_asked(request),
        details=TravelDetails(**body.dict()),
    )


@creates(router, "/{uuid:case_id}/departure", Action.DEPARTURE_RECORD, CaseOut)
def record_departure(request: HttpRequest, case_id: UUID, body: DepartureIn) -> object:
    """Record that the person left."""
    return commands.record_departure(actor_of(request), case_id=case_id, departed_on=body.departed_on)


@creates(router, "/{uuid:case_id}/not-travelled", Action.DEPARTURE_RECORD, CaseOut)
def record_not_travelled(request: HttpRequest, case_id: UUID, body: ReasonedIn) -> object:
    """Record that the planned journey did not take place, and why; it can be planned anew."""
    return commands.record_not_travelled(actor_of(request), case_id=case_id, **body.dict())


@reads(router, "/expected", Action.ARRIVAL_VIEW, list[ExpectedOut])
def list_expected_arrivals(request: HttpRequest) -> object:
    """Who is expected, soonest first, without identity; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.ARRIVAL_VIEW, subject_id=None)
    return expected_arrivals(actor)[:MOST]


@creates(router, "/{uuid:case_id}/arrival", Action.ARRIVAL_CONFIRM, ArrivalOut)
def confirm_arrival(request: HttpRequest, case_id: UUID, body: ArrivalIn) -> object:
    """Say, as the partner who receives, that the person came."""
    return casework.confirm_arrival(actor_of(request), case_id=case_id, **body.dict())
