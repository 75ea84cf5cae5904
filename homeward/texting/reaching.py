"""Whether somebody may be written to now, at which number, through which channel."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from homeward.access.actor import Actor
from homeward.people.rules import PHONE_KINDS
from homeward.texting.models import Channel, Permission
from homeward.texting.numbers import e164_of, index_of
from homeward.texting.problems import NoChannel, NotWritable
from homeward.texting.queries import live_channels
from homeward.texting.rules import Hours, safe_hours

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.people.models import Contact


@dataclass(frozen=True)
class Way:
    """A number that may be written to, the hours in which it may ring, and the channel that leads there."""

    permission: Permission
    channel: Channel
    hours: Hours
    number: str = field(repr=False)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.channel.time_zone)


def way_to(actor: Actor, case: "Case") -> Way:
    """How to write to the person of a case, or NotWritable, or NoChannel."""
    found = Permission.objects.filter(organisation_id=actor.organisation_id, case_id=case.id, ended_at=None)
    given = list(found.select_related("contact", "case").order_by("-contact__is_preferred", "-given_at"))
    if case.deceased_on or not any(holds(one) for one in given):
        raise NotWritable
    ways = (way_by(one, channels) for channels in [live_channels(actor)] for one in given if holds(one))
    way = next((one for one in ways if one), None)
    if way is None:
        raise NoChannel
    return way


def way_by(permission: Permission, channels: Iterable[Channel]) -> Way | None:
    """The way that one permission opens, if a channel leads to its number."""
    contact = permission.contact
    number = number_of(contact, permission.case.return_country)
    channel = next((one for one in channels if number.startswith(one.prefix)), None)
    if channel is None:
        return None
    return Way(permission, channel, safe_hours(contact.not_before, contact.not_after), number)


def holds(permission: Permission) -> bool:
    """True while the permission stands for the number as it is, and it is still safe to write to it."""
    number = number_of(permission.contact, permission.case.return_country)
    is_same = bool(number) and index_of(number) == bytes(permission.number_index)
    return permission.ended_at is None and is_same and is_safe(permission.contact)


def is_safe(contact: "Contact") -> bool:
    """True when a number may be written to; one of somebody else only where messages may be left there."""
    is_theirs = not contact.belongs_to.strip() or contact.may_leave_message
    return contact.kind in PHONE_KINDS and contact.ended_on is None and contact.may_text and is_theirs


def number_of(contact: "Contact", country: str) -> str:
    """The number as gateways write it, or nothing."""
    return e164_of(contact.value, country)
