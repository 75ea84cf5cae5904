"""The access matrix of pages holds, and no page is missing from it."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access.pages import EXCEPTIONS, ROWS
from tests.cast import ACTORS

PROGRAMS = ("api", "sync")  # they have a matrix of their own


def _pages(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not str(entry.namespace or "").startswith(PROGRAMS):
                yield from _pages(entry)
        else:
            yield entry.name


def test_every_page_is_in_the_matrix():
    missing = set(_pages(get_resolver())) - {row.name for row in ROWS} - EXCEPTIONS
    assert not missing, f"add rows to tests/access/pages.py for {sorted(map(str, missing))}"


def test_the_matrix_names_no_page_that_is_gone():
    gone = ({row.name for row in ROWS} | EXCEPTIONS) - set(_pages(get_resolver()))
    assert not gone


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_of_the_cast_gets_the_answer_that_the_matrix_says(row, client_of):
    said = by_name(row)
    assert set(said) <= set(ACTORS) | {"others", "anonymous"}
    clients = {name: client_of(actor) for name, actor in ACTORS.items()}
    clients["anonymous"] = Client()
    path, form = reverse(row.name, kwargs=dict(row.kwargs())), dict(row.form())
    answers = {name: _answer(client, row.method, path, form) for name, client in clients.items()}
    assert answers == {name: _expected(said, name) for name in clients}


def _answer(client, method, path, form):
    with transaction.atomic():
        client.raise_request_exception = False
        status = getattr(client, method)(path, form).status_code
        transaction.set_rollback(True)
    return status


def by_name(row):
    """The row's answers with one name to each."""
    return {name: status for names, status in row.answers.items() for name in names.split()}


def _expected(said, name):
    if name in said:
        return said[name]
    return 302 if name == "anonymous" else said["others"]


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "post"], ids=str)
def test_nothing_is_changed_by_a_form_that_another_site_sent(row, client_of):
    said = by_name(row)
    name = next((name for name in ACTORS if said.get(name, said.get("others")) < 400), "nora")
    client = client_of(ACTORS[name], enforce_csrf_checks=True)
    assert client.post(reverse(row.name, kwargs=dict(row.kwargs())), dict(row.form())).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "get"], ids=str)
def test_no_cache_keeps_a_page(row, client_of):
    said = by_name(row)
    name = next((name for name in ACTORS if said.get(name, said.get("others")) < 300), "nora")
    answer = client_of(ACTORS[name]).get(reverse(row.name, kwargs=dict(row.kwargs())))
    assert "no-store" in answer.headers["Cache-Control"]
