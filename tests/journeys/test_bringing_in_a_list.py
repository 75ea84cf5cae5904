"""A partner's messy list of 1,200 rows, brought in at the browser."""

from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse

from homeward.exchange.jobs import read_import, save_ready_rows
from tests.cast import nora
from tests.journeys.people_at_work import follow, press, stage_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LIST = Path(__file__).parent.parent / "data" / "partner-returns-a.xlsx"


def test_nora_uploads_a_list_checks_it_saves_what_is_ready_and_opens_a_case_of_it(visit, cast):
    nora_at_work = visit(nora)
    nora_at_work.page.set_default_timeout(30_000)
    import_id = upload(nora_at_work)
    read_import(nora, import_id)
    ready = check(nora_at_work, import_id)
    save_ready_rows(nora, import_id)
    page = nora_at_work.open(reverse("import", args=[import_id]))
    page.get_by_role("heading", name="What was saved").wait_for()
    assert figure(page) == ready
    follow(page, "To the cases")
    with page.expect_navigation():
        page.locator("th[scope=row] a").first.click()
    assert stage_of(page)
    assert page.get_by_text("Case imported from a partner’s list").count()


def upload(visitor):
    page = visitor.open(reverse("imports"))
    follow(page, "Upload a list")
    page.locator("input[type=file]").set_input_files(LIST)
    press(page, "Upload")
    assert page.get_by_role("progressbar").count(), "the page says that the list is being read"
    return UUID(page.url.rstrip("/").split("/")[-1])


def check(visitor, import_id):
    """Nora looks at columns and preview, and saves what is ready: how many rows that are."""
    page = visitor.open(reverse("import", args=[import_id]))
    page.get_by_role("heading", name="What the columns mean").wait_for()
    press(page, "Continue to the preview")
    page.get_by_role("heading", name="Check before anything is saved").wait_for()
    page.get_by_role("heading", name="Problems, most rows first").wait_for()
    ready = figure(page)
    assert ready > 100
    assert visitor.violations() == []
    with page.expect_navigation():
        page.locator("form[action$='/save/'] button").click()
    return ready


def figure(page):
    """The first of the large figures."""
    return int(page.locator(".big").first.inner_text().replace(",", ""))
