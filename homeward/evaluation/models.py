"""Questions registered before their outcomes are opened, their answers, and people to compare with."""

from django.db import models
from django.db.models import Q

from homeward.evaluation.likeness.rules import ComparisonState
from homeward.evaluation.rules import Claim
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Question(models.Model):
    """A plan of analysis: what is asked of which extract, hashed and dated. Never changed, never removed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    extract_id = models.UUIDField()
    title = models.CharField(max_length=200)
    spec = models.JSONField()
    spec_sha256 = models.CharField(max_length=64)
    is_confirmatory = models.BooleanField()
    registered_by_id = models.UUIDField()
    registered_by_name = models.CharField(max_length=200)
    registered_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation extract_id title spec spec_sha256 is_confirmatory registered_by_id "
        "registered_at",
        personal="registered_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-registered_at", "-id"], name="questions_newest")]


class Answer(models.Model):
    """What came of a question: a finding, or why there is none. One for each question, never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    question = models.OneToOneField(Question, models.PROTECT, related_name="answer")
    claim = Choice(Claim, blank=True)
    is_suppressed = models.BooleanField(default=False)
    finding = models.JSONField(default=dict)
    trouble = models.CharField(max_length=400, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id organisation question claim is_suppressed finding trouble inputs_sha256 code_version "
        "answered_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(claim="") | ~Q(trouble=""), name="answer_is_a_finding_or_a_trouble"
            )
        ]


class Comparison(models.Model):
    """A table of groups of people, made of an extract for colleagues to compare with; frozen when ready."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    extract_id = models.UUIDField()
    state = Choice(ComparisonState, default=ComparisonState.ASKED)
    published_by_id = models.UUIDField()
    published_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)
    # What a reader can choose: places by country of origin, and programmes, as the extract names them.
    places = models.JSONField(default=dict)
    programmes = models.JSONField(default=list)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.CharField(max_length=64, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation extract_id state published_by_id published_at ready_at places programmes "
        "inputs_sha256 code_version withdrawn_at",
        personal="published_by_name withdrawn_by_name",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "-published_at", "-id"], name="comparisons_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=ComparisonState.ASKED.value),
                name="one_comparison_under_way",
            )
        ]


class LikePeople(models.Model):
    """One group of a comparison: who they are in coarse traits, and what became of them; never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="groups")
    key = models.CharField(max_length=600)
    level = models.PositiveSmallIntegerField()
    traits = models.JSONField()
    told = models.JSONField()

    PRIVACY = classes(internal="id organisation comparison key level traits told")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "key"], name="one_group_of_a_key")]
