"""Weights worked out from answers give back what the answers were made of, and refuse what carries none."""

import random
from dataclasses import replace

import pytest

from homeward.estimators.components import components, standardised_alpha
from homeward.surveys.rules import Missing
from homeward.surveys.scoring.deriving import CannotDerive, derive
from homeward.surveys.scoring.profile import Dimension, DimensionRule, Item, Profile, Treatment, Way

FIVE = {"a": 0.0, "b": 0.25, "c": 0.5, "d": 0.75, "e": 1.0}
LOADS = {"strong": 0.9, "middling": 0.7, "weak": 0.5, "turned": -0.8}
POLICY = dict.fromkeys(Missing, Treatment.LACKING)
START = Profile(
    "test",
    "t",
    "t",
    (
        *(
            Item(name, Dimension.ECONOMIC, way=Way.DOWN if load < 0 else Way.UP, points=FIVE)
            for name, load in LOADS.items()
        ),
        Item("alone", Dimension.SOCIAL, points=FIVE),
    ),
    {Dimension.ECONOMIC: DimensionRule(), Dimension.SOCIAL: DimensionRule()},
    POLICY,
    is_provisional=False,
    verified_by="somebody",
)


def people(number, seed=7):
    """Answers of people with one trait behind them, cut into five; a tenth of each is missing."""
    chance = random.Random(seed)  # noqa: S311
    for _person in range(number):
        trait = chance.gauss(0, 1)
        answers = {}
        for name, load in {**LOADS, "alone": 0.6}.items():
            behind = load * trait + (1 - load * load) ** 0.5 * chance.gauss(0, 1)
            if chance.random() > 0.1:
                answers[name] = "abcde"[sum(behind > cut for cut in (-1.2, -0.4, 0.4, 1.2))]
        yield answers


FORMS = list(people(1500))


def test_stronger_items_weigh_more_and_everything_to_judge_it_by_is_told():
    found = derive(FORMS, START)
    weights = {one.path: one.weight for one in found.profile.items}
    assert weights["strong"] > weights["turned"] > weights["middling"] > weights["weak"] > 0
    assert sum(weights[name] for name in LOADS) == pytest.approx(4, abs=0.001)
    told = found.told["dimensions"]["economic"]
    loads = [abs(one) for one in LOADS.values()]  # correlations by one trait are products of loads
    wanted = [[1.0 if a == b else a * b for b in loads] for a in loads]
    assert told["explained"] == pytest.approx(components(wanted)[0].eigenvalue / 4, abs=0.03)
    assert told["ordinal_alpha"] == pytest.approx(standardised_alpha(wanted), abs=0.03)
    assert 0.7 < told["alpha"] < told["ordinal_alpha"]
    assert told["items"]["strong"]["answered"] < 1500
    assert found.told["composite"]["forms"] > 1000


def test_what_comes_out_is_provisional_whatever_it_was_begun_from():
    profile = derive(FORMS, START).profile
    assert (profile.is_provisional, profile.verified_by) == (True, "")
    assert [one.points for one in profile.items] == [one.points for one in START.items]


def test_too_few_forms_carry_no_weights():
    with pytest.raises(CannotDerive) as refused:
        derive(FORMS[:199], START)
    assert refused.value.code == "too_few"


def test_an_item_that_runs_against_the_others_is_named():
    items = tuple(replace(one, way=Way.UP) for one in START.items)
    with pytest.raises(CannotDerive) as refused:
        derive(FORMS, replace(START, items=items))
    assert (refused.value.code, refused.value.paths) == ("runs_against", ("turned",))


def test_an_item_that_everybody_answers_alike_is_named():
    forms = [{**one, "weak": "a"} for one in FORMS]
    with pytest.raises(CannotDerive) as refused:
        derive(forms, START)
    assert refused.value.code == "all_alike"
    assert "weak" in refused.value.paths
