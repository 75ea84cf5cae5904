"""REST: cases, their lists, headers and timelines."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Field, Query, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Country, Day, Short, Text
from homeward.api.operations import creates, edits, finds, reads
from homeward.cases import commands, queries
from homeward.cases.header import CaseDetails
from homeward.cases.rules import EventKind, ReturnType, RoleInFile, Scope, Stage

router = Router(tags=["cases"])


class ListingOut(Schema):
    """A case as lists show it."""

    case_id: UUID
    reference: str
    latin_name: str
    native_name: str
    stage: Stage
    stage_since: date
    scope: Scope
    lead_organisation_id: UUID
    lead_name: str
    return_country: str
    return_place: str
    next_step: str
    next_step_on: date | None
    last_contact_on: date | None
    updated_at: datetime


class CasePageOut(Schema):
    """A page of cases; `following` goes into `after` for the next one, null on the last."""

    cases: list[ListingOut]
    following: UUID | None
    count: int
    count_is_more: bool


class CaseFilterIn(Schema):
    stage: Stage | None = None
    return_country: Country = ""
    mine: bool = False
    late: bool = False
    order: Annotated[str, Field(pattern="^(newest|promise)$")] = "newest"
    after: UUID | None = None


class SearchIn(Schema):
    """Names are sent in the body: addresses are kept in logs."""

    text: Annotated[str, Field(min_length=2, max_length=200, pattern=ANY)]


class HeaderIn(Schema):
    host_country: Country = ""
    transit_countries: Annotated[list[Country], Field(max_length=20)] = []
    return_country: Country = ""
    return_place: Short = ""
    return_type: ReturnType = ReturnType.UNKNOWN
    how_heard: Short = ""
    own_words: Text = ""
    promised: Text = ""
    take_care: Text = ""


class CaseIn(HeaderIn):
    person_id: UUID
    opened_on: Day
    lead_membership_id: UUID
    file_id: UUID | None = None
    role_in_file: RoleInFile = RoleInFile.PRINCIPAL


class CaseOut(Schema):
    """The header of a case, the stage it has reached, and the days that say so."""

    id: UUID
    reference: str
    person_id: UUID
    file_id: UUID | None
    role_in_file: RoleInFile
    programme_id: UUID | None
    lead_organisation_id: UUID
    lead_user_id: UUID
    host_country: str
    transit_countries: list[str]
    return_country: str
    return_place: str
    return_type: ReturnType
    how_heard: str
    own_words: str
    promised: str
    take_care: str
    stage: Stage
    stage_since: date
    opened_on: date
    counselled_on: date | None
    applied_on: date | None
    accepted_on: date | None
    rejected_on: date | None
    travel_confirmed_on: date | None
    departed_on: date | None
    arrived_on: date | None
    closed_on: date | None
    next_step: str
    next_step_on: date | None
    version: int


class NextStepIn(Schema):
    next_step: Short
    next_step_on: Day | None = None


class FileIn(Schema):
    opened_on: Day
    partner_reference: Annotated[str, Field(max_length=60, pattern=ANY)] = ""


class FileOut(Schema):
    """The cases of people who apply together."""

    id: UUID
    reference: str
    partner_reference: str
    opened_on: date


class EventOut(Schema):
    """One line of the timeline."""

    id: UUID
    kind: EventKind
    on: date
    at: datetime
    organisation_id: UUID
    actor_name: str


@reads(router, "", Action.CASE_LIST, CasePageOut)
def list_cases(request: HttpRequest, asked: Query[CaseFilterIn]) -> object:
    """Cases the organisation sees, newest or oldest promise first."""
    actor = actor_of(request)
    filters = queries.CaseFilters(
        stage=asked.stage or "", return_country=asked.return_country, mine=asked.mine, late=asked.late
    )
    listings = queries.listed_cases(actor, filters, now().date())
    page = queries.page_of_listings(listings, asked.order, str(asked.after) if asked.after else None)
    remember_reading(actor, Action.CASE_LIST, subject_id=None)
    return {
        "cases": page.rows,
        "following": page.following,
        "count": page.count,
        "count_is_more": page.count_is_more,
    }


@finds(router, "/search", Action.CASE_LIST, list[ListingOut])
def search_cases(request: HttpRequest, body: SearchIn) -> object:
    """Cases by reference, document number, or part of a name in any script; at most 100."""
    actor = actor_of(request)
    remember_reading(actor, Action.CASE_LIST, subject_id=None)
    return queries.search_cases(actor, body.text)[:100]


@creates(router, "", Action.CASE_OPEN, CaseOut)
def open_case(request: HttpRequest, body: CaseIn) -> object:
    """Open a case for a person; a program names the colleague who leads it."""
    return commands.open_case(
        actor_of(request),
        person_id=body.person_id,
        opened_on=body.opened_on,
        lead_membership_id=body.lead_membership_id,
        details=_header(body),
        file_id=body.file_id,
        role_in_file=body.role_in_file,
    )


@creates(router, "/files", Action.CASE_OPEN, FileOut)
def start_file(request: HttpRequest, body: FileIn) -> object:
    """Start a file for people who apply together; their cases name it."""
    return commands.start_file(
        actor_of(request), opened_on=body.opened_on, partner_reference=body.partner_reference
    )


@reads(router, "/{uuid:case_id}", Action.CASE_VIEW, CaseOut)
def view_case(request: HttpRequest, case_id: UUID) -> object:
    """One case."""
    actor = actor_of(request)
    case = queries.get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    return case


@edits(router, "/{uuid:case_id}", Action.CASE_EDIT, CaseOut)
def edit_case(request: HttpRequest, case_id: UUID, body: HeaderIn) -> object:
    """Correct the header of a case."""
    return commands.edit_case(
        actor_of(request),
        case_id=case_id,
        expected_version=version_asked(request),
        details=_header(body),
    )


@edits(router, "/{uuid:case_id}/next-step", Action.CASE_EDIT, CaseOut)
def set_next_step(request: HttpRequest, case_id: UUID, body: NextStepIn) -> object:
    """Promise what happens next, and by when."""
    return commands.set_next_step(
        actor_of(request),
        case_id=case_id,
        expected_version=version_asked(request),
        next_step=body.next_step,
        next_step_on=body.next_step_on,
    )


@reads(router, "/{uuid:case_id}/timeline", Action.CASE_VIEW, list[EventOut])
def view_timeline(request: HttpRequest, case_id: UUID) -> object:
    """What happened to a case, newest first; at most 500 lines."""
    actor = actor_of(request)
    case = queries.get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    return queries.timeline_of(actor, case.id)[:500]


def _header(body: HeaderIn) -> CaseDetails:
    return CaseDetails(**{name: getattr(body, name) for name in HeaderIn.model_fields})
