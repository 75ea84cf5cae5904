"""Two organisations at their browsers: a person is referred, taken on, helped, and says what came of it."""

import pytest
from django.urls import reverse

from homeward.services.tests.directory import a_clinic_service, beds
from tests.cast import karim, nora
from tests.journeys.people_at_work import follow, open_case, press

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ASKED = "Send him to somebody who speaks Arabic."


def test_a_referral_is_accepted_and_completed_and_the_person_confirms_it(visit, sami):
    a_clinic_service(rooms=beds(2))
    nora_at_work, karim_at_work = visit(nora), visit(karim)
    shown = send(nora_at_work, sami.id)
    open_it(karim_at_work, shown)
    answer(karim_at_work.page, "Accept", words="Monday at nine, ask for Karim.")
    answer(karim_at_work.page, "The person came, the service began")
    answer(karim_at_work.page, "It has ended", outcome="The person received what was asked for")
    page = open_case(nora_at_work, sami.id)
    referrals = page.get_by_role("region", name="Referrals").inner_text()
    assert "Completed" in referrals
    assert "The person received what was asked for" in referrals
    confirm(nora_at_work)
    assert (
        not karim_at_work.open(karim_at_work.page.url.removeprefix(karim_at_work.address))
        .get_by_text("He went three times")
        .count()
    ), "the service does not read what the person said of it"


def send(visitor, case_id):
    """Nora finds a service and sends no more than she looked at: the words that were shown to her."""
    page = open_case(visitor, case_id)
    follow(page, "Find a service")
    page.get_by_label("What the person needs").select_option("health")
    press(page, "Search")
    press(page, "Refer there Open clinic")
    page.get_by_label("What they need, in a few words").fill(ASKED)
    page.get_by_label("Why the service has to know this").fill("They have to know whom to expect.")
    page.get_by_label("Task in the public interest").check()
    press(page, "Look at it first")
    told = page.locator("#preview dl").last.inner_text()
    assert "Sami Example" in told
    assert ASKED in told
    calm(visitor)
    press(page, "Send the referral")
    return told


def open_it(visitor, shown):
    """Karim sees need and place, and the person only once he opens it: exactly what Nora looked at."""
    page = visitor.open(reverse("inbox"))
    follow(page, "Answer a referral")
    assert "Sami" not in page.content()
    calm(visitor)
    press(page, "Open the referral")
    assert page.locator("#told dl").inner_text() == shown


def answer(page, choice, *, words="", outcome=""):
    page.get_by_label(choice, exact=True).check()
    if outcome:
        page.get_by_label("What came of it, if it has ended").select_option(outcome)
    page.get_by_label("What the other side needs to know").fill(words)
    press(page, "Record the answer")


def confirm(visitor):
    page = visitor.page
    page.get_by_role("region", name="Referrals").get_by_role("link").filter(has_text="Health").first.click()
    page.get_by_text("Monday at nine, ask for Karim.").wait_for()
    follow(page, "Record what the person says")
    page.get_by_label("It was as the service says").check()
    page.get_by_label("In their words").fill("He went three times.")
    press(page, "Record it")
    assert "He went three times." in page.get_by_role("region", name="What the person says").inner_text()
    calm(visitor)


def calm(visitor):
    assert visitor.violations() == []
    assert visitor.overflows() == []
