"""How a case ended or left its path, and how it came back."""

from django.db import models

from homeward.cases.journey_rules import Cause, ClosingReason, Exit, OwnView, Way
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class SideExit(models.Model):
    """That a person withdrew, did not travel, was lost from sight, moved on or died."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="side_exits")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = Choice(Exit)
    on = models.DateField()
    reason = models.TextField(blank=True)
    to_country = models.CharField(max_length=2, blank=True)
    route = models.CharField(max_length=400, blank=True)
    way = Choice(Way, blank=True)
    cause = Choice(Cause, blank=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True)
    ended_note = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id case organisation kind on recorded_by_id recorded_at ended_on",
        personal="recorded_by_name",
        sensitive="reason to_country route way cause ended_note",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-on"], name="side_exits_of_case")]


class Closure(models.Model):
    """One closing of a case with its reason and the person's own view, and its reopening."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="closures")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    closed_on = models.DateField()
    reason = Choice(ClosingReason)
    note = models.TextField(blank=True)
    own_view_asked = Choice(OwnView, default=OwnView.NOT_ASKED)
    own_view = models.BinaryField(null=True)
    closed_by_id = models.UUIDField()
    closed_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(auto_now_add=True)
    reopened_on = models.DateField(null=True)
    reopened_reason = models.TextField(blank=True)
    reopened_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id case organisation closed_on reason own_view_asked closed_by_id closed_at reopened_on",
        personal="closed_by_name reopened_by_name",
        sensitive="note reopened_reason",
        sealed="own_view",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-closed_on"], name="closures_of_case")]
