"""REST: counselling sessions and applications."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Day, Language, Text, Yes
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, reads
from homeward.cases import commands
from homeward.cases.journey_rules import ApplicationState, Decision, Interpreting, Topic
from homeward.cases.queries import journey as queries
from homeward.casework import commands as casework

router = Router(tags=["journey"])


class CounsellingIn(Schema):
    held_on: Day
    topics: Annotated[list[Topic], Field(min_length=1, max_length=len(Topic))]
    materials: Annotated[str, Field(max_length=400, pattern=ANY)] = ""
    language: Language | None = None
    interpreting: Interpreting = Interpreting.NOT_NEEDED
    present: Annotated[str, Field(max_length=300, pattern=ANY)] = ""
    summary: Text = ""
    decision: Decision = Decision.UNDECIDED
    is_informed: Yes = False
    child_heard_by: Annotated[str, Field(max_length=200, pattern=ANY)] = ""
    is_suited_to_age: Yes = False


class CounsellingOut(Schema):
    """A talk about the options; its summary stays sealed."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    held_on: date
    topics: list[Topic]
    materials: str
    language: str
    interpreting: Interpreting
    present: str
    decision: Decision
    is_informed: bool
    child_heard_by: str
    is_suited_to_age: bool
    recorded_by_name: str
    recorded_at: datetime


class ApplicationIn(Schema):
    programme_id: UUID
    submitted_on: Day
    requested: Text = ""
    with_case_ids: Annotated[list[UUID], Field(max_length=30)] = []


class DecisionIn(Schema):
    accept: Yes
    decided_on: Day
    reasons: Text = ""


class ApplicationOut(Schema):
    """An application and what was decided; those submitted together share `together_id`."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    together_id: UUID
    programme_id: UUID
    submitted_on: date
    requested: str
    state: ApplicationState
    decided_on: date | None
    decided_by_organisation_id: UUID | None
    reasons: str


@reads(router, "/{uuid:case_id}/counselling", Action.CASE_VIEW, list[CounsellingOut])
def list_counselling(request: HttpRequest, case_id: UUID) -> object:
    """Counselling sessions, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.counselling_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/counselling", Action.COUNSELLING_RECORD, CounsellingOut)
def record_counselling(request: HttpRequest, case_id: UUID, body: CounsellingIn) -> object:
    """Record a talk about the options and what the person decided; to stay is as good as to return."""
    told = {**body.dict(), "language": body.language or ""}
    return commands.record_counselling(actor_of(request), case_id=case_id, **told)


@reads(router, "/{uuid:case_id}/applications", Action.CASE_VIEW, list[ApplicationOut])
def list_applications(request: HttpRequest, case_id: UUID) -> object:
    """Applications with what was decided, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.applications_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/applications", Action.APPLICATION_SUBMIT, ApplicationOut)
def submit_application(request: HttpRequest, case_id: UUID, body: ApplicationIn) -> object:
    """Apply to a programme for a person and for those of the file who go along."""
    return commands.submit_application(actor_of(request), case_id=case_id, **body.dict())


@reads(router, "/applications/waiting", Action.APPLICATION_DECIDE, list[ApplicationOut])
def list_waiting_applications(request: HttpRequest) -> object:
    """Applications that wait for a decision of the organisation, oldest first; at most 200."""
    actor = actor_of(request)
    remember_reading(actor, Action.APPLICATION_DECIDE, subject_id=None)
    return queries.applications_to_decide(actor)[:200]


@creates(router, "/applications/{uuid:application_id}/decision", Action.APPLICATION_DECIDE, ApplicationOut)
def decide_application(request: HttpRequest, application_id: UUID, body: DecisionIn) -> object:
    """Accept or reject what was applied for together."""
    return casework.decide_application(actor_of(request), application_id=application_id, **body.dict())
