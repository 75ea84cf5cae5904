"""What runs on a timer: forgetting answers that were kept for repeated calls."""

from datetime import timedelta

from django.utils.timezone import now
from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.access.repeats import forget_answers
from homeward.organisations.queries import organisation_ids

KEPT = timedelta(hours=24)


@app.periodic(cron="20 * * * *")
@app.task(name="forget_answers", queueing_lock="forget_answers")
def forget(timestamp: int) -> None:
    """Every hour, one organisation after the other, forget the answers that are older than a day."""
    before = now() - KEPT
    for organisation_id in organisation_ids():
        forget_answers(system_actor(organisation_id), before)
