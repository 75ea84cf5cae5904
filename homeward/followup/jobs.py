"""What runs on a timer: visits follow changed cases, windows close, what was never sent is forgotten."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.followup.commands import close_windows, forget_unsent, plan_changed_cases
from homeward.organisations.queries import organisation_ids

LOOKS_BACK = timedelta(minutes=25)  # a run that was left out does no harm


@app.periodic(cron="*/10 * * * *")
@app.task(name="follow_changed_cases", queueing_lock="follow_changed_cases")
def follow(timestamp: int) -> None:
    """Every ten minutes, one organisation after the other, bring visits up to what changed in their cases."""
    since = now() - LOOKS_BACK
    for organisation_id in organisation_ids():
        plan_changed_cases(system_actor(organisation_id), since=since)


@app.periodic(cron="15 1 * * *")
@app.task(name="close_windows_of_visits", queueing_lock="close_windows_of_visits")
def close(timestamp: int) -> None:
    """Every night, close what is past its time, and plan visits where there are none."""
    for organisation_id in organisation_ids():
        close_windows(system_actor(organisation_id), today=localdate())
        plan_changed_cases(system_actor(organisation_id), since=None)


@app.periodic(cron="45 1 * * *")
@app.task(name="forget_unsent_forms", queueing_lock="forget_unsent_forms")
def forget(timestamp: int) -> None:
    """Every night, forget what was begun and neither changed nor sent for as long as the register says."""
    before = now() - timedelta(days=settings.DRAFT_DAYS)
    for organisation_id in organisation_ids():
        forget_unsent(system_actor(organisation_id), before=before)
