"""Errors by cluster against R's clubSandwich 0.5.8."""

import numpy as np
import pytest

from homeward.estimators.cluster_errors import regression
from homeward.estimators.refusals import CannotEstimate

GROUP = np.repeat(np.arange(1, 9), [3, 5, 4, 6, 2, 7, 5, 8])
ROW = np.arange(1, len(GROUP) + 1)
SCORE = np.round(np.sin(ROW * 1.7) * 2, 3)
THIRD = (GROUP % 3 == 0) * 1.0
Y = np.round(1 + 0.5 * SCORE + 0.8 * THIRD + np.sin(GROUP * 2.1) + np.cos(ROW * 3.3), 3)
X = np.column_stack([np.ones(len(ROW)), SCORE, THIRD])
WEIGHT = 1 + ROW % 4

# vcovCR and coef_test(test="Satterthwaite"): errors of three coefficients, then their df
OF_R = [
    (
        "CR0",
        {},
        [0.347161415493, 0.0401607095208, 0.350655771826, 4.37528322511, 6.20324114094, 2.50214498957],
    ),
    (
        "CR1",
        {},
        [0.371131164195, 0.0429336044104, 0.374866788248, 4.37528322511, 6.20324114094, 2.50214498956],
    ),
    (
        "CR1S",
        {},
        [0.381029732132, 0.0440787014571, 0.384864990309, 4.37528322511, 6.20324114094, 2.50214498957],
    ),
    (
        "CR1p",
        {},
        [0.439128315474, 0.0507997258136, 0.443548365462, 4.37528322511, 6.20324114094, 2.50214498957],
    ),
    ("CR2", {}, [0.394553816777, 0.0464038825865, 0.401833207647, 4.2001561929, 6.06002758512, 1.841556978]),
    ("CR3", {}, [0.4494779017, 0.0537622208933, 0.465202813167, 4.01066199075, 5.90498485513, 1.43837119319]),
    (
        "CR2",
        {"weights": WEIGHT},
        [0.452839300459, 0.03769245389, 0.457589334669, 4.2702438812, 5.76552261076, 1.89352714415],
    ),
    (
        "CR2",
        {"weights": WEIGHT, "working": "inverse"},
        [0.451113475059, 0.0362187443432, 0.455034432646, 4.22360993975, 5.97021641117, 1.91739523272],
    ),
    (
        "CR3",
        {"weights": WEIGHT},
        [0.520523038828, 0.0440568980853, 0.534501654207, 4.0436615032, 5.49682388607, 1.45152931308],
    ),
]


@pytest.mark.parametrize(
    ("y", "x", "cluster", "reason"),
    [
        (Y, X, np.ones(len(Y)), "too_few"),
        (Y[:3], X[:3], [1, 2, 3], "too_few"),
        (Y, np.column_stack([X, X[:, 1]]), GROUP, "collinear"),
        ([np.nan, *Y[1:]], X, GROUP, "missing_values"),
    ],
)
def test_what_carries_no_error_is_refused(y, x, cluster, reason):
    with pytest.raises(CannotEstimate, match=reason):
        regression(y, x, cluster=cluster)


@pytest.mark.parametrize(("kind", "given", "told"), OF_R)
def test_errors_and_df_as_r_tells_them(kind, given, told):
    found = regression(Y, X, cluster=GROUP, kind=kind, **given)
    each = [found.coefficient(place) for place in range(3)]
    assert [*(one.se for one in each), *(one.df for one in each)] == pytest.approx(told, rel=1e-8)


def test_a_contrast_as_r_tells_it():
    found = regression(Y, X, cluster=GROUP).contrast([0, 1, -1])
    assert (found.estimate, found.se, found.df) == pytest.approx(
        (-0.525603820, 0.37298659, 2.127938), rel=1e-6
    )


def test_rows_by_themselves_give_hc2_as_r_tells_it():
    found = [regression(Y, X).coefficient(place) for place in range(3)]
    assert [one.se for one in found] == pytest.approx([0.20352372033, 0.0808759297006, 0.286467169463])
    assert [one.df for one in found] == pytest.approx([27.4688381906, 24.7678575636, 17.8330741517])


@pytest.mark.parametrize("kind", ["CR0", "CR1"])
def test_every_row_twice_in_its_own_cluster_changes_no_error(kind):
    once = regression(Y, X, cluster=GROUP, kind=kind).coefficient(1)
    twice = regression(np.tile(Y, 2), np.tile(X, (2, 1)), cluster=np.tile(GROUP, 2), kind=kind).coefficient(1)
    assert twice.se == pytest.approx(once.se, rel=1e-9)


def test_treatment_by_cluster_alone_has_the_df_of_two_means():
    # balanced clusters of one size, half of them treated: Bell & McCaffrey's df are G - 2
    group = np.repeat(np.arange(8), 4)
    x = np.column_stack([np.ones(32), group % 2])
    y = np.random.default_rng(1).normal(size=32)
    assert regression(y, x, cluster=group).coefficient(1).df == pytest.approx(6)
