"""What every move of a referral does: lock, check, keep the step, tell the case and whoever waits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.cases.queries import visible_cases
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.referrals.holding import end_sharing, give_room_back, take_room
from homeward.referrals.models import Referral, ReferralEvent
from homeward.referrals.problems import NotTheirs, ReferralMoved
from homeward.referrals.queries import answers, referral_for_edit, sends
from homeward.referrals.rules import ENDED, MOVES, SENDER_MOVES, Channel, ReferralState, next_due

S = ReferralState
TOLD_AS: Mapping[ReferralState, EventKind] = {
    S.SENT: EventKind.REFERRAL_SENT,
    S.ACCEPTED: EventKind.REFERRAL_ACCEPTED,
    S.DECLINED: EventKind.REFERRAL_DECLINED,
    S.WAITLISTED: EventKind.REFERRAL_WAITLISTED,
    S.STARTED: EventKind.REFERRAL_STARTED,
    S.COMPLETED: EventKind.REFERRAL_COMPLETED,
    S.RECALLED: EventKind.REFERRAL_RECALLED,
    S.EXPIRED: EventKind.REFERRAL_EXPIRED,
}
ANSWERED = frozenset({S.ACCEPTED, S.DECLINED, S.WAITLISTED})


def referral_to_move(actor: Actor, referral_id: UUID, state: ReferralState) -> Referral:
    """The referral, locked, if it can go to this state now and the actor's side is the one to move it."""
    referral = referral_for_edit(actor, referral_id)
    is_theirs = sends(actor, referral) if state in SENDER_MOVES else answers(actor, referral)
    if not is_theirs:
        raise NotTheirs
    if state not in MOVES[ReferralState(referral.state)]:
        raise ReferralMoved
    return referral


def move(
    actor: Actor,
    referral: Referral,
    state: ReferralState,
    *,
    channel: Channel = Channel.HOMEWARD,
    **said: Any,
) -> Referral:
    """Take the step and keep it; `said` holds reason, outcome and words, whichever there are."""
    before, at = ReferralState(referral.state), now()
    if state == S.ACCEPTED:
        take_room(actor, referral)
    if state in ENDED:
        give_room_back(actor, referral)
        end_sharing(actor, referral, state)
    _set(referral, state, at, said)
    referral.version += 1
    referral.save()
    ReferralEvent.objects.create(
        referral=referral,
        organisation_id=actor.organisation_id,
        from_state=before,
        state=state,
        channel=channel,
        by_id=actor.user_id,
        by_name=actor.name,
        at=at,
        **said,
    )
    if state in TOLD_AS and not (before == S.DRAFT and state == S.RECALLED):
        tell_case(actor, referral, TOLD_AS[state])
    return referral


def tell_case(actor: Actor, referral: Referral, kind: EventKind) -> None:
    """Add a line to the case's timeline; a receiver has no part in the case, so the sender's side adds it."""
    sender = replace(system_actor(referral.from_organisation_id), name=actor.name)
    teller = actor if visible_cases(actor).filter(id=referral.case_id).exists() else sender
    with acting_as(teller):
        if teller is actor or visible_cases(teller).filter(id=referral.case_id).exists():
            tell(teller, referral.case_id, kind, subject_id=referral.id)


def _set(referral: Referral, state: ReferralState, at: datetime, said: Mapping[str, Any]) -> None:
    referral.state = state
    referral.reason, referral.outcome = said.get("reason", ""), said.get("outcome", "")
    referral.reply_due_at = next_due(state, at, referral.reply_due_at)
    if state == S.ACKNOWLEDGED:
        referral.acknowledged_at = at
        return
    referral.reminded_at = referral.escalated_at = None
    if state in ANSWERED and referral.replied_at is None:
        referral.replied_at = at
    if state in ENDED:
        referral.ended_at = at
