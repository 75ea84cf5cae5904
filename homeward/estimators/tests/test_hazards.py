"""Cox regression against R's survival on the recidivism data of Rossi, and durations known by visits only."""

import numpy as np
import pytest
from lifelines import CoxPHFitter
from lifelines.datasets import load_rossi

from homeward.estimators.hazards import concordance, cox, proportional_hazards_test
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.risk_sets import Durations
from homeward.estimators.subdistributions import fine_gray
from homeward.estimators.visits import discrete_hazards, turnbull

ROSSI = load_rossi()
ROW = np.arange(1, len(ROSSI) + 1)
WEEK, ARREST = ROSSI["week"].to_numpy(), ROSSI["arrest"].to_numpy()
ALL = ROSSI[["fin", "age", "race", "wexp", "mar", "paro", "prio"]]
THREE = ROSSI[["fin", "age", "prio"]]


def near(given, wanted, tolerance=2e-9):
    np.testing.assert_allclose(given, wanted, rtol=0, atol=tolerance)


def test_efron_is_that_of_coxph():
    found = cox(Durations(WEEK, ARREST), ALL, names=list(ALL))
    near(
        found.coefficients,
        [
            -0.37942216649,
            -0.05743774268,
            0.31389978784,
            -0.14979569767,
            -0.43370387794,
            -0.08487108250,
            0.09149708099,
        ],
    )
    near(
        found.se,
        [
            0.19137948071,
            0.02199947060,
            0.30799277656,
            0.21222429625,
            0.38186805767,
            0.19575667191,
            0.02864854996,
        ],
    )
    assert found.log_likelihood == pytest.approx(-658.7476594, abs=1e-6)
    assert found.log_likelihood_null == pytest.approx(-675.3806323, abs=1e-6)
    assert found.concordance == pytest.approx(0.6403292471, abs=1e-9)
    assert found.likelihood_ratio.statistic == pytest.approx(33.26594580, abs=1e-6)
    assert (found.people, found.events) == (432, 114)


def test_it_is_that_of_lifelines_too():
    fitted = CoxPHFitter().fit(ROSSI, "week", "arrest")
    near(cox(Durations(WEEK, ARREST), ALL).coefficients, fitted.params_.to_numpy(), 1e-6)


def test_breslow_is_that_of_coxph():
    found = cox(Durations(WEEK, ARREST), ALL, ties="breslow")
    near(found.coefficients[[0, 1, 6]], [-0.37902188743, -0.05724592504, 0.09111154209])
    near(found.se[[0, 1, 6]], [0.19136442586, 0.02198318573, 0.02863125296])


