"""Two organisations at their browsers: a case declined, then taken on, then asked about."""

import os

import pytest
from django.urls import reverse

from tests.browser import PHONE
from tests.cast import jonas, nora
from tests.journeys.people_at_work import follow, open_case, press

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RECEIVER, GIVER = "Harbour Advice Demo", "Return Partners Demo"
PICTURES = os.environ.get("HOMEWARD_PICTURES", "")


def picture(visitor, name):
    """Keep how a page looks, when asked to; what axe holds against it fails in any case."""
    assert visitor.violations() == []
    assert visitor.overflows() == []
    if PICTURES:
        visitor.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_a_case_is_declined_then_taken_on_then_asked_about(visit, sami):
    nora_at_work, jonas_at_work = visit(nora), visit(jonas)
    offer(nora_at_work, sami.id)
    decline(jonas_at_work)
    page = open_case(nora_at_work, sami.id)
    assert page.get_by_role("region", name="Lead").get_by_text(GIVER).count(), "it stays where it was"
    offer(nora_at_work, sami.id)
    look_at_it_elsewhere(visit, nora_at_work.page.url)
    take_on(jonas_at_work)
    assert jonas_at_work.page.get_by_role("region", name="Lead").get_by_text(RECEIVER).count()
    ask_afterwards(jonas_at_work)
    answer(nora_at_work)
    page = open_case(jonas_at_work, sami.id)
    assert "The one by the port." in page.get_by_role("main").inner_text()
    picture(jonas_at_work, "case-after")


def offer(visitor, case_id):
    page = open_case(visitor, case_id)
    follow(page, "Hand over the case")
    page.get_by_label("To which organisation").select_option(RECEIVER)
    page.get_by_label("Public interest").check()
    page.get_by_label("Second condition").select_option("health_or_social_care")
    page.get_by_label("Why they need it").fill("They lead from where he lives now.")
    page.get_by_label("What a colleague there must know to decide").fill(
        "Moves north in May; needs a first talk."
    )
    picture(visitor, "offer")
    press(page, "See what they will read")
    assert "Sami" not in page.get_by_role("region", name="This they read before they decide").inner_text()
    picture(visitor, "preview")
    press(page, "Offer the case")


def decline(visitor):
    page = visitor.open(reverse("inbox"))
    follow(page, f"{GIVER} offers a case")
    assert "Sami" not in page.content()
    page.get_by_text("Say why", exact=True).click()
    page.get_by_label("No room: we cannot take more cases now").check()
    picture(visitor, "answering")
    press(page, "Send this answer")
    assert "Declined" in page.get_by_role("main").inner_text()
    picture(visitor, "declined")


def look_at_it_elsewhere(visit, address):
    """The same page in Arabic and on a phone, as the giver and the receiver see it."""
    path = "/" + address.split("/", 3)[3]
    for actor, name in ((nora, "giver"), (jonas, "receiver")):
        for language in ("en", "fr", "ar"):
            visitor = visit(actor, language=language, size=PHONE)
            visitor.open(path)
            picture(visitor, f"{name}-{language}-phone")
            visitor.open(reverse("handovers"))
            picture(visitor, f"{name}-{language}-phone-list")
    wide = visit(jonas, language="ar")
    wide.open(path)
    picture(wide, "receiver-ar")


def take_on(visitor):
    page = visitor.open(reverse("inbox"))
    picture(visitor, "inbox")
    follow(page, f"{GIVER} offers a case")
    press(page, "Take it on")


def ask_afterwards(visitor):
    page = visitor.page
    follow(page, "Ask a former lead")
    page.get_by_label("Your question").fill("Which school did the children go to?")
    picture(visitor, "ask-later")
    press(page, "Send the question")


def answer(visitor):
    page = visitor.open(reverse("inbox"))
    follow(page, f"Answer a question from {RECEIVER}")
    page.get_by_label("Your words").fill("The one by the port.")
    picture(visitor, "answer-later")
    press(page, "Send the answer")
