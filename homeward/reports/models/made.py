"""A report that was asked for, what it was written as, and who received it."""

from django.db import models
from django.db.models import F, Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.reports.models.planned import ReportSchedule
from homeward.reports.rules import Means, ReportAudience, ReportFormat, ReportState

S = ReportState


class Report(models.Model):
    """Template, period, extract and language. The database refuses to change what a ready one says."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    template_key = models.CharField(max_length=40)
    template_id = models.UUIDField(null=True)
    # The template as it was when the report was asked for.
    plan = models.JSONField()
    plan_sha256 = models.CharField(max_length=64)
    audience = Choice(ReportAudience)
    language = models.CharField(max_length=8)
    period_from = models.DateField()
    period_until = models.DateField()
    extract_id = models.UUIDField()
    schedule = models.ForeignKey(ReportSchedule, models.PROTECT, null=True, related_name="reports")
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = Choice(ReportState, default=ReportState.ASKED)
    started_at = models.DateTimeField(null=True)
    sections_done = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=400, blank=True)
    content = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=64, blank=True)
    release_id = models.UUIDField(null=True)  # in the log of what left, after disclosure control
    ready_at = models.DateTimeField(null=True)
    checked_by_id = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)
    released_by_id = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_why = models.CharField(max_length=400, blank=True)

    PRIVACY = classes(
        internal="id organisation title template_key template_id plan plan_sha256 audience language "
        "period_from period_until extract_id schedule asked_by_id asked_at state started_at sections_done "
        "trouble content content_sha256 code_version release_id ready_at checked_by_id checked_at "
        "released_by_id released_at ended_at ended_why",
        personal="asked_by_name checked_by_name released_by_name ended_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="reports_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "period_from"],
                condition=~Q(state=S.WITHDRAWN.value),
                name="one_scheduled_report_of_a_period",
            ),
            models.CheckConstraint(
                condition=Q(released_by_id=None)
                | Q(audience=ReportAudience.INSIDE.value)
                | (Q(checked_by_id__isnull=False) & ~Q(released_by_id=F("checked_by_id"))),
                name="four_eyes_release_what_goes_outside",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RELEASED.value) | Q(released_by_id__isnull=False),
                name="released_report_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.READY.value, S.CHECKED.value, S.RELEASED.value])
                | ~Q(content_sha256=""),
                name="ready_report_has_a_content",
            ),
        ]


class ReportFile(models.Model):
    """A report as one kind of file, byte by byte as it was made."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    kind = Choice(ReportFormat)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()

    PRIVACY = classes(internal="id organisation report kind content sha256 size_bytes")

    class Meta:
        constraints = [models.UniqueConstraint("report", "kind", name="one_file_of_a_kind")]


class ReportRecipient(models.Model):
    """That a person handed a report to somebody: written down once, never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, related_name="recipients")
    kind = Choice(ReportFormat)
    recipient = models.CharField(max_length=200)
    means = Choice(Means)
    handed_on = models.DateField()
    handed_by_id = models.UUIDField()
    handed_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation report kind means handed_on handed_by_id recorded_at",
        personal="recipient handed_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["report", "-handed_on"], name="recipients_of_a_report")]
