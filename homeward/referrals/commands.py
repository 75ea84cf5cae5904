"""Sending a person to a service, answering, taking back, seeing that no referral is left without an end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import Act
from homeward.cases.obstacles import require_possible
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.codelists.queries import working_days_after
from homeward.lib.problems import Invalid
from homeward.organisations.queries import own_organisation
from homeward.privacy.sealing import place_of, seal
from homeward.referrals.models import Referral, ReferralConfirmation, ReferralLetter
from homeward.referrals.moving import move, referral_to_move, tell_case
from homeward.referrals.notices import tell_coordinators, tell_receiver, tell_sender
from homeward.referrals.problems import AlreadyReferred, NotTheirs, ReferralMoved
from homeward.referrals.queries import (
    get_referral,
    open_referrals_of,
    referral_for_edit,
    sends,
    to_escalate,
    to_expire,
    to_remind_of,
)
from homeward.referrals.rules import (
    DECLINE_REASONS,
    GRACE,
    RECALL_REASONS,
    Channel,
    Confirmed,
    Reason,
    ReferralOutcome,
    ReferralState,
    ServiceAsked,
    Urgency,
    reply_due,
)

S = ReferralState


@dataclass(frozen=True)
class LetterTold:
    """Why a service without account is told this, and when the person agreed to it."""

    necessity: str
    agreed_on: date | None

    def checked(self, today: date) -> date:
        """The day of the agreement; Invalid unless it is there, not still to come, and a reason beside it."""
        fields = {}
        if not self.necessity.strip():
            fields["necessity"] = _("Say why the service needs this.")
        if self.agreed_on is None or self.agreed_on > today:
            fields["agreed_on"] = _("Say when the person agreed to this being told.")
        if fields or self.agreed_on is None:
            raise Invalid(fields=fields)
        return self.agreed_on


@command(Action.REFERRAL_DRAFT)
def draft_referral(
    actor: Actor,
    *,
    case_id: UUID,
    service: ServiceAsked,
    need: str,
    urgency: Urgency = Urgency.ROUTINE,
    follows_id: UUID | None = None,
) -> Referral:
    """Choose a service for one need of a person; nothing is told to anybody yet."""
    case = get_case(actor, case_id)
    require_possible(case, Act.REFER)
    follows = get_referral(actor, follows_id) if follows_id else None
    if not need or (follows and follows.case_id != case.id):
        raise Invalid(fields={"need": _("Say what the person needs.")})
    referral = Referral(
        case=case,
        from_organisation_id=actor.organisation_id,
        to_organisation_id=service.organisation_id,
        service_id=service.service_id,
        service_name=service.name,
        provider_name=service.provider_name,
        place=service.place,
        reply_days=service.reply_days,
        need=need,
        urgency=urgency,
        follows=follows,
        drafted_by_id=actor.user_id,
        drafted_by_name=actor.name,
        drafted_at=now(),
    )
    try:
        with transaction.atomic():
            referral.save(force_insert=True)
    except IntegrityError as clash:
        raise AlreadyReferred from clash
    return referral


@command(Action.REFERRAL_SEND)
def send_referral(actor: Actor, *, referral_id: UUID, disclosure_id: UUID | None = None) -> Referral:
    """Send a draft with what was disclosed for it; the reply clock of the service begins."""
    referral = referral_to_move(actor, referral_id, S.SENT)
    if not referral.has_account and not ReferralLetter.objects.filter(referral=referral).exists():
        raise Invalid(_("Write first what the service is told."))
    require_possible(get_case(actor, referral.case_id), Act.REFER)
    referral.disclosure_id, referral.sent_at = disclosure_id, now()
    country = own_organisation(actor).country
    referral.reply_due_at = reply_due(
        referral.sent_at,
        referral.reply_days,
        Urgency(referral.urgency),
        lambda start, n: working_days_after(actor, start, n, country),
    )
    move(actor, referral, S.SENT)
    tell_receiver(referral)
    return referral


@command(Action.REFERRAL_SEND)
def write_letter(
    actor: Actor, *, referral_id: UUID, content: bytes, categories: Collection[str], told: LetterTold
) -> ReferralLetter:
    """Keep what a service without account is told; the person has agreed to exactly this."""
    referral = referral_for_edit(actor, referral_id)
    if referral.has_account or not sends(actor, referral):
        raise NotTheirs
    if referral.state != S.DRAFT:
        raise ReferralMoved
    agreed_on = told.checked(localdate())
    case = get_case(actor, referral.case_id)
    letter = ReferralLetter(
        referral=referral,
        case=case,
        organisation_id=actor.organisation_id,
        subject_id=case.person_id,
        categories=sorted(categories),
        necessity=told.necessity.strip(),
        agreed_on=agreed_on,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
        written_at=now(),
    )
    letter.sealed = seal(case.person_id, place_of(letter, "sealed"), content)
    letter.save(force_insert=True)
    return letter


@command(Action.REFERRAL_RECALL)
def recall_referral(actor: Actor, *, referral_id: UUID, reason: Reason, words: str = "") -> Referral:
    """Take a referral back, with the reason; the service sees it no longer."""
    _require_reason(reason, RECALL_REASONS, words)
    return move(
        actor,
        referral_to_move(actor, referral_id, S.RECALLED),
        S.RECALLED,
        reason=reason,
        words=words.strip(),
    )


@command(Action.REFERRAL_RECALL)
def withdraw_open_referrals(actor: Actor, *, case_id: UUID, reason: Reason) -> list[Referral]:
    """Take back every referral of a case that has not ended, because the case has."""
    return [
        move(actor, referral_to_move(actor, one.id, S.RECALLED), S.RECALLED, reason=reason)
        for one in open_referrals_of(actor, case_id)
    ]


@command(Action.REFERRAL_OPEN)
def open_referral(actor: Actor, *, referral_id: UUID) -> Referral:
    """Open what was sent: who it is about is shown from now on, and the sender knows that it was read."""
    referral = referral_for_edit(actor, referral_id)
    if referral.to_organisation_id != actor.organisation_id:
        raise NotTheirs
    if referral.state == S.SENT:
        move(actor, referral, S.ACKNOWLEDGED)
    return referral


@command(Action.REFERRAL_ACCEPT)
def accept_referral(
    actor: Actor, *, referral_id: UUID, words: str = "", channel: Channel = Channel.HOMEWARD
) -> Referral:
    """Say yes: the service takes the person on, and its room is kept for them."""
    return _answer(actor, referral_id, S.ACCEPTED, channel, words=words.strip())


@command(Action.REFERRAL_DECLINE)
def decline_referral(
    actor: Actor, *, referral_id: UUID, reason: Reason, words: str = "", channel: Channel = Channel.HOMEWARD
) -> Referral:
    """Say no, and why, so that the person can be sent elsewhere."""
    _require_reason(reason, DECLINE_REASONS, words)
    return _answer(actor, referral_id, S.DECLINED, channel, reason=reason, words=words.strip())


@command(Action.REFERRAL_WAITLIST)
def waitlist_referral(
    actor: Actor, *, referral_id: UUID, words: str = "", channel: Channel = Channel.HOMEWARD
) -> Referral:
    """Put the person on the service's waiting list; the next word is due in a month."""
    return _answer(actor, referral_id, S.WAITLISTED, channel, words=words.strip())


