"""Reading referrals: those the actor's organisation sent or leads, and those it was sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.cases.queries import visible_cases
from homeward.lib.problems import NotFound
from homeward.privacy.sealing import open_sealed, place_of
from homeward.referrals.models import Referral, ReferralConfirmation, ReferralEvent, ReferralLetter
from homeward.referrals.rules import (
    HIDDEN_FROM_RECEIVER,
    OPEN,
    REMIND_BEFORE,
    UNDER_WAY,
    WAITING,
    ReferralState,
)


@dataclass(frozen=True)
class OpenedLetter:
    """A letter with what it says."""

    id: UUID
    case_id: UUID
    letter: ReferralLetter
    content: bytes


GIVEN_UP = (ReferralState.DECLINED, ReferralState.EXPIRED)


def visible_referrals(actor: Actor) -> QuerySet[Referral]:
    """Referrals the actor's organisation sent or leads the case of, and those sent to it."""
    return _with_organisations(Referral.objects.filter(_sent_by(actor) | _received_by(actor)))


def sent_referrals(actor: Actor) -> QuerySet[Referral]:
    """Referrals of cases the actor works with that their organisation sent, or leads the case of."""
    return _with_organisations(Referral.objects.filter(_sent_by(actor)))


def received_referrals(actor: Actor) -> QuerySet[Referral]:
    """Referrals sent to the actor's organisation and not taken back."""
    return _with_organisations(Referral.objects.filter(_received_by(actor)))


def sent_with(actor: Actor) -> QuerySet[Referral]:
    """Referrals of the actor's side together with which something was disclosed."""
    return Referral.objects.filter(_sent_by(actor), disclosure_id__isnull=False)


def received_with(actor: Actor) -> QuerySet[Referral, tuple[UUID | None, UUID]]:
    """Disclosures that went with referrals to the actor's organisation, each with its referral."""
    received = Referral.objects.filter(_received_by(actor), disclosure_id__isnull=False)
    return received.values_list("disclosure_id", "id")


def get_referral(actor: Actor, referral_id: UUID) -> Referral:
    """One referral, or NotFound, whether it is missing or not the actor's to know of."""
    return _one(visible_referrals(actor).filter(id=referral_id))


def referral_for_edit(actor: Actor, referral_id: UUID) -> Referral:
    """The referral locked for change, as it stands once everybody before is done with it."""
    return _one(visible_referrals(actor).filter(id=referral_id).select_for_update(of=("self",)))


def sends(actor: Actor, referral: Referral) -> bool:
    """True when the referral is the actor's to send, take back and follow up."""
    return sent_referrals(actor).filter(id=referral.id).exists()


def answers(actor: Actor, referral: Referral) -> bool:
    """True when the actor gives the service's answer, or writes down what a service without account said."""
    if referral.to_organisation_id is not None:
        return referral.to_organisation_id == actor.organisation_id
    return sends(actor, referral)


def referrals_of(actor: Actor, case_id: UUID) -> QuerySet[Referral]:
    """The referrals of one case that the actor's side sent, newest first."""
    return sent_referrals(actor).filter(case_id=case_id).order_by("-drafted_at", "-id")


def steps_of(actor: Actor, referral: Referral) -> QuerySet[ReferralEvent]:
    """What happened to a referral, in order."""
    return ReferralEvent.objects.filter(referral=referral).select_related("organisation").order_by("at", "id")


def confirmations_of(actor: Actor, referral: Referral) -> QuerySet[ReferralConfirmation]:
    """What the person said came of a referral, newest first; nothing for the service."""
    return ReferralConfirmation.objects.filter(referral=referral).order_by("-recorded_at")


@reading(Action.REFERRAL_OPEN)
def letter_of(actor: Actor, referral_id: UUID) -> OpenedLetter:
    """What a service without account was told, for who sent it."""
    letter = ReferralLetter.objects.filter(
        referral__in=sent_referrals(actor), referral_id=referral_id
    ).first()
    if letter is None:
        raise NotFound
    content = open_sealed(letter.subject_id, place_of(letter, "sealed"), letter.sealed)
    return OpenedLetter(letter.id, letter.case_id, letter, content)


