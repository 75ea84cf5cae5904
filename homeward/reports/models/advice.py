"""What was recommended to whom, what they answered, and what was done."""

from django.db import models
from django.db.models import Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.reports.models.made import Report
from homeward.reports.rules import AdviceState

A = AdviceState


class Recommendation(models.Model):
    """A recommendation as it was said; who it is given to sees it too, answers it and tells what was done."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    given_to = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="recommendations")
    question_id = models.UUIDField(null=True)  # the finding it rests on
    rests_on = models.CharField(max_length=240, blank=True)
    text = models.CharField(max_length=1000)
    said_by_id = models.UUIDField()
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField(auto_now_add=True)
    state = Choice(AdviceState, default=AdviceState.OPEN)
    due_on = models.DateField()
    owner_id = models.UUIDField(null=True)  # who sees to it, at the organisation that it is given to
    owner_name = models.CharField(max_length=200, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.CharField(max_length=1000, blank=True)
    done = models.CharField(max_length=1000, blank=True)
    done_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id organisation given_to report question_id rests_on text said_by_id said_at state due_on "
        "owner_id answered_at answer_reason done done_on version",
        personal="said_by_name owner_name answered_by_name",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="recommendations_said"),
            models.Index(fields=["given_to", "due_on"], name="recommendations_received"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[A.PARTLY.value, A.REJECTED.value]) | ~Q(answer_reason=""),
                name="no_needs_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=A.DONE.value) | (~Q(done="") & Q(done_on__isnull=False)),
                name="done_says_what_and_when",
            ),
        ]


class RecommendationStep(models.Model):
    """One line of what became of a recommendation; lines are added, never changed."""

    id = Id()
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="steps")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    state = Choice(AdviceState)
    due_on = models.DateField()
    words = models.CharField(max_length=1000, blank=True)
    written_by_id = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id recommendation organisation state due_on words written_by_id written_at",
        personal="written_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["recommendation", "written_at"], name="steps_of_a_recommendation")]
