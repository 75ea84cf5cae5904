"""Costs, their ratios and their plane; the bootstraps behind them."""

import time

import numpy as np
import pytest
from scipy import integrate, stats

from homeward.estimators.bootstraps import bca, cluster_differences, cluster_means, percentile
from homeward.estimators.costs import (
    Increments,
    LedgerLine,
    acceptability_curve,
    bootstrap_plane,
    cost_per_returnee,
    cost_ratio,
    increments,
    ledger,
    perfect_information,
    perfect_information_analytic,
    quadrant_shares,
    tornado,
)
from homeward.estimators.refusals import CannotEstimate


def trial(rng, n=400, effect=0.08, clusters=40):
    village = rng.integers(0, clusters, n)
    a = village % 2 == 0
    push = rng.normal(size=clusters)[village]
    cost = 900 + 600 * a + 150 * push + 300 * rng.gamma(2, 1, n)
    return cost, 0.5 + effect * a + 0.03 * push + 0.18 * rng.normal(size=n), a, village


def test_a_ratio_of_means_and_its_variances_by_hand():
    cost = [10, 14, 20, 24]
    found = increments(cost, [1, 2, 3, 6], [False, False, True, True])
    assert (found.cost, found.effect) == (10, 3)
    assert found.cost_variance == pytest.approx(8 / 2 + 8 / 2)
    assert found.effect_variance == pytest.approx(0.5 / 2 + 4.5 / 2)
    assert found.covariance == pytest.approx(2 / 2 + 6 / 2)
    benefit, se = found.net_benefit(5)
    assert benefit[0] == pytest.approx(5)
    assert se[0] == pytest.approx(np.sqrt(25 * 2.5 + 8 - 10 * 4))


def test_fieller_holds_the_ratios_that_are_not_rejected():
    given = Increments(500, 0.1, 80.0**2, 0.02**2, 0.4, 300, 300)
    found = cost_ratio(given)
    assert found.ratio == pytest.approx(5000)
    for edge in (found.low, found.high):
        z = (given.cost - edge * given.effect) / np.sqrt(
            given.cost_variance + edge**2 * given.effect_variance - 2 * edge * given.covariance
        )
        assert abs(z) == pytest.approx(stats.norm.ppf(0.975), abs=1e-9)
    assert found.low < 5000 < found.high


def test_a_ratio_without_bounds_is_refused_with_what_it_would_take():
    with pytest.raises(CannotEstimate) as refused:
        cost_ratio(Increments(500, 0.03, 6400, 0.02**2, 0.0, 300, 300))
    assert refused.value.reason == "ratio_unbounded"
    assert refused.value.needs["effect_beyond"] == pytest.approx(1.96 * 0.02, abs=1e-4)


@pytest.mark.parametrize("clustered", [False, True])
def test_the_bootstrapped_acceptability_curve_is_the_analytic_one(clustered):
    cost, effect, a, village = trial(np.random.default_rng(7))
    clusters = village if clustered else None
    given = increments(cost, effect, a, clusters=clusters)
    plane = bootstrap_plane(cost, effect, a, clusters=clusters, draws=4000, seed=1)
    values = np.linspace(0, 30_000, 31)
    gap = acceptability_curve(plane, values) - given.acceptability(values)
    assert np.abs(gap).max() < 0.02
    loss = perfect_information(plane, values) - perfect_information_analytic(given, values)
    assert np.abs(loss).max() < 0.15 * perfect_information(plane, values).max()
    assert sum(quadrant_shares(plane).values()) == pytest.approx(1)


def test_the_value_of_information_is_the_expected_loss():
    given = Increments(500, 0.1, 6400.0, 0.0004, 0.4, 300, 300)
    benefit, se = given.net_benefit(6000)
    loss, _error = integrate.quad(
        lambda x: max(-x, 0) * stats.norm.pdf(x, benefit[0], se[0]), -5000, 0, epsabs=1e-10
    )
    assert perfect_information_analytic(given, 6000)[0] == pytest.approx(loss, rel=1e-6)


