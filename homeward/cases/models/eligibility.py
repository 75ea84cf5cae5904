"""What a programme's rules said of a person, by which version, and who stands by it."""

from django.db import models

from homeward.cases.journey_rules import Override
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.programmes.eligibility import Outcome


class EligibilityDecision(models.Model):
    """One answer to whether a person is eligible; a later one supersedes it, and both stay explained.

    `answers` are facts that nothing on record says and that whoever decided answered for.
    """

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="eligibility_decisions")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    programme_version = models.ForeignKey("programmes.ProgrammeVersion", models.PROTECT, related_name="+")
    application = models.ForeignKey("cases.Application", models.CASCADE, null=True, related_name="+")
    outcome = Choice(Outcome)
    explanation = models.JSONField()
    answers = models.JSONField(default=dict)
    decided_by_id = models.UUIDField()
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(auto_now_add=True)
    override = Choice(Override, default=Override.NONE)
    override_reason = models.TextField(blank=True)
    override_asked_by_id = models.UUIDField(null=True)
    override_asked_by_name = models.CharField(max_length=200, blank=True)
    override_asked_at = models.DateTimeField(null=True)
    override_approval = models.ForeignKey("approvals.Approval", models.PROTECT, null=True, related_name="+")
    override_answered_by_id = models.UUIDField(null=True)
    override_answered_by_name = models.CharField(max_length=200, blank=True)
    override_answered_at = models.DateTimeField(null=True)
    override_answer = models.TextField(blank=True)
    superseded_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id case organisation programme_version application decided_by_id decided_at override "
        "override_asked_by_id override_asked_at override_approval override_answered_by_id "
        "override_answered_at superseded_at",
        personal="outcome decided_by_name override_asked_by_name override_answered_by_name",
        sensitive="explanation answers override_reason override_answer",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                condition=models.Q(superseded_at=None),
                name="one_live_eligibility_decision_of_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(override_answered_by_id=None)
                | ~models.Q(override_answered_by_id=models.F("override_asked_by_id")),
                name="nobody_answers_their_own_override",
            ),
            models.CheckConstraint(
                condition=~models.Q(override__in=[Override.CONFIRMED.value, Override.DECLINED.value])
                | models.Q(override_asked_by_id__isnull=False, override_answered_by_id__isnull=False),
                name="an_override_has_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(override=Override.NONE.value) | ~models.Q(override_reason=""),
                name="an_override_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(override=Override.NONE.value) | models.Q(override_approval__isnull=False),
                name="an_override_is_asked_for_approval",
            ),
        ]

    @property
    def is_eligible(self) -> bool:
        """Whether the person can be accepted: by the rules, or by two people against them."""
        return self.outcome == Outcome.ELIGIBLE or self.override == Override.CONFIRMED
