"""Questions registered before their outcomes are opened, and the answers that came."""

from django.db import models
from django.db.models import Q

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
