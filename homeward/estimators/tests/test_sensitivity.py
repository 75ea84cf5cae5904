"""What would overturn a result, against published answers and the numbers of R's packages."""

from math import comb, inf

import numpy as np
import pytest
from scipy import stats

from homeward.estimators.effects.studies import Sampling, study
from homeward.estimators.multiplicity import adjusted_p_values
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.sensitivity.confounding import (
    Coefficient,
    adjusted_for,
    benchmark,
    extreme_robustness_value,
    partial_r2,
    regression,
    robustness_value,
)
from homeward.estimators.sensitivity.e_values import (
    Ratio,
    e_value,
    ratio_of_difference,
    ratio_of_hazards,
    ratio_of_odds,
)
from homeward.estimators.sensitivity.lost import (
    delta_table,
    interval_of_bounds,
    lee_bounds,
    manski_bounds,
    tipping_point,
)
from homeward.estimators.sensitivity.pairs import (
    amplified,
    critical_gamma,
    mcnemar_bounds,
    shift_interval,
    sign_bounds,
    signed_rank_bounds,
)

DARFUR = Coefficient(0.09731582, 0.02325654, 783)
# Lead in the blood of children whose fathers work with it, and of neighbours' children (Morton et al. 1982).
LEAD = np.array(
    [38, 23, 41, 18, 37, 36, 23, 62, 31, 34, 24, 14, 21, 17, 16, 20, 15]
    + [10, 45, 39, 22, 35, 49, 48, 44, 35, 43, 39, 34, 13, 73, 25, 27]
)
NEIGHBOURS = np.array(
    [16, 18, 18, 24, 19, 11, 10, 15, 16, 18, 18, 13, 19, 10, 16, 16, 24]
    + [13, 9, 14, 21, 19, 7, 18, 19, 12, 11, 22, 25, 16, 13, 11, 13]
)


def refusal(call):
    with pytest.raises(CannotEstimate) as refused:
        call()
    return refused.value.reason


def test_what_cannot_be_is_refused():
    assert refusal(lambda: Coefficient(1, 0, 10)) == "no_error"
    assert refusal(lambda: robustness_value(DARFUR, 0)) == "out_of_range"
    assert refusal(lambda: benchmark(DARFUR, (0.6, 0.1), 3)) == "benchmark_too_strong"
    assert refusal(lambda: e_value(Ratio(-1))) == "out_of_range"
    assert refusal(lambda: signed_rank_bounds([1, 2], 0.5)) == "out_of_range"
    assert refusal(lambda: signed_rank_bounds([0, 0])) == "no_variation"
    assert refusal(lambda: adjusted_p_values([1.2])) == "share_out_of_range"
    assert refusal(lambda: adjusted_p_values([0.2], "fisher")) == "unknown_method"


def test_harm_in_darfur_as_sensemakr_has_it():
    assert partial_r2(DARFUR) == pytest.approx(0.021873, abs=5e-7)
    assert robustness_value(DARFUR) == pytest.approx(0.138776, abs=5e-7)
    assert robustness_value(DARFUR, 1, 0.05) == pytest.approx(0.076258, abs=5e-7)
    assert extreme_robustness_value(DARFUR) == pytest.approx(partial_r2(DARFUR))


def test_confounders_as_strong_as_being_a_woman_in_darfur():
    """Partial R² of the benchmark from the published bound at once its strength; twice and thrice follow."""
    with_treatment = 0.009164287 / (1 + 0.009164287)
    between = with_treatment**2 / (1 - with_treatment) ** 2
    strength = ((1 + np.sqrt(between)) / np.sqrt(1 - between)) ** 2
    with_outcome = 0.1246409 / strength / (1 + 0.1246409 / strength)
    for times, estimate, t in ((1, 0.0752, 3.44), (2, 0.0529, 2.60), (3, 0.0304, 1.63)):
        found = benchmark(DARFUR, (with_treatment, with_outcome), times)
        assert found.estimate == pytest.approx(estimate, abs=6e-5)
        assert found.t == pytest.approx(t, abs=6e-3)


def test_a_confounder_as_strong_as_the_robustness_value_takes_all_away():
    value = robustness_value(DARFUR)
    assert adjusted_for(DARFUR, value, value).estimate == pytest.approx(0, abs=1e-12)
    doubtful = robustness_value(DARFUR, 1, 0.05)
    assert abs(adjusted_for(DARFUR, doubtful, doubtful).low) < 1e-4
    assert robustness_value(Coefficient(0.01, 0.02, 100), 1, 0.05) == 0


