"""A partner's list from upload to undoing, in a real browser, in three languages and on a phone."""

import pytest
from django.urls import reverse

from homeward.exchange.jobs import read_import, save_ready_rows
from homeward.exchange.queries import visible_imports
from homeward.exchange.tests.imports import AMINA, BILAL, ZAYN, a_list, row_of
from tests.browser import PHONE
from tests.cast import nora

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TWICE = row_of(AMINA, **{"File No.": "A-9", "First name": "Aminah", "Place of return": "Arbil"})


def look_closely(visit, path):
    """No fault in any language, and nothing wider than a phone."""
    for language in ("en", "fr", "ar"):
        visitor = visit(nora, language=language)
        page = visitor.open(path)
        assert visitor.violations() == [], f"{path} in {language}"
        page.set_viewport_size(PHONE)
        assert not visitor.overflows(), f"{path} in {language}: wider than a phone"


def test_a_list_comes_in_and_goes_again(visit, cast, as_actor):
    page = visit(nora).open(reverse("imports"))
    page.get_by_role("link", name="Upload a list").first.click()
    content = a_list(AMINA, TWICE, BILAL, ZAYN)
    page.get_by_label("The list").set_input_files(
        [{"name": "March.xlsx", "mimeType": "x", "buffer": content}]
    )
    page.get_by_role("button", name="Upload").click()
    page.get_by_text("You may leave").wait_for()
    with as_actor(nora):
        given = visible_imports(nora).get()
    read_import(nora, given.id)
    page.get_by_role("heading", name="What the columns mean").wait_for()
    look_closely(visit, reverse("import_columns", args=[given.id]))
    page.get_by_role("button", name="Continue to the preview").click()
    look_closely(visit, reverse("import", args=[given.id]))
    page.get_by_role("button", name="Record as unknown").click()
    page.get_by_text("Same person, add to the case").first.click()
    page.get_by_role("button", name="Keep these decisions").click()
    page.get_by_role("button", name="Save 4 ready rows").click()
    page.get_by_text("Saving").first.wait_for()
    save_ready_rows(nora, given.id)
    page.get_by_role("heading", name="What was saved").wait_for()
    look_closely(visit, reverse("import", args=[given.id]))
    page.get_by_role("button", name="Undo the whole import").click()
    page.get_by_role("heading", name="This import was undone").wait_for()
