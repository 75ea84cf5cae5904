"""REST: closing a case, and opening it again."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.cases import CaseOut
from homeward.api.fields import Day, Text
from homeward.api.journey.travel import ReasonedIn
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, reads
from homeward.cases import commands
from homeward.cases.journey_rules import ClosingReason, OwnView
from homeward.cases.queries import journey as queries
from homeward.casework import commands as casework

router = Router(tags=["journey"])


class ClosureIn(Schema):
    closed_on: Day
    reason: ClosingReason
    note: Text = ""
    own_view_asked: OwnView = OwnView.NOT_ASKED
    own_view: Text = ""


class ClosureOut(Schema):
    """A closing with its reason, and its reopening; the person's own view stays sealed."""

    id: UUID
    case_id: UUID
    closed_on: date
    reason: ClosingReason
    note: str
    own_view_asked: OwnView
    closed_by_name: str
    closed_at: datetime
    reopened_on: date | None
    reopened_reason: str


@reads(router, "/{uuid:case_id}/closures", Action.CASE_VIEW, list[ClosureOut])
def list_closures(request: HttpRequest, case_id: UUID) -> object:
    """Closings and reopenings, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.closures_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/closures", Action.CASE_CLOSE, ClosureOut)
def close_case(request: HttpRequest, case_id: UUID, body: ClosureIn) -> object:
    """Close a case that nothing waits in, with the reason and how the person sees it themselves."""
    return casework.close_case(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/{uuid:case_id}/reopening", Action.CASE_REOPEN, CaseOut)
def reopen_case(request: HttpRequest, case_id: UUID, body: ReasonedIn) -> object:
    """Take up again a case that was closed or whose person had left the path."""
    return commands.reopen_case(actor_of(request), case_id=case_id, **body.dict())
