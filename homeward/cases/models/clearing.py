"""What is known of a person that travel must mind, and the clearances before travel."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.cases.gate_rules import SPOKEN, ClearanceState, Gate, NeededBecause, ProfileSource
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes

DECIDED = (ClearanceState.GIVEN.value, ClearanceState.REFUSED.value)
SPOKEN_GATES = sorted(gate.value for gate in SPOKEN)


class Profile(models.Model):
    """What is known of a person, as somebody noted it. Never changed: a newer one takes its place."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="profiles")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    flags = ArrayField(models.CharField(max_length=40), default=list)
    source = Choice(ProfileSource, default=ProfileSource.CASEWORK)
    reason = models.CharField(max_length=400, blank=True)
    noted_by_id = models.UUIDField()
    noted_by_name = models.CharField(max_length=200)
    noted_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id case organisation source noted_by_id noted_at superseded_at",
        personal="noted_by_name",
        sensitive="flags reason",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", condition=models.Q(superseded_at=None), name="one_profile_of_a_case"
            ),
        ]


class Clearance(models.Model):
    """How one gate stands, who decided and on what evidence. Never changed: a newer one takes its place."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="clearances", db_index=False)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    gate = Choice(Gate)
    state = Choice(ClearanceState, default=ClearanceState.NEEDED)
    needed_because = Choice(NeededBecause)
    needed_since = models.DateField()
    document = models.ForeignKey("cases.CaseDocument", models.PROTECT, null=True, related_name="+")
    counselling = models.ForeignKey("cases.Counselling", models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_by_function = models.CharField(max_length=200, blank=True)
    decided_by_organisation = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    conditions = models.BinaryField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id case organisation state needed_because needed_since decided_on valid_until "
        "recorded_by_id recorded_at superseded_at",
        personal="decided_by_name decided_by_function decided_by_organisation recorded_by_name",
        sensitive="gate document counselling reason",
        sealed="conditions",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "gate"], name="clearances_of_case")]
        constraints = [
            models.UniqueConstraint(
                "case", "gate", condition=models.Q(superseded_at=None), name="one_clearance_of_a_gate"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=DECIDED)
                | (~models.Q(decided_by_name="") & models.Q(decided_on__isnull=False)),
                name="a_clearance_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ClearanceState.GIVEN.value)
                | models.Q(document__isnull=False)
                | models.Q(counselling__isnull=False, gate__in=SPOKEN_GATES),
                name="a_clearance_rests_on_its_evidence",
            ),
        ]
