"""What runs on a timer: reminders, late answers, silence."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from homeward.access.actor import system_actor
from homeward.organisations.queries import organisation_ids
from homeward.referrals.commands import escalate_late_referrals, expire_silent_referrals, remind_receivers


@app.periodic(cron="20 * * * *")
@app.task(name="mind_referrals", queueing_lock="mind_referrals")
def mind(timestamp: int) -> None:
    """Every hour, one organisation after the other, see to referrals whose clock runs out or has run out."""
    at = now()
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        remind_receivers(actor, at=at)
        escalate_late_referrals(actor, at=at)
        expire_silent_referrals(actor, at=at)
