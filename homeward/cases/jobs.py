"""What runs on a timer: reminders, clearances whose day has passed, handovers that nobody answers."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.cases.commands.appointments import remind_of_appointments
from homeward.cases.commands.clearing import lapse_outdated
from homeward.cases.commands.enquiring import receive_enquiries
from homeward.cases.commands.handing_over import escalate_silent, tell_of_turns
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


@app.periodic(cron="5,35 * * * *")
@app.task(name="tell_of_handovers", queueing_lock="tell_of_handovers")
def tell_of_handovers(timestamp: int) -> None:
    """Twice an hour, one organisation after the other, tell whose turn it is and what others asked for."""
    for organisation_id in organisation_ids():
        tell_of_turns(system_actor(organisation_id))
        receive_enquiries(system_actor(organisation_id))


@app.periodic(cron="25 5 * * *")
@app.task(name="escalate_silent_handovers", queueing_lock="escalate_silent_handovers")
def escalate(timestamp: int) -> None:
    """Every morning, one organisation after the other, tell of handovers that a partner has not answered."""
    for organisation_id in organisation_ids():
        escalate_silent(system_actor(organisation_id), today=localdate())
