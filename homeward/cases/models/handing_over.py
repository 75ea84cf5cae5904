"""A case on its way from one organisation to another, what was said about it, and later questions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.cases.handover_rules import DeclineReason, HandoverKind, HandoverState
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.sharing.rules import Basis

OPEN = models.Q(state__in=["offered", "asked", "answered"])


class Handover(models.Model):
    """One organisation gives a case, another takes it on; until it says so, nothing changes."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="handovers")
    kind = Choice(HandoverKind)
    state = Choice(HandoverState, default=HandoverState.OFFERED)
    from_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    waits_for = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    basis = Choice(Basis, blank=True)
    message = models.TextField(blank=True)
    their_reference = models.CharField(max_length=60, blank=True)
    # What the other side reads before it decides: facts of the case, never who it is.
    shown = models.JSONField(default=dict)
    disclosure_id = models.UUIDField(null=True)
    appointment_ids = ArrayField(models.UUIDField(), default=list)
    document_ids = ArrayField(models.UUIDField(), default=list)
    stays_until = models.DateField(null=True)  # so long the giver can be asked afterwards
    begun_by_id = models.UUIDField()
    begun_by_name = models.CharField(max_length=200)
    begun_at = models.DateTimeField(auto_now_add=True)
    lead_user_id = models.UUIDField(null=True)  # who leads from then on, once that is known
    lead_user_name = models.CharField(max_length=200, blank=True)
    decline_reason = Choice(DeclineReason, blank=True)
    ended_note = models.TextField(blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # that somebody's turn has begun
    escalated_on = models.DateField(null=True)
    escalated_times = models.PositiveSmallIntegerField(default=0)

    PRIVACY = classes(
        internal="id case kind state from_organisation to_organisation waits_for due_on basis disclosure_id "
        "appointment_ids document_ids stays_until begun_by_id begun_at lead_user_id decline_reason ended_at "
        "told_at escalated_on escalated_times",
        personal="their_reference begun_by_name lead_user_name ended_by_name",
        sensitive="message shown ended_note",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                condition=OPEN & models.Q(kind__in=["offer", "request"]),
                name="one_open_handover_of_a_case",
            ),
            models.UniqueConstraint(
                "case",
                "from_organisation",
                condition=OPEN & models.Q(kind="retroactive"),
                name="one_open_question_whence",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_organisation=models.F("to_organisation")),
                name="nobody_hands_over_to_themselves",
            ),
            models.CheckConstraint(
                condition=OPEN ^ models.Q(waits_for=None), name="somebody_is_waited_for_while_it_is_open"
            ),
        ]
        indexes = [
            # What waits for an organisation, and what each side began or was given.
            models.Index(fields=["waits_for", "due_on"], condition=OPEN, name="handovers_waiting"),
            models.Index(fields=["from_organisation", "-begun_at"], name="handovers_given"),
            models.Index(fields=["to_organisation", "-begun_at"], name="handovers_received"),
        ]


class HandoverMessage(models.Model):
    """A question about a case on its way, or the answer to one; never rewritten."""

    id = Id()
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="messages")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()

    PRIVACY = classes(internal="id handover organisation at", personal="author_name", sensitive="text")


class CaseQuestion(models.Model):
    """What the lead asks afterwards of an organisation that led the case before, and its answer."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="later_questions")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="later_questions")
    text = models.TextField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()
    until = models.DateField()  # the other organisation reads it no longer than this
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id case organisation to_organisation handover asked_by_id asked_at due_on until "
        "answered_at told_at",
        personal="asked_by_name answered_by_name",
        sensitive="text answer",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="later_questions_of_case"),
            models.Index(
                fields=["to_organisation", "due_on"],
                condition=models.Q(answered_at=None),
                name="later_questions_waiting",
            ),
        ]
