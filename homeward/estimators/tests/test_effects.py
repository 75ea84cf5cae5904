"""Effects against published answers: Hernán & Robins, Stata's teffects, LaLonde; and their properties."""

import causaldata
import numpy as np
import pytest
from scipy import stats

from homeward.estimators.effects.entropy import entropy_balance
from homeward.estimators.effects.regression import aipw, ipwra, regression_adjustment
from homeward.estimators.effects.standardised import outcome_regression, standardisation
from homeward.estimators.effects.studies import Form, Models, Sampling, study
from homeward.estimators.effects.weighting import ipw, unadjusted
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.tests.effect_data import births, made_up, nhefs, nhefs_with_lost, of_nhefs, training

PROBIT = Models(selection="probit")
KNOWN = Form(selection_known=True)
SMOKED = 12  # the place of cigarettes a day among the covariates
METHODS = {
    "unadjusted": unadjusted,
    "ra": regression_adjustment,
    "ipw": ipw,
    "overlap": lambda one, **kw: ipw(one, "ATO", **kw),
    "att": lambda one, **kw: ipw(one, "ATT", **kw),
    "aipw": aipw,
    "aipw_att": lambda one, **kw: aipw(one, "ATT", **kw),
    "aipw_overlap": lambda one, **kw: aipw(one, "ATO", **kw),
    "aipw_weighted": lambda one, **kw: aipw(one, models=Models(weighted_outcome=True), **kw),
    "ipwra": ipwra,
    "ipwra_overlap": lambda one, **kw: ipwra(one, "ATO", **kw),
    "ipwra_att": lambda one, **kw: ipwra(one, "ATT", **kw),
    "entropy": entropy_balance,
    "entropy_ate": lambda one, **kw: entropy_balance(one, "ATE", moments=2, **kw),
    "standardisation": lambda one, **kw: standardisation(one, (0,), **kw),
}


def refusal(call):
    with pytest.raises(CannotEstimate) as refused:
        call()
    return refused.value.reason


def test_covariates_that_tell_who_was_treated_without_fail_are_refused():
    y, treated, x, _none = made_up(80)
    told = study(y, treated, np.column_stack([x, treated * 2.0 + x[:, 0] * 0.1]))
    for method in (ipw, aipw, ipwra):
        assert refusal(lambda method=method: method(told)) == "perfect_separation"


def test_a_group_in_which_everybody_was_treated_is_refused():
    y, treated, x, _none = made_up(200)
    treated = treated | (x[:, 1] == 1)
    assert refusal(lambda: ipw(study(y, treated, x))) == "perfect_separation"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda y, a, x: (np.where(np.arange(y.size) == 3, np.nan, y), a, x), "missing_values"),
        (lambda y, a, x: (y, a, np.where(x == x[5, 0], np.nan, x)), "missing_values"),
        (lambda y, a, x: (y, np.zeros(y.size), x), "too_few"),
        (lambda y, a, x: (y, a, np.column_stack([x, np.ones(y.size)])), "no_variation"),
        (lambda y, a, x: (y, a, np.column_stack([x, x[:, 0] - 2 * x[:, 1]])), "collinear"),
        (lambda y, a, x: (y, a + 1.0, x), "not_yes_or_no"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, reason):
    y, treated, x, _none = made_up(80)
    assert refusal(lambda: aipw(study(*change(y, treated, x)))) == reason


def test_models_and_populations_that_do_not_fit_are_refused():
    y, treated, x, _none = made_up(80)
    given = study(y, treated, x)
    assert refusal(lambda: aipw(given, models=Models(outcome="poisson"))) == "outcome_out_of_range"
    assert refusal(lambda: aipw(given, models=Models(outcome="cubic"))) == "unknown_model"
    assert refusal(lambda: ipw(given, "everybody")) == "unknown_target"
    assert refusal(lambda: regression_adjustment(given, "ATO")) == "unknown_target"
    assert refusal(lambda: aipw(study(y, treated, x, observed=np.arange(80) > 3))) == "missing_values"


def test_moments_that_no_weights_reach_are_refused():
    y, treated, x, _none = made_up(60)
    assert refusal(lambda: entropy_balance(study(y, treated, x + 30 * treated[:, None]))) == "cannot_balance"


