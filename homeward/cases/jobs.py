"""What runs on a timer: reminders of appointments, clearances whose day has passed."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.cases.commands.appointments import remind_of_appointments
from homeward.cases.commands.clearing import lapse_outdated
from homeward.organisations.queries import organisation_ids

AHEAD = timedelta(hours=24)


@app.periodic(cron="*/15 * * * *")
@app.task(name="remind_of_appointments", queueing_lock="remind_of_appointments")
def remind(timestamp: int) -> None:
    """Every quarter of an hour, one organisation after the other, remind of what is less than a day ahead."""
    until = now() + AHEAD
    for organisation_id in organisation_ids():
        remind_of_appointments(system_actor(organisation_id), until=until)


@app.periodic(cron="10 3 * * *")
@app.task(name="lapse_outdated_clearances", queueing_lock="lapse_outdated_clearances")
def lapse(timestamp: int) -> None:
    """Every night, one organisation after the other, close the gates whose clearance has run out."""
    for organisation_id in organisation_ids():
        lapse_outdated(system_actor(organisation_id), today=localdate())
