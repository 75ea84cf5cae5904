"""Gaps to neighbours, effects by sub-group, and answers that are missing."""

import numpy as np
import pytest
from scipy import stats

from homeward.estimators.effects.regression import regression_adjustment
from homeward.estimators.effects.studies import Sampling, study
from homeward.estimators.imputation import impute, pooled, times_needed
from homeward.estimators.parity import parity_gap, standardised_rate
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.subgroups import shrunk_effects, subgroup_effects


def refusal(call):
    with pytest.raises(CannotEstimate) as refused:
        call()
    return refused.value.reason


def people(n=600, seed=1):
    rng = np.random.default_rng(seed)
    cells = rng.integers(0, 4, n)
    returnee = rng.random(n) < 0.2 + 0.15 * cells
    y = 0.4 + 0.05 * cells - 0.1 * returnee + rng.normal(0, 0.18, n)
    return y, returnee, cells


def test_a_cell_with_nobody_to_compare_with_is_refused():
    y, returnee, cells = people()
    assert refusal(lambda: parity_gap(y, returnee, np.where(returnee, cells, cells % 3))) == "empty_cell"
    assert refusal(lambda: parity_gap(y, returnee, cells, mix="nobody")) == "unknown_target"
    assert refusal(lambda: parity_gap(np.where(cells == 1, np.nan, y), returnee, cells)) == "missing_values"


def test_a_gap_is_that_of_a_regression_saturated_in_cells():
    y, returnee, cells = people()
    indicators = (cells[:, None] == np.arange(1, 4)).astype(float)
    expected = regression_adjustment(study(y, returnee, indicators), "ATT").difference
    found = parity_gap(y, returnee, cells)
    assert found.difference.estimate == pytest.approx(expected.estimate)
    assert found.difference.standard_error == pytest.approx(expected.standard_error)
    assert found.crude == pytest.approx(found.difference.estimate + found.composition)


def test_the_mix_may_be_anybodys():
    y, returnee, cells = people()
    means = [[y[(returnee == arm) & (cells == cell)].mean() for cell in range(4)] for arm in (True, False)]
    found = parity_gap(y, returnee, cells, mix={0: 1, 1: 1, 2: 1, 3: 1})
    assert found.difference.estimate == pytest.approx(np.mean(means[0]) - np.mean(means[1]))
    theirs = parity_gap(y, returnee, cells, mix="neighbours").means[0].estimate
    assert theirs == pytest.approx(y[~returnee].mean())


def test_clusters_and_weights_count_in_a_gap():
    y, returnee, cells = people()
    twice = np.repeat(np.arange(y.size), 2)
    once = parity_gap(y, returnee, cells, sampling=Sampling(clusters=np.arange(y.size)))
    doubled = parity_gap(
        y[twice], returnee[twice], cells[twice], sampling=Sampling(np.full(twice.size, 3.0), twice)
    )
    assert doubled.difference.standard_error == pytest.approx(once.difference.standard_error)
    assert doubled.df == y.size - 1


def test_a_standardised_rate_has_fay_and_feuers_interval():
    """One stratum: the exact interval of Poisson."""
    found = standardised_rate([10], [1000], [1])
    assert found.estimate == pytest.approx(0.01)
    assert found.low == pytest.approx(stats.chi2.ppf(0.025, 20) / 2000)
    assert found.high == pytest.approx(stats.chi2.ppf(0.975, 22) / 2000)
    two = standardised_rate([10, 30], [1000, 1500], [3000, 1000])
    assert two.estimate == pytest.approx(0.75 * 0.01 + 0.25 * 0.02)


SIZES = (15, 25, 40, 60, 90, 120, 180, 240)
SD = 0.18


