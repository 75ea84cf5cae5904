"""Means by design against R's survey, and what has to hold for any design."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.estimators.designs import design_of
from homeward.estimators.means import mean, means_by, proportion, quantile, ratio, total
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.tests.asked import FPC, PSU, STRATA, WEIGHT, X, Y, of_r, twelve

exactly = {"rel": 1e-11}


def told(found):
    return found.estimate, found.se


def test_one_psu_in_a_stratum_is_refused_and_says_what_is_needed():
    alone = twelve(strata=[1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3], fpc=None)
    with pytest.raises(CannotEstimate) as refused:
        mean(Y, alone)
    assert (refused.value.reason, dict(refused.value.needs)) == (
        "lonely_psu",
        {"psus_in_each_stratum": 2, "strata": "2"},
    )


# R survey 4.1-1, options(survey.lonely.psu=...); "collapse" joins strata 2 and 3 by hand
@pytest.mark.parametrize(
    ("lonely", "of_mean", "of_total", "df"),
    [
        ("certainty", 0.00799903570006, 10.6727803313, 3),
        ("centre", 0.0197479942578, 12.2789348072, 3),
        ("collapse", 0.0325805248341, 22.2545764582, 4),
    ],
)
def test_what_is_done_with_a_lonely_psu_when_it_is_asked_for(lonely, of_mean, of_total, df):
    sizes = [20] * 4 + [10] * 2 + [40] * 6
    alone = twelve(strata=[1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3], fpc=sizes, lonely=lonely)
    assert mean(Y, alone).se == pytest.approx(of_mean, **exactly)
    assert total(Y, alone).se == pytest.approx(of_total, **exactly)
    assert alone.df == df


@pytest.mark.parametrize(
    ("y", "reason"),
    [([np.nan, *Y[1:]], "missing_values"), (Y[1:], "wrong_shape")],
)
def test_a_missing_answer_is_refused(y, reason):
    with pytest.raises(CannotEstimate, match=reason):
        mean(y, twelve())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"weight": -WEIGHT}, "weights_below_zero"),
        ({"fpc": [2] * 12}, "population_smaller_than_sample"),
        ({"fpc": [*FPC[:-1], 41]}, "fpc_varies_in_stratum"),
        ({"psu": STRATA, "strata": None, "fpc": None}, None),
        ({"psu": ["a"] * 12, "strata": None, "fpc": None, "lonely": "certainty"}, "too_few"),
    ],
)
def test_designs_that_cannot_be_are_refused(changed, reason):
    if reason is None:
        assert mean(Y, twelve(**changed)).df == 1
        return
    with pytest.raises(CannotEstimate, match=reason):
        mean(Y, twelve(**changed))


def test_twelve_people_as_r_tells_them():
    found = mean(Y, twelve())
    assert told(found) == pytest.approx((0.614111111111, 0.010099998308), **{"abs": 1e-12})
    assert (found.low, found.high) == pytest.approx((0.586069020246, 0.642153201976), abs=1e-12)
    assert (found.df, found.n) == (4, 12)
    assert mean(Y, twelve(fpc=None)).se == pytest.approx(0.0106423163848, abs=1e-13)
    assert told(mean(X, twelve())) == pytest.approx((0.633333333333, 0.138388134319), abs=1e-12)
    assert told(mean(Y, twelve(), domain=X)) == pytest.approx((0.659122807018, 0.023207206386), abs=1e-12)
    assert told(ratio(Y, X, twelve())) == pytest.approx((0.969649122807, 0.20086372263), **exactly)
    assert told(total(Y, twelve())) == pytest.approx((110.54, 11.5563765948), **exactly)


def test_shares_keep_within_nought_and_one_as_r_tells_them():
    beta, logit = proportion(X, twelve()), proportion(X, twelve(), interval="logit")
    assert (beta.low, beta.high) == pytest.approx((0.242667691501, 0.923403296099), **exactly)
    assert (logit.low, logit.high) == pytest.approx((0.248239725898, 0.900349143666), **exactly)


@pytest.mark.parametrize("interval", ["beta", "logit"])
def test_where_everybody_says_the_same_the_interval_still_has_a_width(interval):
    everybody = proportion(np.ones(12), twelve(), interval=interval)
    assert (everybody.estimate, everybody.se, everybody.high) == (1.0, 0.0, 1.0)
    assert 0.3 < everybody.low < 0.9
    nobody = proportion(np.zeros(12), twelve(), interval=interval)
    assert nobody.high == pytest.approx(1 - everybody.low)


def test_quantiles_with_woodruffs_interval_as_r_tells_them():
    median = quantile(Y, twelve(), 0.5)
    assert (median.estimate, median.low, median.high) == (0.62, 0.55, 0.74)
    assert median.se == pytest.approx(0.034216415740455, rel=1e-9)
    assert quantile(Y, twelve(), 0.75).high is None  # beyond everybody who answered


def test_groups_and_their_difference_as_r_tells_them():
    found = means_by(Y, twelve(), X)
    assert [one.se for one in found.estimates] == pytest.approx([0.0356921113848, 0.023207206386], **exactly)
    assert found.covariance[0, 1] == pytest.approx(-0.00051761575875858, **exactly)
    assert found.contrast([-1, 1])[1] == pytest.approx(0.0533641523953, **exactly)


def test_two_stages_count_both_as_r_tells_them():
    places = np.repeat([5, 8, 4, 6, 7, 9], 2)
    two = twelve(weight=None, psu=(PSU, np.arange(12)), fpc=(FPC, places))
    assert told(mean(Y, two)) == pytest.approx((0.614136690647, 0.0160897144689), **exactly)
    assert told(total(Y, two)) == pytest.approx((284.55, 35.7102599636), **exactly)


def test_shares_drawn_may_be_given_instead_of_sizes():
    assert mean(Y, twelve(fpc=np.repeat([3 / 30, 3 / 40], 6))).se == pytest.approx(mean(Y, twelve()).se)


def test_schools_in_strata_as_r_tells_them():
    data = of_r("survey", "apistrat")
    drawn = design_of(len(data), weight=data.pw, strata=data.stype, fpc=data.fpc)
    assert told(mean(data.api00, drawn)) == pytest.approx((662.287363159, 9.40894080278), **exactly)
    assert told(total(data.enroll, drawn)) == pytest.approx((3687177.53244, 114641.716101), **exactly)
    assert told(ratio(data["api.stu"], data.enroll, drawn)) == pytest.approx(
        (0.836956886941, 0.00775710316664), **exactly
    )
    improved = mean(data.api00, drawn, domain=data["comp.imp"] == "Yes")
    assert told(improved) == pytest.approx((676.402286067, 11.7146787699), **exactly)
    low = quantile(data.api00, drawn, 0.1)
    assert (low.estimate, low.low, low.high, low.se) == pytest.approx((501, 476, 521, 11.409279047448))
    few = proportion(data.ell == 0, drawn)
    assert (few.low, few.high) == pytest.approx((0.0263095487337, 0.0939867335719), **exactly)


def test_schools_in_districts_as_r_tells_them():
    data = of_r("survey", "apiclus1")
    drawn = design_of(len(data), weight=data.pw, psu=data.dnum, fpc=data.fpc)
    found = mean(data.api00, drawn)
    assert told(found) == pytest.approx((644.169398907, 23.5422406938), **exactly)
    assert found.design_effect == pytest.approx(9.06974836245, **exactly)
    kinds = means_by(data.api00, drawn, data.stype)
    assert [one.se for one in kinds.estimates] == pytest.approx(
        [22.3624088938, 38.0202493594, 31.6094652272], **exactly
    )
    rare = proportion(data.ell == 0, drawn, domain=data.stype == "E")
    assert (rare.low, rare.high) == pytest.approx((0.000112174769896, 0.0923990887531), **exactly)


def test_schools_in_districts_of_two_stages_as_r_tells_them():
    data = of_r("survey", "apiclus2")
    drawn = design_of(len(data), psu=(data.dnum, data.snum), fpc=(data.fpc1, data.fpc2))
    assert told(mean(data.api00, drawn)) == pytest.approx((670.811808118, 30.0990273768), **exactly)
    known = data.enroll.notna()
    assert told(total(data.enroll, drawn, domain=known)) == pytest.approx(
        (2639272.93, 799637.773648), **exactly
    )
    assert drawn.df == 39


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.01, 100))
def test_neither_the_order_of_rows_nor_the_scale_of_weights_matters(seed, scale):
    draws = np.random.default_rng(seed)
    y, order = draws.normal(size=12), draws.permutation(12)
    one = mean(y, twelve())
    other = mean(
        y[order],
        twelve(weight=WEIGHT[order] * scale, strata=STRATA[order], psu=PSU[order], fpc=FPC[order]),
    )
    assert told(other) == pytest.approx(told(one), rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_a_domain_is_a_ratio_of_indicators_and_doubling_rows_in_their_psu_changes_no_error(seed):
    draws = np.random.default_rng(seed)
    y, inside = draws.normal(size=12), draws.random(12) < 0.6
    inside[:2] = True
    one = mean(y, twelve(), domain=inside)
    assert told(one) == pytest.approx(told(ratio(y * inside, inside, twelve())), rel=1e-9)
    twice = design_of(
        24, weight=np.tile(WEIGHT, 2), strata=np.tile(STRATA, 2), psu=np.tile(PSU, 2), fpc=np.tile(FPC, 2)
    )
    assert told(mean(np.tile(y, 2), twice, domain=np.tile(inside, 2))) == pytest.approx(told(one), rel=1e-9)


def test_a_part_taken_out_of_its_design_would_lose_psus():
    part = np.isin(PSU, (1, 2, 4, 5))
    whole = mean(Y, twelve(fpc=None), domain=part)
    alone = mean(
        Y[part],
        design_of(int(part.sum()), weight=WEIGHT[part], strata=STRATA[part], psu=PSU[part]),
    )
    assert whole.estimate == pytest.approx(alone.estimate)
    assert (whole.df, alone.df) == (4, 2)
    assert whole.se != pytest.approx(alone.se, rel=1e-3)


def test_what_never_varies_has_an_error_of_exactly_nought():
    assert mean(np.full(12, 0.1), twelve()).se == 0.0