def test_robust_and_cluster_errors_are_those_of_coxph():
    near(
        cox(Durations(WEEK, ARREST), ALL, robust=True).se[[0, 1, 6]],
        [0.19554177898, 0.02533614626, 0.02897459463],
    )
    clustered = Durations(WEEK, ARREST, clusters=ROW // 9)
    near(cox(clustered, ALL).se[[0, 1, 6]], [0.20497998809, 0.02635800480, 0.02583104701])
    near(cox(clustered, ALL, ties="breslow").se[[0, 1, 6]], [0.20413957089, 0.02624810060, 0.02558171896])


def test_strata_weights_and_late_entry_are_those_of_coxph():
    found = cox(Durations(WEEK, ARREST, strata=ROSSI["race"] * 2 + ROSSI["wexp"]), THREE)
    near(found.coefficients, [-0.36581953317, -0.06127595703, 0.09148640430])
    near(found.se, [0.19069663279, 0.02216642495, 0.02846804535])
    assert found.concordance == pytest.approx(0.5969332532, abs=1e-9)
    found = cox(Durations(WEEK, ARREST, weights=1 + (ROW % 4) / 2), THREE)
    near(found.coefficients, [-0.33695816943, -0.06585203175, 0.09341271316])
    near(found.se, [0.19998976085, 0.02465568315, 0.02920160962])
    late = Durations(WEEK, ARREST, entry=np.maximum(0, WEEK - 10 - ROW % 7))
    found = cox(late, THREE, robust=True)
    near(found.coefficients, [-0.13157972022, -0.03048696139, 0.01142883767])
    near(found.se, [0.10406406451, 0.01439530417, 0.01238141272])
    near(found.model_se, [0.19302425730, 0.01986598094, 0.02671000897])
    assert found.concordance == pytest.approx(0.6565961347, abs=1e-9)


@pytest.mark.parametrize(
    ("clock", "wanted"),
    [
        ("km", [0.06384154747, 6.32546446007, 0.51871057285, 7.13673939429]),
        ("rank", [1.3925718280, 0.9681002674, 1.6497901057, 3.8479578713]),
        ("identity", [0.009353191585, 6.997783971505, 0.423592523106, 7.709068166720]),
        ("log", [0.1415238579, 8.6826652225, 0.0130898222, 8.9965380510]),
    ],
)
def test_proportional_hazards_are_tested_as_by_cox_zph(clock, wanted):
    each, every = proportional_hazards_test(Durations(WEEK, ARREST), THREE, clock=clock)
    near([*(one.statistic for one in each), every.statistic], wanted, 1e-6)
    assert every.df == 3


def test_the_test_within_strata_too():
    each, every = proportional_hazards_test(Durations(WEEK, ARREST, strata=ROSSI["race"]), THREE)
    near(
        [*(one.statistic for one in each), every.statistic],
        [0.02523701597, 6.18229691213, 0.69296186506, 7.16342439660],
        1e-6,
    )


def test_score_residuals_add_up_to_nothing_and_schoenfeld_residuals_too():
    found = cox(Durations(WEEK, ARREST), ALL)
    near(found.residuals.sum(axis=0), 0, 1e-6)
    near(found.schoenfeld.sum(axis=0), 0, 1e-6)
    assert found.schoenfeld.shape == (114, 7)


def test_arms_the_other_way_round_and_other_units_change_what_they_should():
    found = cox(Durations(WEEK, ARREST), THREE)
    other = cox(
        Durations(WEEK, ARREST), np.column_stack((1 - THREE["fin"], THREE["age"] * 12, THREE["prio"]))
    )
    near(other.coefficients, found.coefficients * [-1, 1 / 12, 1])
    near(other.se, found.se * [1, 1 / 12, 1])


def test_everybody_twice_within_a_cluster_leaves_the_error():
    once = cox(Durations(WEEK, ARREST, clusters=ROW), THREE, ties="breslow")
    twice = cox(
        Durations(np.tile(WEEK, 2), np.tile(ARREST, 2), clusters=np.tile(ROW, 2)),
        np.tile(THREE, (2, 1)),
        ties="breslow",
    )
    near(twice.coefficients, once.coefficients)
    near(twice.se, once.se)


def test_concordance_in_blocks_is_that_of_all_pairs():
    rng = np.random.default_rng(5)
    t, e, r = rng.integers(1, 400, 2500), rng.random(2500) < 0.5, rng.integers(0, 50, 2500).astype(float)
    before = (t[:, None] < t[None]) | ((t[:, None] == t[None]) & ~e[None])
    pairs = before & e[:, None]
    right = (pairs & (r[:, None] > r[None])).sum() + 0.5 * (pairs & (r[:, None] == r[None])).sum()
    assert concordance(Durations(t, e), r) == pytest.approx(right / pairs.sum(), abs=1e-12)


@pytest.mark.parametrize(
    ("durations", "x", "reason"),
    [
        (Durations([1, 2, 3, 4], [1, 1, 0, 0]), [1, 1, 1, 1], "no_variation"),
        (Durations([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0]), [1, 1, 1, 0, 0, 0], "perfect_separation"),
        (Durations([1, 2, 3, 4], [0, 0, 0, 1]), [1, 2, 3, 1], "too_few"),
        (Durations([1, 2, 3, 4], [1, 0, 1, 1]), [[1, 2], [2, 4], [3, 6], [1, 2]], "collinear"),
        (Durations([1, 2, 3], [1, 1, 0], entry=[1, 0, 0]), [1, 2, 3], "times_out_of_order"),
        (Durations([1, 2, 3], [1, 1, 0], weights=[1, 0, 1]), [1, 2, 3], "weights_not_positive"),
        (Durations([1, 2, np.nan], [1, 1, 0]), [1, 2, 3], "missing_values"),
    ],
)
def test_what_is_refused(durations, x, reason):
    with pytest.raises(CannotEstimate) as refused:
        cox(durations, x)
    assert refused.value.reason == reason


def test_hazards_by_visit_without_covariates_that_matter_are_shares():
    last = np.array([1] * 30 + [2] * 30 + [3] * 40)
    ended = np.array([True] * 10 + [False] * 20 + [True] * 15 + [False] * 15 + [True] * 8 + [False] * 32)
    found = discrete_hazards(np.tile(last, 2), np.tile(ended, 2), np.repeat([0.0, 1.0], 100))
    assert found.person_periods == 2 * (30 + 60 + 120)
    assert found.coefficients[0] == pytest.approx(0, abs=1e-8)
    near(1 - np.exp(-np.exp(found.baseline)), [10 / 100, 15 / 70, 8 / 40], 1e-6)


def test_grouped_times_find_the_log_hazard_ratio_of_the_times_behind():
    rng = np.random.default_rng(8)
    x = rng.integers(0, 2, 4000)
    t = rng.exponential(1 / (0.08 * np.exp(0.6 * x)))
    last = np.minimum(np.ceil(t / 3), 8)
    found = discrete_hazards(last, t <= 24, x)
    assert found.coefficients[0] == pytest.approx(0.6, abs=3 * found.se[0])
    with pytest.raises(CannotEstimate, match="no_variation"):
        discrete_hazards([1, 2, 3], [0, 1, 1], [1.0, 2.0, 3.0])


def test_turnbull_with_known_times_is_kaplan_meier():
    low = np.array([2.0, 3, 3, 5, 6])
    found = turnbull(low, [2, 3, np.inf, 5, np.inf])
    assert found.high.tolist()[:3] == [2, 3, 5]
    near(found.survival[:3], [0.8, 0.6, 0.3], 1e-6)


def test_turnbull_by_hand():
    # innermost intervals (0,1], (2,3]: three in (0,1], one in (0,3], one in (2,3]
    found = turnbull([0, 0, 0, 0, 2], [1, 1, 1, 3, 3])
    assert list(zip(found.low, found.high, strict=True)) == [(0, 1), (2, 3)]
    near(found.mass, [0.75, 0.25], 1e-6)  # m = (3 + m) / 5
    with pytest.raises(CannotEstimate, match="times_out_of_order"):
        turnbull([2], [1])


def test_fine_and_gray_are_those_of_cmprsk():
    i = np.arange(1, 61)
    times, causes = (i * 7) % 23 + 1, (i * 5 + i // 7) % 4
    causes[causes == 3] = 0
    x = np.column_stack(((i * 11) % 7 / 3, i % 2))
    found = fine_gray(times, causes, x, cause=1)
    near(found.coefficients, [2.33874594081, 0.07828838333], 2e-6)
    near(found.se, [0.3877441858, 0.4590393439], 2e-6)
    assert found.log_likelihood == pytest.approx(-47.86383479, abs=1e-7)
    found = fine_gray(times, causes, x, cause=2)
    near(found.coefficients, [-1.3620925900, -0.2495132679], 2e-6)
    near(found.se, [0.3471021998, 0.4847467312], 2e-6)
    with pytest.raises(CannotEstimate, match="no_variation"):
        fine_gray(times, causes, np.ones(60), cause=1)


def test_without_other_causes_fine_and_gray_is_cox():
    plain = cox(Durations(WEEK, ARREST), THREE, ties="breslow", robust=True)
    found = fine_gray(WEEK, ARREST, THREE, cause=1)
    near(found.coefficients, plain.coefficients, 1e-8)
    near(found.se, plain.se, 1e-8)
