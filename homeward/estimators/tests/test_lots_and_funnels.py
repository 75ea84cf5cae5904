"""Decisions on sites and providers beside their limits."""

import numpy as np
import pytest
from scipy import stats

from homeward.estimators.funnels import Place, of_means, of_ratios, of_shares
from homeward.estimators.lot_quality import rule_for, sequential, smallest_sample
from homeward.estimators.refusals import CannotEstimate


def test_too_few_people_are_refused_and_the_number_that_would_do_is_said():
    with pytest.raises(CannotEstimate, match="errors_too_large") as refused:
        rule_for(10, 0.8, 0.5)
    enough = refused.value.needs["people"]
    assert rule_for(enough, 0.8, 0.5).n == enough > 10


@pytest.mark.parametrize(("upper", "lower"), [(0.5, 0.8), (0.5, 0.5), (1.0, 0.5)])
def test_thresholds_the_wrong_way_round_are_refused(upper, lower):
    with pytest.raises(CannotEstimate, match="share_out_of_range"):
        rule_for(19, upper, lower)


def test_nineteen_people_as_the_tables_have_them():
    found = rule_for(19, 0.8, 0.5)
    assert (found.accept, found.alpha, found.beta) == (
        13,
        pytest.approx(0.0676, abs=5e-5),
        pytest.approx(0.0835, abs=5e-5),
    )
    assert [rule_for(19, upper, upper - 0.3).accept for upper in (0.9, 0.7, 0.6, 0.5)] == [15, 11, 9, 7]
    assert (found.accepts(13), found.accepts(12)) == (True, False)
    assert found.chance([0.5, 0.8]) == pytest.approx([found.beta, 1 - found.alpha])


def test_the_fewest_people_are_nineteen_and_fewer_in_a_small_lot():
    assert smallest_sample(0.8, 0.5).n == 19
    assert smallest_sample(0.8, 0.5, population=40).n < 19


def test_asking_may_stop_early_at_walds_bounds():
    found = sequential(30, 0.8, 0.5)
    assert np.isnan(found.accept[0])
    assert np.nanmin(found.accept - np.arange(1, 31)) <= 0
    both = ~np.isnan(found.accept) & ~np.isnan(found.refuse)
    assert (found.refuse < found.accept)[both].all()


def test_exact_limits_of_shares_have_their_probability():
    found = of_shares([10, 20, 41], [50, 100, 200], overdispersed=False)
    assert found.places == (Place.INSIDE,) * 3
    low, high = found.inner[1] * 100
    law = stats.binom(100, found.target)
    assert law.cdf(np.floor(low)) <= 0.05
    assert 0.95 <= law.cdf(np.ceil(high)) <= 1
    assert found.outer[1][0] < found.inner[1][0] < 0.2 < found.inner[1][1] < found.outer[1][1]


def test_what_differs_anyway_widens_the_funnel():
    values, variances = np.array([0.1, 0.9, 0.5, 0.3, 0.7, 0.5]), np.full(6, 0.01)
    apart = of_means(values, variances, overdispersed=False)
    found = of_means(values, variances)
    assert apart.places[1] is Place.VERY_HIGH
    assert set(found.places) == {Place.INSIDE}
    # DerSimonian and Laird by hand: Q = 40, w = 100 six times
    assert found.tau2 == pytest.approx((40 - 5) / (600 - 100))
    assert found.z == pytest.approx((values - 0.5) / np.sqrt(0.01 + found.tau2))
    assert of_means(values, variances, winsorised=0.2).tau2 < found.tau2


def test_ratios_with_poisson_limits():
    found = of_ratios([10, 30, 9], [10, 10, 10], overdispersed=False)
    assert found.places == (Place.INSIDE, Place.VERY_HIGH, Place.INSIDE)
    with pytest.raises(CannotEstimate, match="expected_not_above_zero"):
        of_ratios([1, 2], [0, 1])
