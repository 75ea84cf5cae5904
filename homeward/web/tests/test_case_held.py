"""What a partner's list told, on the case file; what it said of vulnerability opens with a reason."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.exchange.queries import held_of
from homeward.exchange.tests.imports import brought, saved
from homeward.lib.identifiers import new_id
from tests.cast import nora, stranger, vera


@pytest.fixture
def amina(cast):
    """A case that came in with a partner's list, and what is kept of the list."""
    saved(nora, brought(nora))
    with acting_as(nora):
        row = next(r for r in listed_cases(nora, CaseFilters(), localdate()) if r.latin_name == "Amina Demo")
        return row.case_id, held_of(nora, row.case_id)[0]


def page_of(client, case_id):
    return client.get(reverse("case", args=[case_id])).content.decode()


def test_a_coordinator_and_a_stranger_open_nothing(client_of, amina):
    case_id, kept = amina
    url = reverse("case_held_open", args=[case_id, kept.id])
    assert client_of(vera).post(url, {"reason": "needs"}).status_code == 403
    assert client_of(stranger).post(url, {"reason": "needs"}).status_code == 404


def test_what_the_list_told_stands_in_the_file_with_its_source(client_of, amina):
    page = page_of(client_of(nora), amina[0])
    for words in ("From partners’ lists", "EUR 2,000.00", "a shop", "No consent rests on it"):
        assert words in page, words
    assert "VoT" not in page


def test_vulnerability_opens_only_with_a_reason_and_on_the_record(client_of, amina):
    case_id, kept = amina
    client, url = client_of(nora), reverse("case_held_open", args=[case_id, kept.id])
    assert "VoT" not in client.get(url).content.decode()
    unsaid = client.post(url, {})
    assert unsaid.status_code == 422
    assert "VoT" not in unsaid.content.decode()
    assert "VoT" in client.post(url, {"reason": "safety"}).content.decode()
    with acting_as(nora):
        entry = Entry.objects.get(action="held.open")
    assert (entry.case_id, entry.note) == (case_id, "safety")


def test_what_was_kept_of_another_case_is_not_there(client_of, amina, sami):
    url = reverse("case_held_open", args=[sami.id, amina[1].id])
    assert client_of(nora).post(url, {"reason": "needs"}).status_code == 404
    missing = reverse("case_held_open", args=[amina[0], new_id()])
    assert client_of(nora).post(missing, {"reason": "needs"}).status_code == 404
