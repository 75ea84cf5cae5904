"""Pages of extracts: who asks, who answers, who takes away."""

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.extracts.commands import ask_extract
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from tests.cast import ines, nora, rosa
from tests.clients import client_of

pytestmark = pytest.mark.django_db
WHY, LINKED = "Evaluation of the spring programme", "The same people a year later"


@pytest.fixture(autouse=True)
def standing(standing_cast, db):
    pass


def state_of(extract):
    with acting_as(rosa):
        return Extract.objects.get(id=extract.id).state


def test_an_extract_without_a_reason_is_not_asked_for():
    page = client_of(rosa).post(reverse("extracts"), {"why": "so"})
    assert page.status_code == 422
    assert "Say what the extract is for." in page.content.decode()


def test_an_extract_is_asked_for_and_followed():
    browser = client_of(rosa)
    page = browser.post(reverse("extracts"), {"why": WHY}, follow=True).content.decode()
    assert "Waits to be made" in page
    assert "0 of 11 tables" in page
    assert "case_id" in page
    assert WHY in browser.get(reverse("extracts")).content.decode()


def test_who_asked_is_not_offered_the_answer_and_another_person_gives_it():
    extract = ask_extract(rosa, why=WHY, linkable_why=LINKED)
    address = reverse("extract", args=[extract.id])
    assert "May it be joined" not in client_of(rosa).get(address).content.decode()
    assert client_of(rosa).post(address, {"confirm": "1"}).status_code == 403
    assert client_of(nora).get(address).status_code == 403
    assert "May it be joined" in client_of(ines).get(address).content.decode()
    client_of(ines).post(address, {"confirm": "1"})
    assert state_of(extract) == ExtractState.ASKED


def test_an_extract_is_taken_away_for_a_reason():
    extract = ask_extract(rosa, why=WHY)
    address = reverse("extract", args=[extract.id])
    assert client_of(rosa).post(address, {"withdraw": "1", "why": ""}).status_code == 422
    client_of(rosa).post(address, {"withdraw": "1", "why": "Asked for by mistake"})
    assert state_of(extract) == ExtractState.WITHDRAWN


def test_the_list_asks_the_same_few_questions_however_long_it_is(django_assert_max_num_queries):
    browser = client_of(rosa)
    for _ in range(5):
        ask_extract(rosa, why=WHY)
    browser.get(reverse("extracts"))
    with django_assert_max_num_queries(30):
        browser.get(reverse("extracts"))
