"""Differences in differences: organ donations, by hand, R's clubSandwich, and permutation with one."""

import numpy as np
import pytest
from causaldata import organ_donations

from homeward.estimators.differences import (
    Rows,
    difference_in_differences,
    event_study,
    gap_decomposition,
    permutation_p,
    wild_bootstrap_p,
)
from homeward.estimators.refusals import CannotEstimate

ORGANS = organ_donations.load_pandas().data
STATE, QUARTER = ORGANS["State"].to_numpy(), ORGANS["Quarter_Num"].to_numpy()
AFTER = (QUARTER > 3).astype(int)
CALIFORNIA = STATE == "California"
DONATIONS = Rows(ORGANS["Rate"], CALIFORNIA & (AFTER == 1), STATE, AFTER)


def villages(effect=0.3):
    """Fourteen villages of five periods, four treated from the fourth on, one that leaves early."""
    u, t = np.repeat(np.arange(1, 15), 5), np.tile(np.arange(1, 6), 14)
    d = ((u % 3 == 0) & (t > 3)).astype(float)
    y = ((u * 7 + t * 3 + u * t) % 11) / 10 + effect * d
    kept = ~((u == 4) & (t > 3))
    return u[kept], t[kept], d[kept], y[kept]


def test_organ_donations_are_those_published():
    found = difference_in_differences(DONATIONS)
    assert found.estimate == pytest.approx(-0.022459, abs=5e-7)
    assert found.se == pytest.approx(0.006035, abs=5e-7)
    assert (found.clusters, found.treated_clusters, found.df) == (27, 1, 26)
    every_quarter = Rows(ORGANS["Rate"], DONATIONS.exposed, STATE, QUARTER)
    assert difference_in_differences(every_quarter).estimate == pytest.approx(found.estimate)


def test_one_treated_state_is_one_of_27_and_five_placebos_are_as_large():
    p, ways, effects = permutation_p(DONATIONS)
    assert (p, ways) == (pytest.approx(5 / 27), 27)
    assert np.min(np.abs(effects - difference_in_differences(DONATIONS).estimate)) < 1e-12
    # the wild bootstrap is no better than the error with one treated cluster, but it does not say 0.001
    assert wild_bootstrap_p(DONATIONS, draws=999)[0] > 0.1


def test_two_by_two_by_hand():
    # treated 2 -> 5 and 4 -> 9 (mean change 4), others 1 -> 2 and 3 -> 4 and 5 -> 5 (2/3)
    y = [2, 5, 4, 9, 1, 2, 3, 4, 5, 5]
    unit, after = np.repeat(range(5), 2), np.tile([0, 1], 5)
    found = difference_in_differences(Rows(y, (unit < 2) & (after == 1), unit, after))
    assert found.estimate == pytest.approx(4 - 2 / 3)


def test_bell_and_mccaffrey_as_clubsandwich():
    u, t, d, y = villages()
    found = difference_in_differences(Rows(y, d, u, t), errors="CR2")
    assert (found.estimate, found.se, found.df) == (
        pytest.approx(0.386111111111, abs=1e-9),
        pytest.approx(0.139304932424, abs=1e-9),
        pytest.approx(5.827586206897, abs=1e-8),
    )
    assert difference_in_differences(Rows(y, d, u, t), errors="CR0").se == pytest.approx(
        0.122929526076, abs=1e-9
    )


def test_every_row_twice_in_its_cluster_leaves_cr0_and_swapping_arms_turns_the_sign():
    u, t, d, y = villages()
    once = difference_in_differences(Rows(y, d, u, t), errors="CR0")
    twice = difference_in_differences(
        Rows(np.tile(y, 2), np.tile(d, 2), np.tile(u, 2), np.tile(t, 2)), errors="CR0"
    )
    assert twice.se == pytest.approx(once.se)
    other = difference_in_differences(Rows(y, (u % 3 != 0) & (t > 3), u, t), errors="CR0")
    assert other.estimate == pytest.approx(-once.estimate)
    rescaled = difference_in_differences(Rows(y, d, u, t, weights=np.full(y.size, 7.0)), errors="CR0")
    assert (rescaled.estimate, rescaled.se) == (pytest.approx(once.estimate), pytest.approx(once.se))


def test_an_event_study_of_one_beginning_is_each_period_against_the_last_before():
    since = np.where(CALIFORNIA, QUARTER - 4, np.nan)
    found = event_study(Rows(ORGANS["Rate"], AFTER, STATE, QUARTER), since)
    rate = ORGANS["Rate"].to_numpy()

    def by_hand(quarter):
        change = {
            arm: rate[arm == CALIFORNIA][QUARTER[arm == CALIFORNIA] == quarter].mean()
            - rate[arm == CALIFORNIA][QUARTER[arm == CALIFORNIA] == 3].mean()
            for arm in (True, False)
        }
        return change[True] - change[False]

    np.testing.assert_allclose(found.effects, [by_hand(q) for q in (1, 2, 4, 5, 6)], atol=1e-12)
    assert found.at.tolist() == [-3, -2, 0, 1, 2]
    assert found.pretrend_df == (2, 26)
    assert 0 < found.pretrend_p < 1


def test_without_an_effect_permutation_rejects_as_often_as_it_says():
    rng = np.random.default_rng(11)
    u, t = np.repeat(np.arange(10), 4), np.tile(np.arange(4), 10)
    d = ((u < 3) & (t > 1)).astype(float)
    found = [permutation_p(Rows(rng.normal(size=40), d, u, t))[0] for _one in range(200)]
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.1
    assert np.mean(found) == pytest.approx(0.5, abs=0.07)


def test_the_wild_bootstrap_rejects_as_often_as_it_says():
    rng = np.random.default_rng(12)
    u, t = np.repeat(np.arange(14), 4), np.tile(np.arange(4), 14)
    d = ((u < 6) & (t > 1)).astype(float)
    found = []
    for _one in range(150):
        y = rng.normal(size=14)[u] * t + rng.normal(size=u.size)
        found.append(wild_bootstrap_p(Rows(y, d, u, t), draws=399)[0])
    assert np.mean(np.array(found) <= 0.05) <= 0.1


def test_the_gap_and_the_context_add_up_to_the_change():
    found = gap_decomposition((0.40, 0.55), (0.60, 0.68), local_se=(0.03, 0.04), returnee_se=(0.01, 0.02))
    assert found.context == pytest.approx(0.08)
    assert found.gap_change == pytest.approx(0.07)
    assert found.context + found.gap_change == pytest.approx(found.change)
    assert found.context_se == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (Rows([1, 2, 3, 4], [0, 0, 0, 0], [1, 1, 2, 2], [0, 1, 0, 1]), "no_variation"),
        (Rows([1, 2, 3, 4], [0, 1, 0, 1], [1, 1, 2, 2], [0, 1, 0, 1]), "no_variation"),
        (Rows([1, 2], [0, 1], [1, 1], [0, 1]), "too_few"),
        (Rows([1, 2, np.nan, 4], [0, 1, 0, 0], [1, 1, 2, 2], [0, 1, 0, 1]), "missing_values"),
    ],
)
def test_what_is_refused(rows, reason):
    with pytest.raises(CannotEstimate) as refused:
        difference_in_differences(rows)
    assert refused.value.reason == reason