@command(Action.REFERRAL_START)
def start_referral(
    actor: Actor, *, referral_id: UUID, words: str = "", channel: Channel = Channel.HOMEWARD
) -> Referral:
    """Record that the person came and the service began."""
    return _answer(actor, referral_id, S.STARTED, channel, words=words.strip())


@command(Action.REFERRAL_COMPLETE)
def complete_referral(
    actor: Actor,
    *,
    referral_id: UUID,
    outcome: ReferralOutcome,
    words: str = "",
    channel: Channel = Channel.HOMEWARD,
) -> Referral:
    """Record what came of it; the room is free again."""
    return _answer(actor, referral_id, S.COMPLETED, channel, outcome=outcome, words=words.strip())


@command(Action.REFERRAL_CONFIRM)
def confirm_outcome(
    actor: Actor, *, referral_id: UUID, confirmed: Confirmed, on: date, words: str = ""
) -> ReferralConfirmation:
    """Record what the person says came of a referral, beside what the service says."""
    referral = get_referral(actor, referral_id)
    if not sends(actor, referral):
        raise NotTheirs
    if referral.replied_at is None:
        raise Invalid(_("Nothing has come of this referral yet."))
    if on > localdate():
        raise Invalid(fields={"on": _("This day is still to come.")})
    confirmation = ReferralConfirmation.objects.create(
        referral=referral,
        case_id=referral.case_id,
        organisation_id=actor.organisation_id,
        confirmed=confirmed,
        on=on,
        words=words.strip(),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        recorded_at=now(),
    )
    tell_case(actor, referral, EventKind.REFERRAL_CONFIRMED)
    return confirmation


