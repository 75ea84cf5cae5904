"""REST: visits that are due, attempts at them, the rounds in figures, how businesses fare."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Day, Short, Text, Word
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
from homeward.cases.journey_rules import ContactWay
from homeward.followup import commands, queries
from homeward.followup.commands.business import BusinessSeen
from homeward.followup.monitor import GroupBy, count_rounds
from homeward.followup.rules import BusinessState, ClosedBecause, NotNeeded, VisitOutcome, VisitState, Why

router = Router(tags=["visits"])
case_router = Router(tags=["visits"])
Version = Annotated[int, Field(ge=1, le=999_999_999)]
Brief = Annotated[Text, Field(max_length=400)]


class VisitOut(Schema):
    """A contact or survey somebody is due for; a form about it carries `key` in `homeward_respondent`."""

    id: UUID
    case_id: UUID
    member_id: UUID | None
    organisation_id: UUID
    round: str
    instrument: str
    key: UUID
    why: Why
    opens_on: date
    due_on: date
    closes_on: date
    planned_on: date | None
    place: str
    assigned_to_id: UUID | None
    assigned_to_name: str
    state: VisitState
    outcome: str
    attempts_made: int
    done_on: date | None
    submission_id: UUID | None
    not_needed_because: str
    note: str
    version: int


class VisitTryIn(Schema):
    on: Day
    way: ContactWay
    outcome: VisitOutcome
    note: Text = ""
    planned_on: Day | None = None


class VisitTryOut(Schema):
    """One attempt at a visit."""

    id: UUID
    visit_id: UUID
    case_id: UUID
    organisation_id: UUID
    on: date
    way: ContactWay
    outcome: VisitOutcome
    note: str
    recorded_by_name: str
    recorded_at: datetime


class VisitDayIn(Schema):
    planned_on: Day
    expected_version: Version


class CallOffIn(Schema):
    because: NotNeeded
    note: Brief = ""
    expected_version: Version


class TakeUpIn(Schema):
    expected_version: Version


class AssignVisitsIn(Schema):
    visit_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    membership_id: UUID


class AskVisitIn(Schema):
    """A visit beside the rounds; without an instrument it is to see how somebody is."""

    due_on: Day
    closes_on: Day
    instrument: Annotated[Short, Field(max_length=64)] = ""
    member_id: UUID | None = None
    note: Brief = ""


class ExtendIn(Schema):
    months: Annotated[int, Field(ge=1, le=120)]


class VisitsChangedOut(Schema):
    """How many visits were made or changed."""

    id: UUID
    count: int


class RoundOut(Schema):
    """One round of one group; a number that could tell of one person is left out."""

    round: str
    group: str
    due: int
    reached: int | None
    refused: int | None
    lost: int | None
    unreachable: int | None
    other: int | None
    open: int | None


class RoundsOut(Schema):
    """The rounds that may be shown, and how many groups were too small for it."""

    rows: list[RoundOut]
    left_out: int


class BusinessIn(Schema):
    what: Annotated[Short, Field(min_length=1)]
    on: Day
    state: BusinessState
    began_on: Day | None = None
    ended_on: Day | None = None
    reason: ClosedBecause | None = None
    words: Text = ""
    workers: Annotated[int, Field(ge=0, le=9999)] | None = None


class BusinessOut(Schema):
    """How a business was on a day."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    what: str
    on: date
    state: BusinessState
    began_on: date | None
    ended_on: date | None
    reason: Word
    words: str
    workers: int | None
    recorded_by_name: str
    recorded_at: datetime


