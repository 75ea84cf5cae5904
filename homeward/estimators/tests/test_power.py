"""Power and numbers as R's pwr, power.t.test and power.prop.test give them, and by simulation."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import TTestIndPower

from homeward.estimators.power import (
    cluster_detectable_effect,
    cluster_power,
    clusters_needed,
    detectable_effect,
    effect_h,
    people_for_margin,
    power_arcsine,
    power_shares,
    power_t,
    solve_n,
    subgroup_contrast_se,
    variance_factor,
)
from homeward.estimators.refusals import CannotEstimate


def test_power_is_that_of_r():
    assert power_t(20, 1) == pytest.approx(0.8690, abs=5e-5)  # power.t.test(20, 1): the near tail
    assert power_t(20, 1) == pytest.approx(0.86895, abs=5e-6)
    assert power_shares(50, 0.5, 0.75) == pytest.approx(0.74017, abs=5e-6)
    assert solve_n(lambda n: power_arcsine(n, 0.3)) == pytest.approx(174.4195, abs=5e-4)
    assert solve_n(lambda n: power_shares(n, 0.5, 0.75), 0.9) == pytest.approx(76.7, abs=0.05)
    assert solve_n(lambda n: power_t(n, 0.5)) == pytest.approx(63.76561, abs=1e-4)
    assert solve_n(lambda n: power_t(n, 0.5, kind="paired")) == pytest.approx(33.36713, abs=1e-4)
    assert effect_h(0.5, 0.25) == pytest.approx(np.pi / 6)


def test_power_with_unequal_groups_is_that_of_statsmodels():
    for n, d, ratio in ((20, 0.8, 2.0), (60, 0.3, 0.5)):
        assert power_t(n, d, ratio=ratio) == pytest.approx(TTestIndPower().power(d, n, 0.05, ratio=ratio))


def test_detectable_effects_are_those_of_the_table():
    half = variance_factor(baseline_correlation=0.5)
    assert detectable_effect((150, 150), variance=half) == pytest.approx(0.280, abs=5e-4)
    assert detectable_effect((150, 150), variance=half * 1.45) == pytest.approx(0.337, abs=5e-4)
    assert cluster_detectable_effect((15, 15), 10, 0.05, variance=half) == pytest.approx(0.349, abs=2e-3)


@pytest.mark.parametrize(("rho", "ancova", "did"), [(0.3, 0.91, 1.4), (0.5, 0.75, 1.0), (0.7, 0.51, 0.6)])
def test_what_a_baseline_is_worth(rho, ancova, did):
    assert variance_factor(baseline_correlation=rho) == pytest.approx(ancova)
    assert variance_factor(baseline_correlation=rho, analysis="did") == pytest.approx(did)
    assert variance_factor(baseline_correlation=rho, analysis="post") == 1


@pytest.mark.parametrize(("n", "se"), [(240, 0.023), (90, 0.038), (40, 0.057), (15, 0.093)])
def test_errors_of_contrasts_in_subgroups(n, se):
    assert subgroup_contrast_se(n, 0.18) == pytest.approx(se, abs=5e-4)


def test_power_of_clusters_is_what_simulation_finds():
    rng, tests = np.random.default_rng(13), 600
    village = rng.normal(size=(tests, 16)) * np.sqrt(0.1) + rng.normal(size=(tests, 16)) * np.sqrt(0.9 / 12)
    village[:, :8] += 0.45
    found = np.mean(stats.ttest_ind(village[:, :8], village[:, 8:], axis=1).pvalue < 0.05)
    assert cluster_power(0.45, (8, 8), 12, 0.1) == pytest.approx(found, abs=0.05)
    needed = clusters_needed(0.45, 12, 0.1)
    assert cluster_power(0.45, (needed, needed), 12, 0.1) >= 0.8
    assert cluster_power(0.45, (needed - 1, needed - 1), 12, 0.1) < 0.8


def test_margins_are_those_of_the_table():
    assert np.ceil(people_for_margin(0.1, 0.5)) == 97
    assert np.ceil(people_for_margin(0.1, 0.5, population=120)) == 54
    assert np.ceil(people_for_margin(0.1, 0.5, deff=1.5)) == 145
    assert np.ceil(people_for_margin(0.05, 0.5)) == 385
    assert np.ceil(people_for_margin(0.05, 0.5, population=400) / 0.6) == 328
    assert np.ceil(people_for_margin(0.05, 0.5, deff=1.5) / 0.5) == 1153


def test_what_is_refused():
    with pytest.raises(CannotEstimate, match="no_number_is_enough"):
        solve_n(lambda n: power_arcsine(n, 0.0))
    with pytest.raises(CannotEstimate, match="too_few"):
        power_t(1, 0.5)
    with pytest.raises(CannotEstimate, match="not_a_correlation"):
        variance_factor(baseline_correlation=1.5)
    with pytest.raises(CannotEstimate, match="unknown_analysis"):
        variance_factor(analysis="change")
