"""The inbox: what waits for whom, oldest promise first."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.commands import open_in_emergency, set_next_step
from homeward.cases.queries import get_case
from homeward.cases.tests.handing import offered
from homeward.web.inbox import InboxTask, groups
from tests.cast import adil, ines, jonas, nora, otto, salma, stranger, vera

INBOX = reverse("inbox")
TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def _no_counts_from_before(db):
    cache.clear()


def promised(case, words, day):
    with acting_as(nora):
        version = get_case(nora, case.id).version
    set_next_step(nora, case_id=case.id, expected_version=version, next_step=words, next_step_on=day)


@pytest.mark.parametrize("actor", [otto, salma, adil, stranger], ids=lambda actor: actor.name)
def test_what_waits_for_others_is_not_shown(client_of, sami, actor):
    promised(sami, "Call the civil registry", localdate())
    page = client_of(actor).get(INBOX)
    assert page.status_code == 200
    assert "civil registry" not in page.content.decode()
    assert sami.reference not in page.content.decode()
    assert "Nothing waits for you" in page.content.decode()


def test_a_late_promise_comes_first_and_says_how_late(client_of, sami):
    promised(sami, "Call the civil registry", localdate() - timedelta(days=7))
    page = client_of(nora).get(INBOX).content.decode()
    for words in (
        "Call the civil registry",
        "7 days late",
        "1 promise passed",
        "Sami Example",
        sami.reference,
    ):
        assert words in page, words
    assert page.index("Late<small>") < page.index("Call the civil registry")


def test_the_menu_says_how_much_waits(client_of, sami):
    promised(sami, "Call", localdate())
    page = client_of(nora).get(reverse("cases")).content.decode()
    assert 'class="count">1<span' in page


def test_an_offered_case_waits_for_the_organisation_it_is_offered_to_without_a_name(client_of, sami):
    assert "offers a case" not in client_of(jonas).get(INBOX).content.decode()
    handover = offered(nora, jonas, sami.id)
    page = client_of(jonas).get(INBOX).content.decode()
    assert "Return Partners Demo offers a case" in page
    assert "Until you answer, Nora Sample stays responsible." in page
    assert reverse("handover", args=[handover.id]) in page
    assert "Sami" not in page


def test_emergency_access_waits_for_a_review_by_somebody_else(client_of, sami):
    opened = open_in_emergency(nora, reference=sami.reference, reason="Somebody threatens him now")
    review = reverse("emergency_review", args=[opened.id])
    page = client_of(ines).get(INBOX).content.decode()
    assert review in page
    assert "Sami" not in page
    assert review not in client_of(nora).get(INBOX).content.decode()
    assert review not in client_of(vera).get(INBOX).content.decode()  # another organisation


def test_tasks_are_grouped_by_when_and_running_work_comes_last():
    days = {"late": -1, "today": 0, "week": 6, "later": 7}
    tasks = [InboxTask(code, "/", "flag", when=TODAY + timedelta(days=days[code])) for code in days]
    tasks += [InboxTask("undated", "/", "flag"), InboxTask("running", "/", "file", done=3, all=9)]
    found = groups(tasks, TODAY)
    assert [group.id for group in found] == [*days, "undated", "running"]
    assert [task.task.title for group in found for task in group.tasks] == [*days, "undated", "running"]


def test_queries_do_not_grow_with_what_waits(client_of, sami, django_assert_max_num_queries):
    client = client_of(nora)
    client.get(INBOX)
    with django_assert_max_num_queries(54) as empty:
        client.get(INBOX)
    promised(sami, "Call", localdate())
    with django_assert_max_num_queries(len(empty)):
        client.get(INBOX)


def test_the_line_of_a_task_has_the_comma_of_the_readers_language(client_of, sami):
    promised(sami, "Call the civil registry", localdate())
    shown = client_of(nora)
    shown.cookies["django_language"] = "ar"
    page = shown.get(INBOX).content.decode()
    after = page[page.index(sami.reference) + len(sami.reference) :][:60]
    assert after.startswith("</span>، ")
