"""REST: sending a person to a service, taking it back, what the person says came of it."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
from homeward.api.referrals.schemas import (
    ConfirmationOut,
    ConfirmReferralIn,
    RecallReferralIn,
    ReferIn,
    ReferralOut,
    SendIn,
)
from homeward.cases.queries import get_case
from homeward.casework import commands as casework
from homeward.casework.referring import Telling
from homeward.referrals import commands, queries

router = Router(tags=["referrals"])
cases_router = Router(tags=["referrals"])


@reads(cases_router, "/{uuid:case_id}/referrals", Action.REFERRAL_VIEW, list[ReferralOut])
def list_case_referrals(request: HttpRequest, case_id: UUID) -> object:
    """The referrals of one case, newest first."""
    actor = actor_of(request)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=None, case_id=case.id)
    return queries.referrals_of(actor, case.id)[:MOST]


@creates(cases_router, "/{uuid:case_id}/referrals", Action.REFERRAL_DRAFT, ReferralOut)
def refer(request: HttpRequest, case_id: UUID, body: ReferIn) -> object:
    """Choose a service of the directory for a need of a person; nothing leaves before it is sent."""
    return casework.refer(actor_of(request), case_id=case_id, **body.dict())


@reads(router, "/sent", Action.REFERRAL_VIEW, list[ReferralOut])
def list_sent_referrals(request: HttpRequest) -> object:
    """What the organisation sent, or leads the case of, newest first; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=None)
    return queries.sent_referrals(actor).order_by("-drafted_at", "-id")[:MOST]


@creates(router, "/{uuid:referral_id}/sending", Action.REFERRAL_SEND, ReferralOut)
def send_referral(request: HttpRequest, referral_id: UUID, body: SendIn) -> object:
    """Send a draft with the few fields named: disclosed under an agreement, or written down in a letter."""
    told = Telling(
        tuple(body.fields_told), body.necessity, body.message, basis=body.basis, agreed_on=body.agreed_on
    )
    return casework.send_referral(actor_of(request), referral_id=referral_id, told=told)


@creates(router, "/{uuid:referral_id}/recall", Action.REFERRAL_RECALL, ReferralOut)
def recall_referral(request: HttpRequest, referral_id: UUID, body: RecallReferralIn) -> object:
    """Take a referral back, with the reason; the service sees it no longer."""
    return commands.recall_referral(actor_of(request), referral_id=referral_id, **body.dict())


@reads(router, "/{uuid:referral_id}/confirmations", Action.REFERRAL_CONFIRM, list[ConfirmationOut])
def list_referral_confirmations(request: HttpRequest, referral_id: UUID) -> object:
    """What the person said came of a referral, newest first; the service reads none of it."""
    actor = actor_of(request)
    referral = queries.get_referral(actor, referral_id)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=referral.id, case_id=referral.case_id)
    return queries.confirmations_of(actor, referral) if queries.sends(actor, referral) else []


@creates(router, "/{uuid:referral_id}/confirmations", Action.REFERRAL_CONFIRM, ConfirmationOut)
def confirm_referral(request: HttpRequest, referral_id: UUID, body: ConfirmReferralIn) -> object:
    """Record what the person says came of a referral, beside what the service says."""
    return commands.confirm_outcome(actor_of(request), referral_id=referral_id, **body.dict())
