"""Estimates drawn together, against R's metafor 3.8 on the thirteen trials of BCG vaccine (Colditz 1994)."""

import numpy as np
import pytest

from homeward.estimators.meta_analysis import pooled
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.small_areas import fay_herriot

CASES = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27])
SOUND = np.array([119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886])
CASES_WITHOUT = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29])
SOUND_WITHOUT = np.array([128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825])
LATITUDE = np.array([44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33])
VACCINATED, NOT = CASES + SOUND, CASES_WITHOUT + SOUND_WITHOUT
EFFECTS = np.log((CASES / VACCINATED) / (CASES_WITHOUT / NOT))
VARIANCES = 1 / CASES - 1 / VACCINATED + 1 / CASES_WITHOUT - 1 / NOT


@pytest.mark.parametrize(
    ("effects", "variances", "given", "reason"),
    [
        ([0.1], [0.01], {}, "too_few"),
        ([0.1, 0.2], [0.01, 0.01], {"moderators": [0, 1]}, "too_few"),
        ([0.1, 0.2, 0.3], [0.01, 0.0, 0.01], {}, "variance_not_above_zero"),
        ([0.1, np.nan, 0.3], [0.01, 0.01, 0.01], {}, "missing_values"),
        ([0.2, 0.2, 0.2], [0.01, 0.02, 0.01], {}, "no_variation"),
        ([0.1, 0.2, 0.3], [0.01, 0.01, 0.01], {"moderators": [1, 1, 1]}, "moderators_collinear"),
    ],
)
def test_what_cannot_be_drawn_together_is_refused(effects, variances, given, reason):
    with pytest.raises(CannotEstimate, match=reason):
        pooled(effects, variances, **given)


# method: estimate, se (normal), se (Knapp-Hartung), tau2, its error, I2, H2
OF_R = {
    "DL": (-0.714117222073, 0.178742089535, 0.180696628336, 0.308760262862, 0.229869992511, 92.1173468546),
    "REML": (-0.714532348365, 0.17978153178, 0.180791745519, 0.313243325981, 0.166425783099, 92.221386075),
    "ML": (-0.71119913919, 0.171896817023, 0.180042222963, 0.28002817105, 0.144251964039, 91.3782847398),
    "PM": (-0.714968159161, 0.180892206115, 0.180892192848, 0.318068515771, None, 92.3303393694),
    "HE": (-0.715878588759, 0.183279985989, 0.181104069191, 0.328563857996, None, 92.5570974066),
    "SJ": (-0.717248592558, 0.187059458416, 0.181428451528, 0.345515701599, None, 92.8963240955),
    "HS": (-0.704535373916, 0.158652093057, 0.178623307722, 0.228362863677, None, 89.6299666641),
}


@pytest.mark.parametrize("method", OF_R)
def test_thirteen_trials_as_r_tells_them(method):
    estimate, plain, knapp, tau2, tau2_se, i2 = OF_R[method]
    found = pooled(EFFECTS, VARIANCES, method=method, errors="normal")
    told = (found.estimate, found.se, found.tau2, 100 * found.i2, found.q)
    assert told == pytest.approx((estimate, plain, tau2, i2, 152.233008082), rel=1e-6)
    assert pooled(EFFECTS, VARIANCES, method=method).se == pytest.approx(knapp, rel=1e-6)
    if tau2_se:
        assert found.tau2_se == pytest.approx(tau2_se, rel=1e-6)


def test_one_effect_in_all_is_the_fixed_one():
    found = pooled(EFFECTS, VARIANCES, method="FE", errors="normal")
    assert (found.estimate, found.se) == pytest.approx((-0.430285163654, 0.0404987517109), rel=1e-10)
    assert (found.h2, found.prediction_low) == (pytest.approx(12.6860840069), None)


def test_where_the_next_trial_would_lie_and_what_tau2_may_be():
    found = pooled(EFFECTS, VARIANCES)
    assert (found.prediction_low, found.prediction_high) == pytest.approx((-1.9960170, 0.5669523), abs=1e-6)
    assert (found.tau2_low, found.tau2_high) == pytest.approx((0.1197, 1.1115), abs=5e-5)
    assert (found.low, found.high, found.df) == (
        pytest.approx(-1.108443723, abs=1e-7),
        pytest.approx(-0.320620974, abs=1e-7),
        12,
    )


def test_a_moderator_takes_up_what_differs():
    found = pooled(EFFECTS, VARIANCES, method="DL", moderators=LATITUDE)
    told = (*found.coefficients, *np.sqrt(np.diag(found.covariance)), found.tau2, found.moderators_q)
    assert told == pytest.approx(
        (0.259543712434, -0.0292287387552, 0.273874502068, 0.00793775578621, 0.0633005024264, 13.5589070868),
        rel=1e-9,
    )
    reml = pooled(EFFECTS, VARIANCES, moderators=LATITUDE)
    assert (reml.tau2, reml.moderators_q) == pytest.approx((0.07635, 12.591), rel=1e-4)


