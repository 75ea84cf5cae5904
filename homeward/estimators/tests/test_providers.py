"""Providers beside one another: published cases, and what simulated partners show."""

import numpy as np
import pytest

from homeward.estimators.adjusted import starting_point_adjusted, variance_factors
from homeward.estimators.providers import Asked, Tier, partial_pooling
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.tests.partners import years

# Eight schools (Rubin 1981; Gelman et al., Bayesian Data Analysis, 5.5)
EFFECTS = [28, 8, -3, 7, -1, 1, 18, 12]
ERRORS = np.array([15, 10, 16, 11, 9, 11, 10, 18])


def test_fewer_than_three_are_refused():
    with pytest.raises(CannotEstimate, match="too_few"):
        partial_pooling([1, 2], [1, 1])
    with pytest.raises(CannotEstimate, match="no_variation"):
        partial_pooling([1, 1, 1], [1, 1, 1])


def test_eight_schools_under_a_flat_prior_as_the_book_tells_them():
    found = partial_pooling(EFFECTS, ERRORS**2, scale=1000, points=4000)
    assert found.mu == pytest.approx(8, abs=0.3)
    assert found.means == pytest.approx([11, 8, 6, 8, 5, 6, 11, 8], abs=0.75)
    assert found.sds == pytest.approx([8.3, 6.3, 7.8, 6.5, 6.4, 6.7, 6.8, 7.9], abs=0.2)


def test_nobody_among_eight_schools_is_told_apart_or_ranked():
    found = partial_pooling(EFFECTS, ERRORS**2)
    assert set(found.tiers) == {Tier.NOT_TOLD_APART}
    assert (found.rank_high - found.rank_low).min() >= 6


def test_few_people_are_shrunk_and_put_in_no_tier():
    values, variances = [0.0, 0.01, -0.01, 0.02, 0.6], [0.0004] * 5
    assert partial_pooling(values, variances).tiers[-1] is Tier.ABOVE
    few = partial_pooling(values, variances, counts=[50, 50, 50, 50, 8])
    assert few.tiers[-1] is Tier.NOT_TOLD_APART


def test_a_benchmark_of_ones_own_may_stand_for_the_mean():
    values, variances = [0.5, 0.55, 0.6, 0.58], [0.0004] * 4
    found = partial_pooling(values, variances, asked=Asked(benchmark=0.2))
    assert set(found.tiers) == {Tier.ABOVE}


def test_the_unit_of_the_values_does_not_matter():
    one = partial_pooling(EFFECTS, ERRORS**2)
    other = partial_pooling(np.array(EFFECTS) / 100, (ERRORS / 100) ** 2)
    assert other.means == pytest.approx(one.means / 100)
    assert other.above == pytest.approx(one.above)
    assert (other.rank_low == one.rank_low).all()


def test_simulated_partners_keep_the_bars():
    told = years(30)
    assert 0.93 <= told["covered"] <= 0.97
    assert told["rank_covered"] >= 0.9
    assert told["wrong"] <= 0.01
    assert told["adjusted_error"] <= 0.5 * told["raw_error"]


def test_change_scores_would_reward_a_low_start():
    draws = np.random.default_rng(4)
    unit = np.repeat(np.arange(10), 200)
    start = np.linspace(-0.2, 0.2, 10)[unit] + draws.normal(0, 0.15, 2000)
    y = 0.5 + 0.5 * start + draws.normal(0, 0.1, 2000)  # no partner is better than another
    found = starting_point_adjusted(y, start, unit)
    change = np.bincount(unit, y - start) / 200
    assert np.corrcoef(change, np.arange(10))[0, 1] < -0.9
    assert np.abs(found.values).max() < 0.03
    assert found.slope == pytest.approx(0.5, abs=0.03)


def test_the_slope_is_that_of_least_squares_with_an_intercept_for_each_unit():
    draws = np.random.default_rng(7)
    unit = draws.integers(0, 6, 200)
    x = draws.normal(size=(200, 2))
    b = draws.normal(size=200)
    y = unit + b + x @ [0.3, -0.2] + draws.normal(size=200)
    found = starting_point_adjusted(y, b, unit, covariates=x)
    dummies = np.column_stack([b, x, *(unit == one for one in range(6))])
    assert found.coefficients == pytest.approx(np.linalg.lstsq(dummies, y, rcond=None)[0][:3])
    assert found.residuals.sum() == pytest.approx(0, abs=1e-9)


def test_a_baseline_measured_badly_hides_part_of_its_slope():
    draws = np.random.default_rng(8)
    unit = np.repeat(np.arange(20), 300)
    true = draws.normal(0, 1, 6000)
    y = 0.6 * true + draws.normal(0, 0.3, 6000)
    measured = true + draws.normal(0, np.sqrt(0.25), 6000)
    assert starting_point_adjusted(y, measured, unit).slope == pytest.approx(0.48, abs=0.02)
    assert starting_point_adjusted(y, measured, unit, reliability=0.8).slope == pytest.approx(0.6, abs=0.025)
    with pytest.raises(CannotEstimate, match="reliability_out_of_range"):
        starting_point_adjusted(y, measured, unit, reliability=0.1)


def test_a_baseline_that_is_the_same_within_units_is_refused():
    with pytest.raises(CannotEstimate, match="no_variation_within_units"):
        starting_point_adjusted([1, 2, 3, 4, 5], [1, 1, 2, 2, 2], ["a", "a", "b", "b", "b"])


@pytest.mark.parametrize(
    ("rho", "change", "adjusted"), [(0.3, 1.4, 0.91), (0.5, 1.0, 0.75), (0.7, 0.6, 0.51)]
)
def test_what_a_baseline_is_worth(rho, change, adjusted):
    assert variance_factors(rho) == pytest.approx((1, change, adjusted))
