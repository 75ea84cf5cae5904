"""REST: what is sealed on a case, opened one at a time, for a reason that is on record."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.looking import seen_case
from homeward.api.opening import WhyIn, WhyWords
from homeward.api.operations import finds, reads
from homeward.cases.queries.sealed import Sealed, open_sealed_text
from homeward.exchange.queries import held_of, open_held_vulnerability
from homeward.exchange.rules import HeldReason

router = Router(tags=["journey"])


class HeldWhyIn(Schema):
    reason: HeldReason
    words: WhyWords = ""


class TextOut(Schema):
    """A sealed text in clear, for this one look."""

    case_id: UUID
    text: str


class ValueOut(Schema):
    """What a list told, in its own words."""

    header: str
    text: str


class HeldOut(Schema):
    """What one row of a partner's list told for which there is no room yet; nothing rests on it."""

    id: UUID
    case_id: UUID
    received_on: date
    sheet_row: int
    values: list[ValueOut]
    has_vulnerability: bool


class OpenedOut(Schema):
    """What a list said of vulnerability, in clear for this one look."""

    case_id: UUID
    values: list[ValueOut]


@finds(router, "/counselling/{uuid:counselling_id}/summary", Action.COUNSELLING_OPEN, TextOut)
def open_summary(request: HttpRequest, counselling_id: UUID, body: WhyIn) -> object:
    """Open the summary of a counselling session."""
    return open_sealed_text(actor_of(request), kind=Sealed.SUMMARY, row_id=counselling_id, **body.dict())


@finds(router, "/travel/{uuid:travel_id}/medical-items", Action.MEDICAL_ITEMS_OPEN, TextOut)
def open_medical_items(request: HttpRequest, travel_id: UUID, body: WhyIn) -> object:
    """Open what a journey needs for the person's health."""
    return open_sealed_text(actor_of(request), kind=Sealed.MEDICAL_ITEMS, row_id=travel_id, **body.dict())


@finds(router, "/closures/{uuid:closure_id}/own-view", Action.OWN_VIEW_OPEN, TextOut)
def open_own_view(request: HttpRequest, closure_id: UUID, body: WhyIn) -> object:
    """Open how the person sees it themselves."""
    return open_sealed_text(actor_of(request), kind=Sealed.OWN_VIEW, row_id=closure_id, **body.dict())


@finds(router, "/clearances/{uuid:clearance_id}/conditions", Action.CONDITIONS_OPEN, TextOut)
def open_conditions(request: HttpRequest, clearance_id: UUID, body: WhyIn) -> object:
    """Open the conditions under which a gate was cleared."""
    return open_sealed_text(actor_of(request), kind=Sealed.CONDITIONS, row_id=clearance_id, **body.dict())


@reads(router, "/{uuid:case_id}/from-lists", Action.CASE_VIEW, list[HeldOut])
def list_held(request: HttpRequest, case_id: UUID) -> object:
    """What partners' lists told of the person, newest list first."""
    actor, case = seen_case(request, case_id)
    return held_of(actor, case.id)


@finds(router, "/from-lists/{uuid:kept_id}/vulnerability", Action.HELD_OPEN, OpenedOut)
def open_vulnerability(request: HttpRequest, kept_id: UUID, body: HeldWhyIn) -> object:
    """Open what a list said of the person's vulnerability."""
    return open_held_vulnerability(actor_of(request), kept_id, **body.dict())