def test_benchmarks_are_partial_shares_of_a_regression():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 3))
    d = x[:, 0] + rng.normal(size=300)
    y = d + x @ [1, 2, 0] + rng.normal(size=300)
    found = regression(y, d, x, {"first": [0], "last two": [1, 2]})
    design = np.column_stack([np.ones(300), d, x])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    error = np.sqrt(((y - design @ beta) ** 2).sum() / 295 * np.diag(inverse))
    assert found.coefficient.estimate == pytest.approx(beta[1])
    assert found.coefficient.standard_error == pytest.approx(error[1])
    t = beta[2] / error[2]
    assert found.benchmarks["first"][1] == pytest.approx(t**2 / (t**2 + 295))


def test_e_values_as_published():
    found = e_value(Ratio(3.9, 1.8, 8.7))
    assert (found.estimate, found.interval) == pytest.approx((7.2630, 3.0000), abs=5e-5)
    protective = e_value(Ratio(1 / 3.9, 1 / 8.7, 1 / 1.8))
    assert (protective.estimate, protective.interval) == pytest.approx((7.2630, 3.0000), abs=5e-5)
    assert e_value(Ratio(1.3, 0.9, 1.9)).interval == 1
    assert e_value(Ratio(1.0, 0.9, 1.1)).estimate == 1


def test_e_values_of_other_measures():
    assert ratio_of_odds(Ratio(4.0), rare=False).estimate == 2
    assert ratio_of_odds(Ratio(4.0), rare=True).estimate == 4
    assert ratio_of_hazards(Ratio(1.0, 0.5, 2.0), rare=False).estimate == pytest.approx(1)
    assert ratio_of_hazards(Ratio(0.56, 0.46, 0.69), rare=False).estimate == pytest.approx(0.67008, abs=1e-5)
    of_difference = ratio_of_difference(0.5, 0.1)
    assert of_difference.estimate == pytest.approx(np.exp(0.455))
    assert of_difference.low == pytest.approx(np.exp(0.455 - 0.178))
    assert e_value(Ratio(3.9), true=2.0).estimate == pytest.approx((3.9 + np.sqrt(3.9 * 1.9)) / 2)


@pytest.mark.parametrize(
    ("gamma", "upper"), [(2, 0.0018), (3, 0.0136), (4, 0.0388), (4.25, 0.0468), (5, 0.0740)]
)
def test_lead_in_the_blood_as_rosenbaum_has_it(gamma, upper):
    assert signed_rank_bounds(LEAD - NEIGHBOURS, gamma).upper == pytest.approx(upper, abs=6e-5)


def test_shifts_of_lead_in_the_blood_as_rosenbaum_has_them():
    first = signed_rank_bounds(LEAD - NEIGHBOURS)
    assert (first.shift_low, first.shift_high) == pytest.approx((15, 15), abs=1e-6)
    second = signed_rank_bounds(LEAD - NEIGHBOURS, 2)
    assert (second.shift_low, second.shift_high) == pytest.approx((10.25, 19.5), abs=1e-6)
    assert shift_interval(LEAD - NEIGHBOURS).low > 9
    assert critical_gamma(lambda gamma: signed_rank_bounds(LEAD - NEIGHBOURS, gamma).upper) > 4.25


def test_differences_of_zero_are_ranked_first_and_dropped_then():
    given = np.array([0.0, 0.0, 1.0, -2.0, 3.0, 4.0])
    ranks = np.array([3.0, 4.0, 5.0, 6.0])
    deviate = (3 + 5 + 6 - ranks.sum() / 2) / np.sqrt((ranks**2).sum() / 4)
    assert signed_rank_bounds(given).upper == pytest.approx(stats.norm.sf(deviate))


def test_unlike_pairs_of_smokers_with_lung_cancer():
    """Hammond's 122 pairs: 110 in which the heavy smoker died, 12 in which the other did; exact."""
    upper = sum(comb(122, count) * 0.8**count * 0.2 ** (122 - count) for count in range(110, 123))
    assert mcnemar_bounds(110, 12, 4).upper == pytest.approx(upper)
    assert critical_gamma(lambda gamma: mcnemar_bounds(110, 12, gamma).upper) == pytest.approx(5.4, abs=0.2)


def test_signs_are_mcnemar_and_chance_alone_is_one_number():
    given = np.repeat([1.0, -1.0, 0.0], [9, 3, 5])
    assert sign_bounds(given, 2) == mcnemar_bounds(9, 3, 2)
    assert sign_bounds(given).upper == sign_bounds(given).lower
    assert sign_bounds(given).upper == pytest.approx(stats.binomtest(9, 12, alternative="greater").pvalue)


def test_a_gamma_that_overturns_and_what_it_means_for_one_confounder():
    assert critical_gamma(lambda _gamma: 0.2) == 1
    assert critical_gamma(lambda _gamma: 0.0) == inf
    assert amplified(1.25, 2.0) == pytest.approx(2.0)


