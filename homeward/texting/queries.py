"""Reading channels, permissions, messages and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor, system_actor
from homeward.access.reading import reading
from homeward.cases.queries import get_case, require_case, visible_cases
from homeward.lib.problems import NotFound
from homeward.organisations.tokens import digest_of, organisation_of
from homeward.people.queries import contacts_of
from homeward.people.rules import PHONE_KINDS
from homeward.privacy.sealing import keys_of, open_for_installation, place_of
from homeward.texting.gateways.shapes import is_signed
from homeward.texting.models import Channel, Message, Permission, Reply, Talk
from homeward.texting.rules import OPEN, MessageState

DOOR_PREFIX = "hm_"
MOST = 200


@dataclass(frozen=True)
class ChannelAtWork:
    """The channel behind an address that a gateway knows."""

    id: UUID
    actor: Actor
    secret: str = field(repr=False)

    def accepts(self, body: bytes, authorization: str, signature: str) -> bool:
        """Whether a request bears the channel's secret."""
        return is_signed(self.secret, body, authorization, signature)


def own_channels(actor: Actor) -> QuerySet[Channel]:
    """The channels of the actor's organisation, those at work first."""
    actor.require(Action.CHANNEL_VIEW)
    mine = Channel.objects.filter(organisation_id=actor.organisation_id).defer("token", "secret")
    return mine.order_by(F("ended_at").desc(nulls_first=True), "name")


def live_channel(actor: Actor, channel_id: UUID) -> Channel:
    """A channel of the actor's organisation that has not ended."""
    mine = Channel.objects.filter(organisation_id=actor.organisation_id, ended_at=None, id=channel_id)
    found = mine.first()
    if found is None:
        raise NotFound
    return found


def live_channels(actor: Actor) -> list[Channel]:
    """The channels of the actor's organisation at work, those for few numbers first."""
    mine = Channel.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return sorted(mine.order_by("added_at"), key=lambda one: -len(one.prefix))


def has_channel(actor: Actor) -> bool:
    """Whether messages can be sent at all."""
    return Channel.objects.filter(organisation_id=actor.organisation_id, ended_at=None).exists()


def channel_at_work(door: str) -> ChannelAtWork | None:
    """The channel that a gateway's address leads to, or None."""
    organisation_id = organisation_of(door, DOOR_PREFIX)
    if organisation_id is None:
        return None
    actor = system_actor(organisation_id)
    with acting_as(actor):
        known = Channel.objects.filter(
            door_digest=digest_of(door), ended_at=None, organisation__ended_at=None
        )
        found = known.first()
        if found is None:
            return None
        secret = open_for_installation(place_of(found, "secret"), found.secret).decode()
    return ChannelAtWork(found.id, actor, secret)


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """Messages about cases that the actor sees, sent by the actor's organisation."""
    own = Message.objects.filter(organisation_id=actor.organisation_id)
    return own.filter(case__in=visible_cases(actor)).select_related("permission__contact")


def sent_on_case(actor: Actor, case_id: UUID) -> QuerySet[Message]:
    """What was written to the person of a case, newest first."""
    require_case(actor, case_id)
    return visible_messages(actor).filter(case_id=case_id).order_by("-queued_at", "-id")


def replies_on_case(actor: Actor, case_id: UUID) -> QuerySet[Reply]:
    """What they wrote back, newest first, with the words still sealed."""
    require_case(actor, case_id)
    back = Reply.objects.filter(organisation_id=actor.organisation_id, case_id=case_id)
    return back.defer("text").order_by("-received_at", "-id")


def permission_on_case(actor: Actor, case_id: UUID, permission_id: UUID) -> Permission:
    """One live permission of a case, or NotFound."""
    found = permissions_of(actor, case_id).filter(id=permission_id).first()
    if found is None:
        raise NotFound
    return found


def permissions_of(actor: Actor, case_id: UUID) -> QuerySet[Permission]:
    """To which numbers of a person the organisation may write now."""
    require_case(actor, case_id)
    live = Permission.objects.filter(organisation_id=actor.organisation_id, case_id=case_id, ended_at=None)
    return live.select_related("contact").order_by("given_at")


def numbers_of(actor: Actor, case_id: UUID) -> list["Number"]:
    """The telephones of a person, whether they may be written to, and why not."""
    case = get_case(actor, case_id)
    given = {one.contact_id: one for one in permissions_of(actor, case_id)}
    found = [one for one in contacts_of(actor, case.person_id) if one.kind in PHONE_KINDS]
    return [Number(one.id, one.value, one.belongs_to, one.may_text, given.get(one.id)) for one in found]


