"""REST: opening what was sent, answering it, telling what came of it, and the figures."""

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
from homeward.api.referrals.schemas import (
    CompleteIn,
    CountedOut,
    DeclineReferralIn,
    ReferralOut,
    ReferralStepOut,
    ServiceAnswerIn,
    ToldOut,
)
from homeward.casework.referring import told_in
from homeward.lib.problems import NotFound
from homeward.referrals import commands, queries
from homeward.referrals.figures import count_referrals
from homeward.referrals.rules import ReferralState
from homeward.sharing.commands import note_opened
from homeward.sharing.problems import DisclosureEnded
from homeward.sharing.queries import content_of

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.referrals.models import Referral

router = Router(tags=["referrals"])
PERIOD = timedelta(days=365)


@reads(router, "/received", Action.REFERRAL_VIEW, list[ReferralOut])
def list_received_referrals(request: HttpRequest) -> object:
    """What was sent to the organisation and not taken back, newest first; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=None)
    return queries.received_referrals(actor).order_by("-sent_at", "-id")[:MOST]


@reads(router, "/figures", Action.REFERRAL_STATISTICS, CountedOut)
def view_referral_figures(request: HttpRequest) -> object:
    """The last twelve months by service and by partner; small groups are left out."""
    actor = actor_of(request)
    remember_reading(actor, Action.REFERRAL_STATISTICS, subject_id=None)
    since = now() - PERIOD
    counted = count_referrals(actor, since)
    return {
        "since": since.date(),
        "services": counted.services,
        "partners": counted.partners,
        "left_out": counted.left_out,
    }


@reads(router, "/{uuid:referral_id}", Action.REFERRAL_VIEW, ReferralOut)
def view_referral(request: HttpRequest, referral_id: UUID) -> object:
    """One referral, with nothing of the person but the need."""
    return _seen(actor_of(request), referral_id)


@reads(router, "/{uuid:referral_id}/steps", Action.REFERRAL_VIEW, list[ReferralStepOut])
def list_referral_steps(request: HttpRequest, referral_id: UUID) -> object:
    """What happened to a referral, in order."""
    actor = actor_of(request)
    return queries.steps_of(actor, _seen(actor, referral_id))


@creates(router, "/{uuid:referral_id}/opening", Action.REFERRAL_OPEN, ReferralOut)
def open_referral(request: HttpRequest, referral_id: UUID) -> object:
    """Take notice of what was sent; the sender knows from now on that it was read."""
    actor = actor_of(request)
    referral = commands.open_referral(actor, referral_id=referral_id)
    if referral.disclosure_id is not None:
        with suppress(DisclosureEnded, NotFound):  # no longer shared: nothing is told below either
            note_opened(actor, disclosure_id=referral.disclosure_id)
    return referral


@reads(router, "/{uuid:referral_id}/told", Action.REFERRAL_OPEN, ToldOut)
def view_what_was_told(request: HttpRequest, referral_id: UUID) -> object:
    """What the service was told of the person: for its sender, and for its receiver once it is opened."""
    actor = actor_of(request)
    referral = _seen(actor, referral_id)
    is_receiver = referral.to_organisation_id == actor.organisation_id
    if is_receiver and referral.state == ReferralState.SENT:
        raise NotFound
    return {"id": referral.id, "told": told_in(_content(actor, referral))}


@creates(router, "/{uuid:referral_id}/acceptance", Action.REFERRAL_ACCEPT, ReferralOut)
def accept_referral(request: HttpRequest, referral_id: UUID, body: ServiceAnswerIn) -> object:
    """Say yes: the service takes the person on, and its room is kept for them."""
    return commands.accept_referral(actor_of(request), referral_id=referral_id, **body.dict())


@creates(router, "/{uuid:referral_id}/refusal", Action.REFERRAL_DECLINE, ReferralOut)
def decline_referral(request: HttpRequest, referral_id: UUID, body: DeclineReferralIn) -> object:
    """Say no, and why, so that the person can be sent elsewhere."""
    return commands.decline_referral(actor_of(request), referral_id=referral_id, **body.dict())


@creates(router, "/{uuid:referral_id}/waiting", Action.REFERRAL_WAITLIST, ReferralOut)
def waitlist_referral(request: HttpRequest, referral_id: UUID, body: ServiceAnswerIn) -> object:
    """Put the person on the service's waiting list; the next word is due in a month."""
    return commands.waitlist_referral(actor_of(request), referral_id=referral_id, **body.dict())


@creates(router, "/{uuid:referral_id}/start", Action.REFERRAL_START, ReferralOut)
def start_referral(request: HttpRequest, referral_id: UUID, body: ServiceAnswerIn) -> object:
    """Record that the person came and the service began."""
    return commands.start_referral(actor_of(request), referral_id=referral_id, **body.dict())


@creates(router, "/{uuid:referral_id}/completion", Action.REFERRAL_COMPLETE, ReferralOut)
def complete_referral(request: HttpRequest, referral_id: UUID, body: CompleteIn) -> object:
    """Record what came of it; the room is free again."""
    return commands.complete_referral(actor_of(request), referral_id=referral_id, **body.dict())


def _seen(actor: "Actor", referral_id: UUID) -> "Referral":
    """The referral, and that the actor looked at it."""
    referral = queries.get_referral(actor, referral_id)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=referral.id, case_id=referral.case_id)
    return referral


def _content(actor: "Actor", referral: "Referral") -> bytes:
    """Opened on the record; NotFound where nothing was written down, or it is no longer shared."""
    if not referral.has_account:
        return queries.letter_of(actor, referral.id).content
    if referral.disclosure_id is None:
        raise NotFound
    return content_of(actor, referral.disclosure_id).content
