"""REST: who works a case and who sees it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.access.roles import Role
from homeward.api.cases import CaseOut
from homeward.api.fields import Moment, Text, Yes
from homeward.api.operations import creates, ends, reads
from homeward.cases import commands, queries
from homeward.cases.rules import Scope
from homeward.organisations.queries import actor_for, colleagues
from homeward.sharing.rules import Basis, Category, Condition, Purpose

router = Router(tags=["sharing"])


class ShareIn(Schema):
    organisation_id: UUID
    purpose: Purpose
    basis: Basis
    condition: Condition | None = None
    necessity: Annotated[Text, Field(min_length=1)]
    categories: Annotated[list[Category], Field(max_length=20)] = []
    scope: Literal[Scope.PARTICIPANT, Scope.ARRIVAL] = Scope.PARTICIPANT
    until: Moment | None = None


class ShareOut(Schema):
    """That a case is or was shown to an organisation."""

    id: UUID
    organisation_id: UUID
    by_organisation_id: UUID
    basis: Basis
    purpose: Purpose
    disclosure_id: UUID | None
    scope: Scope
    shared_at: datetime
    until: datetime | None
    ended_at: datetime | None


class MembershipIn(Schema):
    membership_id: UUID


class LeadOut(Schema):
    """A colleague who may lead cases; `id` is the membership."""

    id: UUID
    user_id: UUID
    name: Annotated[str, Field(validation_alias="user.name")]
    role: Role
    office_id: UUID | None
    team_id: UUID | None


class CaseloadIn(MembershipIn):
    from_user_id: UUID


class ReassignedOut(Schema):
    """To whom how many cases went."""

    to_user_id: UUID
    count: int


class ReviewIn(Schema):
    was_justified: Yes
    note: Text = ""


class EmergencyOut(Schema):
    """That somebody opened a case beyond their reach, why, and what a colleague thought of it."""

    id: UUID
    case_id: UUID
    user_name: str
    reason: str
    since: datetime
    until: datetime
    reviewed_at: datetime | None
    was_justified: bool | None
    review_note: str


@reads(router, "/{uuid:case_id}/shares", Action.CASE_VIEW, list[ShareOut])
def list_shares(request: HttpRequest, case_id: UUID) -> object:
    """With whom the case is or was shared."""
    actor = actor_of(request)
    case = queries.get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    return queries.shares_of(actor, case.id)


@creates(router, "/{uuid:case_id}/shares", Action.CASE_SHARE, ShareOut)
def share_case(request: HttpRequest, case_id: UUID, body: ShareIn) -> object:
    """Let another organisation see the case, or only that somebody will arrive."""
    return commands.share_case(
        actor_of(request),
        case_id=case_id,
        organisation_id=body.organisation_id,
        purpose=body.purpose,
        basis=body.basis,
        condition=body.condition,
        necessity=body.necessity,
        categories=body.categories,
        scope=body.scope,
        until=body.until,
    )


@ends(router, "/{uuid:case_id}/shares/{uuid:share_id}", Action.CASE_END_SHARE, ShareOut)
def end_share(request: HttpRequest, case_id: UUID, share_id: UUID) -> object:
    """Stop showing the case, at once."""
    return commands.end_share(actor_of(request), case_id=case_id, share_id=share_id)


@reads(router, "/leads", Action.CASE_OPEN, list[LeadOut])
def list_leads(request: HttpRequest) -> object:
    """Colleagues who work with cases, one of whom a program names as lead; at most 5,000."""
    everybody = colleagues(actor_of(request))[:5000]
    return [member for member in everybody if actor_for(member).may(Action.CASE_VIEW)]


@creates(router, "/{uuid:case_id}/assignment", Action.CASE_ASSIGN, CaseOut)
def assign_case(request: HttpRequest, case_id: UUID, body: MembershipIn) -> object:
    """Give a case to a colleague."""
    return commands.assign_case(actor_of(request), case_id=case_id, membership_id=body.membership_id)


@creates(router, "/reassignments", Action.CASE_ASSIGN, ReassignedOut)
def reassign_caseload(request: HttpRequest, body: CaseloadIn) -> object:
    """Give everything a colleague works on to another colleague."""
    done = commands.reassign_caseload(
        actor_of(request), from_user_id=body.from_user_id, membership_id=body.membership_id
    )
    return {"to_user_id": done.id, "count": done.count}


@reads(router, "/emergencies", Action.CASE_EMERGENCY_REVIEW, list[EmergencyOut])
def list_emergencies(request: HttpRequest) -> object:
    """Emergency access that nobody has reviewed yet, oldest first; at most 200."""
    actor = actor_of(request)
    remember_reading(actor, Action.CASE_EMERGENCY_REVIEW, subject_id=None)
    return queries.emergencies_to_review(actor)[:200]


@creates(router, "/emergencies/{uuid:emergency_id}/review", Action.CASE_EMERGENCY_REVIEW, EmergencyOut)
def review_emergency(request: HttpRequest, emergency_id: UUID, body: ReviewIn) -> object:
    """Say afterwards whether the emergency was one."""
    return commands.review_emergency(
        actor_of(request), emergency_id=emergency_id, was_justified=body.was_justified, note=body.note
    )
