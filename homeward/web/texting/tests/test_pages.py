"""Channels are added and tried on one page; on the case stands who was told what, and what they wrote."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeward.followup.tests.visits import a_visit
from homeward.texting.tests.phones import a_channel, a_phone, hear, messages, says_yes
from tests.cast import adil, nora

ADDRESS = "https://sms.example.test/api/v2/broadcasts.json"


@pytest.fixture
def at_sami(client_of, sami):
    return client_of(nora), reverse("case_messages", args=[sami.id])


def test_the_secrets_of_a_channel_are_shown_once(client_of):
    browser = client_of(adil)
    given = {"name": "Line", "kind": "rapidpro", "address": ADDRESS, "token": "gateway-key", "number": "8585"}
    here = reverse("text_channels")
    assert browser.post(here, {**given, "time_zone": "UTC", "address": "http://x"}).status_code == 422
    shown = browser.post(here, {**given, "time_zone": "Africa/Tunis", "for_numbers": "+216"}).content.decode()
    assert "/gateway/hm_" in shown
    later = browser.get(here).content.decode()
    assert "Line" in later
    assert "hm_" not in later
    assert "gateway-key" not in later + shown


def test_a_channel_is_tried_from_its_page(client_of):
    channel = a_channel()
    browser = client_of(adil)
    here = reverse("try_text_channel", args=[channel.id])
    assert browser.post(here, {"number": "12"}).status_code == 422
    assert browser.post(here, {"number": "+21698765432"}).status_code == 302
    assert [one.told for one in messages(adil)] == ["test"]


def test_a_yes_opens_writing_and_what_was_written_stands_there(at_sami, sami):
    browser, here = at_sami
    channel = a_channel().channel
    contact = a_phone(sami)
    assert "Ask them to get in touch" not in browser.get(here).content.decode()
    given = {"contact_id": contact.id, "language": "fr", "way": "in_person"}
    assert browser.post(here, given).status_code == 302
    browser.post(reverse("ask_to_call", args=[sami.id]))
    hear(channel, "J’ai déménagé")
    shown = browser.get(here).content.decode()
    assert "Merci d&#x27;appeler votre contact habituel" in shown
    assert "J’ai déménagé" in shown
    assert "Nobody has seen to it yet" in shown
    browser.post(reverse("note_replies", args=[sami.id]))
    assert "Nobody has seen to it yet" not in browser.get(here).content.decode()


def test_what_cannot_be_asked_by_message_is_said(at_sami, sami):
    browser, here = at_sami
    a_channel()
    says_yes(sami, a_phone(sami))
    visit = a_visit(sami, instrument="")
    done = browser.post(reverse("ask_by_message", args=[sami.id, visit.id]), follow=True)
    assert "Only a form of up to three neutral questions" in done.content.decode()


def test_a_number_is_left_alone_from_its_page(at_sami, sami):
    browser, _here = at_sami
    permission = says_yes(sami, a_phone(sami))
    assert browser.post(reverse("end_messages", args=[sami.id, permission.id])).status_code == 302
    assert browser.post(reverse("end_messages", args=[sami.id, permission.id])).status_code == 404


def test_the_page_asks_as_often_for_many_messages_as_for_one(at_sami, sami):
    browser, here = at_sami
    channel = a_channel().channel
    says_yes(sami, a_phone(sami))
    counts = []
    for many in (1, 11):
        for number in range(many):
            hear(channel, f"Words {number}")
        with CaptureQueriesContext(connection) as asked:
            browser.get(here)
        counts.append(len(asked))
    assert counts[1] <= counts[0] <= 64
