"""A person answers on their own phone, in Arabic, over a slow line that loses requests and answers.

Each screen is sent until an answer came through; what was lost on the way back was saved all the same.
"""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Error as Lost

from homeward.access.acting import acting_as
from homeward.feedback.commands import offer_own_page
from homeward.followup.commands import open_to_person
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.surveys.filled.answers import answer_of
from homeward.surveys.models import Submission
from homeward.surveys.rules import Missing
from homeward.surveys.tests.test_forms import published
from tests.cast import hana, nora

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 360, "height": 740}
SHOTS = os.environ.get("HOMEWARD_SHOTS")
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 40_000, "uploadThroughput": 20_000}
TRIES = 6


class BadLine:
    """Loses every second post: in turns before it reached the server, and its answer after."""

    def __init__(self, page):
        self.count = self.lost = 0
        page.route("**/my/questions/**", self.carry)

    def carry(self, route):
        if route.request.method != "POST":
            route.continue_()
            return
        self.count += 1
        if self.count % 4 == 1:
            self.lost += 1
            route.abort("connectionreset")
        elif self.count % 4 == 3:
            self.lost += 1
            route.fetch(max_redirects=0)  # it arrives; nobody hears of it
            route.abort("connectionreset")
        else:
            route.continue_()


def send(page, fill, button='button[value="on"]'):
    """Answer and send until something comes back, as a reader with patience does."""
    before = page.url
    for _time in range(TRIES):
        try:
            fill()
            # What was added already, unheard of, is not offered again.
            there = page.locator(f"main {button}").count()
            page.click(f"main {button}" if there else 'main button[value="on"]')
            page.wait_for_url(lambda url: url != before and "chrome-error" not in url, timeout=2500)
        except Lost:
            if page.url == before:
                continue
        if page.url.startswith("http") and page.url != before:
            return
        page.goto(before)  # the browser's own page says that the line broke
    raise AssertionError(f"never got beyond {before}")


def look(visitor, name):
    if SHOTS:
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert visitor.violations() == []
    assert visitor.overflows() == []


def enter(visit, case, asked):
    """Sami's phone, on which he opened his page and the questions."""
    made = offer_own_page(nora, case_id=case.id, language="ar")
    visitor = visit(language="ar")
    page = visitor.page
    page.set_viewport_size(NARROW)
    page.goto(visitor.address + reverse("my_door", args=[made.token]))
    page.fill("#id_code", made.code)
    page.click("main button.btn")
    page.click(f'a[href="{reverse("my_questions", args=[asked.id])}"]')
    page.wait_for_url(re.compile("/1$"))
    return visitor


def answer_everything(page):
    def first():
        page.fill('[name="q1"]', "حقل الملح")
        page.check('[name="q2"][value="no"]')

    def member():
        page.fill('[name="q4"]', "أمينة")
        page.fill('[name="q5"]', "٣٤")

    send(page, first)
    send(page, member, 'button[value="add"]')
    send(page, lambda: page.fill('[name="q5"]', "٤"))
    send(page, lambda: page.check('[name="q6"][value="cash"]'))


def test_no_answer_is_lost_and_none_doubled(visit, sami):
    published()
    asked = a_visit(sami)
    open_to_person(hana, visit_id=asked.id)
    visitor = enter(visit, sami, asked)
    page = visitor.page
    assert page.get_attribute("html", "dir") == "rtl"
    look(visitor, "asking-first-ar")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    line = BadLine(page)
    answer_everything(page)
    assert page.url.endswith("/check")
    look(visitor, "asking-check-ar")
    send(page, lambda: None, "button:has-text('إرسال')")
    page.unroute_all(behavior="ignoreErrors")
    assert line.lost >= 4
    assert fresh(asked).state == VisitState.DONE
    with acting_as(nora):
        kept = Submission.objects.get().answers
    assert (kept["village"], kept["help"]) == ("حقل الملح", ["cash"])
    assert [one["members/age"] for one in kept["members"]] == [34, 4]
    assert answer_of(kept, "income") == Missing.NOT_ASKED
