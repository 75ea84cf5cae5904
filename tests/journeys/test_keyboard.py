"""The daily work with a keyboard alone, and with one hand on a phone in Arabic."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from homeward.cases.commands import set_next_step
from tests.browser import PHONE
from tests.cast import nora
from tests.journeys.people_at_work import stage_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STOPS = 80
FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it);
  const label = it.labels && it.labels.length ? it.labels[0].innerText : "";
  return {words: (label || it.getAttribute("aria-label") || it.innerText || "").trim(), name: it.name || "",
          href: it.getAttribute("href") || "",
          seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""


def focused(page):
    return page.evaluate(FOCUSED)


def tab_to(page, **wanted):
    """Press Tab until the focus is on what is wanted; each stop on the way must be plain to see."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = focused(page)
        assert here["seen"], f"the focus is not to be seen on {here}"
        if all(re.search(pattern, here[what]) for what, pattern in wanted.items()):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_search_a_case_and_a_note_need_no_mouse(visit, sami):
    page = visit(nora).open(reverse("cases"))
    page.keyboard.press("Tab")
    assert focused(page)["href"] == "#main", "the first stop leads past the menu"
    page.keyboard.press("Enter")
    tab_to(page, name="^text$")
    page.keyboard.type("Sami")
    enter(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, href=f"^{reverse('case', args=[sami.id])}$")
    enter(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    if not page.get_by_role("link", name="Write a note").count():
        tab_to(page, words="more things? you can do")
        page.keyboard.press("Enter")
    tab_to(page, words="^Write a note$")
    enter(page)
    tab_to(page, name="^text$")
    page.keyboard.type("He called: his brother meets him at the airport.")
    tab_to(page, words="^Save the note$")
    enter(page)
    page.get_by_text("The note is saved.").wait_for()
    assert "his brother meets him" in page.content()


def test_a_contact_is_recorded_on_a_phone_in_arabic(visit, sami):
    set_next_step(nora, case_id=sami.id, expected_version=sami.version, next_step="اتصال", next_step_on=None)
    visitor = visit(nora, language="ar", size=PHONE)
    page = visitor.open(reverse("inbox"))
    with override("ar"):
        record, save = gettext("Record a contact"), gettext("Record the contact")
        done, enquiry = gettext("The contact is recorded."), gettext("Enquiry")
    assert page.get_attribute("html", "dir") == "rtl"
    with page.expect_navigation():
        page.get_by_role("link", name="اتصال").click()
    assert stage_of(page) == enquiry
    assert visitor.overflows() == []
    page.get_by_role("main").get_by_role("link", name=record, exact=True).first.click()
    page.wait_for_url("**/contact")
    page.locator("input[name=way][value=call]").check()
    page.locator("input[name=outcome][value=reached]").check()
    page.locator("#id_note").fill("تحدثنا عن السفر")
    assert visitor.overflows() == []
    with page.expect_navigation():
        page.get_by_role("button", name=save, exact=True).click()
    page.get_by_text(done).wait_for()
