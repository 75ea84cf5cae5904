import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.queries import timeline_of
from homeward.cases.rules import EventKind
from homeward.consent.models import Consent, Notice
from homeward.consent.queries import consents_of
from homeward.privacy.queries import open_requests
from homeward.sharing.rules import Purpose
from tests.agreed import shared
from tests.cast import CLINIC, HARBOUR, ines, jonas, nora
from tests.consented import given, notice

pytestmark = pytest.mark.usefixtures("cast")
ASKED = {
    "purpose": "referral",
    "recipient": f"to:{CLINIC}",
    "language": "ar",
    "categories": ["identity", "health"],
}


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def answered(**changed):
    today = localdate()
    return {
        "way": "witnessed",
        "witness_name": "Amal Witness",
        **boxes("given_on", today),
        **boxes("expires_on", today + timedelta(days=100)),
        **changed,
    }


def words_on(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def page(sami):
    return f"{reverse('answer_consent', args=[sami.id])}?{urlencode(ASKED, doseq=True)}"


def test_nothing_is_asked_without_a_notice(sami, client_of):
    assert "No notice is published yet" in words_on(
        client_of(nora).get(reverse("ask_consent", args=[sami.id]))
    )


def test_the_notice_is_shown_in_the_persons_language_and_right_to_left(sami, client_of, page):
    notice()
    browser = client_of(nora)
    chosen = browser.post(reverse("ask_consent", args=[sami.id]), ASKED)
    assert chosen.url == page
    shown = words_on(browser.get(page))
    assert 'lang="ar" dir="rtl"' in shown
    assert "صحتك" in shown or "Your health" in shown


def test_a_yes_is_recorded_and_told_on_the_timeline(sami, client_of, page):
    notice()
    browser = client_of(nora)
    assert browser.post(page, answered(yes="yes")).status_code == 302
    with acting_as(nora):
        (consent,) = consents_of(nora, sami.person_id)
        assert (consent.is_given, consent.recipient_id, consent.language) == (True, CLINIC, "ar")
        assert EventKind.CONSENT_GIVEN in {event.kind for event in timeline_of(nora, sami.id)}
    assert "Consents" in words_on(browser.get(reverse("case", args=[sami.id])))


def test_a_no_is_recorded_with_the_other_button_and_needs_no_proof(sami, client_of, page):
    notice()
    assert client_of(nora).post(page, answered(no="no", witness_name="")).status_code == 302
    with acting_as(nora):
        assert [one.is_given for one in consents_of(nora, sami.person_id)] == [False]


def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(sami, client_of, page):
    notice()
    answer = client_of(nora).post(page, answered(yes="yes", witness_name=""))
    assert answer.status_code == 422
    assert "Say who else heard the answer." in words_on(answer)
    with acting_as(nora):
        assert not Consent.objects.exists()


def test_a_signed_paper_is_kept_as_the_proof(sami, client_of, page):
    notice()
    paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 paper", "application/pdf")
    told = answered(yes="yes", way="signed", evidence_file=paper)
    assert client_of(nora).post(page, told).status_code == 302
    with acting_as(nora):
        assert consents_of(nora, sami.person_id)[0].evidence_file_id


def test_taking_back_is_one_page_and_one_button(sami, client_of):
    consent = given(sami)
    page = reverse("withdraw_consent", args=[sami.id, consent.id])
    browser = client_of(nora)
    assert browser.post(page, {}).status_code == 422
    assert browser.post(page, {"how": "by_phone"}).status_code == 302
    with acting_as(nora):
        assert Consent.objects.get().withdrawn_how == "by_phone"
        assert EventKind.CONSENT_WITHDRAWN in {event.kind for event in timeline_of(nora, sami.id)}
    assert "Taken back" in words_on(browser.get(reverse("case", args=[sami.id])))


def test_the_receipt_is_in_the_language_of_the_notice_and_for_programs_in_json_ld(sami, client_of):
    consent = given(sami)
    browser = client_of(nora)
    assert '<html lang="ar" dir="rtl">' in words_on(
        browser.get(reverse("consent_receipt", args=[sami.id, consent.id]))
    )
    answer = browser.get(reverse("consent_receipt_json", args=[sami.id, consent.id]))
    told = answer.json()
    assert answer["Content-Type"] == "application/ld+json"
    assert told["@type"] == "dpv:ConsentReceipt"
    assert told["dct:conformsTo"] == "ISO/IEC TS 27560:2023"
    assert told["dpv:hasConsentStatus"] == {"@id": "dpv:ConsentGiven"}
    assert {"@id": "eu-gdpr:A9-2-a"} in told["dpv:hasLegalBasis"]
    assert "Sami" not in answer.content.decode()


def test_the_officer_publishes_a_notice_from_the_example_that_stands_ready(client_of):
    browser = client_of(ines)
    page = reverse("notice", args=["origin_state"])
    shown = browser.get(page)
    assert "These words are an example" in words_on(shown)
    form = shown.context["form"]
    assert browser.post(page, form.initial).status_code == 302
    with acting_as(ines):
        (published,) = Notice.objects.all()
        assert (published.purpose, published.version, published.is_example) == (Purpose.ORIGIN_STATE, 1, True)


def test_link_and_code_are_shown_once(sami, client_of):
    browser = client_of(nora)
    shown = words_on(browser.post(reverse("offer_own_page", args=[sami.id]), {"language": "ar"}))
    assert re.search(r"/my/enter/hp_[0-9a-f]{32}_", shown)
    assert re.search(r"\b\d{3} \d{3}\b", shown)
    case_page = words_on(browser.get(reverse("case", args=[sami.id])))
    assert "hp_" not in case_page
    assert "Waits to be opened" in case_page


def test_who_stood_by_opens_for_a_reason_and_only_where_the_answer_was_taken_down(sami, client_of):
    consent = given(sami)
    page = reverse("open_consent_name", args=[sami.id, consent.id, "witness"])
    shared(nora, sami.id, HARBOUR)
    assert client_of(jonas).post(page, {"reason": "asked"}).status_code == 404
    browser = client_of(nora)
    assert page in words_on(browser.get(reverse("case", args=[sami.id])))
    assert "Amal Witness" not in words_on(browser.get(page))
    assert browser.post(page, {}).status_code == 422
    assert "Amal Witness" in words_on(browser.post(page, {"reason": "asked"}))
    for nobody in ("guardian", "somebody"):
        where = reverse("open_consent_name", args=[sami.id, consent.id, nobody])
        assert browser.post(where, {"reason": "asked"}).status_code == 404


def test_a_request_is_taken_down_on_the_case_and_answered_by_the_officer(sami, client_of):
    page = reverse("data_request_from_case", args=[sami.id])
    browser = client_of(nora)
    assert page in words_on(browser.get(reverse("case", args=[sami.id])))
    tomorrow = localdate() + timedelta(days=1)
    told = {"kind": "access", "asked_by": "person", "words": "What do you know?"}
    assert browser.post(page, {**told, "received_on": tomorrow}).status_code == 422
    assert browser.post(page, {**told, "received_on": localdate()}).status_code == 302
    assert reverse("data_request", args=[the_request().id]) in words_on(
        client_of(ines).get(reverse("protection"))
    )


def the_request():
    with acting_as(ines):
        return open_requests(ines).get()
