"""Applications to a programme and what was decided about them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.cases.journey_rules import ApplicationState
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Application(models.Model):
    """One case applying to one programme; those applying together share `together_id`."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="applications")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    together_id = models.UUIDField()
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    submitted_on = models.DateField()
    submitted_by_id = models.UUIDField()
    submitted_by_name = models.CharField(max_length=200)
    requested = models.TextField(blank=True)
    state = Choice(ApplicationState, default=ApplicationState.SUBMITTED)
    decided_on = models.DateField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_by_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    reasons = models.TextField(blank=True)

    PRIVACY = classes(
        internal="id case organisation together_id programme submitted_on submitted_by_id state decided_on "
        "decided_by_id decided_by_organisation",
        personal="submitted_by_name decided_by_name",
        sensitive="requested reasons",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-submitted_on"], name="applications_of_case"),
            # The coordinator's inbox: what waits for a decision, oldest first.
            models.Index(
                fields=["submitted_on"],
                condition=models.Q(state=ApplicationState.SUBMITTED.value),
                name="applications_to_decide",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "case",
                condition=models.Q(state=ApplicationState.SUBMITTED.value),
                name="one_open_application_of_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by_id=None) | ~models.Q(decided_by_id=models.F("submitted_by_id")),
                name="nobody_decides_their_own_application",
            ),
        ]


class ApplicationDraft(models.Model):
    """How far somebody has come with a new application; ended when it is submitted."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="drafts")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    started_by_id = models.UUIDField()
    steps_done = ArrayField(models.CharField(max_length=20), default=list)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="+")
    with_case_ids = ArrayField(models.UUIDField(), default=list)
    requested = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id case organisation started_by_id steps_done programme with_case_ids saved_at ended_at",
        sensitive="requested",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", condition=models.Q(ended_at=None), name="one_live_draft_of_a_case"
            )
        ]
        indexes = [
            # What waits in the inbox of who began it.
            models.Index(
                fields=["organisation", "started_by_id", "saved_at"],
                condition=models.Q(ended_at=None),
                name="drafts_to_finish",
            )
        ]
