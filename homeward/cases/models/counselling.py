"""Counselling sessions, and the decision the person came to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.cases.journey_rules import Decision, Interpreting
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Counselling(models.Model):
    """One talk about the options. Never changed afterwards: another session follows."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="counselling")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    held_on = models.DateField()
    topics = ArrayField(models.CharField(max_length=40), default=list)
    materials = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=8, blank=True)
    interpreting = Choice(Interpreting, default=Interpreting.NOT_NEEDED)
    present = models.CharField(max_length=300, blank=True)
    child_heard_by = models.CharField(max_length=200, blank=True)
    is_suited_to_age = models.BooleanField(default=False)
    summary = models.BinaryField(null=True)
    decision = Choice(Decision, default=Decision.UNDECIDED)
    is_informed = models.BooleanField(default=False)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation held_on is_informed is_suited_to_age recorded_by_id recorded_at",
        personal="language interpreting present child_heard_by recorded_by_name",
        sensitive="topics materials decision",
        sealed="summary",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-held_on"], name="counselling_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_informed=False) | ~models.Q(decision=Decision.UNDECIDED.value),
                name="an_informed_decision_is_a_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(is_suited_to_age=False) | ~models.Q(child_heard_by=""),
                name="a_child_is_heard_by_somebody",
            ),
        ]
