"""The outcome picture: three sides by round with their reasons, what was happening; never a 0 for none."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.followup.commands import hand_in
from homeward.followup.tests.visits import a_visit
from homeward.outcomes.jobs import drain
from homeward.outcomes.rules import RoundPicture, Side, SideScore
from homeward.outcomes.tests.answers import answers, form_of
from homeward.surveys.commands import load_shipped
from homeward.surveys.scoring.commands import load_shipped_profile
from homeward.web.outcomes.drawing import figure_of
from tests.cast import RETURN_PARTNERS, hana, nora, rosa

DAY = localdate()


def scored(case):
    load_shipped(rosa, name="sustainability")
    load_shipped_profile(rosa, name="sustainability")
    for round_, given in (("baseline", answers(0.25, works="refused")), ("six_months", {})):
        visit = a_visit(case, instrument="sustainability", round=round_)
        hand_in(hana, body=form_of(given, respondent=visit.key))
    drain(system_actor(RETURN_PARTNERS))


@pytest.fixture
def page(sami, client_of):
    scored(sami)
    return lambda actor=nora: client_of(actor).get(f"/cases/{sami.id}/outcomes")


def test_every_side_stands_with_its_coverage_and_reason(page):
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page().content.decode()))
    for words in (
        "Economic",
        "Social",
        "Psychosocial",
        "All three together",
        "87% answered",
        "1 not answered by choice",
        "Nothing was answered.",
        "One of the three has no score.",
        "Provisional scores",
        "no score",
    ):
        assert words in told, words
    assert "0.00" not in told


def test_the_case_file_leads_to_it(page, sami, client_of):
    found = client_of(nora).get(f"/cases/{sami.id}/")
    assert f'href="/cases/{sami.id}/outcomes"' in found.content.decode()


def test_it_asks_the_database_little_however_many_rounds(
    page, sami, client_of, django_assert_max_num_queries
):
    browser = client_of(nora)
    browser.get(f"/cases/{sami.id}/outcomes")
    with django_assert_max_num_queries(34):
        browser.get(f"/cases/{sami.id}/outcomes")


def test_a_case_without_scores_says_how_they_come(sami, client_of):
    assert (
        "Nothing was asked and scored yet"
        in client_of(nora).get(f"/cases/{sami.id}/outcomes").content.decode()
    )


def test_over_rest_a_missing_score_is_null_with_its_reason(sami, client_of_integration):
    scored(sami)
    told = client_of_integration(Role.CASE_MANAGER, RETURN_PARTNERS).get(f"/cases/{sami.id}/outcomes")
    first, second = told.json()
    assert [one["side"] for one in first["sides"]] == ["economic", "social", "psychosocial", "composite"]
    assert first["sides"][0]["missing"] == {"refused": 1}
    assert second["sides"][1] == {
        "side": "social",
        "value": None,
        "band": "",
        "coverage": 0.0,
        "reason": "nothing_answered",
        "missing": {"not_asked": 10},
    }


def a_round(value, days=0, profile=None):
    sides = {side: SideScore(value, 0.9) for side in Side}
    return RoundPicture(None, None, "r", DAY + timedelta(days), sides, 1, profile, 1, True)


LABELS = [("Mar 26", "")] * 4


def test_lines_join_only_scores_of_one_profile_with_none_missing_between():
    rounds = [a_round(0.2), a_round(0.4), a_round(None), a_round(0.5)]
    assert len(figure_of(rounds, Side.SOCIAL, LABELS, is_rtl=False).links) == 1
    rounds = [a_round(0.2, profile=1), a_round(0.4, profile=2)]
    assert figure_of(rounds, Side.SOCIAL, LABELS, is_rtl=False).links == ()


def test_right_to_left_time_runs_from_the_right():
    rounds = [a_round(0.2), a_round(0.4)]
    there = [one.x for one in figure_of(rounds, Side.SOCIAL, LABELS, is_rtl=False).points]
    back = [one.x for one in figure_of(rounds, Side.SOCIAL, LABELS, is_rtl=True).points]
    assert back == [350 - x for x in there]
    assert back == sorted(back, reverse=True)


def test_numbers_of_the_drawing_are_the_browsers_in_every_language(page, sami, client_of):
    browser = client_of(nora)
    browser.cookies["django_language"] = "fr"
    with override("fr"):
        told = browser.get(f"/cases/{sami.id}/outcomes").content.decode()
    assert not re.search(r'\b(x|y|cx|cy)="\d+,', told)