def test_smoking_cessation_and_weight_as_published():
    given = nhefs()
    assert unadjusted(given).difference.estimate == pytest.approx(2.541, abs=5e-4)
    robust = ipw(given, form=KNOWN).difference
    assert (robust.estimate, robust.standard_error) == pytest.approx((3.4405, 0.5255), abs=5e-5)
    assert (robust.low, robust.high) == pytest.approx((2.411, 4.470), abs=5e-4)
    stacked = ipw(given).difference
    assert stacked.standard_error == pytest.approx(0.4871, abs=5e-5)
    assert (stacked.low, stacked.high) == pytest.approx((2.486, 4.395), abs=5e-4)


@pytest.mark.parametrize(
    ("method", "estimate", "error"),
    [
        (aipw, 3.3733, 0.4802),
        (ipwra, 3.3578, 0.4743),
        (regression_adjustment, 3.4358, 0.4811),
    ],
)
def test_smoking_cessation_by_models(method, estimate, error):
    found = method(nhefs()).difference
    assert (found.estimate, found.standard_error) == pytest.approx((estimate, error), abs=5e-5)


def test_smoking_cessation_in_the_overlap_and_with_those_lost():
    assert ipw(nhefs(), "ATO").difference.estimate == pytest.approx(3.461, abs=5e-4)
    lost = ipw(nhefs_with_lost(), form=KNOWN).difference
    assert lost.estimate == pytest.approx(3.496, abs=5e-4)
    assert (lost.low, lost.high) == pytest.approx((2.466, 4.527), abs=5e-4)
    assert ipw(nhefs_with_lost()).difference.standard_error < lost.standard_error


def test_weights_of_smoking_cessation():
    weights = ipw(nhefs()).weights
    assert (weights.mean(), weights.min(), weights.max()) == pytest.approx((1.996, 1.054, 16.70), abs=5e-3)


def test_smoking_cessation_standardised():
    found = standardisation(nhefs(), (SMOKED,)).difference
    assert found.estimate == pytest.approx(3.517, abs=5e-4)
    assert found.standard_error == pytest.approx((4.41 - 2.62) / 2 / 1.96, rel=0.06)


@pytest.mark.parametrize(("cigarettes", "estimate"), [(5, 2.793), (40, 4.426)])
def test_smoking_cessation_regressed_at_cigarettes_a_day(cigarettes, estimate):
    given = nhefs()
    column = of_nhefs(causaldata.nhefs_complete.load_pandas().data)[:, SMOKED]
    at = [(cigarettes - column.mean()) / column.std()]
    assert outcome_regression(given, (SMOKED,), at).difference.estimate == pytest.approx(estimate, abs=5e-4)


def test_smoking_cessation_regressed():
    found = outcome_regression(nhefs()).difference
    assert (found.estimate, found.low, found.high) == pytest.approx((3.463, 2.603, 4.323), abs=6e-4)


@pytest.mark.parametrize(
    ("method", "target", "models", "difference", "control"),
    [
        (
            regression_adjustment,
            "ATE",
            None,
            (-239.63921146434, 23.82402100183),
            (3403.2422719, 9.5252071797),
        ),
        (
            regression_adjustment,
            "ATT",
            None,
            (-223.30165083857, 22.742195167601),
            (3360.9613731, 12.757489073),
        ),
        (ipw, "ATE", PROBIT, (-230.68863779526, 25.815243801554), None),
        (ipw, "ATT", PROBIT, (-225.17726054799, 23.664582726945), (3362.8369828, 14.2014907787)),
        (aipw, "ATE", PROBIT, (-230.98920111258, 26.210564625435), None),
        (
            aipw,
            "ATE",
            Models("linear", "probit", weighted_outcome=True),
            (-227.19561818675, 27.347935624441),
            None,
        ),
        (ipwra, "ATE", PROBIT, (-229.96707793513, 26.626675723594), None),
        (ipwra, "ATT", PROBIT, (-223.54526198669, 23.79401566757), (3361.2049842, 14.4650113726)),
    ],
)
def test_birth_weight_and_smoking_as_stata_has_it(method, target, models, difference, control):
    """Numbers of Stata's manual of teffects, as statsmodels keeps them."""
    found = method(births(), target, models)
    assert (found.difference.estimate, found.difference.standard_error) == pytest.approx(difference, rel=2e-6)
    if control:
        assert (found.means[0].estimate, found.means[0].standard_error) == pytest.approx(control, rel=2e-6)


