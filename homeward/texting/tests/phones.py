"""Sami's telephone, and the channel that leads to it; what was sent and what came back."""

from datetime import time
from itertools import count

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.people.commands import add_contact
from homeward.people.rules import ContactKind
from homeward.texting import jobs
from homeward.texting.commands import ChannelDetails, add_channel, permit_messages, take_reply
from homeward.texting.models import Message, Reply
from homeward.texting.rules import GatewayKind, Heard, YesWay
from tests.cast import RETURN_PARTNERS, adil, nora

NUMBER = "+21698765432"
STRANGERS = "+21611111111"
ALWAYS = {"not_before": time(0), "not_after": time(23, 59, 59)}
NUMBERS = count()
system = system_actor(RETURN_PARTNERS)


def a_channel(address="https://sms.example.test/api/v2/broadcasts.json", by=adil, **given):
    details = {
        "name": "Saltfield line",
        "kind": GatewayKind.RAPIDPRO,
        "address": address,
        "token": "gateway-key",
        "number": "8585",
        "time_zone": "Africa/Tunis",
    }
    return add_channel(by, details=ChannelDetails(**{**details, **given}))


def a_phone(case, by=nora, value=NUMBER, **rules):
    given = {"value": value, **ALWAYS, **rules}
    return add_contact(by, person_id=case.person_id, kind=ContactKind.PHONE, **given)


def says_yes(case, contact, language="en", by=nora):
    given = {"case_id": case.id, "contact_id": contact.id}
    return permit_messages(by, language=language, way=YesWay.IN_PERSON, **given)


def hear(channel, text, number=NUMBER, provider_id=None):
    heard = Heard(provider_id or f"m{next(NUMBERS)}", f"tel:{number}", text)
    return take_reply(system, channel_id=channel.id, heard=heard)


def send_all():
    """As the worker does, until nothing is due."""
    while jobs.is_due(system):
        jobs.send_some(system)


def messages(by=nora):
    with acting_as(by):
        return list(Message.objects.order_by("queued_at", "id"))


def replies(by=nora):
    with acting_as(by):
        return list(Reply.objects.order_by("received_at", "id"))
