"""What may change nothing in a whole finding: order, scale, names of the arms, doubled rows."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from homeward.evaluation.answering import finding_of
from homeward.evaluation.rules import Claim, Design, Spec

COMPARISON = Spec(
    "overlap", outcome="score", treatment="assisted", covariates=("before",), baseline="before", sesoi=0.05
)
WEIGHTED = Spec("mean", outcome="score", design=Design(weight="weight", psu="office"), sesoi=0.05)


@pytest.fixture(scope="module")
def rows():
    chance = np.random.default_rng(5)
    frame = pd.DataFrame({"before": chance.normal(size=400), "office": np.arange(400) % 40})
    frame["assisted"] = (chance.random(400) < 1 / (1 + np.exp(-0.5 * frame["before"]))).astype(int)
    frame["score"] = frame["before"] + 0.5 * frame["assisted"] + chance.normal(size=400)
    return frame.assign(weight=chance.uniform(1, 4, 400), sex=chance.choice(["female", "male"], 400))


def numbers(frame, spec):
    found = finding_of(frame, spec, "")
    return np.array([found.estimate, found.se, *found.ci])


@pytest.mark.parametrize("spec", [COMPARISON, WEIGHTED], ids=lambda one: one.estimand)
def test_the_order_of_rows_says_nothing(rows, spec):
    np.testing.assert_allclose(numbers(rows.sample(frac=1, random_state=1), spec), numbers(rows, spec))


def test_the_scale_of_weights_says_nothing(rows):
    again = numbers(rows.assign(weight=7.5 * rows["weight"]), WEIGHTED)
    np.testing.assert_allclose(again, numbers(rows, WEIGHTED))


def test_swapping_the_arms_turns_the_sign_and_nothing_else(rows):
    estimate, error, low, high = numbers(rows, COMPARISON)
    swapped = numbers(rows.assign(assisted=1 - rows["assisted"]), COMPARISON)
    np.testing.assert_allclose(swapped, [-estimate, error, -high, -low], rtol=1e-6)


def test_doubling_every_row_inside_its_cluster_leaves_the_error(rows):
    doubled = pd.concat([rows, rows], ignore_index=True)
    np.testing.assert_allclose(numbers(doubled, WEIGHTED), numbers(rows, WEIGHTED))


def test_a_constant_outcome_has_no_error_and_no_sentence_of_an_effect(rows):
    same = rows.assign(score=0.4)
    level = finding_of(same, WEIGHTED, "")
    assert (level.estimate, level.se) == (pytest.approx(0.4), pytest.approx(0))
    effect = finding_of(same, COMPARISON, "")
    assert effect.claim == Claim.REFUSED or effect.estimate == pytest.approx(0)
    assert "raised" not in effect.sentence["en"]


def test_arms_that_a_fact_tells_apart_perfectly_are_refused(rows):
    apart = rows.assign(assisted=(rows["before"] > 0).astype(int))
    found = finding_of(apart, COMPARISON, "")
    assert found.claim == Claim.REFUSED
    assert found.refusals


def test_a_domain_is_the_ratio_of_its_indicator(rows):
    by = finding_of(rows, replace(WEIGHTED, by=("sex",)), "")
    women = next(one for one in by.parts if "female" in one.label)
    is_woman = (rows["sex"] == "female").astype(float)
    told = rows.assign(top=rows["score"] * is_woman, bottom=is_woman)
    ratio = Spec("ratio", outcome="top", options={"denominator": "bottom"}, design=WEIGHTED.design)
    np.testing.assert_allclose([women.estimate, women.se], numbers(told, ratio)[:2])
