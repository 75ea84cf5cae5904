"""The person's own page on a phone: three languages, no script, nothing that axe holds against it."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.cases.commands import make_appointment
from homeward.consent.queries import consents_of
from homeward.feedback.commands import offer_own_page
from tests.access.world import World
from tests.cast import nora
from tests.consented import given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 360, "height": 740}
SHOTS = os.environ.get("HOMEWARD_SHOTS")


@pytest.fixture
def full(sami):
    """Sami's case with an appointment, money, a consent and a plan waiting for his yes."""
    world = World(sami)
    assert world.entry_id
    make_appointment(nora, case_id=sami.id, starts_at=now() + timedelta(days=3), subject="Visit to the shop")
    given(sami)
    return sami


def enter(visit, case, language):
    made = offer_own_page(nora, case_id=case.id, language=language)
    visitor = visit(language=language)
    page = visitor.page
    page.set_viewport_size(NARROW)
    page.goto(visitor.address + reverse("my_door", args=[made.token]))
    look(visitor, f"enter-{language}")
    page.fill("#id_code", made.code)
    page.click("main button.btn")
    return visitor


def look(visitor, name):
    if SHOTS:
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert visitor.violations() == []
    assert visitor.overflows() == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_it_reads_on_a_narrow_phone_in_each_language(visit, full, language):
    visitor = enter(visit, full, language)
    page = visitor.page
    assert page.get_attribute("html", "lang") == language
    look(visitor, f"page-{language}")
    with acting_as(nora):
        (consent,) = consents_of(nora, full.person_id)
    for name, args in (("my_consent", [consent.id]), ("my_ask", []), ("my_complain", [])):
        visitor.open(reverse(name, args=args))
        look(visitor, f"{name}-{language}")


def test_taken_back_on_the_phone_it_has_ended(visit, full):
    visitor = enter(visit, full, "en")
    visitor.page.click("text=Read it, or take back my yes")
    visitor.page.click("text=Take back my yes")
    look(visitor, "taken-back")
    with acting_as(nora):
        assert [one.withdrawn_how for one in consents_of(nora, full.person_id)] == ["own_page"]
    visitor.page.click("text=Close")
    assert "Your page is closed" in visitor.page.content()