@reads(router, "/", Action.VISIT_VIEW, list[VisitOut])
def list_visits(request: HttpRequest) -> object:
    """Visits that are due and the caller's organisation's to make, soonest first; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=None)
    return queries.visits_assigned(actor)[:MOST]


@reads(router, "/rounds", Action.ROUND_MONITOR, RoundsOut)
def view_rounds(request: HttpRequest, by: GroupBy = GroupBy.PROGRAMME) -> object:
    """How far each round has got, with small groups left out."""
    actor = actor_of(request)
    remember_reading(actor, Action.ROUND_MONITOR, subject_id=None)
    return count_rounds(actor, by, localdate())


@creates(router, "/assignment", Action.VISIT_ASSIGN, VisitsChangedOut)
def assign_visits(request: HttpRequest, body: AssignVisitsIn) -> object:
    """Give visits to a colleague."""
    return commands.assign_visits(actor_of(request), **body.dict())


@reads(router, "/{uuid:visit_id}", Action.VISIT_VIEW, VisitOut)
def view_visit(request: HttpRequest, visit_id: UUID) -> object:
    """One visit."""
    actor = actor_of(request)
    visit = queries.get_visit(actor, visit_id)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=visit.id, case_id=visit.case_id)
    return visit


@reads(router, "/{uuid:visit_id}/attempts", Action.VISIT_VIEW, list[VisitTryOut])
def list_visit_attempts(request: HttpRequest, visit_id: UUID) -> object:
    """Attempts at a visit, newest first."""
    actor = actor_of(request)
    visit = queries.get_visit(actor, visit_id)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=visit.id, case_id=visit.case_id)
    return queries.attempts_at(actor, visit)[:MOST]


@creates(router, "/{uuid:visit_id}/attempts", Action.VISIT_RECORD, VisitTryOut)
def record_visit_attempt(request: HttpRequest, visit_id: UUID, body: VisitTryIn) -> object:
    """Record one attempt at a visit; one without questions is made when it succeeds."""
    tried = commands.Try(**body.dict())
    return commands.record_attempt(actor_of(request), visit_id=visit_id, tried=tried)


@creates(router, "/{uuid:visit_id}/day", Action.VISIT_RECORD, VisitOut)
def agree_on_visit_day(request: HttpRequest, visit_id: UUID, body: VisitDayIn) -> object:
    """Note the day on which the person expects the visit."""
    return commands.agree_on_day(actor_of(request), visit_id=visit_id, **body.dict())


@creates(router, "/{uuid:visit_id}/calling-off", Action.VISIT_RECORD, VisitOut)
def call_off_visit(request: HttpRequest, visit_id: UUID, body: CallOffIn) -> object:
    """Say that a visit is not needed, and why."""
    return commands.call_off_visit(actor_of(request), visit_id=visit_id, **body.dict())


@creates(router, "/{uuid:visit_id}/taking-up", Action.VISIT_RECORD, VisitOut)
def take_up_visit(request: HttpRequest, visit_id: UUID, body: TakeUpIn) -> object:
    """Let a visit be due again that was called off."""
    return commands.take_up_visit(actor_of(request), visit_id=visit_id, **body.dict())


@reads(case_router, "/{uuid:case_id}/visits", Action.VISIT_VIEW, list[VisitOut])
def list_case_visits(request: HttpRequest, case_id: UUID) -> object:
    """The visits of one case in the order of the path."""
    actor = actor_of(request)
    visits = queries.visits_of(actor, case_id)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=None, case_id=case_id)
    return visits[:MOST]


@creates(case_router, "/{uuid:case_id}/visits", Action.VISIT_PLAN, VisitOut)
def ask_for_visit(request: HttpRequest, case_id: UUID, body: AskVisitIn) -> object:
    """Ask for a visit beside the rounds."""
    return commands.ask_for_visit(actor_of(request), case_id=case_id, **body.dict())


@creates(case_router, "/{uuid:case_id}/follow-up", Action.VISIT_PLAN, VisitsChangedOut)
def extend_follow_up(request: HttpRequest, case_id: UUID, body: ExtendIn) -> object:
    """Follow somebody up for longer than their programme asks."""
    return commands.extend_follow_up(actor_of(request), case_id=case_id, months=body.months)


@reads(case_router, "/{uuid:case_id}/businesses", Action.VISIT_VIEW, list[BusinessOut])
def list_businesses(request: HttpRequest, case_id: UUID) -> object:
    """How businesses of a person fared, newest first."""
    actor = actor_of(request)
    found = queries.business_of(actor, case_id)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=None, case_id=case_id)
    return found[:MOST]


@creates(case_router, "/{uuid:case_id}/businesses", Action.BUSINESS_RECORD, BusinessOut)
def record_business(request: HttpRequest, case_id: UUID, body: BusinessIn) -> object:
    """Record whether a business is open, was changed or is closed, since when and why."""
    return commands.record_business(actor_of(request), case_id=case_id, seen=BusinessSeen(**body.dict()))
