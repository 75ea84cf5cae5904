"""Assessments with their sealed answers, and the proposals that a person confirms or declines."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.assessments.rules import Kind, Origin, ProposalState, State
from homeward.cases.gate_rules import ProfileFlag
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Assessment(models.Model):
    """One form filled in about a person. A finished one is never changed: another follows it."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="assessments", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    kind = Choice(Kind)
    form_version = models.PositiveSmallIntegerField()
    state = Choice(State, default=State.DRAFT)
    answers = models.BinaryField()
    steps_done = ArrayField(models.CharField(max_length=40), default=list)
    proposed = ArrayField(models.CharField(max_length=40), default=list)
    conclusion = models.CharField(max_length=40, blank=True)
    held_on = models.DateField(null=True)
    done_by_id = models.UUIDField()
    done_by_name = models.CharField(max_length=200)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id case organisation form_version state steps_done held_on done_by_id begun_at saved_at "
        "version",
        personal="kind done_by_name",
        sensitive="proposed conclusion",
        sealed="answers",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "kind", "-begun_at"], name="assessments_of_case")]
        constraints = [
            models.UniqueConstraint(
                "case",
                "kind",
                "done_by_id",
                condition=models.Q(state=State.DRAFT.value),
                name="one_draft_of_a_kind_and_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.FINISHED.value) | models.Q(held_on__isnull=False),
                name="a_finished_assessment_has_its_day",
            ),
        ]


class Proposal(models.Model):
    """Something an assessment or a list says of a person that nobody has confirmed yet."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="proposals", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    flag = Choice(ProfileFlag)
    origin = Choice(Origin)
    assessment = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    state = Choice(ProposalState, default=ProposalState.OPEN)
    reason = models.CharField(max_length=400, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)

    PRIVACY = classes(
        internal="id case organisation origin assessment proposed_on state answered_on",
        personal="answered_by_name",
        sensitive="flag reason",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case",
                "flag",
                condition=models.Q(state=ProposalState.OPEN.value),
                name="one_open_proposal_of_a_flag",
            ),
        ]
