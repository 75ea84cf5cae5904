"""Agreement, reliability, lots and funnels against published examples."""

import numpy as np
import pytest

from homeward.estimators.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha, table_of
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.reliability import intraclass, intracluster, reliability

# Twelve subjects, four judges (Krippendorff 2004; Gwet 2014), None where one did not judge
FOUR = np.array(
    [
        [1, 1, None, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [None, 5, 5, 5],
        [None, None, 1, 1],
        [None, 3, None, None],
    ],
    dtype=object,
)
# Six subjects, four judges (Shrout & Fleiss 1979, table 2)
RATED = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


@pytest.mark.parametrize("ratings", [[[1], [2]], [[1, None], [None, 1]], [[1, 1], [1, 1]]])
def test_what_tells_nothing_of_agreement_is_refused(ratings):
    with pytest.raises(CannotEstimate):
        gwet_ac1(np.array(ratings, dtype=object))


# irrCAC of R: coefficient, error
def test_four_judges_as_gwet_tells_them():
    first, second = gwet_ac1(FOUR), fleiss_kappa(FOUR)
    assert (first.estimate, first.se) == pytest.approx((0.77544, 0.14295), abs=5e-6)
    assert (second.estimate, second.se) == pytest.approx((0.76117, 0.15302), abs=5e-6)
    assert first.observed == pytest.approx(0.8181818)
    assert krippendorff_alpha(FOUR) == pytest.approx(0.74342, abs=5e-6)


def test_two_judges_by_hand():
    found = cohen_kappa([[20, 5], [10, 15]])
    assert (found.estimate, found.observed, found.by_chance) == pytest.approx((0.4, 0.7, 0.5))
    counts, names = table_of(["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15)
    assert names == ("n", "y")
    assert cohen_kappa(counts).estimate == pytest.approx(0.4)


def test_near_misses_count_where_weights_say_so():
    counts = [[10, 5, 0], [4, 12, 4], [0, 6, 9]]
    plain, by_distance, squared = (
        cohen_kappa(counts, weights=one).estimate for one in ("unweighted", "linear", "quadratic")
    )
    assert plain < by_distance < squared


def test_a_rare_category_lowers_kappa_and_not_ac1():
    first = np.array(["no"] * 94 + ["yes"] * 6, dtype=object)
    second = np.array(["no"] * 90 + ["yes"] * 4 + ["no"] * 4 + ["yes"] * 2, dtype=object)
    both = np.column_stack([first, second])
    assert gwet_ac1(both).estimate > 0.9
    assert fleiss_kappa(both).estimate < 0.4


@pytest.mark.parametrize(
    ("form", "told"),
    [("1,1", 0.17), ("2,1", 0.29), ("3,1", 0.71), ("1,k", 0.44), ("2,k", 0.62), ("3,k", 0.91)],
)
def test_six_intraclass_correlations_as_shrout_and_fleiss_tell_them(form, told):
    assert intraclass(RATED, form=form).estimate == pytest.approx(told, abs=0.005)


# icc() of R's irr and ICC() of R's psych on the same table
@pytest.mark.parametrize(
    ("form", "low", "high"),
    [("1,1", -0.133, 0.723), ("2,1", 0.019, 0.761), ("3,1", 0.342, 0.946), ("2,k", 0.071, 0.927)],
)
def test_their_intervals(form, low, high):
    found = intraclass(RATED, form=form)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)


def test_people_of_one_place_by_hand():
    # three clusters of two: between 2 * 7 / 2, within (3 * .5) / 3
    found = intracluster([1, 2, 3, 4, 5, 6], ["a", "a", "b", "b", "c", "c"])
    assert found.f == pytest.approx(8 / 0.5)
    assert found.estimate == pytest.approx((8 - 0.5) / (8 + 0.5))
    assert intracluster([1, 2, 1, 2], ["a", "a", "b", "b"]).estimate < 0


def test_clusters_of_many_sizes_are_recovered():
    draws = np.random.default_rng(2)
    sizes = draws.integers(3, 30, 400)
    cluster = np.repeat(np.arange(400), sizes)
    y = draws.normal(0, np.sqrt(0.1), 400)[cluster] + draws.normal(0, np.sqrt(0.9), len(cluster))
    found = intracluster(y, cluster)
    assert found.estimate == pytest.approx(0.1, abs=0.025)
    assert found.low < 0.1 < found.high


def test_items_that_judges_rated_have_the_alpha_of_their_consistency():
    found = reliability(RATED)
    consistent = intraclass(RATED, form="3,k")
    assert (found.alpha, found.low, found.high) == pytest.approx(
        (consistent.estimate, consistent.low, consistent.high)
    )


def test_items_of_one_factor_give_its_loadings_back():
    draws = np.random.default_rng(3)
    loadings = np.array([0.8, 0.7, 0.6, 0.5, 0.4])
    factor = draws.normal(size=20000)
    items = factor[:, None] * loadings + draws.normal(size=(20000, 5)) * np.sqrt(1 - loadings**2)
    found = reliability(items)
    assert found.loadings == pytest.approx(loadings, abs=0.02)
    assert found.omega == pytest.approx(9 / (9 + (1 - loadings**2).sum()), abs=0.01)
    assert found.alpha < found.omega
    assert found.low < found.alpha < found.high


def test_two_items_have_no_omega_and_one_is_refused():
    assert reliability(RATED[:, :2]).omega is None
    with pytest.raises(CannotEstimate, match="too_few"):
        reliability(RATED[:, :1])
    with pytest.raises(CannotEstimate, match="no_variation"):
        reliability([[1, 2], [1, 3], [1, 4]])
