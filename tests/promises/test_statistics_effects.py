"""Effects keep their bars: coverage, little overlap, those lost, speed. Small here, full in the drill."""

from time import perf_counter

import numpy as np
import pytest

from homeward.estimators.effects.regression import aipw
from homeward.estimators.effects.studies import Form, study
from homeward.estimators.effects.weighting import ipw, unadjusted
from homeward.estimators.propensity import area_under_curve, propensity_scores

SMALL = Form(small_sample=True)
MODERATE, STRONG = 0.68, 2.2


def compared(n, seed, strength):
    """Two groups that three facts of before tell apart; the effect is 0.5 for everybody."""
    rng = np.random.default_rng([seed, n])
    x = rng.normal(size=(n, 3))
    eta = strength * x @ [0.8, -0.6, 0.4]
    treated = rng.random(n) < 1 / (1 + np.exp(-eta))
    return x @ [0.5, -0.5, 0.3] + 0.5 * treated + rng.normal(size=n), treated, x, eta


def coverage(method, n, strength, draws):
    """The share of intervals that hold the truth, and the standard deviation of the estimates."""
    found = []
    for seed in range(draws):
        y, treated, x, _eta = compared(n, seed, strength)
        found.append(method(study(y, treated, x)).difference)
    inside = np.mean([one.low <= 0.5 <= one.high for one in found])
    return inside, np.std([one.estimate for one in found])


METHODS = {
    "aipw": lambda given: aipw(given, form=SMALL),
    "overlap": lambda given: ipw(given, "ATO", form=SMALL),
}


@pytest.mark.parametrize("name", METHODS)
def test_intervals_hold_the_truth_as_often_as_they_say(name):
    inside, _spread = coverage(METHODS[name], 150, MODERATE, 300)
    assert 0.915 <= inside <= 0.98


@pytest.mark.drill
@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("n", [100, 150, 300])
def test_intervals_hold_the_truth_at_full_size(name, n):
    _y, treated, _x, eta = compared(20_000, 0, MODERATE)
    assert 0.64 < area_under_curve(eta, treated) < 0.74
    inside, _spread = coverage(METHODS[name], n, MODERATE, 4_000)
    assert 0.93 <= inside <= 0.97


@pytest.mark.drill
@pytest.mark.parametrize("n", [150, 300])
def test_overlap_weights_hold_where_groups_hardly_overlap(n):
    _y, treated, _x, eta = compared(20_000, 0, STRONG)
    assert 0.86 < area_under_curve(eta, treated) < 0.92
    inside, spread = coverage(METHODS["overlap"], n, STRONG, 3_000)
    assert inside >= 0.93
    _other, wider = coverage(METHODS["aipw"], n, STRONG, 300)
    assert wider > spread


def left_behind(seed, n=3_000):
    """A randomised comparison of which those who do worse are lost, as what is known of before says."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 1))
    treated = rng.random(n) < 0.5
    y = 0.18 * (x[:, 0] + rng.normal(size=n)) + 0.05 * treated
    observed = rng.random(n) < 1 / (1 + np.exp(-0.6 - 0.9 * x[:, 0] * treated))
    return study(y, treated, x, observed=observed), y[treated].mean() - y[~treated].mean()


@pytest.mark.parametrize("draws", [40, pytest.param(1_000, marks=pytest.mark.drill)])
def test_weights_against_loss_mend_what_known_facts_explain(draws):
    bent, mended = [], []
    for seed in range(draws):
        given, truth = left_behind(seed)
        seen = given.observed
        bent.append(unadjusted(study(given.outcome[seen], given.treated[seen])).difference.estimate - truth)
        mended.append(by_products(given) - truth)
    assert np.mean(bent) > 0.02
    assert abs(np.mean(mended)) < 0.003


def by_products(given):
    """Loss depends on treatment and facts together, so each arm has weights of its own."""
    means = []
    for arm in given.arms:
        x = given.selection_design[arm][:, 1:]
        chance = propensity_scores(given.observed[arm], x).scores
        seen = given.observed[arm]
        means.append(np.average(given.outcome[arm][seen], weights=1 / chance[seen]))
    return means[1] - means[0]


@pytest.mark.alone
def test_fifty_thousand_people_are_compared_in_less_than_two_seconds():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(50_000, 12))
    treated = rng.random(50_000) < 1 / (1 + np.exp(-x[:, :3].sum(axis=1) / 2))
    y = x.sum(axis=1) + treated + rng.normal(size=50_000)
    began = perf_counter()
    found = aipw(study(y, treated, x)).difference
    assert perf_counter() - began < 2
    assert found.low < 1 < found.high