def asked_numbers(actor: Actor, case_id: UUID) -> list[Permission]:
    """Of each number that a person was asked about, the last permission; for a page of their own."""
    given = Permission.objects.filter(organisation_id=actor.organisation_id, case_id=case_id)
    live = given.filter(contact__ended_on=None, contact__may_text=True)
    return list(live.select_related("contact").order_by("contact", "-given_at").distinct("contact"))


@dataclass(frozen=True)
class Number:
    """One telephone of a person and the permission to write to it, if there is one."""

    contact_id: UUID
    value: str = field(repr=False)
    belongs_to: str = field(repr=False)
    may_text: bool
    permission: Permission | None


@dataclass(frozen=True)
class Line:
    """One thing that was written, by us or by the person."""

    id: UUID
    at: datetime
    message: Message | None = None
    reply: Reply | None = None
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class Thread:
    """What was written on a case, newest first; `id` is the case's."""

    id: UUID
    case_id: UUID
    lines: Sequence[Line] = field(repr=False)


@reading(Action.MESSAGE_VIEW)
def messages_of(actor: Actor, *, case_id: UUID) -> Thread:
    """What was written to a person and what they wrote back, opened; the look is on the record."""
    case = get_case(actor, case_id)
    sent = list(visible_messages(actor).filter(case_id=case_id).order_by("-queued_at")[:MOST])
    back = Reply.objects.filter(organisation_id=actor.organisation_id, case_id=case_id)
    keys = keys_of([case.person_id])
    lines = [Line(one.id, one.queued_at, message=one, text=one.text) for one in sent]
    for one in back.order_by("-received_at")[:MOST]:
        text = keys.open_text(case.person_id, place_of(one, "text"), one.text) if one.text else ""
        lines.append(Line(one.id, one.received_at, reply=one, text=text))
    return Thread(case_id, case_id, sorted(lines, key=lambda one: one.at, reverse=True))


def replies_to_note(actor: Actor, case_id: UUID) -> QuerySet[Reply]:
    """Answers on a case that nobody noted yet."""
    own = Reply.objects.filter(organisation_id=actor.organisation_id, case_id=case_id, noted_at=None)
    return own.order_by("received_at")


# What the worker and the door ask; they act for the organisation, and see what it sees.


def due_messages(actor: Actor, at: datetime) -> QuerySet[Message]:
    """Messages to send by a moment; those that were being sent when a worker ended are among them."""
    waiting = Message.objects.filter(organisation_id=actor.organisation_id, state__in=OPEN)
    return waiting.filter(send_from__lte=at).order_by("send_from", "id")


def next_due(actor: Actor) -> datetime | None:
    """When the next message is to be sent."""
    waiting = Message.objects.filter(organisation_id=actor.organisation_id, state__in=OPEN)
    return waiting.order_by("send_from").values_list("send_from", flat=True).first()


def last_message_to(actor: Actor, number_index: bytes, since: datetime) -> Message | None:
    """The last message about a case that went to a number."""
    own = Message.objects.filter(organisation_id=actor.organisation_id, number_index=number_index)
    went = own.exclude(state__in=[MessageState.HELD_BACK, MessageState.WAITING]).filter(case__isnull=False)
    return went.filter(queued_at__gte=since).select_related("case").order_by("-queued_at").first()


def permissions_of_number(actor: Actor, number_index: bytes) -> QuerySet[Permission]:
    """Live permissions to write to a number, whoever's it is."""
    own = Permission.objects.filter(organisation_id=actor.organisation_id, number_index=number_index)
    return own.filter(ended_at=None).select_related("case__person", "contact").order_by("-given_at")


def talk_with(actor: Actor, number_index: bytes) -> Talk | None:
    """The questions that are being asked at a number, locked."""
    own = Talk.objects.filter(organisation_id=actor.organisation_id, number_index=number_index, ended_at=None)
    under_way = own.select_related("visit", "permission__contact", "form__instrument", "case__person")
    return under_way.select_for_update(of=("self",)).first()


def message_reported(actor: Actor, channel_id: UUID, message_id: str, provider_id: str) -> Message | None:
    """The message a report is about, locked: by our own id, or by the gateway's number of it."""
    named = Q(id=_uuid(message_id)) if _uuid(message_id) else Q(pk=None)
    if provider_id:
        named |= Q(provider_id=provider_id)
    own = Message.objects.filter(named, organisation_id=actor.organisation_id, channel_id=channel_id)
    return own.select_for_update().order_by("-queued_at").first()


def stale_talks(actor: Actor) -> QuerySet[Talk]:
    """Short surveys whose person did not go on in time."""
    own = Talk.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return own.filter(waits_until__lt=now())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
