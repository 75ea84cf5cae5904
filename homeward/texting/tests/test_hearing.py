"""What is written back: STOP ends it, answers reach the case, strangers learn nothing."""

import pytest
from django.test import Client

from homeward.access.acting import acting_as
from homeward.cases.models import Event
from homeward.cases.rules import EventKind
from homeward.texting.commands import ask_to_call, end_channel, note_replies
from homeward.texting.models import Permission
from homeward.texting.queries import messages_of, replies_to_note
from homeward.texting.rules import Meaning, MessageState
from homeward.texting.tests.phones import NUMBER, STRANGERS, hear, messages, replies, send_all
from tests.cast import adil, nora


def test_strangers_get_the_same_neutral_words_once_a_day(channel, far_end):
    for text in ("Who is this?", "Hello?"):
        hear(channel, text, number=STRANGERS)
    send_all()
    assert far_end.texts == ["This number cannot take messages."]
    assert [(one.meaning, one.text, one.case_id) for one in replies()] == [(Meaning.STRANGER, None, None)] * 2


def test_a_strangers_stop_gets_the_same_answer_as_anybodys(reachable, far_end):
    hear(reachable.channel, "STOP")
    hear(reachable.channel, "STOP", number=STRANGERS)
    send_all()
    assert far_end.texts == ["You will get no more messages from this number."] * 2


@pytest.mark.parametrize("word", ["stop", "ARRET", "توقف"])
def test_stop_ends_messages_and_what_waited(reachable, far_end, word):
    ask_to_call(nora, case_id=reachable.case.id)
    reply = hear(reachable.channel, word)
    assert (reply.meaning, reply.case_id) == (Meaning.STOP, reachable.case.id)
    send_all()
    assert far_end.texts == ["You will get no more messages from this number."]
    assert messages()[0].state == MessageState.HELD_BACK
    with acting_as(nora):
        assert not Permission.objects.filter(ended_at=None).exists()
        assert Event.objects.filter(kind=EventKind.MESSAGES_STOPPED).count() == 1


def test_an_answer_is_kept_sealed_on_the_case_and_somebody_is_told(reachable, mailoutbox, past_policies):
    hear(reachable.channel, "I moved to my aunt")
    (line,) = messages_of(nora, case_id=reachable.case.id).lines
    assert (line.text, line.reply.meaning) == ("I moved to my aunt", Meaning.WORDS)
    (row,) = past_policies("SELECT encode(text, 'escape') AS text FROM texting_reply")
    assert "aunt" not in row["text"]
    with acting_as(nora):
        assert Event.objects.filter(kind=EventKind.MESSAGE_ANSWERED).count() == 1
        assert replies_to_note(nora, reachable.case.id).count() == 1
    note_replies(nora, case_id=reachable.case.id)
    with acting_as(nora):
        assert not replies_to_note(nora, reachable.case.id).exists()


def test_an_answer_belongs_to_the_message_it_follows(reachable):
    message = ask_to_call(nora, case_id=reachable.case.id)
    send_all()
    reply = hear(reachable.channel, "Call")
    assert (reply.meaning, reply.message_id) == (Meaning.CALL, message.id)


def test_what_is_brought_twice_is_taken_once(reachable):
    first = hear(reachable.channel, "Call", provider_id="same")
    assert hear(reachable.channel, "Call", provider_id="same").id == first.id
    assert len(replies()) == 1


# the door


def knock(made, act="received", body=None, secret=None, client=None, **headers):
    told = body or {"id": "x1", "from": NUMBER, "text": "Hello"}
    given = {"authorization": f"Token {secret or made.secret}", **headers}
    address = f"/gateway/{made.door}/{act}"
    return (client or Client()).post(address, told, content_type="application/json", headers=given)


@pytest.fixture
def door(reachable):
    return reachable.made


def test_the_door_takes_messages_and_reports(door, reachable):
    assert knock(door).status_code == 200
    assert [one.case_id for one in replies()] == [reachable.case.id]
    message = ask_to_call(nora, case_id=reachable.case.id)
    send_all()
    told = {"message_id": str(message.id), "status": "delivered"}
    assert knock(door, "report", told).status_code == 200
    assert messages()[-1].state == MessageState.DELIVERED


def test_nobody_comes_in_without_the_address_and_the_secret(door):
    assert knock(door, secret="wrong").status_code == 401
    assert Client().post("/gateway/hm_nothing/received").status_code == 401
    assert Client().post("/gateway/").status_code == 401
    assert replies() == []


def test_the_door_answers_only_what_it_is_for(door):
    assert Client().get(f"/gateway/{door.door}/received").status_code == 405
    assert knock(door, "elsewhere").status_code == 404
    assert knock(door, body={"text": "no number"}).status_code == 422
    assert knock(door, body={"id": "x", "from": NUMBER, "text": "a" * 70_000}).status_code == 413
    assert knock(door, "report", {"id": "nobody", "status": "sent"}).status_code == 404


def test_a_channel_that_was_shut_out_brings_nothing(door, reachable):
    end_channel(adil, channel_id=reachable.channel.id)
    assert knock(door).status_code == 401


def test_a_gateway_that_calls_too_often_waits(door, settings):
    settings.GATEWAY_CALLS_A_MINUTE = 1
    assert knock(door).status_code == 200
    assert knock(door).status_code == 429


def test_unencrypted_calls_are_refused_where_others_can_listen(door, settings):
    settings.HTTPS = True
    assert knock(door).status_code == 403
