"""REST: cases, their lists and who sees them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Field, Query, Router, Schema

from homeward.access.actions import Action
from homeward.access.command import remember
from homeward.access.request import actor_of
from homeward.api.answers import PROBLEMS, tagged, version_asked
from homeward.cases import commands, queries
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.rules import Basis, EventKind, ReturnType, RoleInFile, Scope, Stage

router = Router(tags=["cases"])
Country = Annotated[str, Field(max_length=2)]
Text = Annotated[str, Field(max_length=5000)]
Short = Annotated[str, Field(max_length=200)]


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


class PageOut(Schema):
    """A page of listings; `following` goes into `after` for the next one, null on the last."""

    cases: list[ListingOut]
    following: str | None
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

    text: Annotated[str, Field(min_length=2, max_length=200)]


class HeaderIn(Schema):
    host_country: Country = ""
    transit_countries: list[Country] = []
    return_country: Country = ""
    return_place: Short = ""
    return_type: ReturnType = ReturnType.UNKNOWN
    how_heard: Short = ""
    own_words: Text = ""
    promised: Text = ""
    take_care: Text = ""


class CaseIn(HeaderIn):
    person_id: UUID
    opened_on: date
    lead_membership_id: UUID
    file_id: UUID | None = None
    role_in_file: RoleInFile = RoleInFile.PRINCIPAL


class CaseOut(HeaderIn):
    id: UUID
    reference: str
    person_id: UUID
    file_id: UUID | None
    role_in_file: RoleInFile
    programme_id: UUID | None
    lead_organisation_id: UUID
    lead_user_id: UUID
    stage: Stage
    stage_since: date
    opened_on: date
    counselled_on: date | None
    applied_on: date | None
    accepted_on: date | None
    rejected_on: date | None
    departed_on: date | None
    arrived_on: date | None
    closed_on: date | None
    next_step: str
    next_step_on: date | None
    version: int


class NextStepIn(Schema):
    next_step: Short
    next_step_on: date | None = None


class EventOut(Schema):
    id: UUID
    kind: EventKind
    on: date
    at: datetime
    organisation_id: UUID
    actor_name: str


class ShareIn(Schema):
    organisation_id: UUID
    basis: Basis
    purpose: Short
    scope: Annotated[Scope, Field(description="participant or arrival")] = Scope.PARTICIPANT
    until: datetime | None = None


class ShareOut(Schema):
    id: UUID
    organisation_id: UUID
    by_organisation_id: UUID
    basis: Basis
    purpose: str
    scope: Scope
    shared_at: datetime
    until: datetime | None
    ended_at: datetime | None


class OfferIn(Schema):
    organisation_id: UUID


@router.get("", response={200: PageOut, **PROBLEMS}, operation_id=Action.CASE_LIST)
def list_cases(request: HttpRequest, asked: Query[CaseFilterIn]) -> object:
    """Cases the organisation sees, newest or oldest promise first."""
    actor = actor_of(request)
    actor.require(Action.CASE_LIST)
    filters = queries.CaseFilters(
        stage=asked.stage or "", return_country=asked.return_country, mine=asked.mine, late=asked.late
    )
    listings = queries.listed_cases(actor, filters, now().date())
    page = queries.page_of_listings(listings, asked.order, str(asked.after) if asked.after else None)
    remember(actor, Action.CASE_LIST, subject_id=None)
    return {
        "cases": page.rows,
        "following": page.following,
        "count": page.count,
        "count_is_more": page.count_is_more,
    }


@router.post("/search", response={200: list[ListingOut], **PROBLEMS}, operation_id="case.search")
def search(request: HttpRequest, body: SearchIn) -> object:
    """Cases by reference, document number, or part of a name in any script."""
    actor = actor_of(request)
    actor.require(Action.CASE_LIST)
    remember(actor, "case.search", subject_id=None)
    return queries.search_cases(actor, body.text)


@router.post("", response={201: CaseOut, **PROBLEMS}, operation_id=Action.CASE_OPEN)
def open_case(request: HttpRequest, response: HttpResponse, body: CaseIn) -> object:
    """Open a case for a person; `lead_membership_id` names the colleague who leads it."""
    case = commands.open_case(
        actor_of(request),
        person_id=body.person_id,
        opened_on=body.opened_on,
        lead_membership_id=body.lead_membership_id,
        details=_header(body),
        file_id=body.file_id,
        role_in_file=body.role_in_file,
    )
    tagged(response, case.version)
    return 201, case


@router.get("/{uuid:case_id}", response={200: CaseOut, **PROBLEMS}, operation_id=Action.CASE_VIEW)
def view_case(request: HttpRequest, response: HttpResponse, case_id: UUID) -> object:
    """One case."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = queries.get_case(actor, case_id)
    remember(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    tagged(response, case.version)
    return case


@router.put("/{uuid:case_id}", response={200: CaseOut, **PROBLEMS}, operation_id=Action.CASE_EDIT)
def edit_case(request: HttpRequest, response: HttpResponse, case_id: UUID, body: HeaderIn) -> object:
    """Correct the header of a case; If-Match names the version that was read."""
    case = commands.edit_case(
        actor_of(request), case_id=case_id, expected_version=version_asked(request), details=_header(body)
    )
    tagged(response, case.version)
    return case


@router.put("/{uuid:case_id}/next-step", response={200: CaseOut, **PROBLEMS}, operation_id="case.next_step")
def set_next_step(request: HttpRequest, response: HttpResponse, case_id: UUID, body: NextStepIn) -> object:
    """Promise what happens next and by when."""
    case = commands.set_next_step(
        actor_of(request),
        case_id=case_id,
        expected_version=version_asked(request),
        next_step=body.next_step,
        next_step_on=body.next_step_on,
    )
    tagged(response, case.version)
    return case


@router.get(
    "/{uuid:case_id}/timeline", response={200: list[EventOut], **PROBLEMS}, operation_id="case.timeline"
)
def timeline(request: HttpRequest, case_id: UUID) -> object:
    """What happened to a case, newest first; at most 500 lines."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = queries.get_case(actor, case_id)
    remember(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    return queries.timeline_of(actor, case.id)[:500]


@router.get("/{uuid:case_id}/shares", response={200: list[ShareOut], **PROBLEMS}, operation_id="case.shares")
def list_shares(request: HttpRequest, case_id: UUID) -> object:
    """With whom the case is or was shared."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    return queries.shares_of(actor, queries.get_case(actor, case_id).id)


@router.post("/{uuid:case_id}/shares", response={201: ShareOut, **PROBLEMS}, operation_id=Action.CASE_SHARE)
def share_case(request: HttpRequest, case_id: UUID, body: ShareIn) -> object:
    """Let another organisation see the case, or only that somebody will arrive."""
    share = commands.share_case(
        actor_of(request),
        case_id=case_id,
        organisation_id=body.organisation_id,
        basis=body.basis,
        purpose=body.purpose,
        scope=body.scope,
        until=body.until,
    )
    return 201, share


@router.delete(
    "/{uuid:case_id}/shares/{uuid:share_id}",
    response={200: ShareOut, **PROBLEMS},
    operation_id=Action.CASE_END_SHARE,
)
def end_share(request: HttpRequest, case_id: UUID, share_id: UUID) -> object:
    """Stop showing the case, at once."""
    return commands.end_share(actor_of(request), case_id=case_id, share_id=share_id)


@router.post(
    "/{uuid:case_id}/lead-offer", response={200: CaseOut, **PROBLEMS}, operation_id="case.offer_lead"
)
def offer_lead(request: HttpRequest, case_id: UUID, body: OfferIn) -> object:
    """Offer the lead to an organisation that sees the whole case."""
    return commands.offer_lead(actor_of(request), case_id=case_id, organisation_id=body.organisation_id)


def _header(body: HeaderIn) -> CaseDetails:
    return CaseDetails(**{name: getattr(body, name) for name in HeaderIn.model_fields})