def test_other_arms_turn_the_signs_and_other_money_only_the_scale():
    cost, effect, a, village = trial(np.random.default_rng(8))
    one, other = increments(cost, effect, a), increments(cost, effect, ~a)
    assert (other.cost, other.effect) == (pytest.approx(-one.cost), pytest.approx(-one.effect))
    cents = cost_ratio(increments(cost * 100, effect, a))
    assert cents.ratio == pytest.approx(100 * cost_ratio(one).ratio)
    twice = increments(np.tile(cost, 2), np.tile(effect, 2), np.tile(a, 2), clusters=np.tile(village, 2))
    assert twice.cost_variance == pytest.approx(increments(cost, effect, a, clusters=village).cost_variance)


def test_a_thousand_cluster_bootstraps_of_50000_take_seconds():
    rng = np.random.default_rng(9)
    values, cluster = rng.normal(size=(50_000, 4)), rng.integers(0, 500, 50_000)
    begun = time.process_time()
    found = cluster_means(values, cluster, draws=1000)
    assert time.process_time() - begun < 6
    assert found.shape == (1000, 4)


def test_the_cluster_bootstrap_has_the_error_of_clusters():
    rng = np.random.default_rng(10)
    cluster = np.repeat(np.arange(60), 10)
    y = rng.normal(size=60)[cluster] + 0.3 * rng.normal(size=600)
    drawn = cluster_means(y, cluster, draws=4000)[:, 0]
    pulls = np.bincount(cluster, weights=y - y.mean()) / 600
    assert drawn.std() == pytest.approx(np.sqrt(np.sum(pulls**2)), rel=0.05)
    left = [y[cluster != one].mean() for one in range(60)]
    plain, corrected = percentile(y.mean(), drawn), bca(y.mean(), drawn, left)
    assert corrected.low == pytest.approx(plain.low, abs=0.05)
    assert plain.low < y.mean() < plain.high


def test_arms_are_drawn_apart_where_clusters_are_in_one_arm():
    y, a = np.arange(8.0), np.array([True] * 4 + [False] * 4)
    found = cluster_differences(y, a, [0, 0, 1, 1, 2, 2, 3, 3], draws=200)
    assert set(np.round(found[:, 0], 6)) <= {-6.0, -5.0, -4.0, -3.0, -2.0}
    with pytest.raises(CannotEstimate, match="too_few"):
        cluster_differences(y, a, [0, 0, 0, 0, 2, 2, 3, 3])


def test_a_ledger_by_perspective_currency_and_year():
    lines = [
        LedgerLine("package", 1000, rate=1.1),
        LedgerLine("office", 110, overhead=True),
        LedgerLine("own labour", 500, perspectives=("society",)),
        LedgerLine("follow-up", 103, years_from_now=1),
    ]
    found = ledger(lines, returnees=10)
    assert found.lines == {"package": pytest.approx(1100), "office": 110, "follow-up": pytest.approx(100)}
    assert (found.direct, found.overhead) == (pytest.approx(1200), 110)
    assert found.per_returnee == pytest.approx(131)
    assert ledger(lines, perspective="society").total == pytest.approx(1810)
    assert ledger(lines, overhead_rate=0.1).overhead == pytest.approx(230)


def test_the_widest_bar_of_a_tornado_comes_first():
    bars = tornado(
        {"package": 1000, "share": 0.5},
        {"package": (900, 1100), "share": (0.2, 0.9)},
        lambda given: given["package"] * given["share"],
    )
    assert bars == [("share", 200, 900), ("package", 450, 550)]


def test_cost_per_returnee_is_a_mean_with_the_error_of_its_clusters():
    mean, se, low, high = cost_per_returnee([500, 700, 900, 1100])
    assert (mean, se) == (800, pytest.approx(np.std([500, 700, 900, 1100], ddof=1) / 2))
    assert low < mean < high
    with pytest.raises(CannotEstimate):
        cost_per_returnee([500, 700], clusters=["a", "a"])