def test_training_as_published():
    frame = training()
    given = study(frame["re78"], frame["treat"])
    classical = outcome_regression(given).difference
    assert (classical.estimate, classical.standard_error) == pytest.approx((1794.34, 632.85), abs=5e-3)
    assert outcome_regression(given, errors="hc2").difference.standard_error == pytest.approx(671.0, abs=0.05)
    columns = frame[["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]]
    adjusted = outcome_regression(study(frame["re78"], frame["treat"], columns)).difference
    assert adjusted.estimate == pytest.approx(1676.3, abs=0.05)


def leaned_on(method, given, person, by=1e-4):
    """How the difference answers to one person's weight: the share in its error, by its definition."""
    y, treated, x, weights = given
    found = []
    for sign in (1, -1):
        moved = weights.copy()
        moved[person] *= 1 + sign * by
        found.append(method(study(y, treated, x, sampling=Sampling(weights=moved))).difference.estimate)
    return (found[0] - found[1]) / (2 * by)


@pytest.mark.parametrize("name", [*METHODS, "matching"])
def test_each_share_in_the_error_is_how_the_effect_answers_to_that_person(name):
    method = METHODS.get(name, lambda one: ipw(one, "ATM"))
    y, treated, x, given = made_up(120, seed=3, sampling=True)
    shares = method(study(y, treated, x, sampling=given)).shares
    assert np.abs(shares.sum(axis=0)).max() < 1e-9
    for person in range(0, 120, 9):
        answer = leaned_on(method, (y, treated, x, given.weights), person)
        assert shares[person, 1] - shares[person, 0] == pytest.approx(answer, rel=1e-4, abs=1e-7)


@pytest.mark.parametrize("kind", ["logit", "probit", "poisson"])
@pytest.mark.parametrize("method", [regression_adjustment, aipw, ipwra, standardisation])
def test_so_it_is_with_other_outcomes(kind, method):
    y, treated, x, given = made_up(150, seed=5, sampling=True, kind=kind.replace("probit", "logit"))
    models = Models(kind, "probit" if kind == "probit" else "logit")
    shares = method(study(y, treated, x, sampling=given), models=models).shares
    for person in range(0, 150, 25):
        answer = leaned_on(lambda one: method(one, models=models), (y, treated, x, given.weights), person)
        assert shares[person, 1] - shares[person, 0] == pytest.approx(answer, rel=1e-4, abs=1e-7)


def test_so_it_is_with_weights_against_drop_out():
    y, treated, x, given = made_up(200, seed=6, sampling=True)
    observed = np.random.default_rng(7).random(200) < 1 / (1 + np.exp(-1 - x[:, 0]))
    shares = ipw(study(y, treated, x, sampling=given, observed=observed)).shares
    for person in range(0, 200, 25):
        found = []
        for sign in (1, -1):
            moved = given.weights.copy()
            moved[person] *= 1 + sign * 1e-4
            one = study(y, treated, x, sampling=Sampling(weights=moved), observed=observed)
            found.append(ipw(one).difference.estimate)
        assert shares[person, 1] - shares[person, 0] == pytest.approx((found[0] - found[1]) / 2e-4, rel=1e-4)


@pytest.mark.parametrize("name", METHODS)
def test_weights_of_any_scale_and_rows_in_any_order_say_the_same(name):
    y, treated, x, given = made_up(sampling=True)
    first = METHODS[name](study(y, treated, x, sampling=given)).difference
    order = np.random.default_rng(2).permutation(y.size)
    scaled = Sampling(weights=given.weights[order] * 37.0)
    second = METHODS[name](study(y[order], treated[order], x[order], sampling=scaled)).difference
    assert (first.estimate, first.standard_error) == pytest.approx(
        (second.estimate, second.standard_error), rel=1e-7
    )


@pytest.mark.parametrize("name", ["unadjusted", "ra", "ipw", "overlap", "aipw", "ipwra", "standardisation"])
def test_swapping_both_groups_turns_the_sign(name):
    y, treated, x, _none = made_up()
    there, back = (METHODS[name](study(y, arm, x)).difference for arm in (treated, ~treated))
    assert there.estimate == pytest.approx(-back.estimate, rel=1e-8)
    assert there.standard_error == pytest.approx(back.standard_error, rel=1e-8)


@pytest.mark.parametrize("name", METHODS)
def test_every_row_twice_in_its_own_cluster_leaves_the_error(name):
    y, treated, x, _none = made_up()
    twice = np.repeat(np.arange(y.size), 2)
    once = METHODS[name](study(y, treated, x, sampling=Sampling(clusters=np.arange(y.size))))
    doubled = METHODS[name](study(y[twice], treated[twice], x[twice], sampling=Sampling(clusters=twice)))
    assert doubled.difference.standard_error == pytest.approx(once.difference.standard_error, rel=1e-7)
    assert doubled.df == once.df == y.size - 1


@pytest.mark.parametrize("name", METHODS)
def test_an_outcome_that_never_varies_has_no_error_and_no_effect(name):
    _y, treated, x, _none = made_up()
    found = METHODS[name](study(np.full(treated.size, 0.5), treated, x)).difference
    assert found.estimate == pytest.approx(0, abs=1e-10)
    assert found.standard_error == pytest.approx(0, abs=1e-8)


def test_overlap_weights_balance_means_exactly():
    _y, treated, x, _none = made_up()
    weights = ipw(study(_y, treated, x), "ATO").weights
    for column in x.T:
        means = [np.average(column[arm], weights=weights[arm]) for arm in (treated, ~treated)]
        assert means[0] == pytest.approx(means[1], abs=1e-9)


def test_unscaled_squares_do_not_change_the_error():
    """Squares of large numbers make a general solver's errors wrong without a word."""
    y, treated, x, _none = made_up(300)
    plain = ipw(study(y, treated, np.column_stack([x, x[:, 0] ** 2]))).difference
    moved = 1000 + 30 * x[:, 0]
    raw = ipw(study(y, treated, np.column_stack([moved, x[:, 1], moved**2]))).difference
    assert (raw.estimate, raw.standard_error) == pytest.approx(
        (plain.estimate, plain.standard_error), rel=1e-6
    )


def test_the_small_sample_form_widens_and_says_so():
    given = study(*made_up(60)[:3])
    large, small = aipw(given), aipw(given, form=Form(small_sample=True))
    ratio = small.difference.standard_error / large.difference.standard_error
    assert ratio == pytest.approx(np.sqrt(60 / 54))
    assert (small.df, large.df) == (54, None)
    reach = stats.t.ppf(0.975, 54) * small.difference.standard_error
    assert small.difference.high - small.difference.estimate == pytest.approx(reach)
    assert "small-sample" in small.errors


def test_strata_are_told_and_a_lonely_unit_is_refused():
    y, treated, x, _none = made_up(80)
    units, strata = np.arange(80) // 4, np.arange(80) // 20
    found = ipw(study(y, treated, x, sampling=Sampling(clusters=units, strata=strata)))
    assert found.df == 16
    assert found.clusters == 20
    strata[-4:] = 9
    lonely = study(y, treated, x, sampling=Sampling(clusters=units, strata=strata))
    assert refusal(lambda: ipw(lonely)) == "lonely_psu"


def test_a_ratio_is_given_where_both_means_are_above_zero():
    y, treated, x, _none = made_up(400, kind="logit")
    found = ipw(study(y, treated, x))
    assert found.ratio.estimate == pytest.approx(found.means[1].estimate / found.means[0].estimate)
    assert found.ratio.low < found.ratio.estimate < found.ratio.high
    assert ipw(study(y - 1, treated, x)).ratio is None


def test_a_mean_that_cannot_be_told_from_nothing_has_no_ratio():
    y, treated, x, _none = made_up(400)
    y = y - y[~treated].mean() + 1e-5
    assert unadjusted(study(y, treated, x)).ratio is None
