"""REST: channels for messages, where people may be written to, and what was written."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Short, Text, Word
from homeward.api.looking import MOST
from homeward.api.operations import creates, ends, reads
from homeward.texting import commands, queries
from homeward.texting.rules import GatewayKind, Meaning, MessageState, NoWay, Saying, YesWay

router = Router(tags=["messages"])
case_router = Router(tags=["messages"])
visit_router = Router(tags=["messages"])
Line = Annotated[Short, Field(min_length=1, max_length=100)]
Address = Annotated[Text, Field(min_length=1, max_length=300)]
Digits = Annotated[Short, Field(max_length=40)]


class ChannelIn(Schema):
    """A gateway that is to carry messages; its token is kept sealed and never told again."""

    name: Line
    kind: GatewayKind
    address: Address
    token: Annotated[Text, Field(min_length=1, max_length=500)]
    number: Digits = ""
    prefix: Annotated[Short, Field(max_length=8)] = ""
    time_zone: Annotated[Short, Field(min_length=1, max_length=60)] = "UTC"


class ChannelOut(Schema):
    """A gateway that carries messages of the organisation."""

    id: UUID
    name: str
    kind: GatewayKind
    address: str
    number: str
    prefix: str
    time_zone: str
    added_at: datetime
    ended_at: datetime | None
    last_sent_at: datetime | None
    last_heard_at: datetime | None
    trouble: Word


class ChannelMadeOut(Schema):
    """A channel; `link` ends the address that its gateway posts to, and is shown once, like its secret."""

    channel: ChannelOut
    link: Annotated[str, Field(validation_alias="door")]
    secret: str


class TryChannelIn(Schema):
    number: Digits


class TextMessageOut(Schema):
    """One message of the outbox and what became of it."""

    id: UUID
    case_id: UUID | None
    told: Saying
    text: str
    state: MessageState
    because: Word
    queued_at: datetime
    queued_by_name: str
    send_from: datetime
    tries: int
    sent_at: datetime | None
    delivered_at: datetime | None


class TextReplyOut(Schema):
    """That a person wrote back, and what it means; the words are read on the page of the case."""

    id: UUID
    case_id: UUID | None
    message_id: UUID | None
    meaning: Meaning
    received_at: datetime
    noted_at: datetime | None


class PermissionIn(Schema):
    contact_id: UUID
    language: Annotated[Short, Field(min_length=2, max_length=8)]
    way: YesWay


class PermissionOut(Schema):
    """That a person lets the organisation write to one of their numbers."""

    id: UUID
    case_id: UUID
    contact_id: UUID
    language: str
    given_at: datetime
    way: YesWay
    ended_at: datetime | None
    ended_how: Word


class TalkOut(Schema):
    """A few questions that are being asked by message."""

    id: UUID
    case_id: UUID
    visit_id: UUID
    begun_at: datetime
    waits_until: datetime
    ended_at: datetime | None
    submission_id: UUID | None


@reads(router, "/", Action.CHANNEL_VIEW, list[ChannelOut])
def list_text_channels(request: HttpRequest) -> object:
    """The channels of the caller's organisation, those at work first."""
    return queries.own_channels(actor_of(request))[:MOST]


@creates(router, "/", Action.CHANNEL_ADD, ChannelMadeOut)
def add_text_channel(request: HttpRequest, body: ChannelIn) -> object:
    """Let a gateway carry messages."""
    return commands.add_channel(actor_of(request), details=commands.ChannelDetails(**body.dict()))


@creates(router, "/{uuid:channel_id}/test", Action.CHANNEL_TEST, TextMessageOut)
def try_text_channel(request: HttpRequest, channel_id: UUID, body: TryChannelIn) -> object:
    """Send a text that says it is a test to a number of the organisation's own."""
    return commands.try_channel(actor_of(request), channel_id=channel_id, number=body.number)


@ends(router, "/{uuid:channel_id}", Action.CHANNEL_END, ChannelOut)
def end_text_channel(request: HttpRequest, channel_id: UUID) -> object:
    """Shut a gateway out."""
    return commands.end_channel(actor_of(request), channel_id=channel_id)


@reads(case_router, "/{uuid:case_id}/messages", Action.MESSAGE_VIEW, list[TextMessageOut])
def list_case_messages(request: HttpRequest, case_id: UUID) -> object:
    """What was written to the person of a case, newest first."""
    actor = actor_of(request)
    found = queries.sent_on_case(actor, case_id)
    remember_reading(actor, Action.MESSAGE_VIEW, subject_id=None, case_id=case_id)
    return found[:MOST]


@reads(case_router, "/{uuid:case_id}/replies", Action.MESSAGE_VIEW, list[TextReplyOut])
def list_case_replies(request: HttpRequest, case_id: UUID) -> object:
    """That the person of a case wrote back, newest first."""
    actor = actor_of(request)
    found = queries.replies_on_case(actor, case_id)
    remember_reading(actor, Action.MESSAGE_VIEW, subject_id=None, case_id=case_id)
    return found[:MOST]


@creates(case_router, "/{uuid:case_id}/messages", Action.MESSAGE_SEND, TextMessageOut)
def ask_to_call(request: HttpRequest, case_id: UUID) -> object:
    """Ask the person, in neutral words, to get in touch."""
    return commands.ask_to_call(actor_of(request), case_id=case_id)


@reads(case_router, "/{uuid:case_id}/message-permissions", Action.MESSAGE_VIEW, list[PermissionOut])
def list_message_permissions(request: HttpRequest, case_id: UUID) -> object:
    """To which numbers of the person the organisation may write now."""
    actor = actor_of(request)
    found = queries.permissions_of(actor, case_id)
    remember_reading(actor, Action.MESSAGE_VIEW, subject_id=None, case_id=case_id)
    return found[:MOST]


@creates(case_router, "/{uuid:case_id}/message-permissions", Action.MESSAGE_PERMIT, PermissionOut)
def permit_messages(request: HttpRequest, case_id: UUID, body: PermissionIn) -> object:
    """Record that the person wants to be written to at a number."""
    return commands.permit_messages(actor_of(request), case_id=case_id, **body.dict())


@ends(
    case_router,
    "/{uuid:case_id}/message-permissions/{uuid:permission_id}",
    Action.MESSAGE_PERMIT,
    PermissionOut,
)
def end_messages(request: HttpRequest, case_id: UUID, permission_id: UUID) -> object:
    """Record that the person wants no more messages at a number."""
    queries.permission_on_case(actor_of(request), case_id, permission_id)
    return commands.end_messages(actor_of(request), permission_id=permission_id, way=NoWay.IN_PERSON)


@creates(visit_router, "/{uuid:visit_id}/questions-by-message", Action.MESSAGE_SEND, TalkOut)
def ask_by_message(request: HttpRequest, visit_id: UUID) -> object:
    """Ask the questions of a visit by message, when they are few, closed and neutral."""
    return commands.ask_by_message(actor_of(request), visit_id=visit_id)
