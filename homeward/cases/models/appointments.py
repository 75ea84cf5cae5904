"""Appointments with the person."""

from django.db import models

from homeward.cases.journey_rules import AppointmentState, Interpreting
from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes


class Appointment(models.Model):
    """When, where, with whom and in which language; open until it is kept, missed or cancelled."""

    id = Id()
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="appointments")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    worker_id = models.UUIDField()
    worker_name = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    interpreting = Choice(Interpreting, default=Interpreting.NOT_NEEDED)
    state = Choice(AppointmentState, default=AppointmentState.OPEN)
    ended_note = models.CharField(max_length=400, blank=True)
    reminded_at = models.DateTimeField(null=True)
    moved_times = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = classes(
        internal="id case organisation worker_id state reminded_at moved_times version",
        personal="worker_name starts_at language interpreting",
        sensitive="subject place ended_note",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "starts_at"], name="appointments_of_case"),
            # What waits for one worker, and what reminders look for.
            models.Index(
                fields=["organisation", "worker_id", "starts_at"],
                condition=models.Q(state=AppointmentState.OPEN.value),
                name="open_appointments",
            ),
        ]
