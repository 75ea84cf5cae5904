"""When it is safe, how long to wait, and what an answer means."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from homeward.texting.gateways.shapes import (
    Letter,
    heard_in,
    is_signed,
    outgoing,
    provider_id_in,
    reported_in,
)
from homeward.texting.rules import (
    GatewayKind,
    Report,
    chosen,
    is_call,
    is_stop,
    next_safe_moment,
    safe_hours,
    wait_after,
)

TUNIS = ZoneInfo("Africa/Tunis")  # an hour before UTC


def at(hour, minute=0, day=10):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("not_before", "not_after", "asked", "safe"),
    [
        (None, None, at(12), at(12)),
        (None, None, at(6), at(7)),
        (None, None, at(19), at(7, day=11)),
        (time(17), time(18), at(12), at(16)),
        (time(17), time(18), at(17), at(16, day=11)),
        (time(22), time(2), at(22), at(22)),
        (time(22), time(2), at(2), at(21)),
        (time(21), None, at(12), at(20)),
        (None, time(7), at(5, 30), at(5, 30)),
        (None, time(12), at(12), at(7, day=11)),
    ],
)
def test_a_phone_rings_only_when_its_owner_said(not_before, not_after, asked, safe):
    assert next_safe_moment(asked, safe_hours(not_before, not_after), TUNIS) == safe


def test_safe_hours_follow_the_clock_of_the_place_when_it_changes():
    paris = ZoneInfo("Europe/Paris")
    late = datetime(2026, 3, 28, 22, tzinfo=ZoneInfo("UTC"))
    assert next_safe_moment(late, safe_hours(None, None), paris).astimezone(paris).hour == 8


def test_waiting_doubles_up_to_two_hours():
    first = timedelta(seconds=30)
    assert [wait_after(n, first).total_seconds() for n in (1, 2, 3, 12)] == [30, 60, 120, 7200]


@pytest.mark.parametrize("text", ["STOP", " stop. ", "Arrêt", "ARRET!", "توقف", "إيقاف", "Stop please"])
def test_stop_is_understood_in_each_language(text):
    assert is_stop(text)


@pytest.mark.parametrize("text", ["", "I cannot stop", "unstoppable", "1"])
def test_other_words_do_not_stop(text):
    assert not is_stop(text)


@pytest.mark.parametrize(
    ("text", "choice"), [("1", 1), (" ٢ ", 2), ("3.", 3), ("4", None), ("yes", None), ("0", None)]
)
def test_a_choice_is_one_of_the_numbers_offered(text, choice):
    assert chosen(text, 3) == choice


def test_a_call_is_asked_for_by_its_word():
    assert [is_call(text) for text in ("Call", "اتصال", "call me never again")] == [True, True, False]


# what gateways are sent and bring

LETTER = Letter("0190-x", "+21612345678", "Test", "1234")


def test_rapidpro_is_sent_a_broadcast_to_one_number():
    sent = outgoing(
        GatewayKind.RAPIDPRO, "https://rapidpro.example.test/api/v2/broadcasts.json", "key", LETTER
    )
    assert sent.body == b'{"urns": ["tel:+21612345678"], "text": "Test"}'
    assert (sent.headers["Authorization"], sent.headers["Idempotency-Key"]) == ("Token key", "0190-x")


def test_a_plain_gateway_is_sent_the_id_that_stays():
    sent = outgoing(GatewayKind.HTTP, "https://sms.example.test/", "key", LETTER)
    assert sent.body == b'{"id": "0190-x", "to": "+21612345678", "from": "1234", "text": "Test"}'


@pytest.mark.parametrize(
    ("body", "kind", "provider_id"),
    [
        (
            b'{"contact": {"uuid": "c", "urn": "tel:+21612345678"}, "input": {"uuid": "m7", "text": "Hi"}}',
            "application/json",
            "m7",
        ),
        (b'{"id": 7, "from": "+21612345678", "text": "Hi"}', "application/json", "7"),
        (b"event=mo_sms&sms=7&phone=%2B21612345678&text=Hi", "application/x-www-form-urlencoded", "7"),
    ],
)
def test_each_way_of_bringing_a_message_is_read(body, kind, provider_id):
    heard = heard_in(body, kind)
    assert (heard.provider_id, heard.number.removeprefix("tel:"), heard.text) == (
        provider_id,
        "+21612345678",
        "Hi",
    )


def test_a_gateway_without_numbers_brings_the_same_message_once():
    body = b'{"from": "+21612345678", "text": "Hi", "time": "2026-03-10T10:00:00Z"}'
    later = body.replace(b"10:00:00", b"10:00:09")
    assert heard_in(body, "").provider_id == heard_in(body, "").provider_id != heard_in(later, "").provider_id


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": "Hi"}', b"\xff", b"[" * 100_000])
def test_what_is_no_message_is_none(body):
    assert heard_in(body, "application/json") is None
    assert reported_in(body, "application/json") is None


def test_reports_name_a_message_by_our_id_or_theirs():
    told = reported_in(b'{"id": "x1", "message_id": "ours", "status": "delivered"}', "application/json")
    assert (told.report, told.message_id, told.provider_id) == (Report.DELIVERED, "ours", "x1")
    assert reported_in(b"event=mt_dlvd&sms=9", "application/x-www-form-urlencoded").provider_id == "9"
    assert reported_in(b'{"id": "x1", "status": "thinking"}', "application/json") is None


def test_only_the_channels_secret_is_accepted():
    signature = "9b13cd5a7d1b1f3b8f7b"
    assert all(is_signed("s", b"x", f"{scheme} s", "") for scheme in ("Token", "Bearer"))
    assert not any(is_signed("s", b"x", shown, "") for shown in ("", "Basic s", "Token t"))
    assert not is_signed("s", b"x", "Token s", signature), "a wrong signature is not mended by a token"


def test_the_gateways_own_number_is_read_from_its_answer():
    assert provider_id_in(b'{"id": 1234567}') == "1234567"
    assert provider_id_in(b"created") == ""
