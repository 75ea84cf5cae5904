"""What runs on a timer: late answers."""

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.approvals.commands import escalate_overdue
from homeward.organisations.queries import organisation_ids


@app.periodic(cron="15 5 * * *")
@app.task(name="escalate_overdue_approvals", queueing_lock="escalate_overdue_approvals")
def escalate(timestamp: int) -> None:
    """Every morning, one organisation after the other, tell of answers that are late."""
    for organisation_id in organisation_ids():
        escalate_overdue(system_actor(organisation_id), today=localdate())
