"""The instruments that come along: whole in three languages, with every kind of missing, published once."""

import pytest

from homeward.access.acting import acting_as
from homeward.config.cli import main
from homeward.lib.problems import NotFound, Refused
from homeward.surveys.commands import load_shipped, receive
from homeward.surveys.filled.answers import answer_of
from homeward.surveys.forms.making import make_form
from homeward.surveys.library import LANGUAGES, shipped, shipped_names, workbook_of
from homeward.surveys.queries import get_submission
from homeward.surveys.rules import FormState, Kind, Missing, SubmissionState
from homeward.surveys.tests.books import filled
from tests.cast import nora, rosa

ECONOMIC = {"economy", "less_food", "credit", "borrows", "debt", "access_work", "works", "assets", "seeking"}
SOCIAL = {"access_housing", "housing", "access_school", "children_school", "access_justice", "has_document"}
SOCIAL |= {"access_documents", "water", "access_health", "health"}
PSYCHOSOCIAL = {
    "activities",
    "network",
    "belonging",
    "safety",
    "family_tension",
    "discrimination",
    "distress",
}
PSYCHOSOCIAL |= {"wants_support", "able_to_stay", "leaving"}


def test_there_are_seven():
    assert len(shipped_names()) == 7


@pytest.mark.parametrize("name", shipped_names())
def test_it_is_whole_in_three_languages_and_knows_who_did_not_answer(name):
    made = make_form(workbook_of(name))
    assert made.languages[0] == LANGUAGES["en"]
    for one in made.questions:
        if one.type in ("start", "end", "hidden"):
            continue
        assert set(one.labels) == set(LANGUAGES.values()), one.path
        assert all(set(choice.labels) == set(LANGUAGES.values()) for choice in one.choices), one.path
        if one.kind == Kind.ONE and not one.is_required and "refused" in {each.code for each in one.choices}:
            assert {"dont_know", "refused"} <= set(one.missing_codes), one.path


def test_the_survey_of_life_after_return_asks_every_construct():
    asked = {one.name for one in make_form(workbook_of("sustainability")).questions}
    assert asked >= ECONOMIC | SOCIAL | PSYCHOSOCIAL


def test_a_name_that_does_not_come_along_is_not_found(cast):
    with pytest.raises(Refused):
        load_shipped(nora, name="satisfaction")
    with pytest.raises(NotFound):
        load_shipped(rosa, name="../../etc/passwd")


def test_it_is_published_once_and_takes_answers(cast):
    made = load_shipped(rosa, name="satisfaction")
    assert made.state == FormState.PUBLISHED
    assert load_shipped(rosa, name="satisfaction").id == made.id
    code = shipped("satisfaction")["code"]
    given = "<journey>satisfied</journey><counselling>not_applicable</counselling><overall>refused</overall>"
    receipt = receive(nora, body=filled(given, form=code))
    assert receipt.state == SubmissionState.COMPLETE
    with acting_as(nora):
        answers = get_submission(nora, receipt.id).answers
    said = [answer_of(answers, name) for name in ("journey", "counselling", "overall", "expectations")]
    assert said == ["satisfied", Missing.NOT_APPLICABLE, Missing.REFUSED, Missing.NOT_ASKED]


def test_it_is_written_as_a_workbook_for_other_tools(tmp_path, capsys):
    assert main(["instruments", "export", "exit", str(tmp_path)]) == 0
    assert main(["instruments", "check", str(tmp_path)]) == 0
    assert "exit.xlsx: becomes exit 1" in capsys.readouterr().out
