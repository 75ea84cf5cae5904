"""A referral, each step it took, and what the person says came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.referrals.rules import (
    OPEN,
    UNDER_WAY,
    WAITING,
    Channel,
    Confirmed,
    Reason,
    ReferralOutcome,
    ReferralState,
    Urgency,
)

_OPEN = sorted(state.value for state in OPEN)
_RUNNING = sorted(state.value for state in WAITING | UNDER_WAY)
S = ReferralState


class Referral(models.Model):
    """One person asked into one service; seen by who sends it, and from then on by who is asked.

    What the service is told of the person is a disclosure, never a column here: the receiving organisation
    reads this row before it opens anything. The service's name and place are kept as they were.
    """

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="referrals")
    from_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    service_id = models.UUIDField()
    service_name = models.CharField(max_length=300)
    provider_name = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    need = models.CharField(max_length=60)
    urgency = Choice(Urgency, default=Urgency.ROUTINE)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    disclosure_id = models.UUIDField(null=True)
    state = Choice(ReferralState, default=ReferralState.DRAFT)
    reply_days = models.PositiveSmallIntegerField()
    drafted_by_id = models.UUIDField()
    drafted_by_name = models.CharField(max_length=200)
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)  # the first yes, no or waiting list
    reply_due_at = models.DateTimeField(null=True)  # the next word that is due, until there is an end
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = Choice(Reason, blank=True)
    outcome = Choice(ReferralOutcome, blank=True)
    holds_room = models.BooleanField(default=False)
    room_unit = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id case from_organisation to_organisation service_id service_name provider_name place "
        "follows disclosure_id state reply_days drafted_by_id drafted_at sent_at acknowledged_at replied_at "
        "reply_due_at reminded_at escalated_at ended_at holds_room room_unit "
        "version",
        personal="drafted_by_name urgency",
        sensitive="need reason outcome",
    )

    class Meta:
        constraints = [
            # A person is never in two open referrals to one service, whatever path wrote them.
            models.UniqueConstraint(
                fields=["case", "service_id"],
                condition=Q(state__in=_OPEN),
                name="one_open_referral_per_case_and_service",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT.value, S.RECALLED.value])
                | Q(to_organisation=None)
                | Q(to_organisation=F("from_organisation"))
                | Q(disclosure_id__isnull=False),
                name="nothing_sent_without_a_disclosure",
            ),
            # No referral that somebody waits for is without a clock.
            models.CheckConstraint(
                condition=~Q(state__in=_RUNNING) | Q(sent_at__isnull=False, reply_due_at__isnull=False),
                name="running_referral_has_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, ended_at=None)
                | (~Q(state__in=_OPEN) & Q(ended_at__isnull=False)),
                name="referral_ends_when_it_ends",
            ),
            models.CheckConstraint(
                condition=(Q(state=S.COMPLETED.value) & ~Q(outcome=""))
                | (~Q(state=S.COMPLETED.value) & Q(outcome="")),
                name="completed_referral_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.DECLINED.value, S.RECALLED.value]) | ~Q(reason=""),
                name="no_without_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(holds_room=False) | Q(state__in=sorted(one.value for one in UNDER_WAY)),
                name="room_is_held_for_who_is_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-drafted_at"], name="referrals_of_case"),
            # The inbox of who receives, oldest promise first; and what reminders look for.
            models.Index(
                fields=["to_organisation", "reply_due_at"],
                condition=Q(state__in=_RUNNING),
                name="referrals_received",
            ),
            models.Index(
                fields=["from_organisation", "reply_due_at"],
                condition=Q(state__in=_OPEN),
                name="referrals_sent",
            ),
            models.Index(fields=["from_organisation", "sent_at"], name="referrals_counted"),
            models.Index(fields=["to_organisation", "sent_at"], name="referrals_counted_here"),
        ]

    @property
    def has_account(self) -> bool:
        """True when the receiving organisation answers in Homeward itself."""
        return self.to_organisation_id is not None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


class ReferralLetter(models.Model):
    """What a service without account is told on paper or by telephone, as it was told; never seen by others.

    No agreement binds such a provider, so nothing leaves but what the person agreed to on a day.
    """

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="letter")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    categories = ArrayField(models.CharField(max_length=40))
    necessity = models.TextField()
    agreed_on = models.DateField()
    sealed = models.BinaryField()
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    PRIVACY = classes(
        internal="id case referral organisation subject_id categories written_by_id written_at",
        personal="agreed_on written_by_name",
        sensitive="necessity",
        sealed="sealed",
    )


class ReferralEvent(models.Model):
    """One step of a referral: from where to where, by whom, in which words. Only ever added."""

    id = Id()
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="events")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    from_state = Choice(ReferralState)
    state = Choice(ReferralState)
    channel = Choice(Channel, default=Channel.HOMEWARD)
    reason = Choice(Reason, blank=True)
    outcome = Choice(ReferralOutcome, blank=True)
    words = models.TextField(blank=True)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    PRIVACY = classes(
        internal="id referral organisation from_state state channel by_id at",
        personal="by_name",
        sensitive="reason outcome words",
    )

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="events_of_referral")]


class ReferralConfirmation(models.Model):
    """What the person says came of a referral. For those who work on the case; the service never reads it."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="confirmations")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    confirmed = Choice(Confirmed)
    on = models.DateField()
    words = models.TextField(blank=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    PRIVACY = classes(
        internal="id case referral organisation recorded_by_id recorded_at",
        personal="on recorded_by_name",
        sensitive="confirmed words",
    )

    class Meta:
        indexes = [models.Index(fields=["referral", "recorded_at"], name="confirmations_of_referral")]