@command(Action.REFERRAL_TAKE_OVER)
def take_over_referrals(actor: Actor, *, case_id: UUID) -> list[Referral]:
    """Become, as the new lead of a case, the one whom its open referrals are answered to."""
    get_case(actor, case_id)
    taken = []
    for one in open_referrals_of(actor, case_id).exclude(from_organisation_id=actor.organisation_id):
        referral = referral_for_edit(actor, one.id)
        referral.from_organisation_id = actor.organisation_id
        referral.version += 1
        referral.save()
        taken.append(referral)
    return taken


@command(Action.REFERRAL_REMIND)
def remind_receivers(actor: Actor, *, at: datetime) -> list[Referral]:
    """Tell those who answer, once for each promised day, that a word is due."""
    due = list(to_remind_of(actor, at).select_for_update(of=("self",), skip_locked=True))
    for referral in due:
        referral.reminded_at = at
        referral.save(update_fields=["reminded_at"])
    if due:
        tell_receiver(due[0])
    return due


@command(Action.REFERRAL_REMIND)
def escalate_late_referrals(actor: Actor, *, at: datetime) -> list[Referral]:
    """Tell the coordinators of the organisation that leads the case, once, that a promised day has passed."""
    late = list(to_escalate(actor, at).select_for_update(of=("self",), skip_locked=True))
    for referral in late:
        referral.escalated_at = at
        referral.save(update_fields=["escalated_at"])
    if late:
        tell_coordinators(actor)
    return late


@command(Action.REFERRAL_EXPIRE)
def expire_silent_referrals(actor: Actor, *, at: datetime) -> list[Referral]:
    """End what nobody answered within the days of grace, so that the person can be sent elsewhere."""
    silent = list(to_expire(actor, at - GRACE).select_for_update(of=("self",), skip_locked=True))
    for referral in silent:
        move(actor, referral, S.EXPIRED)
        tell_sender(referral)
    return silent


def _answer(actor: Actor, referral_id: UUID, state: ReferralState, channel: Channel, **said: str) -> Referral:
    referral = referral_to_move(actor, referral_id, state)
    if not referral.has_account and channel == Channel.HOMEWARD:
        raise Invalid(fields={"channel": _("Say how the service told you.")})
    move(actor, referral, state, channel=channel if not referral.has_account else Channel.HOMEWARD, **said)
    if referral.has_account:
        tell_sender(referral)
    return referral


def _require_reason(reason: Reason, offered: tuple[Reason, ...], words: str) -> None:
    if reason not in offered:
        raise Invalid(fields={"reason": _("Choose one of the reasons.")})
    if reason == Reason.OTHER and not words.strip():
        raise Invalid(fields={"words": _("Say why in a few words.")})