def eight_groups(seed, spread=0.0, effect=0.06):
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(8), SIZES)
    truth = effect + spread * rng.normal(size=8)
    treated = np.concatenate([rng.permutation(size) < size // 2 for size in SIZES])
    y = 0.5 + truth[groups] * treated + rng.normal(0, SD, groups.size)
    return subgroup_effects(study(y, treated), groups), truth


def test_sub_groups_that_cannot_be_compared_are_refused():
    rng = np.random.default_rng(1)
    y, treated = rng.normal(size=40), np.arange(40) % 2
    assert refusal(lambda: subgroup_effects(study(y, treated), np.zeros(40))) == "one_arm"
    assert refusal(lambda: subgroup_effects(study(y, treated), np.arange(40) < 2)) == "too_few"


def test_one_effect_for_each_sub_group_is_a_difference_of_means():
    found, _truth = eight_groups(3)
    rng = np.random.default_rng(3)
    assert len(found.groups) == 8
    assert [one.n for one in found.groups] == list(SIZES)
    first, y = found.groups[0], rng.normal(size=1)
    assert y.size == 1
    assert first.effect.standard_error == pytest.approx(SD * np.sqrt(1 / 7 + 1 / 8), rel=0.1)
    assert first.contrast.p_value <= first.p_bh <= 1
    assert abs(first.shrunk.estimate - found.overall.estimate) < abs(first.contrast.estimate)


def test_sub_groups_that_are_all_the_same_are_seldom_told_apart():
    found = [eight_groups(seed)[0] for seed in range(300)]
    holm = np.mean([min(one.p_holm for one in each.groups) < 0.05 for each in found])
    q = np.mean([each.q_p_value < 0.05 for each in found])
    raw = np.mean([min(one.contrast.p_value for one in each.groups) < 0.05 for each in found])
    assert holm <= 0.08
    assert q <= 0.08
    assert raw > 0.2


def test_the_best_sub_group_claims_no_more_than_is_true_after_shrinking():
    raw, shrunk = [], []
    for seed in range(200):
        found, truth = eight_groups(seed, spread=0.03)
        best = int(np.argmax([one.effect.estimate for one in found.groups]))
        raw.append(found.groups[best].effect.estimate - truth[best])
        best = int(np.argmax([one.shrunk.estimate for one in found.groups]))
        shrunk.append(found.groups[best].shrunk.estimate - truth[best])
    assert np.mean(raw) > 0.03
    assert abs(np.mean(shrunk)) < 0.015


def test_shrinking_covers_what_is_true():
    inside = []
    for seed in range(200):
        found, truth = eight_groups(seed, spread=0.05)
        inside += [
            one.shrunk.low <= real <= one.shrunk.high for one, real in zip(found.groups, truth, strict=True)
        ]
    assert 0.91 <= np.mean(inside) <= 0.98
    same, spread = shrunk_effects(np.ones(3), np.zeros((3, 3)))
    assert (same[0].estimate, spread) == (1, 0)


def test_rubins_rules_as_r_has_them():
    """Numbers of mice's pool.scalar."""
    estimates, variances = [2.1, 2.5, 1.9, 2.3, 2.2], [0.25, 0.28, 0.22, 0.26, 0.24]
    small = pooled(estimates, variances, 48)
    assert (small.estimate, small.standard_error**2, small.df) == pytest.approx((2.2, 0.31, 27.583924363730))
    assert (small.riv, small.missing_information) == pytest.approx((0.24, 0.246285348077))
    large = pooled(estimates, variances)
    assert (large.df, large.missing_information) == pytest.approx((106.777777777778, 0.208240825389))
    assert pooled([1.0, 1.0], [0.1, 0.1]).df == np.inf
    assert refusal(lambda: pooled([1.0], [0.1])) == "too_few"


def missing(n=400, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    helped = (rng.random(n) < 1 / (1 + np.exp(-x))).astype(float)
    y = x + 0.5 * helped + rng.normal(size=n)
    data = np.column_stack([y, x, helped])
    data[rng.random(n) < 1 / (1 + np.exp(1 - x)), 0] = np.nan
    data[rng.random(n) < 0.1, 2] = np.nan
    return data


@pytest.mark.parametrize("kind", ["linear", "matched"])
def test_filling_in_mends_what_missing_answers_bend(kind):
    bent, mended = [], []
    for seed in range(12):
        data = missing(seed=seed)
        found = impute(data, (kind, "linear", "logit"), seed, times=5, rounds=5)
        assert not np.isnan(found).any()
        bent.append(np.nanmean(data[:, 0]))
        mended.append(found[:, :, 0].mean())
    truth = 0.25
    assert abs(np.mean(bent) - truth) > 0.2
    assert abs(np.mean(mended) - truth) < 0.07


def test_what_is_known_stays_and_the_same_seed_fills_in_the_same():
    data = missing()
    first, second = (impute(data, ("matched", "linear", "logit"), 4, times=3, rounds=2) for _once in (1, 2))
    assert np.array_equal(first, second)
    known = ~np.isnan(data)
    assert (first[0][known] == data[known]).all()
    assert np.isin(first[..., 2], (0, 1)).all()
    assert np.isin(first[..., 0], data[known[:, 0], 0]).all()


def test_arms_are_filled_in_apart():
    rng = np.random.default_rng(5)
    arm = np.arange(400) % 2
    y = 3.0 * arm + rng.normal(size=400)
    y[rng.random(400) < 0.4] = np.nan
    data = np.column_stack([y, rng.normal(size=400)])
    apart = impute(data, ("linear", "linear"), 1, times=10, rounds=3, by=arm)[..., 0].mean(axis=0)
    assert apart[arm == 1].mean() - apart[arm == 0].mean() == pytest.approx(3, abs=0.3)


def test_how_often_to_fill_in_follows_from_what_is_missing():
    data = missing()
    share = np.isnan(data).any(axis=1).mean()
    assert times_needed(data) == int(np.ceil(100 * share))
    assert times_needed(np.ones((5, 2))) == 20


def test_what_cannot_be_filled_in_is_refused():
    data = missing(40)
    assert refusal(lambda: impute(data, ("linear", "linear"), 1)) == "wrong_shape"
    empty = data.copy()
    empty[:, 0] = np.nan
    assert refusal(lambda: impute(empty, ("linear", "linear", "logit"), 1)) == "too_few"
