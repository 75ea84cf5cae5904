"""Callaway and Sant'Anna's effects by hand, with covariates by simulation, beside what regression mixes."""

import numpy as np
import pytest

from homeward.estimators.differences import Rows, difference_in_differences
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.staggered import (
    Panel,
    aggregate,
    att_gt,
    multiplier_bootstrap,
    permuted_cohorts_p,
    pretrend_test,
)

# seven places, four years: cohorts 2 (two places), 3 (two), never (three)
Y = np.array(
    [
        [1.0, 4, 6, 7],
        [2, 4, 5, 9],
        [3, 3, 7, 8],
        [1, 2, 5, 5],
        [2, 3, 3, 4],
        [4, 4, 5, 6],
        [3, 4, 5, 5],
    ]
)
COHORT = np.array([2, 2, 3, 3, 0, 0, 0])


def panel(y=Y, cohort=COHORT, covariates=None, clusters=None):
    units, periods = y.shape
    return Panel(
        y.ravel(),
        np.repeat(np.arange(units), periods),
        np.tile(np.arange(1, periods + 1), units),
        np.repeat(cohort, periods),
        None if covariates is None else np.repeat(covariates, periods, axis=0),
        None if clusters is None else np.repeat(clusters, periods),
    )


def cells(found):
    keys = zip(found.cohorts.tolist(), found.times.tolist(), strict=True)
    return dict(zip(keys, found.att.tolist(), strict=True))


