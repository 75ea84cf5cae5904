"""Links to a person's own page, what they asked, what they complained of."""

from datetime import datetime

from django.db import models

from homeward.feedback.rules import LinkState, Subject, link_state
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class OwnPageLink(models.Model):
    """One visit by the person to their own page. Of link and code only fingerprints are kept."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    person_id = models.UUIDField()
    token_digest = models.CharField(max_length=64)
    code_digest = models.BinaryField()
    language = models.CharField(max_length=8)
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation case person_id token_digest code_digest made_by_id made_at expires_at "
        "attempts used_at ended_at",
        personal="language made_by_name",
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "token_digest"], name="own_page_by_token"),
            models.Index(fields=["case", "-made_at"], name="own_pages_of_case"),
        ]

    def state(self, now: datetime) -> LinkState:
        """How the link stands."""
        return link_state(
            expires_at=self.expires_at,
            used_at=self.used_at,
            ended_at=self.ended_at,
            attempts=self.attempts,
            now=now,
        )


class Question(models.Model):
    """What the person asked, and what the lead answered."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    words = models.TextField()
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id case organisation asked_at due_on answered_at answered_by_id",
        personal="language answered_by_name",
        sensitive="words answer",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="questions_of_case"),
            models.Index(
                fields=["organisation", "due_on"],
                condition=models.Q(answered_at=None),
                name="questions_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="an_answer_has_words",
            )
        ]


class Complaint(models.Model):
    """What the person complains of. Never shown to the person it is about, nor on the case page."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    subject = Choice(Subject)
    about_user_id = models.UUIDField(null=True)
    words = models.BinaryField()
    language = models.CharField(max_length=8)
    made_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    answer = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    PRIVACY = classes(
        internal="id case organisation person_id made_at due_on answered_at answered_by_id",
        personal="language answered_by_name",
        sensitive="subject about_user_id",
        sealed="words answer",
    )

    class Meta:
        indexes = [models.Index(fields=["organisation", "due_on"], name="complaints_by_due_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer=None)
                | models.Q(answered_at__isnull=False, answer__isnull=False),
                name="a_complaint_is_answered_in_words",
            ),
            models.CheckConstraint(
                condition=models.Q(about_user_id=None)
                | models.Q(answered_by_id=None)
                | ~models.Q(answered_by_id=models.F("about_user_id")),
                name="nobody_answers_a_complaint_about_themselves",
            ),
        ]
