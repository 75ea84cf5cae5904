"""Scores worked out by hand: every kind of missing, coverage, direction, weights."""

import pytest

from homeward.surveys.rules import Missing
from homeward.surveys.scoring.profile import (
    Band,
    Dimension,
    DimensionRule,
    Item,
    Profile,
    Reason,
    Treatment,
    Way,
)
from homeward.surveys.scoring.score import score
from homeward.surveys.scoring.shipped import shipped_profile

E, S, P = Dimension.ECONOMIC, Dimension.SOCIAL, Dimension.PSYCHOSOCIAL
FIVE = {"a": 1.0, "b": 0.75, "c": 0.5, "d": 0.25, "e": 0.0}
YES_NO = {"yes": 1.0, "no": 0.0}
POLICY = {
    Missing.NOT_ASKED: Treatment.LACKING,
    Missing.NOT_APPLICABLE: Treatment.LEAVE_OUT,
    Missing.DONT_KNOW: Treatment.LACKING,
    Missing.REFUSED: Treatment.LACKING,
}
ITEMS = (
    Item("money", E, 2.0, points=FIVE),
    Item("work", E, points=YES_NO),
    Item("debt", E, way=Way.DOWN, points=FIVE),
    Item("home", S, points=FIVE),
    Item("rooms", S, least=0, most=4),
    Item("friends", P, points=FIVE),
)
PROFILE = Profile(
    "test",
    "Test",
    "worked by hand",
    ITEMS,
    {E: DimensionRule(2.0, 0.5), S: DimensionRule(1.0, 0.5), P: DimensionRule(1.0, 1.0)},
    POLICY,
    (Band("low", 0), Band("middle", 0.33), Band("high", 0.66)),
    {"sustainable": 0.5},
)
WHOLE = {"money": "b", "work": "no", "debt": "d", "home": "c", "rooms": 3, "friends": "a"}


def missing(kind):
    return {"missing": kind.value}


def scored(**answers):
    return score({**WHOLE, **answers}, PROFILE)


def test_a_whole_form_is_scored_as_by_hand():
    got = scored()
    # money 2 x .75, work 1 x 0, debt 1 x (1 - .25) = 2.25 over 4
    assert got.dimensions[E].value == 0.5625
    # home .5, rooms 3 of 4 = .75
    assert got.dimensions[S].value == 0.625
    assert got.dimensions[P].value == 1.0
    # twice the economic one: (2 x .5625 + .625 + 1) / 4
    assert got.composite.value == 0.6875
    assert [one.coverage for one in (*got.dimensions.values(), got.composite)] == [1, 1, 1, 1]
    assert not got.dimensions[E].missing


@pytest.mark.parametrize("kind", [Missing.DONT_KNOW, Missing.REFUSED, Missing.NOT_ASKED])
def test_what_could_have_been_answered_lowers_the_coverage_and_is_no_zero(kind):
    got = scored(work=missing(kind)).dimensions[E]
    # 2 x .75 + .75 over 3; three of four weights answered
    assert (got.value, got.coverage) == (0.75, 0.75)
    assert got.missing == {Reason(kind.value): 1}


def test_what_is_not_there_at_all_was_not_asked():
    answers = {path: value for path, value in WHOLE.items() if path != "work"}
    assert score(answers, PROFILE).dimensions[E].missing == {Reason.NOT_ASKED: 1}


def test_what_does_not_apply_is_left_out_of_score_and_coverage():
    got = scored(work=missing(Missing.NOT_APPLICABLE)).dimensions[E]
    assert (got.value, got.coverage) == (0.75, 1.0)


def test_below_the_minimum_coverage_there_is_a_reason_and_no_number():
    got = scored(money=missing(Missing.REFUSED), work=missing(Missing.REFUSED))
    economic = got.dimensions[E]
    assert (economic.value, economic.coverage, economic.reason) == (None, 0.25, Reason.LOW_COVERAGE)
    assert (got.composite.value, got.composite.reason) == (None, Reason.DIMENSION_MISSING)
    # (2 x .25 + 1 + 1) / 4
    assert got.composite.coverage == 0.625
    assert got.dimensions[S].value == 0.625


def test_exactly_the_minimum_is_enough():
    got = scored(money=missing(Missing.REFUSED)).dimensions[E]
    assert (got.value, got.coverage) == (0.375, 0.5)


def test_nothing_answered_and_nothing_that_applies_are_told_apart():
    none = score({}, PROFILE)
    assert {one.reason for one in none.dimensions.values()} == {Reason.NOTHING_ANSWERED}
    assert none.composite.value is None
    aside = scored(friends=missing(Missing.NOT_APPLICABLE)).dimensions[P]
    assert (aside.value, aside.coverage, aside.reason) == (None, 0.0, Reason.NOTHING_APPLIES)


def test_an_item_may_say_itself_what_its_missing_answer_does():
    items = (Item("home", S, points=FIVE, missing={Missing.REFUSED: Treatment.NO_SCORE}), *ITEMS[4:5])
    profile = Profile("t", "t", "t", items, {S: DimensionRule(1, 0)}, POLICY)
    got = score({"home": missing(Missing.REFUSED), "rooms": 4}, profile).dimensions[S]
    assert (got.value, got.reason, got.coverage) == (None, Reason.REQUIRED_MISSING, 0.5)


def test_an_answer_without_points_is_lacking_and_told():
    got = scored(work="perhaps", rooms="many")
    assert got.dimensions[E].missing == {Reason.UNKNOWN_ANSWER: 1}
    assert got.dimensions[S].value == 0.5


def test_numbers_beyond_the_range_count_as_its_ends():
    assert scored(rooms=40).dimensions[S].value == 0.75
    assert scored(rooms=-1).dimensions[S].value == 0.25


def test_bands_and_thresholds_are_two_things_and_neither_is_said_of_no_score():
    assert [PROFILE.band_of(value) for value in (0, 0.3299, 0.33, 0.66, 1, None)] == [
        "low",
        "low",
        "middle",
        "high",
        "high",
        "",
    ]
    assert [PROFILE.reaches("sustainable", value) for value in (0.5, 0.4999, None)] == [True, False, None]
    assert PROFILE.reaches("unheard of", 1) is None


def test_the_shipped_profile_says_that_it_is_provisional_and_scores_the_best_and_the_worst():
    profile = shipped_profile("sustainability")
    assert profile.is_provisional
    assert profile.verified_on is None
    assert {one.weight for one in profile.items} == {1.0}
    assert {rule.weight for rule in profile.dimensions.values()} == {1.0}
    for wanted in (1.0, 0.0):
        answers = {
            one.path: next(
                code
                for code, points in one.points.items()
                if points == (wanted if one.way == Way.UP else 1 - wanted)
            )
            for one in profile.items
        }
        got = score(answers, profile)
        assert [one.value for one in (*got.dimensions.values(), got.composite)] == [wanted] * 4
