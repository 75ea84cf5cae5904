"""Correlations and components against closed forms and worked examples."""

from math import asin, inf, pi, sin

import pytest

from homeward.estimators.components import components, cronbach_alpha, standardised_alpha
from homeward.estimators.correlations import NORMAL, bivariate_normal, pearson, polychoric


@pytest.mark.parametrize("rho", [-0.99, -0.5, 0.0, 0.3, 0.9, 0.999])
def test_both_below_their_median_is_known_in_closed_form(rho):
    assert bivariate_normal(0, 0, rho) == pytest.approx(0.25 + asin(rho) / (2 * pi), abs=1e-9)


@pytest.mark.parametrize("rho", [-0.7, 0.4, 0.95])
def test_margins_and_complements_fit(rho):
    h, k = 0.7, -1.2
    assert bivariate_normal(h, inf, rho) == pytest.approx(NORMAL.cdf(h))
    assert bivariate_normal(h, -inf, rho) == 0
    assert bivariate_normal(h, k, rho) + bivariate_normal(-h, k, -rho) == pytest.approx(
        NORMAL.cdf(k), abs=1e-7
    )


def test_a_correlation_of_one_is_refused():
    with pytest.raises(ValueError, match="between"):
        bivariate_normal(0, 0, 1)


@pytest.mark.parametrize("rho", [-0.8, 0.0, 0.35, 0.9])
def test_a_table_made_of_a_correlation_gives_it_back(rho):
    cuts = (-inf, -1.1, -0.2, 0.4, 1.5, inf)
    below = [[bivariate_normal(h, k, rho) for k in cuts] for h in cuts]
    table = [
        [1e6 * (below[i + 1][j + 1] - below[i][j + 1] - below[i + 1][j] + below[i][j]) for j in range(5)]
        for i in range(5)
    ]
    assert polychoric(table) == pytest.approx(rho, abs=1e-4)


def test_two_by_two_split_at_the_median_is_known_in_closed_form():
    # sin(pi/2 x (4 x .375 - 1)) = sin(pi/4)
    assert polychoric([[375, 125], [125, 375]]) == pytest.approx(sin(pi / 4), abs=1e-5)


def test_the_table_that_programs_are_compared_by():
    # 227 answers to two questions of three grades (Drasgow 1988, as Uebersax tells it): 0.4199
    assert polychoric([[58, 52, 1], [26, 58, 3], [8, 12, 9]]) == pytest.approx(0.4199, abs=2e-3)


def test_what_nobody_answered_is_left_out_and_what_never_varies_is_refused():
    table = [[30, 0, 10], [0, 0, 0], [10, 0, 30]]
    assert polychoric(table) == pytest.approx(polychoric([[30, 10], [10, 30]]))
    with pytest.raises(ValueError, match="everybody"):
        polychoric([[10, 20, 30]])


def test_pearson_by_hand():
    assert pearson([1, 2, 3], [1, 2, 4]) == pytest.approx(3 / (2 * 14 / 3) ** 0.5)
    with pytest.raises(ValueError, match="varies"):
        pearson([1, 1], [1, 2])


def test_components_of_equal_correlations_are_known_in_closed_form():
    r, size = 0.4, 4
    found = components([[1.0 if i == j else r for j in range(size)] for i in range(size)])
    assert [one.eigenvalue for one in found] == pytest.approx([1 + 3 * r, *[1 - r] * 3])
    assert found[0].loadings == pytest.approx([((1 + 3 * r) / 4) ** 0.5] * 4)


def test_loadings_of_all_components_give_the_matrix_back():
    matrix = [[1, 0.3, -0.2], [0.3, 1, 0.5], [-0.2, 0.5, 1]]
    found = components(matrix)
    assert [
        [sum(one.loadings[i] * one.loadings[j] for one in found) for j in range(3)] for i in range(3)
    ] == [pytest.approx(row) for row in matrix]


@pytest.mark.parametrize("matrix", [[], [[1, 2]], [[1, 0.2], [0.3, 1]]])
def test_what_is_no_correlation_matrix_is_refused(matrix):
    with pytest.raises(ValueError, match="matrix"):
        components(matrix)


def test_alpha_by_hand():
    # variances 1, 1 and of the sums 2, 3, 6 13/3: 2 x (1 - 2 / (13/3))... with items (1,2,3) and (1,1,3)
    items = [[1, 2, 3], [1, 1, 3]]
    assert cronbach_alpha(items) == pytest.approx(2 * (1 - (1 + 4 / 3) / (13 / 3)))
    assert standardised_alpha([[1, 0.5], [0.5, 1]]) == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="two items"):
        cronbach_alpha([[1, 2]])