def lost(n=400, seed=2, sampling=False):
    rng = np.random.default_rng(seed)
    treated = rng.random(n) < 0.5
    y = rng.normal(size=n) + treated
    observed = rng.random(n) < np.where(treated, 0.9, 0.7)
    given = Sampling(weights=rng.uniform(0.5, 2, n)) if sampling else None
    return y, treated, observed, given


def test_lee_bounds_trim_the_arm_that_is_seen_more():
    y, treated, observed, _none = lost()
    found = lee_bounds(study(y, treated, observed=observed))
    rates = [observed[arm].mean() for arm in (~treated, treated)]
    assert found.trimmed == pytest.approx(1 - rates[0] / rates[1])
    top = np.sort(y[treated & observed])
    kept = round(top.size * (1 - found.trimmed))
    control = y[~treated & observed].mean()
    assert found.high == pytest.approx(top[-kept:].mean() - control, abs=0.01)
    assert found.low == pytest.approx(top[:kept].mean() - control, abs=0.01)
    assert found.interval[0] < found.low < found.high < found.interval[1]


def test_lee_bounds_turn_with_both_groups():
    y, treated, observed, _none = lost()
    there, back = (lee_bounds(study(y, arm, observed=observed)) for arm in (treated, ~treated))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert (there.low_error, there.high_error) == pytest.approx((back.high_error, back.low_error))


def test_errors_of_bounds_agree_with_samples_drawn_again():
    found = [
        [one.low, one.high, one.low_error, one.high_error]
        for seed in range(300)
        for y, treated, observed, sampling in [lost(300, seed + 50, sampling=True)]
        for one in [lee_bounds(study(y, treated, sampling=sampling, observed=observed))]
    ]
    drawn = np.array(found)
    assert drawn[:, 2].mean() == pytest.approx(drawn[:, 0].std(), rel=0.12)
    assert drawn[:, 3].mean() == pytest.approx(drawn[:, 1].std(), rel=0.12)


def test_without_loss_bounds_are_one_number():
    y, treated, _observed, _none = lost()
    found = lee_bounds(study(y, treated))
    assert found.low == pytest.approx(found.high) == pytest.approx(y[treated].mean() - y[~treated].mean())


def test_manski_bounds_are_as_wide_as_what_is_not_known():
    y, treated, observed, _none = lost()
    y = np.clip(y, -4, 4)
    given = study(y, treated, observed=observed)
    found = manski_bounds(given, -4, 4)
    missing = (1 - observed[treated].mean()) + (1 - observed[~treated].mean())
    assert found.high - found.low == pytest.approx(8 * missing)
    whole = manski_bounds(study(y, treated), -4, 4, of="selection")
    assert whole.high - whole.low == pytest.approx(8)
    assert refusal(lambda: manski_bounds(given, 0, 1)) == "outcome_out_of_range"


def test_an_interval_of_bounds_is_one_sided_where_they_lie_far_apart():
    assert interval_of_bounds(0, 100, (1, 1), 0.95)[0] == pytest.approx(-stats.norm.ppf(0.95), abs=1e-6)
    assert interval_of_bounds(0, 0, (1, 1), 0.95)[0] == pytest.approx(-stats.norm.ppf(0.975), abs=1e-6)


def test_a_tipping_point_leaves_nothing_or_doubt():
    found = tipping_point(0.10, 0.02, 0.25)
    assert found.to_nothing == pytest.approx(0.4)
    assert found.to_doubt == pytest.approx((0.10 - 1.959964 * 0.02) / 0.25)
    assert tipping_point(0.1, 0.1, 0.25).to_doubt == 0
    assert tipping_point(0.1, 0.1, 0.0).to_nothing is None
    table = delta_table(0.10, (0.2, 0.25), [0.0, 0.4])
    assert table[1] == pytest.approx((0.0, 0.4, 0.0))


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("holm", [0.005, 0.048, 0.063, 0.08, 0.2]),
        ("bh", [0.005, 0.03, 0.035, 0.05, 0.2]),
        ("by", [0.01141667, 0.0685, 0.07991667, 0.11416667, 0.45666667]),
        ("bonferroni", [0.005, 0.06, 0.105, 0.2, 1.0]),
        ("hochberg", [0.005, 0.048, 0.063, 0.08, 0.2]),
        ("hommel", [0.005, 0.042, 0.06, 0.08, 0.2]),
        ("none", [0.001, 0.012, 0.021, 0.04, 0.2]),
    ],
)
def test_p_values_adjusted_as_in_r(method, expected):
    given = np.array([0.001, 0.012, 0.021, 0.04, 0.2])
    assert adjusted_p_values(given, method) == pytest.approx(expected, abs=1e-8)
    order = np.array([3, 0, 4, 2, 1])
    assert adjusted_p_values(given[order], method) == pytest.approx(np.array(expected)[order], abs=1e-8)
