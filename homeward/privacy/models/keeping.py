"""How long records are kept, what was copied out for people, what was erased, and who was told."""

from django.db import models
from django.utils import timezone

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.privacy.rules import ErasedBecause, ExportState, NoticeKind, RecordClass


class RetentionRule(models.Model):
    """How many months records of a class are kept after their last day; of all countries, or of one."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    record_class = Choice(RecordClass)
    country = models.CharField(max_length=2, blank=True)
    months = models.PositiveSmallIntegerField()
    because = models.TextField()
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation record_class country months because made_by_id made_at ended_at",
        personal="made_by_name",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "record_class",
                "country",
                condition=models.Q(ended_at=None),
                name="one_rule_of_a_class_and_country",
            ),
            models.CheckConstraint(condition=models.Q(months__gte=1), name="kept_for_a_month_at_least"),
        ]


class SubjectExport(models.Model):
    """One copy of everything about a person, made in the background and kept for a few days."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    request = models.ForeignKey("privacy.SubjectRequest", models.PROTECT, null=True, related_name="exports")
    state = Choice(ExportState, default=ExportState.RUNNING)
    language = models.CharField(max_length=8)
    work_done = models.PositiveIntegerField(default=0)
    work_all = models.PositiveIntegerField(default=1)
    file_id = models.UUIDField(null=True)
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation subject_id request state language work_done work_all file_id made_by_id "
        "made_at ready_at",
        personal="made_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="exports_newest")]


class Erasure(models.Model):
    """The ledger: that a person was erased. It names nobody, and a restored backup is held against it."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    because = Choice(ErasedBecause)
    request_id = models.UUIDField(null=True)
    rows = models.JSONField(default=dict)  # how many of each table
    by_id = models.UUIDField()
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation subject_id because request_id rows by_id begun_at finished_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "subject_id", name="one_erasure_of_a_person"),
        ]
        indexes = [models.Index(fields=["organisation", "-begun_at"], name="erasures_newest")]


class CorrectionNotice(models.Model):
    """What a recipient of somebody's data is told: corrected, restricted or erased; and their receipt."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    disclosure_id = models.UUIDField()
    pseudonym = models.CharField(max_length=20)
    kind = Choice(NoticeKind)
    words = models.TextField(blank=True)
    sent_by_name = models.CharField(max_length=200)
    sent_at = models.DateTimeField(auto_now_add=True)
    receipt_at = models.DateTimeField(null=True)
    receipt_by_name = models.CharField(max_length=200, blank=True)
    receipt_words = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id organisation recipient subject_id disclosure_id pseudonym kind sent_at receipt_at",
        personal="sent_by_name receipt_by_name",
        sensitive="words receipt_words",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["recipient", "sent_at"],
                condition=models.Q(receipt_at=None),
                name="notices_to_take_note",
            ),
            models.Index(fields=["organisation", "subject_id"], name="notices_about"),
        ]
