"""A person is sent to a clinic, the clinic answers, the case shows what came of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.people.commands import add_contact
from homeward.people.rules import ContactKind
from homeward.referrals import queries
from homeward.referrals.rules import ReferralState
from homeward.referrals.tests.referred import brought_to, drafted
from homeward.services.tests.directory import a_clinic_service, a_service, beds
from tests.agreed import agreed
from tests.cast import CLINIC, RETURN_PARTNERS, karim, nora, rosa

S = ReferralState
TOLD = {
    "fields_told": ["name", "languages", "contacts"],
    "message": "He sleeps badly.",
    "necessity": "They have to know whom to expect.",
    "basis": "public_interest",
}


@pytest.fixture
def cast(cast_without_agreements):
    """Here nothing is agreed beforehand."""


@pytest.fixture
def agreement(cast):
    return agreed(RETURN_PARTNERS, CLINIC)


def the_referral(actor=nora):
    with acting_as(actor):
        return queries.visible_referrals(actor).latest("drafted_at")


def text_of(response):
    return " ".join(response.content.decode().split())


def find(browser, case, **answers):
    given = {"need": "health", "country": "XM", "place": "Saltfield", "urgency": "routine", **answers}
    return browser.post(reverse("find_service", args=[case.id]), given)


def choose(browser, case, service, need="health"):
    given = {"service_id": str(service.id), "need": need, "urgency": "soon", "follows": ""}
    return browser.post(reverse("choose_service", args=[case.id]), given)


def look_and_send(browser, referral, told=TOLD):
    page = reverse("send_referral", args=[referral.id])
    seen = browser.post(page, {**told, "act": "look"}).context["seen"]
    return browser.post(page, {**told, "seen": seen, "act": "send"})


def test_the_need_stands_in_no_address(sami, client_of):
    a_clinic_service()
    browser = client_of(nora)
    assert browser.get(reverse("find_service", args=[sami.id]) + "?need=health").context["matches"] is None
    assert find(browser, sami).context["matches"]


def test_matches_say_why_they_fit_and_what_is_not_known(sami, client_of):
    a_clinic_service(rooms=beds(0), is_free=True)
    shown = text_of(find(client_of(nora), sami))
    for words in ("Open clinic", "Helps with this", "In the same place", "Free of charge", "Full"):
        assert words in shown


def test_a_need_that_nobody_answers_says_what_to_do(sami, client_of):
    assert "No service fits" in text_of(find(client_of(nora), sami, need="credit"))


def test_what_is_shown_before_sending_is_what_the_clinic_reads(sami, agreement, client_of):
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.PHONE, value="+999 555", may_call=False)
    nora_s, karim_s = client_of(nora), client_of(karim)
    assert choose(nora_s, sami, a_clinic_service()).status_code == 302
    referral = the_referral()
    looked = nora_s.post(reverse("send_referral", args=[referral.id]), {**TOLD, "act": "look"})
    assert look_and_send(nora_s, referral).status_code == 302
    page = reverse("referral", args=[referral.id])
    unopened = text_of(karim_s.get(page))
    assert "Health care" in unopened
    assert "Sami" not in unopened
    assert "Saltfield" in unopened
    karim_s.post(reverse("open_referral", args=[referral.id]))
    opened = karim_s.get(page)
    assert opened.context["lines"] == looked.context["lines"]
    for words in ("Sami Example", "سامي مثال", "Do not call", "He sleeps badly."):
        assert words in text_of(opened)


def test_what_changed_since_it_was_looked_at_is_shown_again_before_it_is_sent(sami, agreement, client_of):
    browser = client_of(nora)
    choose(browser, sami, a_clinic_service())
    page = reverse("send_referral", args=[the_referral().id])
    seen = browser.post(page, {**TOLD, "act": "look"}).context["seen"]
    again = browser.post(page, {**TOLD, "message": "Something else", "seen": seen, "act": "send"})
    assert "This is not what you looked at" in text_of(again)
    assert the_referral().state == S.DRAFT


def test_without_an_agreement_the_page_says_what_is_missing(sami, client_of):
    browser = client_of(nora)
    choose(browser, sami, a_clinic_service())
    answer = look_and_send(browser, the_referral())
    assert answer.status_code == 422
    assert "There is no agreement" in text_of(answer)


def test_the_clinic_accepts_and_completes_and_the_case_shows_the_outcome(sami, agreement, client_of):
    nora_s, karim_s = client_of(nora), client_of(karim)
    choose(nora_s, sami, a_clinic_service(rooms=beds(2)))
    referral = the_referral()
    look_and_send(nora_s, referral)
    karim_s.post(reverse("open_referral", args=[referral.id]))
    page = reverse("answer_referral", args=[referral.id])
    for answers in (
        {"answer": "accepted", "words": "Monday at nine"},
        {"answer": "started"},
        {"answer": "completed", "outcome": "received"},
    ):
        assert karim_s.post(page, answers).status_code == 302
    shown = text_of(nora_s.get(reverse("case", args=[sami.id])))
    for words in ("Completed", "The person received what was asked for", "Answered the same day"):
        assert words in shown
    told = text_of(nora_s.get(reverse("referral", args=[referral.id])))
    assert "Monday at nine" in told
    nora_s.post(
        reverse("confirm_referral", args=[referral.id]),
        {"confirmed": "partly", "on_day": "4", "on_month": "3", "on_year": "2026", "words": "Two of three"},
    )
    assert "Two of three" in text_of(nora_s.get(reverse("referral", args=[referral.id])))
    assert "Two of three" not in text_of(karim_s.get(reverse("referral", args=[referral.id])))


@pytest.mark.parametrize(
    ("answers", "missing"),
    [({"answer": "declined"}, "reason"), ({}, "answer"), ({"answer": "started"}, "answer")],
)
def test_an_answer_without_its_reason_is_asked_again(sami, client_of, answers, missing):
    referral = brought_to(S.ACKNOWLEDGED, sami)
    answer = client_of(karim).post(reverse("answer_referral", args=[referral.id]), answers)
    assert answer.status_code == 422
    assert missing in answer.context["form"].errors


def test_after_a_no_the_page_offers_the_next_service(sami, agreement, client_of):
    browser = client_of(nora)
    first, other = a_clinic_service(), a_service(needs=("health",), name="Second clinic")
    choose(browser, sami, first)
    referral = the_referral()
    look_and_send(browser, referral)
    client_of(karim).post(
        reverse("answer_referral", args=[referral.id]), {"answer": "declined", "reason": "no_capacity"}
    )
    shown = text_of(browser.get(reverse("referral", args=[referral.id])))
    assert "Second clinic" in shown
    assert "Try the next service" in text_of(browser.get(reverse("inbox")))
    browser.post(
        reverse("choose_service", args=[sami.id]),
        {"service_id": str(other.id), "need": "health", "urgency": "routine", "follows": str(referral.id)},
    )
    assert the_referral().follows_id == referral.id


def test_a_letter_for_who_has_no_account_is_printed_and_its_answer_written_down(sami, client_of):
    browser = client_of(nora)
    choose(browser, sami, a_service(needs=("health",)))
    referral = the_referral()
    told = {**TOLD, "agreed_on_day": "3", "agreed_on_month": "3", "agreed_on_year": "2026"}
    assert look_and_send(browser, referral, told).status_code == 302
    assert "Sami Example" in text_of(browser.get(reverse("referral_letter", args=[referral.id])))
    page = reverse("answer_referral", args=[referral.id])
    assert browser.post(page, {"answer": "accepted"}).status_code == 422
    assert browser.post(page, {"answer": "accepted", "channel": "phone"}).status_code == 302


def test_a_draft_is_discarded(sami, client_of):
    referral = drafted(sami)
    browser = client_of(nora)
    browser.post(reverse("recall_referral", args=[referral.id]), {"reason": "no_longer_needed"})
    assert the_referral().state == S.RECALLED


def test_the_inbox_of_the_clinic_names_nobody(sami, client_of):
    brought_to(S.SENT, sami)
    shown = text_of(client_of(karim).get(reverse("inbox")))
    assert "Answer a referral" in shown
    assert "Sami" not in shown
    assert sami.reference not in shown


def test_what_went_with_a_referral_is_read_on_the_referral_and_waits_once(sami, agreement, client_of):
    browser, clinic = client_of(nora), client_of(karim)
    choose(browser, sami, a_clinic_service())
    referral = the_referral()
    look_and_send(browser, referral)
    shown = text_of(clinic.get(reverse("inbox")))
    assert "Answer a referral" in shown
    assert "Open what" not in shown
    package = reverse("received_package", args=[the_referral().disclosure_id])
    assert clinic.get(package).url == reverse("referral", args=[referral.id])


def test_the_coordinator_reads_and_sends_nothing(sami, client_of):
    referral = brought_to(S.SENT, sami)
    shown = text_of(client_of(rosa).get(reverse("referral", args=[referral.id])))
    assert "Sent, not read yet" in shown
    assert "Take it back" not in shown


def test_lists_and_pages_ask_no_more_for_more_referrals(sami, client_of):
    browser, clinic = client_of(nora), client_of(karim)
    few = {}
    for rounds in (1, 4):
        for _ in range(rounds):
            for state in (S.SENT, S.ACCEPTED, S.COMPLETED, S.DECLINED, S.DRAFT):
                brought_to(state, sami)
        for name, who in (("nora", browser), ("karim", clinic)):
            for page in ("referrals", "referral_figures", "inbox"):
                with CaptureQueriesContext(connection) as asked:
                    who.get(reverse(page))
                assert len(asked) <= few.setdefault((name, page), len(asked)), (name, page)


def test_figures_keep_small_numbers_back(sami, client_of):
    brought_to(S.COMPLETED, sami)
    shown = text_of(client_of(nora).get(reverse("referral_figures")))
    assert "Too few referrals to count" in shown
