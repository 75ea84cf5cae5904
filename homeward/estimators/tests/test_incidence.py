"""Curves against R's cmprsk and survival on data with ties, by hand, and against what never may happen."""

import numpy as np
import pytest
from lifelines.datasets import load_lung, load_waltons

from homeward.estimators.incidence import cumulative_incidence, gray_test, three_ways
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.survival import (
    kaplan_meier,
    log_rank,
    restricted_mean,
    restricted_mean_difference,
)

I = np.arange(1, 61)  # noqa: E741
TIMES = (I * 7) % 23 + 1
CAUSES = np.where((I * 5 + I // 7) % 4 == 3, 0, (I * 5 + I // 7) % 4)
GROUPS = I % 3
AT = [3, 6, 12, 18, 22]


def near(given, wanted, tolerance=1e-9):
    np.testing.assert_allclose(given, wanted, rtol=0, atol=tolerance)


def test_incidence_and_its_variance_are_those_of_cmprsk():
    one, two = (cumulative_incidence(TIMES, CAUSES)[cause].at([3, 6, 12, 18, 23]) for cause in (1, 2))
    near(one[0], [0.0345245559039, 0.0714519592476, 0.175248650632, 0.276357710987, 0.463578923989])
    near(two[0], [0.0342371995820, 0.0704617816092, 0.153453750263, 0.311755620408, 0.460812509221])
    near(
        one[1] ** 2,
        [0.000586147634599, 0.00121123538101, 0.00292161524244, 0.00458443432534, 0.0112517963636],
    )
    near(
        two[1] ** 2,
        [0.000576758259276, 0.00117911130413, 0.00259508233185, 0.00526898362416, 0.0111037400941],
    )


@pytest.mark.parametrize("variance", ["delta", "jackknife"])
def test_two_other_variances_are_that_of_survfit(variance):
    found = cumulative_incidence(TIMES, CAUSES, variance=variance)
    near(
        found[1].at(AT)[1],
        [0.0239948223996, 0.0344728626435, 0.0534310874274, 0.0666296062232, 0.0813360403377],
    )
    near(
        found[2].at(AT)[1],
        [0.0238049953569, 0.0340197497382, 0.0503570051695, 0.0712067428804, 0.0795111025360],
    )


def test_weights_as_in_survfit():
    found = cumulative_incidence(TIMES, CAUSES, weights=1 + (I % 4) / 2)
    near(
        found[1].at(AT)[0],
        [0.0396122068230, 0.0714267603017, 0.1699486100766, 0.2697973267264, 0.3924404705136],
    )
    near(
        found[2].at(AT)[1],
        [0.0253667439144, 0.0402937924666, 0.0513225639418, 0.0760645779564, 0.0815601295342],
    )


def test_the_variance_without_censoring_is_that_of_a_share():
    causes = np.array([1] * 12 + [2] * 8)
    times = np.arange(1.0, 21.0)
    share, se, _low, _high = cumulative_incidence(times, causes, variance="delta")[1].at(20)
    assert share[0] == pytest.approx(0.6)
    assert se[0] == pytest.approx(np.sqrt(0.6 * 0.4 / 20))


def test_incidences_and_survival_add_up_to_one_and_1_minus_km_is_too_much():
    found = cumulative_incidence(TIMES, CAUSES)
    alive = kaplan_meier(TIMES, CAUSES > 0).at(AT)[0]
    near(found[1].at(AT)[0] + found[2].at(AT)[0] + alive, 1.0)
    naive = 1 - kaplan_meier(TIMES, CAUSES == 1).at(AT)[0]
    assert (naive > found[1].at(AT)[0]).all()


def test_every_person_twice_in_one_cluster_changes_no_error():
    once = cumulative_incidence(TIMES, CAUSES, clusters=I)
    twice = cumulative_incidence(np.tile(TIMES, 2), np.tile(CAUSES, 2), clusters=np.tile(I, 2))
    near(twice[1].at(AT)[1], once[1].at(AT)[1])
    near(once[1].at(AT)[1], cumulative_incidence(TIMES, CAUSES, variance="jackknife")[1].at(AT)[1])


def test_order_of_rows_and_names_of_causes_change_nothing():
    order = np.random.default_rng(3).permutation(60)
    named = np.array(["here", "choice", "need"])[CAUSES]
    found = cumulative_incidence(TIMES[order], named[order], censored="here")
    near(found["choice"].at(AT)[1], cumulative_incidence(TIMES, CAUSES)[1].at(AT)[1], 1e-14)


def test_limits_stay_within_nought_and_one_and_end_with_what_was_seen():
    share, _se, low, high = cumulative_incidence(TIMES, CAUSES)[1].at([0.5, 3, 12, 23, 24])
    assert share[0] == 0
    assert (low[1:4] > 0).all()
    assert (high[1:4] < 1).all()
    assert np.isnan(share[4])


def test_the_unreachable_are_bounded_three_ways():
    lost = np.where(I % 11 == 0, 9, CAUSES)
    found = three_ways(TIMES, lost, [6, 12, 22], unreachable=9)
    assert found.unreachable == 5
    for cause in (1, 2):
        assert (found.all_stayed[cause] <= found.censored[cause]).all()
        assert (found.censored[cause] <= found.all_left[cause]).all()
    near(found.censored[1], cumulative_incidence(TIMES, np.where(lost == 9, 0, lost))[1].at([6, 12, 22])[0])


def test_grays_test_is_that_of_cmprsk():
    one = gray_test(TIMES, CAUSES, GROUPS, cause=1)
    assert (one.statistic, one.df) == (pytest.approx(0.1550162901627, abs=1e-10), 2)
    assert one.p_value == pytest.approx(0.925419486749, abs=1e-10)
    assert gray_test(TIMES, CAUSES, GROUPS, cause=2).statistic == pytest.approx(0.0236706856315, abs=1e-10)


def test_kaplan_meier_is_that_of_survfit():
    curve = kaplan_meier(TIMES, CAUSES > 0)
    near(
        np.array(curve.at([3, 6, 12, 18])),
        np.array(
            [
                [0.931238244514, 0.0332006032821, 0.826975524324, 0.973639529525],
                [0.858086259143, 0.0465892450740, 0.735828108615, 0.926481391891],
                [0.671297599106, 0.0662396272562, 0.523366896795, 0.782456118436],
                [0.411886668605, 0.0768654420969, 0.261920750267, 0.555839319509],
            ]
        ).T,
    )
    assert curve.quantile() == (16, 13, 20)
    assert curve.quantile(scale="log") == (16, 14, 21)


def test_people_who_came_later_are_at_risk_later():
    late = kaplan_meier(TIMES, CAUSES > 0, entry=np.maximum(0, TIMES - 5 - I % 6)).at([3, 6, 12])
    near(late[0], [0.807756232687, 0.657744360902, 0.402818315873])
    near(late[1], [0.0862580365378, 0.0974962546463, 0.0889258100791])


def test_restricted_means_are_those_of_survfit():
    found = restricted_mean(TIMES, CAUSES > 0, 15)
    assert (found.estimate, found.se) == (
        pytest.approx(12.272232658501, abs=1e-9),
        pytest.approx(0.559154057885, abs=1e-9),
    )
    lung = load_lung().dropna(subset=["time", "status"])
    found = restricted_mean(lung["time"], lung["status"], 365)
    assert (found.estimate, found.se) == (
        pytest.approx(263.22186648, abs=1e-6),
        pytest.approx(7.79885908, abs=1e-6),
    )


def test_log_rank_is_that_of_survdiff():
    events = CAUSES > 0
    assert log_rank(TIMES, events, GROUPS).statistic == pytest.approx(0.1991157949, abs=1e-9)
    assert log_rank(TIMES, events, GROUPS, rho=1).statistic == pytest.approx(0.399951099881, abs=1e-9)
    assert log_rank(TIMES, events, GROUPS, strata=I % 2).statistic == pytest.approx(0.231098112299, abs=1e-9)
    lung = load_lung()
    assert log_rank(lung["time"], lung["status"], lung["sex"]).statistic == pytest.approx(10.3267419549)


def test_a_difference_of_restricted_means_turns_its_sign_with_the_arms():
    data = load_waltons()
    control = (data["group"] == "control").to_numpy()
    one = restricted_mean_difference(data["T"], data["E"], control, 50)[2]
    other = restricted_mean_difference(data["T"], data["E"], ~control, 50)[2]
    assert one.estimate == pytest.approx(-other.estimate)
    assert one.se == pytest.approx(other.se)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: cumulative_incidence([1, 2], [0, 0]), "too_few"),
        (lambda: cumulative_incidence([1, np.nan], [0, 1]), "missing_values"),
        (lambda: cumulative_incidence([-1, 2], [0, 1]), "times_out_of_order"),
        (lambda: kaplan_meier([1, 2], [1, 0], entry=[1, 0]), "times_out_of_order"),
        (lambda: restricted_mean([1, 2, 3], [1, 1, 0], 5), "horizon_beyond_follow_up"),
        (lambda: restricted_mean_difference([1, 2], [1, 1], [1, 1], 2), "no_variation"),
        (lambda: log_rank([1, 2], [1, 1], ["a", "a"]), "no_variation"),
        (lambda: gray_test([1, 2], [1, 1], ["a", "b"], cause=7), "no_variation"),
    ],
)
def test_what_is_refused(call, reason):
    with pytest.raises(CannotEstimate) as refused:
        call()
    assert refused.value.reason == reason
