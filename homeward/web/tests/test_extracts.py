"""Pages of extracts: who asks, who answers, who takes away."""

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.exchange.analysts.commands import ask_file
from homeward.exchange.analysts.rules import AnalystFileState, AnalystFormat
from homeward.exchange.analysts.tests.made_up import ready_extract
from homeward.exchange.analysts.work import write_file
from homeward.exchange.models import AnalystFile
from homeward.extracts.commands import ask_extract
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from homeward.web.extracts.files import kept_back_because
from tests.cast import ines, mona, nora, rosa
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


def test_who_knows_names_is_offered_no_file(settings, tmp_path):
    settings.EXTRACTS_DIR = tmp_path / "extracts"
    extract = ready_extract()
    asked = ask_file(mona, extract_id=extract.id, format=AnalystFormat.CSV, why="The yearly evaluation")
    file = write_file(system_actor(mona.organisation_id), asked.id)
    address = reverse("extract", args=[extract.id])
    taken = reverse("extract_file", args=[extract.id, file.id])
    shown = client_of(rosa).get(address).content.decode()
    assert "The yearly evaluation" in shown
    assert taken not in shown
    assert "Make a file" not in shown
    shown = client_of(mona).get(address).content.decode()
    assert taken in shown
    assert "Make a file" in shown


@pytest.mark.parametrize(
    ("risk", "words"),
    [
        ({"k": 1, "l": 2, "overall": 0.01}, ["has 1; it has to have 5"]),
        ({"k": 20, "l": 1, "overall": 0.01}, ["something sensitive"]),
        ({"k": 20, "l": 2, "overall": 0.041}, ["4.1 could be found again; it has to be fewer than 3"]),
        ({"k": 2, "l": 0, "overall": 0.4}, ["has 2", "something sensitive", "40.0 could"]),
    ],
)
def test_a_file_that_was_kept_back_says_what_was_missed(risk, words):
    said = kept_back_because(AnalystFile(state=AnalystFileState.REFUSED, risk=risk))
    assert len(said) == len(words)
    assert all(word in told for word, told in zip(words, said, strict=True))
    assert kept_back_because(AnalystFile(state=AnalystFileState.READY, risk=risk)) == []
