"""What runs by itself: sending what is queued, reminders, forgetting."""

from datetime import timedelta
from uuid import UUID

from django.utils.timezone import now
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.organisations.queries import organisation_ids
from homeward.texting.commands import claim_messages, forget_strangers, remind_people, settle_message
from homeward.texting.gateways.shapes import Outgoing
from homeward.texting.gateways.wire import Answer, NotReached, post
from homeward.texting.queries import due_messages, next_due
from homeward.texting.queueing import SENDING_JOB, defer_sending

SOON = timedelta(minutes=2)
MOST_AT_ONCE = 400  # then other work of the worker has its turn


@app.task(name=SENDING_JOB)
def send(organisation_id: str) -> None:
    """Send what is due of one organisation, and come back for what is due soon."""
    actor = system_actor(UUID(organisation_id))
    sent = 0
    while sent < MOST_AT_ONCE and is_due(actor):
        sent += send_some(actor)
    with acting_as(actor):
        following = next_due(actor)
    if following and following - now() < SOON:
        defer_sending(actor.organisation_id, after=max(following - now(), timedelta(seconds=0.1)))


@app.periodic(cron="* * * * * */20")
@app.task(name="look_for_messages", queueing_lock="look_for_messages")
def look(timestamp: int) -> None:
    """Every twenty seconds, find messages that nobody was woken for, or whose worker ended."""
    for organisation_id in organisation_ids():
        if is_due(system_actor(organisation_id)):
            defer_sending(organisation_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="remind_people", queueing_lock="remind_people")
def remind(timestamp: int) -> None:
    """Every ten minutes, one organisation after the other, remind people of what was agreed with them."""
    for organisation_id in organisation_ids():
        remind_people(system_actor(organisation_id), at=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="forget_strangers", queueing_lock="forget_strangers")
def forget(timestamp: int) -> None:
    """Every night, forget what strangers wrote and were told."""
    for organisation_id in organisation_ids():
        forget_strangers(system_actor(organisation_id))


def is_due(actor: Actor) -> bool:
    """Whether something waits to be sent."""
    with acting_as(actor):
        return due_messages(actor, now()).exists()


def send_some(actor: Actor) -> int:
    """Claim a few messages, post each outside every transaction, and note what came of it."""
    claimed = claim_messages(actor, at=now())
    for message_id, request in claimed.letters:
        settle_message(actor, message_id=message_id, answer=_posted(request))
    return max(1, len(claimed.letters))


def _posted(request: Outgoing) -> Answer | None:
    try:
        return post(request)
    except NotReached:
        return None
