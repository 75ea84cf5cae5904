"""A person takes their yes back on their own phone; who received something is out on the very next click."""

import pytest
from django.urls import reverse

from homeward.feedback.commands import offer_own_page
from tests.browser import PHONE
from tests.cast import CLINIC, karim, nora
from tests.consented import everything_to, given
from tests.journeys.people_at_work import follow, open_case, press

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GIVER, RECEIVER = "Return Partners Demo", "Port Clinic Demo"


def test_consent_is_withdrawn_and_access_is_gone_on_the_next_click(visit, sami):
    given(sami, everything_to(CLINIC))
    nora_at_work, karim_at_work = visit(nora), visit(karim)
    send(nora_at_work, sami.id)
    page = karim_at_work.open(reverse("shared_with_us"))
    follow(page, GIVER)
    assert "Sami Example" in page.get_by_role("main").inner_text()

    take_it_back(visit, sami)

    page.reload()
    page.get_by_role("heading", name="This is no longer shared.").wait_for()
    assert "Sami" not in page.content()
    assert karim_at_work.violations() == []
    press(page, "Confirm that you keep no copy")
    consents = open_case(nora_at_work, sami.id).get_by_role("region", name="Consents").inner_text()
    assert "Taken back" in consents


def send(visitor, case_id):
    page = visitor.open(reverse("send_package", args=[case_id]))
    page.get_by_label("Organisation").select_option(RECEIVER)
    page.get_by_label("Consent of the person").check()
    page.get_by_label("Why they need it").fill("The clinic has to know whom it treats.")
    press(page, "Show me what they will see")
    press(page, "Send exactly this")


def take_it_back(visit, case):
    made = offer_own_page(nora, case_id=case.id, language="en")
    visitor = visit(size=PHONE)
    page = visitor.page
    page.goto(visitor.address + reverse("my_door", args=[made.token]))
    page.get_by_label("Your code").fill(made.code)
    press(page, "Open my page")
    assert RECEIVER in page.get_by_role("region", name="My data and who saw it").inner_text()
    follow(page, "Read it, or take back my yes")
    press(page, "Take back my yes")
    assert "You took your yes back" in page.get_by_role("region", name="What I agreed to").inner_text()
    assert visitor.violations() == []
    assert visitor.overflows() == []
