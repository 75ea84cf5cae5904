"""Scores of visits, and the work of scoring them anew."""

from django.db import models
from django.db.models import Q

from homeward.lib.fields import Id
from homeward.lib.privacy_classes import classes

SCORES = ("economic", "social", "psychosocial", "composite")


def _within(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lte": 1})


class Outcome(models.Model):
    """How somebody was doing at one visit, by one form and profile. Only ever added; the newest counts."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    visit = models.ForeignKey("followup.Visit", models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    member_id = models.UUIDField(null=True)  # of the household, when it is not the person of the case
    round = models.CharField(max_length=40)
    on = models.DateField()
    submission_id = models.UUIDField()
    form = models.ForeignKey("surveys.InstrumentVersion", models.PROTECT, related_name="+", db_index=False)
    profile = models.ForeignKey("surveys.ScoringProfile", models.PROTECT, related_name="+", db_index=False)
    economic = models.FloatField(null=True)
    economic_coverage = models.FloatField(default=0)
    social = models.FloatField(null=True)
    social_coverage = models.FloatField(default=0)
    psychosocial = models.FloatField(null=True)
    psychosocial_coverage = models.FloatField(default=0)
    composite = models.FloatField(null=True)
    composite_coverage = models.FloatField(default=0)
    reasons = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    scored_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case visit organisation round on submission_id form profile is_current scored_at",
        personal="member_id",
        sensitive="economic economic_coverage social social_coverage psychosocial psychosocial_coverage "
        "composite composite_coverage reasons",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "submission_id", "profile"], name="one_score_of_a_form"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(is_current=True), name="one_current_score_of_a_visit"
            ),
            *(
                models.CheckConstraint(condition=_within(name), name=f"{name}_within_bounds")
                for name in SCORES
            ),
        ]
        indexes = [
            models.Index(fields=["case", "on"], condition=Q(is_current=True), name="scores_of_case"),
            models.Index(
                fields=["organisation", "profile", "id"],
                condition=Q(is_current=True),
                name="scores_by_profile",
            ),
        ]


class Rescoring(models.Model):
    """Scoring what was scored before by the profile that is in use now: how far it has got."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    profile = models.ForeignKey("surveys.ScoringProfile", models.PROTECT, related_name="+")
    everything = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    after_id = models.UUIDField(null=True)
    started_by_id = models.UUIDField()
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation profile everything done after_id started_by_id started_at finished_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "profile"],
                condition=Q(finished_at=None),
                name="one_rescoring_at_a_time",
            )
        ]
