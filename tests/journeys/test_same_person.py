"""One person recorded twice: found, compared, joined and parted, in a real browser and by keyboard alone."""

from datetime import date

import pytest
from django.urls import reverse

from homeward.lib.dates import PartialDate
from homeward.people.commands import add_document, change_person, register_person, start_match_search
from homeward.people.jobs import search_for_matches
from homeward.people.rules import DocumentKind, PersonDetails
from tests.browser import PHONE
from tests.cast import nora

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DALIA = PersonDetails(
    given_names="Dalia", family_name="Example", native_name="داليا مثال", birth=PartialDate.of_year(1994)
)
DALYA = PersonDetails(
    given_names="Dalya",
    family_name="Exampel",
    native_name="داليا مثال",
    birth=PartialDate.of_day(date(1994, 2, 3)),
)


@pytest.fixture
def dalia(cast):
    return register_person(nora, details=DALIA)


@pytest.fixture
def question(dalia):
    register_person(nora, details=DALYA)
    search = start_match_search(nora)
    search_for_matches(str(nora.organisation_id), str(search.id))


def test_a_pair_is_answered_by_keyboard_and_parted_again(visit, dalia, question):
    visitor = visit(nora)
    page = visitor.open(reverse("matches"))
    page.locator("details.why summary").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Given names sound alike").wait_for()
    assert visitor.violations() == []
    page.get_by_label("Same person, join them").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save the answers").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 pair joined.").wait_for()
    visitor.open(reverse("person", args=[dalia.id]))
    page.get_by_role("link", name="Part them again").click()
    page.get_by_role("button", name="Part them").click()
    page.get_by_text("These are two people again").wait_for()
    assert page.get_by_role("link", name="Part them again").count() == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_follows_a_form_reads_without_fault_too(visit, dalia, language):
    paper = add_document(nora, person_id=dalia.id, kind=DocumentKind.PASSPORT, number="P7788991")
    visitor = visit(nora, language=language, size=PHONE)
    page = visitor.open(reverse("person_number_open", args=[dalia.id, paper.id]))
    page.locator("input[value=check]").check()
    page.locator("form .btn-seal").click()
    page.get_by_text("P7788991").wait_for()
    assert (visitor.violations(), visitor.overflows()) == ([], [])

    visitor.open(reverse("person_register"))
    page.locator("#id_given_names").fill("Dalya")
    page.locator("#id_family_name").fill("Example")
    page.locator("#id_birth_year").fill("١٩٩٤")
    page.locator("input[name=sex][value=female]").check()
    page.locator("form.read .form-end button").click()
    page.locator("input[name=not_alike]").wait_for(state="attached")
    assert (visitor.violations(), visitor.overflows()) == ([], [])

    visitor.open(reverse("person_edit", args=[dalia.id]))
    change_person(nora, person_id=dalia.id, expected_version=1, details=DALYA)
    page.locator("#id_family_name").fill("Typed")
    page.locator("form.read .form-end button").click()
    page.get_by_text("Typed", exact=True).wait_for()
    assert (visitor.violations(), visitor.overflows()) == ([], [])