def to_answer(actor: Actor) -> QuerySet[Referral]:
    """What waits in the actor's organisation for a yes or no, oldest promise first."""
    return received_referrals(actor).filter(state__in=WAITING).order_by("reply_due_at", "id")


def under_way_here(actor: Actor) -> QuerySet[Referral]:
    """Whom the actor's organisation accepted and has not told the outcome of, oldest promise first."""
    return received_referrals(actor).filter(state__in=UNDER_WAY).order_by("reply_due_at", "id")


def drafts_of(actor: Actor) -> QuerySet[Referral]:
    """Referrals the actor began and has not sent."""
    return sent_referrals(actor).filter(state=ReferralState.DRAFT, drafted_by_id=actor.user_id)


def late_referrals(actor: Actor, now: datetime) -> QuerySet[Referral]:
    """Sent referrals whose promised day has passed, oldest first."""
    running = sent_referrals(actor).filter(state__in=WAITING | UNDER_WAY, reply_due_at__lt=now)
    return running.order_by("reply_due_at", "id")


def given_up(actor: Actor) -> QuerySet[Referral]:
    """Declined or expired referrals after which nothing was tried yet for the same need, newest first."""
    later = Referral.objects.filter(
        case_id=OuterRef("case_id"), need=OuterRef("need"), drafted_at__gt=OuterRef("sent_at")
    ).exclude(state=ReferralState.RECALLED)
    ended = sent_referrals(actor).filter(state__in=GIVEN_UP, case__closed_on=None)
    return ended.filter(~Exists(later)).order_by("-ended_at", "id")


def open_referrals_of(actor: Actor, case_id: UUID) -> QuerySet[Referral]:
    """The referrals of one case that have not ended."""
    return sent_referrals(actor).filter(case_id=case_id, state__in=OPEN)


def services_tried(actor: Actor, case_id: UUID, need: str) -> Collection[UUID]:
    """The services a person was sent to for one need, whatever came of it."""
    tried = sent_referrals(actor).filter(case_id=case_id, need=need).exclude(state=ReferralState.DRAFT)
    return set(tried.values_list("service_id", flat=True))


def to_remind_of(actor: Actor, now: datetime) -> QuerySet[Referral]:
    """What the actor's organisation received, whose next word is due soon and of which nobody was told."""
    due = received_referrals(actor).filter(state__in=WAITING | UNDER_WAY, reminded_at=None)
    return due.filter(reply_due_at__lt=now + REMIND_BEFORE).order_by("id")


def to_escalate(actor: Actor, now: datetime) -> QuerySet[Referral]:
    """Late referrals of cases that the actor's organisation leads and of which nobody was told yet."""
    led = visible_cases(actor).filter(pk=OuterRef("case_id"), lead_organisation_id=actor.organisation_id)
    return late_referrals(actor, now).filter(Exists(led), escalated_at=None)


def to_expire(actor: Actor, before: datetime) -> QuerySet[Referral]:
    """Referrals of the actor's side that got neither yes nor no, due before a moment."""
    return sent_referrals(actor).filter(state__in=WAITING, reply_due_at__lt=before).order_by("id")


def _sent_by(actor: Actor) -> Q:
    # The case is reached by EXISTS, never by a join: who receives a referral has no row of it to join.
    mine = visible_cases(actor).filter(pk=OuterRef("case_id"))
    own = Q(from_organisation_id=actor.organisation_id) & Exists(mine)
    return own | Exists(mine.filter(lead_organisation_id=actor.organisation_id))


def _received_by(actor: Actor) -> Q:
    return Q(to_organisation_id=actor.organisation_id) & ~Q(state__in=HIDDEN_FROM_RECEIVER)


def _with_organisations(found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.select_related("from_organisation", "to_organisation")


def _one(found: QuerySet[Referral]) -> Referral:
    referral = found.first()
    if referral is None:
        raise NotFound
    return referral
