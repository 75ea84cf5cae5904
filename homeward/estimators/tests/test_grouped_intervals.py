"""Intervals of many groups at once, against published numbers and the one-group estimators."""

import numpy as np
import pytest

from homeward.estimators.designs import design_of
from homeward.estimators.grouped_intervals import RatioSums, clustered_shares, means, medians, ratios, shares
from homeward.estimators.means import proportion, ratio


def sums_of(x, y):
    return RatioSums([len(x)], [x.sum()], [y.sum()], ([x @ x], [y @ y], [x @ y]))


def test_wilsons_interval_as_published():
    # Newcombe 1998, Statistics in Medicine 17: 81/263, 15/148, 0/20 and 1/29, method 3
    _, low, high = shares([81, 15, 0, 1], [263, 148, 20, 29])
    assert low.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert high.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


def test_nobody_has_no_share_and_one_person_no_interval_of_a_mean():
    assert np.isnan(shares([0], [0])).all()
    value, low, high = means([3.0, 0.0], [9.0, 0.0], [1, 0])
    assert value[0] == 3
    assert np.isnan([low[0], high[0], value[1]]).all()


def test_a_mean_has_students_interval():
    given = np.array([4.0, 5, 7, 8, 11])  # mean 7, s² 7.5, t(4) 2.776445
    value, low, high = means([given.sum()], [given @ given], [5])
    assert value[0] == 7
    assert (high[0] - value[0]) == pytest.approx(2.7764451 * np.sqrt(7.5 / 5), rel=1e-7)
    assert (value[0] - low[0]) == pytest.approx(high[0] - value[0])


def test_ratios_are_those_of_a_sample_of_clusters():
    rng = np.random.default_rng(2)
    y = rng.integers(1, 6, 40).astype(float)
    x = y * rng.uniform(1, 3, 40)
    one = ratio(x, y, design_of(40))
    value, low, high = ratios(sums_of(x, y))
    assert (value[0], low[0], high[0]) == pytest.approx((one.estimate, one.low, one.high))


def test_shares_of_events_are_korn_and_graubards_over_clusters():
    rng = np.random.default_rng(3)
    y = rng.integers(1, 6, 30).astype(float)
    x = rng.binomial(y.astype(int), rng.beta(2, 2, 30)).astype(float)
    cluster = np.repeat(np.arange(30), y.astype(int))
    yes = np.concatenate([np.arange(n) < k for n, k in zip(y.astype(int), x, strict=True)])
    one = proportion(yes, design_of(len(yes), psu=cluster))
    value, low, high = clustered_shares(sums_of(x, y))
    assert (value[0], low[0], high[0]) == pytest.approx((one.estimate, one.low, one.high), rel=1e-9)


def test_events_that_are_all_alike_still_have_a_width():
    y = np.array([3.0, 2, 4])
    value, low, high = clustered_shares(sums_of(y, y))
    assert (value[0], high[0]) == (1, 1)
    assert low[0] == pytest.approx(0.025 ** (1 / 3))  # three people, however many events


def test_medians_have_order_statistics_for_limits():
    # 1..10: P(2 <= B <= 8) = 0.9785, so that the limits are the second and the ninth
    groups = [0] * 10 + [1] * 3
    n, value, low, high = medians(groups, [*range(1, 11), 5, 5, 7], [1] * 13, 3)
    assert n.tolist() == [10, 3, 0]
    assert value[:2].tolist() == [5.5, 5]
    assert (low[0], high[0]) == (2, 9)
    assert np.isnan([low[1], high[1], value[2]]).all()


def test_a_median_of_counts_is_that_of_the_values_written_out():
    rng = np.random.default_rng(4)
    values, counts = np.arange(20.0), rng.integers(0, 9, 20)
    n, value, low, high = medians([0] * 20, values, counts, 1)
    out = np.sort(np.repeat(values, counts))
    assert (n[0], value[0]) == (len(out), np.median(out))
    assert low[0] <= value[0] <= high[0]


def test_a_ratio_whose_denominator_may_be_nought_is_no_number():
    x, y = np.full(15, 100.0), np.zeros(15)
    y[0] = 1  # one of fifteen: its share is not told apart from none
    assert np.isnan(ratios(sums_of(x, y))).all()
    y[:6] = 1
    value, low, high = ratios(sums_of(x, y))
    assert value[0] == 250
    assert low[0] < 250 < high[0]
