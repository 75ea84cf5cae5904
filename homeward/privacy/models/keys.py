"""One key per person; what sealed fields were opened, and the alerts of too many."""

from django.db import models
from django.utils import timezone

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.privacy.rules import Alerted


class SubjectKey(models.Model):
    """A person's own key, wrapped by a master key. Destroyed, its row stays: none is made anew."""

    subject_id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    wrapped = models.BinaryField(null=True)
    master_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="subject_id organisation master_version made_at destroyed_at",
        sealed="wrapped",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped=None) ^ models.Q(destroyed_at=None),
                name="a_destroyed_key_is_gone",
            )
        ]
        # Rotation looks for what an older master key still wraps.
        indexes = [
            models.Index(
                fields=["organisation", "master_version"],
                condition=models.Q(destroyed_at=None),
                name="keys_by_master",
            )
        ]


class Opening(models.Model):
    """One sealed field opened once: by whom, what it was, and why. Never changed, never taken back."""

    id = Id()
    at = models.DateTimeField(default=timezone.now)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user_id = models.UUIDField()
    action = models.CharField(max_length=60)
    reason = models.CharField(max_length=40)
    # What the reader wrote besides, sealed under the person's key: it goes with them.
    words = models.BinaryField(null=True)
    person_id = models.UUIDField(null=True)  # a place where people are safe is about nobody
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id at organisation user_id action reason person_id subject_id case_id", sealed="words"
    )

    class Meta:
        indexes = [
            # The two counts that limit how often sealed fields are opened; the officer's list.
            models.Index(fields=["organisation", "-at"], name="openings_newest"),
            models.Index(fields=["organisation", "user_id", "-at"], name="openings_of_one"),
        ]


class OpeningAlert(models.Model):
    """So many sealed fields were opened, or partners asked so often, that somebody must look why."""

    id = Id()
    at = models.DateTimeField(default=timezone.now)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user_id = models.UUIDField(null=True)  # empty: the organisation as a whole reached its limit
    opened = models.PositiveIntegerField()
    what = Choice(Alerted, default=Alerted.OPENINGS)
    looked_at = models.DateTimeField(null=True)
    looked_by_id = models.UUIDField(null=True)
    note = models.CharField(max_length=1000, blank=True)

    PRIVACY = classes(
        internal="id at organisation user_id opened what looked_at looked_by_id", personal="note"
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="opening_alerts_newest")]
        constraints = [
            # Nobody answers for their own openings.
            models.CheckConstraint(
                condition=models.Q(looked_by_id=None)
                | models.Q(user_id=None)
                | ~models.Q(looked_by_id=models.F("user_id")),
                name="opening_alert_looked_at_by_somebody_else",
            )
        ]
