"""Letting a gateway carry an organisation's messages, trying it, and shutting it out."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid
from homeward.organisations.queries import get_organisation
from homeward.organisations.tokens import digest_of, new_token
from homeward.privacy.sealing import place_of, seal_for_installation
from homeward.texting.gateways.wire import is_possible
from homeward.texting.models import Channel, Message
from homeward.texting.numbers import e164_of
from homeward.texting.problems import TooManyTests
from homeward.texting.queries import DOOR_PREFIX, live_channel
from homeward.texting.queueing import News, queue_to_number
from homeward.texting.rules import OPEN, TESTS_A_DAY, Because, GatewayKind, MessageState, Saying
from homeward.texting.texts import text_of

PREFIX = re.compile(r"(\+[1-9]\d{0,6})?")


@dataclass(frozen=True)
class ChannelDetails:
    """Where messages are posted, with which token, from which number, for which numbers, in which zone."""

    name: str
    kind: GatewayKind
    address: str
    token: str = field(repr=False)
    number: str = ""
    prefix: str = ""
    time_zone: str = "UTC"


@dataclass(frozen=True)
class NewChannel:
    """A channel, the end of its address and its secret, which are shown once and kept in clear nowhere."""

    channel: Channel
    door: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def id(self) -> UUID:
        return self.channel.id


@command(Action.CHANNEL_ADD)
def add_channel(actor: Actor, *, details: ChannelDetails) -> NewChannel:
    """Let a gateway carry messages of the actor's organisation, and report back."""
    _check(details)
    door, secret = new_token(actor.organisation_id, DOOR_PREFIX), secrets.token_urlsafe(32)
    channel = Channel(
        id=new_id(),
        organisation_id=actor.organisation_id,
        name=details.name.strip(),
        kind=details.kind,
        address=details.address.strip(),
        number=details.number.strip(),
        prefix=details.prefix.strip(),
        time_zone=details.time_zone,
        door_digest=digest_of(door),
        added_at=now(),
        added_by_id=actor.user_id,
    )
    channel.token = seal_for_installation(place_of(channel, "token"), details.token.strip().encode())
    channel.secret = seal_for_installation(place_of(channel, "secret"), secret.encode())
    try:
        with transaction.atomic():
            channel.save(force_insert=True)
    except IntegrityError as taken:
        raise Invalid(fields={"name": _("Another channel has this name.")}) from taken
    return NewChannel(channel, door, secret)


@command(Action.CHANNEL_TEST)
def try_channel(actor: Actor, *, channel_id: UUID, number: str) -> Message:
    """Send a text that says it is a test to a number of the administrator's; it is kept until it is sent."""
    channel = live_channel(actor, channel_id)
    to = e164_of(number)
    if not to:
        raise Invalid(fields={"number": _("Write the number with + and the code of its country.")})
    since = now() - timedelta(days=1)
    made = Message.objects.filter(channel=channel, told=Saying.TEST, queued_at__gte=since).count()
    if made >= TESTS_A_DAY:
        raise TooManyTests
    language = get_organisation(actor, actor.organisation_id).language
    once = f"test:{localdate()}:{new_id()}"
    message = queue_to_number(actor, channel, to, News(Saying.TEST, once, text_of(Saying.TEST, language)))
    if message is None:
        raise TooManyTests
    return message


@command(Action.CHANNEL_END)
def end_channel(actor: Actor, *, channel_id: UUID) -> Channel:
    """Shut a gateway out at once: nothing goes out by it any more, and nothing it brings is taken."""
    channel = live_channel(actor, channel_id)
    channel.ended_at, channel.ended_by_id = now(), actor.user_id
    channel.save(update_fields=["ended_at", "ended_by_id"])
    Message.objects.filter(channel=channel, state__in=OPEN).update(
        state=MessageState.HELD_BACK, because=Because.CHANNEL_ENDED, to_number=None
    )
    return channel


def _check(details: ChannelDetails) -> None:
    checks = {
        "name": (bool(details.name.strip()), _("Give the channel a name that you will know it by.")),
        "address": (
            is_possible(details.address.strip()),
            _("Write the whole address, beginning with https."),
        ),
        "token": (bool(details.token.strip()), _("An answer is needed here.")),
        "prefix": (
            bool(PREFIX.fullmatch(details.prefix.strip())),
            _("Write + and the first digits of the numbers."),
        ),
        "time_zone": (_is_zone(details.time_zone), _("Choose a time zone.")),
    }
    wrong = {name: words for name, (is_right, words) in checks.items() if not is_right}
    if wrong:
        raise Invalid(fields=wrong)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
