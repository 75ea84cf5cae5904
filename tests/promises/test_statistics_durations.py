"""What limits, curves and tests of durations, differences and costs promise, over many simulated studies.

The ordinary run makes few; `make drill` makes all, with tolerances that belong to their number.
"""

import numpy as np
import pytest

from homeward.estimators.costs import acceptability_curve, bootstrap_plane, increments
from homeward.estimators.differences import Rows, difference_in_differences, permutation_p, wild_bootstrap_p
from homeward.estimators.dynamics import within_person
from homeward.estimators.hazards import cox
from homeward.estimators.incidence import cumulative_incidence, gray_test
from homeward.estimators.risk_sets import Durations
from homeward.estimators.staggered import Panel, aggregate, att_gt
from homeward.estimators.survival import kaplan_meier, restricted_mean
from tests.promises.bounds import figure, full

PROMISE = "H5"
MANY = [pytest.param(full(2000, 200), marks=pytest.mark.drill), 60]


def slack(studies, share):
    """Four standard errors of a share over so many studies."""
    return 4 * np.sqrt(share * (1 - share) / studies)


def returns(rng, n=250, arm=0.0):
    """Months until one of two causes, censored at random up to 30 months: true hazards .02 and .03."""
    scale = np.exp(arm)
    first, second = rng.exponential(1 / (0.02 * scale), n), rng.exponential(1 / 0.03, n)
    lost = rng.uniform(6, 30, n)
    t = np.minimum.reduce([first, second, lost])
    return t, np.where(t == first, 1, np.where(t == second, 2, 0))


@pytest.mark.parametrize("studies", MANY)
def test_limits_of_curves_hold_the_truth_as_often_as_they_say(studies):
    rng, held = np.random.default_rng(21), np.zeros(3)
    truth = 0.4 * (1 - np.exp(-0.05 * 12))
    area = (1 - np.exp(-0.05 * 12)) / 0.05
    for _study in range(studies):
        t, cause = returns(rng)
        _share, _se, low, high = cumulative_incidence(t, cause)[1].at(12)
        held[0] += low[0] <= truth <= high[0]
        _alive, _se, low, high = kaplan_meier(t, cause > 0).at(12)
        held[1] += low[0] <= np.exp(-0.05 * 12) <= high[0]
        mean = restricted_mean(t, cause > 0, 12)
        held[2] += mean.low <= area <= mean.high
    found = held / studies
    figure(PROMISE, f"limits of incidence, survival, restricted mean held {found.round(3)} in {studies:,}")
    assert (np.abs(found - 0.95) <= 0.01 + slack(studies, 0.95)).all()


@pytest.mark.parametrize("studies", MANY)
def test_hazard_ratios_and_grays_test_are_as_sure_as_they_say(studies):
    rng, held, rejected = np.random.default_rng(22), 0, 0
    for _study in range(studies):
        arm = np.arange(240) % 2
        t, cause = returns(rng, 240, 0.5 * arm)
        model = cox(Durations(t, cause == 1), arm)
        low, high = model.intervals()[0]
        held += low <= 0.5 <= high
        t, cause = returns(rng, 240)
        rejected += gray_test(t, cause, arm, cause=1).p_value < 0.05
    figure(PROMISE, f"hazard ratio held {held / studies:.3f}, Gray's test rejected {rejected / studies:.3f}")
    assert abs(held / studies - 0.95) <= 0.01 + slack(studies, 0.95)
    assert abs(rejected / studies - 0.05) <= 0.01 + slack(studies, 0.05)


def villages(rng, treated, groups, effect=0.0):
    u, t = np.repeat(np.arange(groups), 4), np.tile(np.arange(4), groups)
    d = ((u < treated) & (t > 1)).astype(float)
    drift = rng.normal(size=groups)[u] * (t > 1)
    return u, t, d, rng.normal(size=groups)[u] + drift + effect * d + rng.normal(size=u.size)


