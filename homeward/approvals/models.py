"""What was asked, the steps of its answer, and who answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from homeward.access.roles import Role
from homeward.approvals.rules import ApprovalState, SubjectKind, Verdict
from homeward.lib.fields import Choice, Id
from homeward.lib.money import Money
from homeward.lib.privacy_classes import classes


class Approval(models.Model):
    """One question about one subject, seen by the organisation that asks and by those that answer.

    `case_id` and `subject_id` point at tables of later stages, so they are plain ids here.
    """

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    party_ids = ArrayField(models.UUIDField())  # the asking and every answering organisation
    subject_kind = Choice(SubjectKind)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True)  # what people call the subject, never a name
    reason = models.TextField(blank=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    barred_ids = ArrayField(models.UUIDField())  # who asked or drafted, and so never answers
    asked_at = models.DateTimeField()
    state = Choice(ApprovalState, default=ApprovalState.WAITING)
    step_number = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id organisation party_ids subject_kind subject_id case_id reference amount_minor currency "
        "asked_by_id barred_ids asked_at state step_number due_on ended_at version",
        personal="asked_by_name",
        sensitive="reason",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "subject_kind",
                "subject_id",
                condition=Q(state=ApprovalState.WAITING.value),
                name="one_waiting_approval_of_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor=None, currency="")
                | (Q(amount_minor__gte=0) & Q(currency__regex=r"^[A-Z]{3}$")),
                name="approval_amount_with_currency",
            ),
            models.CheckConstraint(
                condition=Q(state=ApprovalState.WAITING.value, ended_at=None)
                | (~Q(state=ApprovalState.WAITING.value) & Q(ended_at__isnull=False)),
                name="approval_ends_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(barred_ids__contains=[F("asked_by_id")]), name="who_asks_is_barred"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-asked_at"], name="approvals_of_subject"),
            # What an organisation waits for, oldest promise first.
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(state=ApprovalState.WAITING.value),
                name="approvals_waiting",
            ),
        ]

    @property
    def amount(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    @property
    def is_waiting(self) -> bool:
        return self.state == ApprovalState.WAITING


class Step(models.Model):
    """One answer that is needed, and the answer; only the organisation that answers changes it."""

    id = Id()
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    party_ids = ArrayField(models.UUIDField())
    barred_ids = ArrayField(models.UUIDField())
    roles = ArrayField(models.CharField(max_length=40))
    answer_days = models.PositiveSmallIntegerField()
    passed_to_id = models.UUIDField(null=True)
    passed_to_name = models.CharField(max_length=200, blank=True)
    escalated_at = models.DateTimeField(null=True)
    verdict = Choice(Verdict, blank=True)
    reasons = models.TextField(blank=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id approval number organisation party_ids barred_ids roles answer_days passed_to_id "
        "escalated_at verdict answered_by_id answered_at",
        personal="passed_to_name answered_by_name",
        sensitive="reasons",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("approval", "number", name="one_step_of_a_number"),
            models.UniqueConstraint("approval", "answered_by_id", name="nobody_answers_two_steps"),
            models.CheckConstraint(
                condition=Q(answered_by_id=None) | ~Q(barred_ids__contains=[F("answered_by_id")]),
                name="nobody_answers_their_own_request",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", answered_by_id=None, answered_at=None)
                | (~Q(verdict="") & Q(answered_by_id__isnull=False, answered_at__isnull=False)),
                name="verdict_with_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", Verdict.APPROVE.value]) | ~Q(reasons=""),
                name="no_refusal_without_reasons",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "approval"], condition=Q(verdict=""), name="steps_to_answer")
        ]

    @property
    def asked_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.roles)
