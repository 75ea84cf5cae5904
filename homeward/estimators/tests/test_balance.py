"""Propensities, overlap and balance."""

import numpy as np
import pytest

from homeward.estimators.balance import balance, largest
from homeward.estimators.effects.weighting import ipw
from homeward.estimators.propensity import area_under_curve, effective_size, overlap_of, propensity_scores
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.tests.effect_data import made_up, nhefs


def test_a_yes_or_no_covariate_has_the_deviation_of_its_share():
    treated = np.repeat([1, 0], 10)
    column = np.r_[np.repeat([1, 0], [6, 4]), np.repeat([1, 0], [3, 7])]
    (found,) = balance(column, treated)
    assert found.smd == pytest.approx(0.3 / np.sqrt((0.6 * 0.4 + 0.3 * 0.7) / 2))
    assert found.variance_ratio is None


def test_weights_do_not_shrink_the_deviation_they_are_judged_by():
    y, treated, x, _none = made_up(300)
    (found,) = balance(x[:, 0], treated, np.ones(y.size))
    assert found.smd == pytest.approx(found.smd_weighted)
    spread = np.sqrt((x[treated, 0].var(ddof=1) + x[~treated, 0].var(ddof=1)) / 2)
    assert found.smd == pytest.approx((x[treated, 0].mean() - x[~treated, 0].mean()) / spread)
    assert found.variance_ratio == pytest.approx(x[treated, 0].var(ddof=1) / x[~treated, 0].var(ddof=1))
    (of_treated,) = balance(x[:, 0], treated, target="ATT")
    assert of_treated.smd == pytest.approx(
        (found.mean_treated - found.mean_control) / x[treated, 0].std(ddof=1)
    )


def test_columns_that_differ_but_never_vary_are_refused():
    with pytest.raises(CannotEstimate, match="no_variation"):
        balance(np.repeat([5.0, 7.0], 5), np.repeat([0, 1], 5))
    assert largest(balance(np.full(10, 5.0), np.repeat([0, 1], 5))) == 0


def test_weights_of_smoking_cessation_balance_it():
    given = nhefs()
    found = ipw(given)
    columns = given.selection_design[:, 1:]
    assert largest(balance(columns, given.treated), weighted=False) > 0.2
    assert largest(balance(columns, given.treated, found.weights)) < 0.1


def test_overlap_says_how_far_groups_can_be_compared():
    scores = np.array([0.05, 0.2, 0.4, 0.6, 0.8, 0.95])
    treated = np.array([0, 0, 1, 0, 1, 1])
    found = overlap_of(scores, treated, np.ones(6))
    assert found.auc == pytest.approx(8 / 9)
    assert found.outside == pytest.approx(2 / 6)
    assert (found.ess_treated, found.ess_control, found.ess_share) == (3, 3, 1)
    assert area_under_curve(np.full(6, 0.5), treated == 1) == 0.5
    assert effective_size(np.array([1.0, 1.0, 2.0])) == pytest.approx(16 / 6)


def test_propensities_are_those_of_most_likelihood():
    _y, treated, x, _none = made_up(300)
    found = propensity_scores(treated, x)
    design = np.column_stack([np.ones(300), x])
    assert np.abs(design.T @ (treated - found.scores)).max() < 1e-8


def test_many_rows_start_from_a_part_of_them_and_end_the_same():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(30_000, 3))
    treated = rng.random(30_000) < 1 / (1 + np.exp(-x.sum(axis=1)))
    found = propensity_scores(treated, x)
    assert np.abs(np.column_stack([np.ones(30_000), x]).T @ (treated - found.scores)).max() < 1e-6
