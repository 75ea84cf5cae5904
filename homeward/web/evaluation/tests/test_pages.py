"""Pages of evaluation: a question asked in plain choices, its plan, and the card of its answer."""

import pytest

from homeward.access.actor import system_actor
from homeward.evaluation import jobs
from homeward.evaluation.commands import write_answer
from homeward.evaluation.models import Question
from homeward.evaluation.tests.asked import TITLE, a_question, an_extract
from homeward.evaluation.tests.framed import extract_of, frames
from tests.cast import RETURN_PARTNERS, rosa

worker = system_actor(RETURN_PARTNERS)
CHOICES = {
    "title": TITLE,
    "asked": "level",
    "side": "economic",
    "horizon": "12",
    "sesoi": "0.05",
    "place": "",
    "is_confirmatory": "on",
}


def answered(question, directory, **given):
    found = jobs.reckoned(question, extract_of(question, frames(directory, **given)))
    return write_answer(worker, question_id=question.id, finding=found)


@pytest.fixture
def page(cast, client_of):
    client = client_of(rosa)
    return lambda question, language="en": client.get(
        f"/evaluation/{question.id}", headers={"accept-language": language}
    ).content.decode()


def test_a_question_is_asked_in_plain_choices(cast, client_of, as_actor):
    extract = an_extract()
    sent = client_of(rosa).post("/evaluation/new", {**CHOICES, "extract_id": str(extract.id)})
    assert sent.status_code == 302
    with as_actor(rosa):
        question = Question.objects.get()
    assert question.spec == {
        "estimand": "mean",
        "outcome": "economic",
        "sesoi": 0.05,
        "confirmatory": True,
        "horizon_months": 12,
    }


def test_what_the_domain_refuses_stands_beside_the_question(cast, client_of):
    extract = an_extract()
    write_answer(worker, question_id=a_question(extract=extract).id, finding={"claim": "refused"})
    sent = client_of(rosa).post("/evaluation/new", {**CHOICES, "extract_id": str(extract.id)})
    assert sent.status_code == 422
    assert "say it is exploratory" in sent.content.decode()


def test_without_an_extract_the_page_says_what_to_do_first(cast, client_of):
    assert "No extract is ready" in client_of(rosa).get("/evaluation/new").content.decode()


def test_the_card_says_the_sentence_the_evidence_and_who_is_missing(page, tmp_path):
    question = a_question()
    answered(question, tmp_path)
    text = page(question)
    assert "12 months after return" in text
    assert "level 1 of 5" in text
    assert "of those asked about were reached" in text
    assert question.spec_sha256 in text


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "12 mois après le retour"), ("ar", "12 شهر بعد العودة")]
)
def test_the_card_is_in_the_readers_language(page, tmp_path, language, words):
    question = a_question()
    answered(question, tmp_path)
    assert words in page(question, language)


def test_a_refused_answer_says_what_would_be_needed(page, tmp_path):
    question = a_question()
    answered(question, tmp_path, n=15)
    text = page(question)
    assert "This cannot be answered yet" in text
    assert "answers that weigh as much as those of 15 people" in text


def test_what_too_few_people_stand_behind_shows_no_number(page, tmp_path):
    question = a_question()
    found = answered(question, tmp_path, n=9)
    text = page(question)
    assert "Too few people stand behind this" in text
    assert f"{found.finding['estimate']:.2f}" not in text


def test_a_trouble_is_told(page):
    question = a_question()
    write_answer(worker, question_id=question.id, trouble="The file is away.")
    assert "The file is away." in page(question)


def test_the_questions_to_the_database_do_not_grow_with_the_list(
    cast, client_of, django_assert_max_num_queries
):
    client = client_of(rosa)
    for number in range(5):
        a_question(title=f"A question, number {number}", is_confirmatory=False)
    client.get("/evaluation/")
    with django_assert_max_num_queries(24):
        text = client.get("/evaluation/").content.decode()
    assert text.count("Being worked out") == 5