@pytest.mark.parametrize("studies", [pytest.param(full(1000, 200), marks=pytest.mark.drill), 60])
def test_differences_in_differences_reject_as_often_as_they_say(studies):
    rng, many, few = np.random.default_rng(23), np.zeros(3), 0
    for _study in range(studies):
        u, t, d, y = villages(rng, 10, 22)
        rows = Rows(y, d, u, t)
        many[0] += difference_in_differences(rows, errors="CR1").p_value < 0.05
        many[1] += difference_in_differences(rows, errors="CR2").p_value < 0.05
        many[2] += wild_bootstrap_p(rows, draws=399)[0] < 0.05
        u, t, d, y = villages(rng, 2, 14)
        few += permutation_p(Rows(y, d, u, t))[0] <= 0.05
    found = many / studies
    figure(
        PROMISE, f"CR1, CR2, wild rejected {found.round(3)}; permutation of two places {few / studies:.3f}"
    )
    assert (found <= 0.075 + slack(studies, 0.05)).all()
    assert few / studies <= 0.05 + slack(studies, 0.05)


@pytest.mark.parametrize("studies", [pytest.param(full(1000, 200), marks=pytest.mark.drill), 50])
def test_staggered_effects_are_held_as_often_as_they_say(studies):
    rng, held = np.random.default_rng(24), np.zeros(2)
    for _study in range(studies):
        cohort = rng.choice([0, 3, 4], 120, p=[0.5, 0.25, 0.25])
        t = np.arange(1, 6)
        since = t - np.where(cohort == 0, 99, cohort)[:, None]
        y = rng.normal(size=(120, 1)) + 0.1 * t + np.where(since >= 0, 0.5, 0.0) + rng.normal(size=(120, 5))
        panel = Panel(y.ravel(), np.repeat(np.arange(120), 5), np.tile(t, 120), np.repeat(cohort, 5))
        for place, kind in enumerate(("simple", "dynamic")):
            made = aggregate(att_gt(panel), kind)
            held[place] += abs(made.estimate - 0.5) <= 1.96 * made.se
    found = held / studies
    figure(PROMISE, f"staggered effects held {found.round(3)} in {studies:,}")
    assert (np.abs(found - 0.95) <= 0.015 + slack(studies, 0.95)).all()


@pytest.mark.parametrize("studies", [pytest.param(full(200, 20), marks=pytest.mark.drill), 5])
def test_acceptability_by_bootstrap_is_that_by_formula(studies):
    rng, widest = np.random.default_rng(25), 0.0
    values = np.linspace(0, 20_000, 41)
    for _study in range(studies):
        a = np.arange(600) % 2 == 0
        push = rng.normal(size=600)
        cost = 900 + 500 * a + 200 * push + 300 * rng.gamma(2, 1, 600)
        effect = 0.5 + 0.06 * a + 0.03 * push + 0.18 * rng.normal(size=600)
        plane = bootstrap_plane(cost, effect, a, draws=5000, seed=int(rng.integers(2**31)))
        gap = acceptability_curve(plane, values) - increments(cost, effect, a).acceptability(values)
        widest = max(widest, float(np.abs(gap).mean()))
    figure(PROMISE, f"acceptability: bootstrap and formula at most {widest:.4f} apart in {studies} studies")
    assert widest < 0.02


@pytest.mark.drill
def test_paths_within_people_are_held_as_often_as_they_say():
    rng, studies = np.random.default_rng(26), full(400, 40)
    paths, held, poor = np.array([[0.4, 0.1], [0.2, 0.25]]), np.zeros(4), 0
    for _study in range(studies):
        stable = rng.multivariate_normal([0, 0], [[0.5, 0.2], [0.2, 0.4]], 700)
        now = rng.multivariate_normal([0, 0], [[1, 0.3], [0.3, 1]], 700)
        rounds = [stable + now]
        for _wave in range(3):
            now = now @ paths.T + rng.multivariate_normal([0, 0], [[0.6, 0.1], [0.1, 0.7]], 700)
            rounds.append(stable + now)
        both = np.array(rounds)
        made = within_person(both[:, :, 0].T, both[:, :, 1].T)
        for place, name in enumerate(("x_on_x", "x_on_y", "y_on_x", "y_on_y")):
            value, se = made.parameters[name]
            held[place] += abs(value - paths.ravel()[place]) <= 1.96 * se
        poor += made.p_value < 0.05
    figure(
        PROMISE, f"within-person paths held {(held / studies).round(3)}, fit rejected {poor / studies:.3f}"
    )
    assert (np.abs(held / studies - 0.95) <= 0.02 + slack(studies, 0.95)).all()
    assert poor / studies <= 0.07 + slack(studies, 0.05)
