"""Putting messages into the outbox: in the transaction of what they tell of, once for each event."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from homeward.access.actor import Actor
from homeward.lib.identifiers import new_id
from homeward.privacy.sealing import place_of, seal_for_installation
from homeward.texting.models import Channel, Message
from homeward.texting.numbers import index_of
from homeward.texting.reaching import Way
from homeward.texting.rules import Saying, next_safe_moment
from homeward.texting.texts import text_of

if TYPE_CHECKING:
    from homeward.cases.models import Case

SENDING_JOB = "send_messages"
WAKES: dict[UUID, float] = {}


@dataclass(frozen=True)
class News:
    """What is told, once for each `once`; after `until` it is of no use any more."""

    told: Saying
    once: str
    text: str
    about_id: UUID | None = None
    about_at: datetime | None = None
    send_from: datetime | None = None
    until: datetime | None = None


def news(told: Saying, once: str, way: Way, **given: str | int) -> News:
    """A neutral text in the language of the person."""
    return News(told, once, text_of(told, way.permission.language, **given))


def queue(actor: Actor, case: "Case", way: Way, told: News) -> Message | None:
    """Put a message into the outbox, to be sent when it is safe; None when this was told before."""
    moment = now()
    start = next_safe_moment(max(told.send_from or moment, moment), way.hours, way.zone)
    return _put(
        Message(
            organisation_id=actor.organisation_id,
            channel=way.channel,
            case_id=case.id,
            permission=way.permission,
            told=told.told,
            text=told.text,
            number_index=way.permission.number_index,
            once=told.once,
            about_id=told.about_id,
            about_at=told.about_at,
            queued_at=moment,
            queued_by_id=actor.user_id,
            queued_by_name=actor.name,
            send_from=start,
            send_until=told.until,
        )
    )


def queue_to_number(actor: Actor, channel: Channel, number: str, told: News) -> Message | None:
    """The same to somebody who has no case here; their number is sealed, and forgotten once it is sent."""
    moment = now()
    message = Message(
        id=new_id(),
        organisation_id=actor.organisation_id,
        channel=channel,
        told=told.told,
        text=told.text,
        number_index=index_of(number),
        once=told.once,
        queued_at=moment,
        queued_by_id=actor.user_id,
        queued_by_name=actor.name,
        send_from=moment,
        send_until=moment + timedelta(hours=1),
    )
    message.to_number = seal_for_installation(place_of(message, "to_number"), number.encode())
    return _put(message)


def wake(organisation_id: UUID) -> None:
    """Let a worker send soon what is queued now, once it is kept for good; a timer finds what this misses."""
    transaction.on_commit(lambda: defer_sending(organisation_id))


def defer_sending(organisation_id: UUID, *, after: timedelta | None = None) -> None:
    """Ask for sending; whoever asked a moment ago is heard by the same job."""
    if after is None:
        asked_at = monotonic()
        if asked_at - WAKES.get(organisation_id, -1.0) < 0.2:
            after = timedelta(seconds=0.4)
        WAKES[organisation_id] = asked_at
    lock = f"{SENDING_JOB}:{organisation_id}" + (":later" if after else "")
    task = app.configure_task(
        SENDING_JOB, queueing_lock=lock, schedule_in={"seconds": after.total_seconds()} if after else None
    )
    try:
        with transaction.atomic():
            task.defer(organisation_id=str(organisation_id))
    except AlreadyEnqueued:
        return


def _put(message: Message) -> Message | None:
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if not Message.objects.filter(id=message.id).exists():
        return None
    wake(message.organisation_id)
    return message
