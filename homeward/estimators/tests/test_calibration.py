"""Weights for non-response and calibrated weights, against R's survey and by simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.estimators.calibration import (
    calibrate,
    delta_to_tip,
    kish,
    rake,
    response_cells,
    response_propensity,
    trim,
)
from homeward.estimators.designs import design_of
from homeward.estimators.means import mean, total
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.tests.asked import STRATA, WEIGHT, X, Y, of_r, twelve
from homeward.estimators.unreachable import double_sample

ONES = np.ones(12)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"distance": "logit"}, "bounds_needed"),
        ({"distance": "logit", "bounds": (1.1, 2)}, "bounds_needed"),
        ({"bounds": (0.95, 1.02)}, "no_weights_reach_the_totals"),
    ],
)
def test_totals_that_no_weights_reach_are_refused(given, reason):
    with pytest.raises(CannotEstimate, match=reason):
        calibrate(np.column_stack([ONES, X]), [250, 100], WEIGHT, **given)


@pytest.mark.parametrize(
    ("margins", "reason"),
    [
        ([(STRATA, {"A": 60, "B": 120, "C": 5})], "nobody_in_cell"),
        ([(STRATA, {"A": 60})], "cell_without_total"),
        ([(STRATA, {"A": 60, "B": 120}), (X, {0: 90, 1: 100})], "margins_disagree"),
    ],
)
def test_margins_that_do_not_fit_are_refused(margins, reason):
    with pytest.raises(CannotEstimate, match=reason):
        rake(margins, WEIGHT)


def test_answers_that_something_tells_apart_are_refused():
    with pytest.raises(CannotEstimate, match="perfect_separation"):
        response_propensity([0] * 6 + [1] * 6, np.arange(12))
    with pytest.raises(CannotEstimate, match="no_variation"):
        response_propensity([1] * 12, np.arange(12))
    with pytest.raises(CannotEstimate, match="too_few") as refused:
        response_cells(X, STRATA)
    assert refused.value.needs["cells"] == "A, B"


# calibrate() of R survey 4.1-1: mean and its error, total and its error, first three weights
OF_R = [
    ({}, (665.309071166, 3.4417531164, 3638487.20413, 385524.427352), (51.6327425949, 27.0383583151)),
    (
        {"distance": "raking"},
        (665.393795996, 3.43775353949, 3616588.56447, 387618.630781),
        (49.2163862108, 26.7212671665),
    ),
    (
        {"distance": "logit", "bounds": (0.5, 2)},
        (665.41484411, 3.42865384563, 3640110.40158, 382851.164534),
        (52.6366052179, 25.9832968972),
    ),
    ({"bounds": (0.6, 1.6)}, (665.484945931, 3.41838740287), (54.1551940918, 25.7678941854)),
]


@pytest.mark.parametrize(("way", "told", "weights"), OF_R)
def test_schools_calibrated_as_r_tells_them(way, told, weights):
    data = of_r("survey", "apiclus1")
    drawn = design_of(len(data), weight=data.pw, psu=data.dnum, fpc=data.fpc)
    x = np.column_stack([np.ones(len(data)), data.stype == "H", data.stype == "M", data.api99])
    found = calibrate(x, [6194, 755, 1018, 3914069], data.pw, **way)
    after = drawn.calibrated(found.weights, found.x)
    each = (mean(data.api00, after), total(data.enroll, after))
    mine = [number for one in each for number in (one.estimate, one.se)]
    assert mine[: len(told)] == pytest.approx(told, rel=2e-8)
    assert found.weights[:2] == pytest.approx(weights, rel=2e-8)
    assert found.weights @ x == pytest.approx([6194, 755, 1018, 3914069])


def test_schools_raked_as_r_tells_them():
    data = of_r("survey", "apiclus1")
    drawn = design_of(len(data), weight=data.pw, psu=data.dnum, fpc=data.fpc)
    found = rake(
        [(data.stype, {"E": 4421, "H": 755, "M": 1018}), (data["sch.wide"], {"No": 1072, "Yes": 5122})],
        data.pw,
    )
    whole = total(data.enroll, drawn.calibrated(found.weights, found.x))
    assert (whole.estimate, whole.se) == pytest.approx((3647280.14888, 400603.257109), rel=1e-8)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["greg", "raking"]))
def test_what_was_calibrated_on_has_no_error_left_and_totals_are_met(seed, distance):
    draws = np.random.default_rng(seed)
    x = np.column_stack([np.ones(40), draws.random(40) < 0.5])
    weights = draws.uniform(5, 20, 40)
    wanted = weights @ x * draws.uniform(0.9, 1.1, 2)
    found = calibrate(x, wanted, weights, distance=distance)
    assert found.weights @ x == pytest.approx(wanted, rel=1e-8)
    known = total(x[:, 1], design_of(40, weight=weights).calibrated(found.weights, found.x))
    assert known.se == pytest.approx(0, abs=1e-8 * wanted[1])


def test_weights_that_meet_the_totals_stay():
    x = np.column_stack([ONES, X])
    assert calibrate(x, WEIGHT @ x, WEIGHT).weights == pytest.approx(WEIGHT)


def test_trimming_keeps_the_sum_and_the_bound_and_tells_both_effects():
    found = trim([1, 1, 1, 1, 1, 1, 1, 20], times_median=4)
    assert found.weights.sum() == pytest.approx(27)
    assert found.weights.max() == pytest.approx(4)
    assert (found.cut, found.before > found.after) == (1, True)
    with pytest.raises(CannotEstimate, match="bounds_too_narrow"):
        trim([1, 1, 8], most=2)


def test_kish_by_hand():
    assert kish([1, 1, 1, 0]) == 1
    assert kish([1, 3]) == pytest.approx(2 * 10 / 16)


def test_cells_weigh_by_who_answered_in_them():
    said = np.array([True] * 30 + [False] * 10 + [True] * 20 + [False] * 20)
    found = response_cells(said, ["a"] * 40 + ["b"] * 40)
    assert found.weights.sum() == pytest.approx(80)
    assert set(np.round(found.weights, 6)) == {0.0, round(4 / 3, 6), 2.0}
    assert found.response_rate == pytest.approx(50 / 80)
    assert found.r_indicator == pytest.approx(1 - 2 * np.sqrt(0.125**2 * 80 / 79))


def attrition(draws, ignorable, n=4000):
    """Biases of those who answered, plain and weighted; unless ignorable, how they do tells who answers."""
    age = draws.normal(size=n)
    y = 0.5 + 0.08 * age + draws.normal(0, 0.15, n)
    pull = 0.7 * age + (0 if ignorable else 4 * (y - 0.5 - 0.08 * age))
    said = draws.random(n) < 1 / (1 + np.exp(-(0.6 + pull)))
    weighted = response_propensity(said, age)
    bias = float(np.average(y, weights=weighted.weights) - y.mean())
    return float(y[said].mean() - y.mean()), bias, y, said


def test_weighting_cures_what_is_known_to_tell_who_answers():
    draws = np.random.default_rng(5)
    plain, weighted = np.mean([attrition(draws, ignorable=True)[:2] for _round in range(40)], axis=0)
    assert plain > 0.015
    assert abs(weighted) < 0.003


def test_what_weighting_does_not_cure_following_up_some_does():
    draws = np.random.default_rng(6)
    told = []
    for _round in range(40):
        _plain, weighted, y, said = attrition(draws, ignorable=False)
        missed = y[~said]
        reached = draws.choice(missed, size=round(0.35 * len(missed)), replace=False)
        followed = double_sample(list(y[said]), list(reached), len(missed))
        told.append((weighted, followed.mean - y.mean()))
    weighted, followed = np.mean(told, axis=0)
    assert weighted > 0.015
    assert abs(followed) < 0.003


def test_how_different_those_missed_would_have_to_be():
    assert delta_to_tip(0.62, 0.65, 0.55) == pytest.approx(-0.2)


def test_a_calibrated_design_keeps_its_places():
    x = np.column_stack([ONES, X])
    found = calibrate(x, [180, 115], WEIGHT)
    after = mean(Y, twelve().calibrated(found.weights, found.x))
    assert (after.df, after.n) == (4, 12)
    assert mean(X, twelve().calibrated(found.weights, found.x)).se == pytest.approx(0, abs=1e-12)
