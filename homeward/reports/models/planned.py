"""What an organisation reports, and how often."""

from django.db import models

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.reports.rules import Frequency, ReportAudience


class ReportTemplate(models.Model):
    """An organisation's own copy of a shipped template: what a report says, in which order."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    copied_from = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    audience = Choice(ReportAudience)
    sections = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by_id = models.UUIDField()
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation copied_from name audience sections version changed_by_id changed_at "
        "ended_at",
        personal="changed_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "name"], name="report_templates_by_name")]


class ReportSchedule(models.Model):
    """A report that is made by itself when a month or a quarter is over."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    template_key = models.CharField(max_length=40, blank=True)  # a shipped one
    template = models.ForeignKey(ReportTemplate, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8)
    frequency = Choice(Frequency)
    next_due_on = models.DateField()
    # Asked for by the schedule; the report is made of it once it is ready.
    extract_id = models.UUIDField(null=True)
    set_by_id = models.UUIDField()
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation template_key template language frequency next_due_on extract_id set_by_id "
        "set_at ended_at",
        personal="set_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "next_due_on"], name="report_schedules_due")]