def test_effects_by_cohort_and_period_by_hand():
    found = cells(att_gt(panel()))
    # cohort 2 in year 2: changes 3 and 2, never 1, 0, 1; in year 4 since year 1: 6 and 7, never 2, 2, 2
    assert found[2, 2] == pytest.approx(2.5 - 2 / 3)
    assert found[2, 3] == pytest.approx(4 - 4 / 3)
    assert found[2, 4] == pytest.approx(6.5 - 2)
    # cohort 3 in year 3 since year 2: 4 and 3, never 0, 1, 1; year 2 since year 1, before it: 0 and 1
    assert found[3, 3] == pytest.approx(3.5 - 2 / 3)
    assert found[3, 2] == pytest.approx(0.5 - 2 / 3)
    assert set(found) == {(2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (3, 4)}


def test_places_that_are_not_yet_treated_may_compare():
    found = cells(att_gt(panel(), comparison="not_yet"))
    # in year 2 the two of cohort 3 count too: changes 0 and 1 beside 1, 0, 1
    assert found[2, 2] == pytest.approx(2.5 - 3 / 5)
    assert found[2, 3] == pytest.approx(4 - 4 / 3)


def test_errors_without_covariates_are_those_of_two_means():
    found = att_gt(panel())
    change = Y[:, 1] - Y[:, 0]
    one, other = change[COHORT == 2], change[COHORT == 0]
    assert found.se[0] == pytest.approx(np.sqrt(one.var() / 2 + other.var() / 3))
    twice = att_gt(panel(np.tile(Y, (2, 1)), np.tile(COHORT, 2), clusters=np.tile(np.arange(7), 2)))
    np.testing.assert_allclose(twice.se, found.se)


def test_aggregations_by_hand():
    found = att_gt(panel())
    a = cells(found)
    assert aggregate(found).estimate == pytest.approx(
        np.mean([a[2, 2], a[2, 3], a[2, 4], a[3, 3], a[3, 4]])
    )  # cohorts of one size
    dynamic = aggregate(found, "dynamic")
    assert dynamic.at.tolist() == [-1, 0, 1, 2]
    by_age = [(a[2, 2] + a[3, 3]) / 2, (a[2, 3] + a[3, 4]) / 2, a[2, 4]]
    np.testing.assert_allclose(dynamic.att, [a[3, 2], *by_age])
    assert dynamic.estimate == pytest.approx(np.mean(by_age))
    group = aggregate(found, "group")
    by_cohort = [np.mean([a[2, 2], a[2, 3], a[2, 4]]), np.mean([a[3, 3], a[3, 4]])]
    np.testing.assert_allclose(group.att, by_cohort)
    assert group.estimate == pytest.approx(np.mean(by_cohort))
    calendar = aggregate(found, "calendar")
    np.testing.assert_allclose(calendar.att, [a[2, 2], (a[2, 3] + a[3, 3]) / 2, (a[2, 4] + a[3, 4]) / 2])
    assert aggregate(found, "dynamic", longest=1).estimate == pytest.approx(np.mean(by_age[:2]))


def test_one_cohort_is_the_two_by_two_by_period():
    treated = np.where(COHORT == 2, 3, 0)
    found = aggregate(att_gt(panel(cohort=treated), universal_base=True), "dynamic")
    two = Y[:, [1, 2]]
    unit, time = np.repeat(np.arange(7), 2), np.tile([2, 3], 7)
    exposed = (np.repeat(treated, 2) == 3) & (time == 3)
    plain = difference_in_differences(Rows(two.ravel(), exposed, unit, time))
    assert found.att[found.at == 0][0] == pytest.approx(plain.estimate)
    assert found.at.tolist() == [-2, 0, 1]


def simulated(rng, units=240, effect=1.0, trend=0.0):
    x = rng.normal(size=units)
    late = rng.random(units) < 1 / (1 + np.exp(-0.8 * x))
    cohort = np.where(late, np.where(rng.random(units) < 0.5, 3, 4), 0)
    t = np.arange(1, 6)
    y = rng.normal(size=(units, 1)) + 0.2 * t + trend * x[:, None] * t + 0.5 * rng.normal(size=(units, 5))
    since = t - np.where(cohort == 0, 99, cohort)[:, None]
    return y + np.where(since >= 0, effect * (1 + since), 0.0), cohort, x


@pytest.mark.parametrize("method", ["dr", "reg", "ipw"])
def test_trends_that_differ_by_a_covariate_are_adjusted_for(method):
    y, cohort, x = simulated(np.random.default_rng(2), units=3000, trend=0.3)
    plain = aggregate(att_gt(panel(y, cohort)), "dynamic")
    adjusted = aggregate(att_gt(panel(y, cohort, x[:, None]), method=method), "dynamic")
    assert abs(plain.att[plain.at == 0][0] - 1) > 0.1
    assert adjusted.att[adjusted.at == 0][0] == pytest.approx(
        1, abs=3.5 * adjusted.att_se[adjusted.at == 0][0]
    )
    assert pretrend_test(att_gt(panel(y, cohort)))[2] < 0.01
    assert pretrend_test(att_gt(panel(y, cohort, x[:, None]), method=method))[2] > 0.001


def test_errors_are_those_of_repetition():
    rng = np.random.default_rng(4)
    found = []
    for _one in range(120):
        y, cohort, x = simulated(rng)
        one = aggregate(att_gt(panel(y, cohort, x[:, None])), "simple")
        found.append((one.estimate, one.se))
    estimates, errors = np.array(found).T
    assert errors.mean() == pytest.approx(estimates.std(), rel=0.2)


def test_the_bootstrap_agrees_with_the_analytic_error_and_its_band_is_wider():
    y, cohort, _x = simulated(np.random.default_rng(5))
    found = aggregate(att_gt(panel(y, cohort)), "dynamic")
    cluster = np.arange(found.influence.size)
    se, critical = multiplier_bootstrap(found.influence_of_parts, cluster, draws=2000)
    np.testing.assert_allclose(se, found.att_se, rtol=0.12)
    assert 1.96 < critical < 4


def test_growing_effects_of_different_beginnings_mislead_the_plain_regression_only():
    y, cohort, _x = simulated(np.random.default_rng(6), units=600)
    t = np.tile(np.arange(1, 6), 600)
    first = np.repeat(np.where(cohort == 0, 99, cohort), 5)
    plain = difference_in_differences(Rows(y.ravel(), t >= first, np.repeat(np.arange(600), 5), t))
    right = np.mean([1 + s for g, n in ((3, 3), (4, 2)) for s in range(n) for _twice in range(1)])
    ours = aggregate(att_gt(panel(y, cohort)), "simple")
    assert ours.estimate == pytest.approx(right, abs=0.15)
    assert abs(plain.estimate - right) > abs(ours.estimate - right)


def test_few_places_are_permuted():
    p, ways = permuted_cohorts_p(panel(), lambda one: aggregate(att_gt(one)).estimate, draws=199)
    assert ways == 200
    assert 0.005 <= p <= 0.1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (panel(cohort=np.zeros(7)), "no_treated"),
        (panel(cohort=np.full(7, 1)), "no_treated"),
        (panel(cohort=np.full(7, 2)), "no_comparison"),
        (Panel([1, 2, 3], [1, 1, 1], [1, 1, 2], [2, 2, 2]), "repeated_rows"),
        (Panel([1, 2, 3, 4], [1, 1, 2, 2], [1, 2, 1, 2], [2, 3, 0, 0]), "changing_cohort"),
    ],
)
def test_what_is_refused(given, reason):
    with pytest.raises(CannotEstimate) as refused:
        att_gt(given)
    assert refused.value.reason == reason
