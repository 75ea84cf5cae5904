"""The outbox at work: claimed, posted outside every transaction, settled. What is in doubt is sent again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.timezone import now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.privacy.sealing import open_for_installation, place_of
from homeward.texting.checking import obstacle_to, way_of
from homeward.texting.gateways.shapes import Letter, Outgoing, outgoing, provider_id_in
from homeward.texting.gateways.wire import Answer
from homeward.texting.models import Channel, Message, Reply
from homeward.texting.queries import due_messages
from homeward.texting.rules import (
    KEPT_WITHOUT_CASE,
    MOST_TRIES,
    OPEN,
    Because,
    GatewayKind,
    MessageState,
    next_safe_moment,
    wait_after,
)

AT_ONCE = 5
TAKEN = (200, 201, 202, 204, 208)
REFUSED_FOR_GOOD = (400, 409, 410, 413, 422)


@dataclass(frozen=True)
class Claimed:
    """Messages that this worker sends now, each with its request."""

    id: UUID
    letters: list[tuple[UUID, Outgoing]] = field(repr=False)


@dataclass(frozen=True)
class Forgotten:
    id: UUID
    count: int


@command(Action.MESSAGE_DELIVER)
def claim_messages(actor: Actor, *, at: datetime) -> Claimed:
    """Take a few messages that are due; who was claimed and not settled in time is due again."""
    due = due_messages(actor, at).select_for_update(skip_locked=True, of=("self",))
    found = due.select_related("channel", "case", "permission__contact", "permission__case")[:AT_ONCE]
    letters = []
    for message in found:
        made = _claimed(actor, message, at)
        if made:
            letters.append((message.id, made))
    return Claimed(actor.organisation_id, letters)


@command(Action.MESSAGE_DELIVER)
def settle_message(actor: Actor, *, message_id: UUID, answer: Answer | None) -> Message:
    """Note what a gateway answered; None when nobody did, and it may have been taken all the same."""
    own = Message.objects.filter(organisation_id=actor.organisation_id, id=message_id)
    message = own.select_for_update().get()
    if answer and answer.status in TAKEN:
        return _sent(message, provider_id_in(answer.body))
    if message.state not in OPEN:  # held back, or settled by another worker meanwhile
        return message
    if answer and answer.status in REFUSED_FOR_GOOD:
        return _failed(message, Because.REFUSED)
    if message.tries >= MOST_TRIES:
        return _failed(message, Because.UNREACHABLE)
    message.state = MessageState.WAITING
    message.send_from = now() + wait_after(message.tries, timedelta(seconds=settings.MESSAGE_RETRY_SECONDS))
    message.save(update_fields=["state", "send_from"])
    _note_trouble(message.channel_id, Because.REFUSED if answer else Because.UNREACHABLE)
    return message


@command(Action.MESSAGE_DELIVER)
def forget_strangers(actor: Actor) -> Forgotten:
    """Remove what was written to and by people who have no case here, a month after."""
    before = now() - KEPT_WITHOUT_CASE
    old = {"organisation_id": actor.organisation_id, "case": None}
    replies, _each = Reply.objects.filter(**old, received_at__lt=before).delete()
    messages, _each = Message.objects.filter(**old, queued_at__lt=before).delete()
    return Forgotten(actor.organisation_id, replies + messages)


def _claimed(actor: Actor, message: Message, at: datetime) -> Outgoing | None:
    because = obstacle_to(actor, message, at)
    if because:
        message.state, message.because, message.to_number = MessageState.HELD_BACK, because, None
        message.save(update_fields=["state", "because", "to_number"])
        return None
    way = way_of(message)
    safe_from = next_safe_moment(at, way.hours, way.zone) if way else at
    if safe_from > at:
        message.state, message.send_from = MessageState.WAITING, safe_from
        message.save(update_fields=["state", "send_from"])
        return None
    message.state, message.tries = MessageState.SENDING, message.tries + 1
    message.send_from = at + timedelta(seconds=(AT_ONCE + 1) * settings.MESSAGE_PATIENCE_SECONDS)
    message.save(update_fields=["state", "tries", "send_from"])
    return _request(message, way.number if way else _number(message))


def _request(message: Message, number: str) -> Outgoing:
    channel = message.channel
    token = open_for_installation(place_of(channel, "token"), channel.token).decode()
    letter = Letter(str(message.id), number, message.text, channel.number)
    return outgoing(GatewayKind(channel.kind), channel.address, token, letter)


def _number(message: Message) -> str:
    sealed = message.to_number or b""
    return open_for_installation(place_of(message, "to_number"), sealed).decode()


def _sent(message: Message, provider_id: str) -> Message:
    message.provider_id = message.provider_id or provider_id
    message.sent_at = message.sent_at or now()
    message.to_number, message.because = None, ""
    if message.state != MessageState.DELIVERED:
        message.state = MessageState.SENT
    message.save(update_fields=["state", "because", "provider_id", "sent_at", "to_number"])
    Channel.objects.filter(id=message.channel_id).update(last_sent_at=now(), trouble="")
    return message


def _failed(message: Message, because: Because) -> Message:
    message.state, message.because, message.to_number = MessageState.FAILED, because, None
    message.save(update_fields=["state", "because", "to_number"])
    _note_trouble(message.channel_id, because)
    return message


def _note_trouble(channel_id: UUID, because: Because) -> None:
    Channel.objects.filter(id=channel_id).update(trouble=because)
