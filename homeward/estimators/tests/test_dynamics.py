"""Paths within people are found where they were built in, not where stable differences only look alike."""

import numpy as np
import pytest

from homeward.estimators.dynamics import lagged, mediation, within_person
from homeward.estimators.refusals import CannotEstimate

PATHS = np.array([[0.4, 0.1], [0.2, 0.25]])


def people(rng, n, waves=4, paths=PATHS):
    stable = rng.multivariate_normal([0, 0], [[0.5, 0.2], [0.2, 0.4]], n)
    now = rng.multivariate_normal([0, 0], [[1, 0.3], [0.3, 1]], n)
    found = []
    for t in range(waves):
        if t:
            now = now @ paths.T + rng.multivariate_normal([0, 0], [[0.6, 0.1], [0.1, 0.7]], n)
        found.append(stable + now + t)
    both = np.array(found)
    return both[:, :, 0].T, both[:, :, 1].T


def test_paths_within_people_are_found_with_the_error_they_have():
    rng, names = np.random.default_rng(1), ("x_on_x", "x_on_y", "y_on_x", "y_on_y")
    made = [within_person(*people(rng, 600)) for _one in range(15)]
    found = np.array([[one.parameters[name] for name in names] for one in made])
    np.testing.assert_allclose(found[:, :, 0].mean(axis=0), PATHS.ravel(), atol=0.05)
    np.testing.assert_allclose(found[:, :, 1].mean(axis=0), found[:, :, 0].std(axis=0), rtol=0.6)
    assert np.mean([one.p_value < 0.05 for one in made]) <= 0.2
    assert made[0].df == 17


def test_three_rounds_and_other_units_are_the_same_paths():
    x, y = people(np.random.default_rng(2), 800, waves=3)
    found, scaled = within_person(x, y), within_person(x * 10, y)
    assert found.df == 1 + 4
    assert scaled.parameters["x_on_x"][0] == pytest.approx(found.parameters["x_on_x"][0], abs=1e-4)
    assert scaled.parameters["x_on_y"][0] == pytest.approx(10 * found.parameters["x_on_y"][0], abs=1e-3)
    assert scaled.chi_squared == pytest.approx(found.chi_squared, abs=1e-3)


def test_stable_differences_look_like_dynamics_only_to_the_plain_model():
    x, y = people(np.random.default_rng(3), 3000, paths=np.array([[0.3, 0.0], [0.0, 0.3]]))
    plain = lagged(np.column_stack((x[:, 2], y[:, 2])), np.column_stack((x[:, 3], y[:, 3])), ("x", "y"))
    cross = next(one for one in plain if (one.origin, one.destination) == ("x", "y"))
    assert cross.low > 0
    path, se = within_person(x, y).parameters["y_on_x"]
    assert abs(path) < 2.5 * se


def test_lagged_regressions_are_least_squares():
    rng = np.random.default_rng(4)
    before = rng.normal(size=(300, 2))
    after = before @ np.array([[0.5, 0.2], [0.0, 0.3]]) + 0.1 * rng.normal(size=(300, 2))
    found = {(one.origin, one.destination): one for one in lagged(before, after, ("x", "y"))}
    assert found["x", "x"].estimate == pytest.approx(0.5, abs=0.03)
    assert found["x", "y"].estimate == pytest.approx(0.2, abs=0.03)
    assert found["y", "x"].low < 0 < found["y", "x"].high
    twice = lagged(
        np.tile(before, (2, 1)), np.tile(after, (2, 1)), ("x", "y"), clusters=np.tile(np.arange(300), 2)
    )
    assert twice[0].se == pytest.approx(found["x", "x"].se, rel=0.01)


def test_mediation_is_the_product_of_two_slopes_and_adds_up():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(2000, 1))
    a = (rng.random(2000) < 0.5).astype(float)
    m = 0.5 * a + x[:, 0] + rng.normal(size=2000)
    y = 0.3 * a + 0.4 * m + x[:, 0] + rng.normal(size=2000)
    found = mediation(y, m, a, covariates=x)
    assert found.indirect.estimate == pytest.approx(0.2, abs=0.06)
    assert found.direct.estimate == pytest.approx(0.3, abs=0.12)
    assert found.total.estimate == pytest.approx(found.indirect.estimate + found.direct.estimate)
    assert np.interp(0, found.rho, found.indirect_at_rho) == pytest.approx(found.indirect.estimate)
    assert np.interp(found.rho_at_zero, found.rho, found.indirect_at_rho) == pytest.approx(0, abs=5e-3)
    # what rho hides: with an unmeasured cause of both, the truth 0.2 lies at that correlation of the errors
    u = rng.normal(size=2000)
    hidden = mediation(y + u, m + u, a, covariates=x)
    correct = np.interp(0.5, hidden.rho, hidden.indirect_at_rho)
    assert abs(correct - 0.2) < abs(hidden.indirect.estimate - 0.2)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: within_person(np.zeros((50, 2)), np.zeros((50, 2))), "too_few"),
        (lambda: within_person(np.zeros((20, 3)), np.zeros((20, 3))), "too_few"),
        (lambda: within_person(np.zeros((50, 3)), np.zeros((50, 4))), "wrong_shape"),
        (lambda: lagged([[1.0, 2], [2, 4], [3, 6], [4, 8], [5, 10]], np.ones((5, 2)), "ab"), "collinear"),
        (lambda: mediation([1.0, 2, 3, 4, 5], [1.0, 2, 3, 4, 5], [1.0, 1, 1, 1, 1]), "collinear"),
    ],
)
def test_what_is_refused(call, reason):
    with pytest.raises(CannotEstimate) as refused:
        call()
    assert refused.value.reason == reason
