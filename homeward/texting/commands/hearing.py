"""What gateways bring: answers, once each, to the case they are about; and what became of messages."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.notices import remind_workers
from homeward.cases.queries import get_case, visible_cases
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.lib.identifiers import new_id
from homeward.lib.problems import NotFound
from homeward.organisations.queries import get_organisation
from homeward.privacy.sealing import place_of, seal_text
from homeward.texting.models import Channel, Message, Permission, Reply
from homeward.texting.numbers import e164_of, index_of
from homeward.texting.queries import (
    last_message_to,
    live_channel,
    message_reported,
    permissions_of_number,
    replies_to_note,
    talk_with,
)
from homeward.texting.queueing import News, queue_to_number
from homeward.texting.rules import (
    ANSWERS_COUNT_FOR,
    Because,
    Heard,
    Meaning,
    MessageState,
    NoWay,
    Report,
    Reported,
    Saying,
    is_call,
    is_stop,
)
from homeward.texting.stopping import end_permissions
from homeward.texting.talking import go_on
from homeward.texting.texts import text_of

if TYPE_CHECKING:
    from homeward.cases.models import Case


@command(Action.MESSAGE_RECEIVE)
def take_reply(actor: Actor, *, channel_id: UUID, heard: Heard) -> Reply:
    """Take an answer in, once however often it is brought; strangers learn nothing from what comes back."""
    channel = live_channel(actor, channel_id)
    reply = Reply(
        id=new_id(),
        organisation_id=actor.organisation_id,
        channel=channel,
        provider_id=heard.provider_id,
        meaning=Meaning.STRANGER,
        received_at=now(),
    )
    try:
        with transaction.atomic():
            reply.save(force_insert=True)
    except IntegrityError:
        return _brought_before(channel, heard)
    Channel.objects.filter(id=channel.id).update(last_heard_at=now())
    number = e164_of(heard.number)
    if number:
        _understand(actor, channel, reply, number, heard.text)
    return reply


@command(Action.MESSAGE_RECEIVE)
def take_report(actor: Actor, *, channel_id: UUID, told: Reported) -> Message:
    """Note what a gateway says became of a message; a later word never takes an earlier arrival back."""
    live_channel(actor, channel_id)
    message = message_reported(actor, channel_id, told.message_id, told.provider_id)
    if message is None:
        raise NotFound
    if message.state == MessageState.DELIVERED:
        return message
    message.sent_at = message.sent_at or now()
    if told.report == Report.DELIVERED:
        message.state, message.because, message.delivered_at = MessageState.DELIVERED, "", now()
    elif told.report == Report.FAILED:
        message.state, message.because = MessageState.FAILED, Because.NOT_DELIVERED
    else:
        message.state = MessageState.SENT
    message.to_number = None
    message.save(update_fields=["state", "because", "sent_at", "delivered_at", "to_number"])
    return message


@command(Action.MESSAGE_SEND)
def note_replies(actor: Actor, *, case_id: UUID) -> "Case":
    """Say that somebody has read the answers on a case and sees to them."""
    case = get_case(actor, case_id)
    replies_to_note(actor, case.id).update(noted_at=now(), noted_by_id=actor.user_id)
    return case


def _understand(actor: Actor, channel: Channel, reply: Reply, number: str, text: str) -> None:
    index = index_of(number)
    given = list(permissions_of_number(actor, index))
    message = last_message_to(actor, index, now() - ANSWERS_COUNT_FOR)
    case = _case_of(actor, message, given)
    if case:
        reply.case, reply.message = case, message if message and message.case_id == case.id else None
        reply.text = seal_text(case.person_id, place_of(reply, "text"), text)
    if is_stop(text):
        _stop(actor, channel, reply, number, given)
    elif case:
        _take_on(actor, reply, case, index, text)
    else:
        _answer_stranger(actor, channel, number, Saying.UNKNOWN)
    reply.save()


def _take_on(actor: Actor, reply: Reply, case: "Case", index: bytes, text: str) -> None:
    """An answer to questions goes on with them; everything else waits for a colleague."""
    talk = None if is_call(text) else talk_with(actor, index)
    if talk and talk.case_id == case.id:
        reply.meaning = Meaning.ANSWER
        reply.noted_at = now()
        go_on(actor, talk, text)
        return
    reply.meaning = Meaning.CALL if is_call(text) else Meaning.WORDS
    _tell(actor, case, EventKind.MESSAGE_ANSWERED, reply)


def _stop(actor: Actor, channel: Channel, reply: Reply, number: str, given: list[Permission]) -> None:
    reply.meaning = Meaning.STOP
    end_permissions(actor, given, NoWay.BY_MESSAGE)
    if reply.case:
        _tell(actor, reply.case, EventKind.MESSAGES_STOPPED, reply)
    _answer_stranger(actor, channel, number, Saying.STOPPED, given[0].language if given else "")


def _answer_stranger(actor: Actor, channel: Channel, number: str, told: Saying, language: str = "") -> None:
    """The same words for everybody, once a day for each number."""
    language = language or get_organisation(actor, actor.organisation_id).language
    once = f"{told}:{index_of(number).hex()[:40]}:{localdate()}"
    queue_to_number(actor, channel, number, News(told, once, text_of(told, language)))


def _tell(actor: Actor, case: "Case", kind: EventKind, reply: Reply) -> None:
    tell(actor, case.id, kind, subject_id=reply.id)
    remind_workers(actor, {case.lead_user_id})


def _case_of(actor: Actor, message: Message | None, given: list[Permission]) -> "Case | None":
    """The case that an answer is about: of the last message to the number, else the only one it is of."""
    if message and message.case_id:
        return visible_cases(actor).filter(id=message.case_id).select_related("person").first()
    cases = {one.case_id for one in given}
    if len(cases) != 1:
        return None
    return visible_cases(actor).filter(id=cases.pop()).select_related("person").first()


def _brought_before(channel: Channel, heard: Heard) -> Reply:
    found = Reply.objects.filter(channel=channel, provider_id=heard.provider_id).first()
    if found is None:  # it stands, on a case that is the organisation's no more
        raise NotFound
    return found