def test_errors_truncated_are_never_below_the_normal_ones():
    alike = pooled([0.1, 0.11, 0.1, 0.09], [0.04] * 4)
    assert alike.se < pooled([0.1, 0.11, 0.1, 0.09], [0.04] * 4, errors="truncated").se == pytest.approx(0.1)


def test_places_borrow_by_how_uncertain_they_are():
    found = fay_herriot(EFFECTS, VARIANCES, LATITUDE)
    tau2 = pooled(EFFECTS, VARIANCES, moderators=LATITUDE).tau2
    assert found.variance_between == pytest.approx(tau2)
    assert found.own == pytest.approx(tau2 / (tau2 + VARIANCES))
    assert found.estimates == pytest.approx(found.own * EFFECTS + (1 - found.own) * found.synthetic)
    assert (found.mse < VARIANCES)[VARIANCES > 0.3].all()


@pytest.mark.parametrize("method", ["REML", "ML", "FH"])
def test_the_error_of_a_place_is_what_repeated_sampling_gives(method):
    # 40 equal places without traits: E[mse] by Prasad & Rao against the mean squared error of 2,000 rounds
    draws = np.random.default_rng(11)
    m, between, within, rounds = 40, 1.0, 1.0, 2000
    truth = draws.normal(0, np.sqrt(between), (rounds, m))
    direct = truth + draws.normal(0, np.sqrt(within), (rounds, m))
    found = [fay_herriot(row, np.full(m, within), method=method) for row in direct[:400]]
    real = np.mean([(one.estimates - true) ** 2 for one, true in zip(found, truth, strict=False)])
    assert np.mean([one.mse for one in found]) == pytest.approx(real, rel=0.05)


# Expenditure on milk in 43 places of four regions (Arora & Lahiri 1997), as R's sae tells the first four
MILK = [1.099, 1.075, 1.105, 0.628, 0.753, 0.981, 1.257, 1.095, 1.405, 1.356, 0.615, 1.46, 1.338, 0.854]
MILK += [1.176, 1.111, 1.257, 1.43, 1.278, 1.292, 1.002, 1.183, 1.044, 1.267, 1.193, 0.791, 0.795, 0.759]
MILK += [0.796, 0.565, 0.886, 0.952, 0.807, 0.582, 0.684, 0.787, 0.44, 0.759, 0.77, 0.8, 0.756, 0.865, 0.64]
ERRORS = [0.163, 0.08, 0.083, 0.109, 0.119, 0.141, 0.202, 0.127, 0.168, 0.178, 0.1, 0.201, 0.148, 0.143]
ERRORS += [0.149, 0.145, 0.135, 0.172, 0.137, 0.163, 0.125, 0.247, 0.14, 0.171, 0.106, 0.121, 0.121, 0.259]
ERRORS += [0.106, 0.089, 0.225, 0.205, 0.119, 0.067, 0.106, 0.126, 0.092, 0.132, 0.1, 0.113, 0.083, 0.121]
ERRORS += [0.129]
REGION = np.repeat([1, 2, 3, 4], [7, 7, 11, 18])
MILK_OF_R = {
    "REML": (
        [1.0219703, 1.0476018, 1.0679513, 0.7608170],
        [0.013460220, 0.005372876, 0.005701990, 0.008541740],
    ),
    "ML": (
        [1.0161733, 1.0436968, 1.0628168, 0.7753489],
        [0.013579953, 0.005512868, 0.005850584, 0.008735454],
    ),
    "FH": ([1.017975, 1.044963, 1.064480, 0.770692], [0.012757016, 0.005314467, 0.005632201, 0.008323471]),
}


@pytest.mark.parametrize("method", MILK_OF_R)
def test_expenditure_on_milk_as_r_tells_it(method):
    estimates, errors = MILK_OF_R[method]
    traits = np.column_stack([region == REGION for region in (2, 3, 4)])
    found = fay_herriot(MILK, np.square(ERRORS), traits, method=method)
    assert found.estimates[:4] == pytest.approx(estimates, abs=2e-6)
    assert found.mse[:4] == pytest.approx(errors, abs=2e-7)


def test_places_that_differ_by_chance_alone_get_what_traits_foretell():
    found = fay_herriot([1.0, 1.01, 0.99, 1.0, 1.0], [1.0] * 5)
    assert found.variance_between == 0
    assert found.estimates == pytest.approx(np.ones(5))


def test_too_few_places_are_refused():
    with pytest.raises(CannotEstimate, match="too_few"):
        fay_herriot([1.0, 2.0], [0.1, 0.1], [0.0, 1.0])
