"""The access matrix of pages holds, and no page is missing from it."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.lib.identifiers import new_id
from homeward.web import inbox
from tests.access.pages import EXCEPTIONS, ROWS
from tests.cast import ACTORS
from tests.clients import client_with, session_of

PROGRAMS = ("api", "sync")  # they have a matrix of their own
PLACES_MADE = list(dict.fromkeys(row.kwargs for row in ROWS))
BY_PLACE = [(row.kwargs, row) for row in sorted(ROWS, key=lambda row: PLACES_MADE.index(row.kwargs))]


@pytest.fixture(scope="module")
def sessions(standing_cast):
    """Who signed in once for all rows, by name: the key of each one's session. Their tasks are counted."""
    with pytest.MonkeyPatch.context() as longer:
        longer.setattr(inbox, "COUNT_KEPT_SECONDS", 3600)
        for actor in ACTORS.values():
            with acting_as(actor):
                inbox.keep_count(actor, inbox.waiting(actor, localdate()))
    return {name: session_of(actor) for name, actor in ACTORS.items()}


def _pages(resolver, places=()):
    for entry in resolver.url_patterns:
        here = {**dict(places), **entry.pattern.converters}
        if not isinstance(entry, URLResolver):
            yield entry.name, here
        elif not str(entry.namespace or "").startswith(PROGRAMS):
            yield from _pages(entry, here)


PLACES = dict(_pages(get_resolver()))  # what stands in each page's address


def test_every_page_is_in_the_matrix():
    missing = set(PLACES) - {row.name for row in ROWS} - EXCEPTIONS
    assert not missing, f"add rows to tests/access/pages.py for {sorted(map(str, missing))}"


def test_the_matrix_names_no_page_that_is_gone():
    gone = ({row.name for row in ROWS} | EXCEPTIONS) - set(PLACES)
    assert not gone


@pytest.fixture(scope="module")
def place(request, sessions, django_db_blocker):
    """What pages are about, made once for all rows in turn that ask for the same."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield dict(request.param())
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "row"), BY_PLACE, ids=[str(row) for _made, row in BY_PLACE], indirect=["place"]
)
def test_each_of_the_cast_gets_the_answer_that_the_matrix_says_and_no_cache_keeps_it(place, row, sessions):
    said = by_name(row)
    assert set(said) <= set(ACTORS) | {"others", "anonymous"}
    clients = {name: client_with(sessions[name]) for name in sessions}
    clients["anonymous"] = Client()
    path, form = reverse(row.name, kwargs=place), dict(row.form())
    answers = {name: _answer(client, row.method, path, form) for name, client in clients.items()}
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == {name: _expected(said, name) for name in clients}
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers.values())


def _answer(client, method, path, form):
    with transaction.atomic():
        client.raise_request_exception = False
        answer = getattr(client, method)(path, form)
        transaction.set_rollback(True)
    return answer


def by_name(row):
    """The row's answers with one name to each."""
    return {name: status for names, status in row.answers.items() for name in names.split()}


def _expected(said, name):
    if name in said:
        return said[name]
    return 302 if name == "anonymous" else said["others"]


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "post"], ids=str)
def test_nothing_is_changed_by_a_form_that_another_site_sent(row, sessions):
    said = by_name(row)
    name = next((name for name in ACTORS if said.get(name, said.get("others")) < 400), "nora")
    client = client_with(sessions[name], enforce_csrf_checks=True)
    assert client.post(reverse(row.name, kwargs=_somewhere(row))).status_code == 403


def _somewhere(row):
    """A place of the page's kind where nothing is: were it looked for, the answer would be another."""
    if PLACES[row.name]:
        return {place: new_id() if str(place).endswith("_id") else "1" for place in PLACES[row.name]}
    return dict(row.kwargs())
