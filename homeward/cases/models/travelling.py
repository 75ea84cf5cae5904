"""The journey itself: planned, changed, made or not made."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from homeward.cases.journey_rules import Readiness
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Travel(models.Model):
    """One planned journey of a case. `ended_on` is set when it did not take place."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="travels")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    departs_on = models.DateField()
    route = models.CharField(max_length=400, blank=True)
    tickets = Choice(Readiness, default=Readiness.TO_DO)
    papers = Choice(Readiness, default=Readiness.TO_DO)
    escort = models.CharField(max_length=300, blank=True)
    medical_items = models.BinaryField(null=True)
    arrives_on = models.DateField()
    arrival_place = models.CharField(max_length=200)
    planned_by_name = models.CharField(max_length=200)
    planned_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id case organisation planned_at ended_on version tickets papers",
        personal="departs_on arrives_on planned_by_name",
        sensitive="route escort arrival_place",
        sealed="medical_items",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", condition=models.Q(ended_on=None), name="one_live_journey_of_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(arrives_on__gte=models.F("departs_on")),
                name="arrival_is_not_planned_before_departure",
            ),
        ]


class Arrival(models.Model):
    """That the person came: when, where, and who of the receiving partner says so."""

    id = Id()
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="arrival")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    arrived_on = models.DateField()
    place = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    # The gates that were still closed: the truth is recorded, and told to who leads the case.
    past_gates = ArrayField(models.CharField(max_length=40), default=list)
    confirmed_by_id = models.UUIDField()
    confirmed_by_name = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(auto_now_add=True)

    PRIVACY = classes(
        internal="id case organisation confirmed_by_id confirmed_at",
        personal="arrived_on confirmed_by_name",
        sensitive="place note past_gates",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["arrived_on"], condition=~models.Q(past_gates=[]), name="arrivals_past_gates"
            )
        ]
