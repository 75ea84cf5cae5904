"""Whether one dimension goes before another: lagged regressions, within-person paths, mediation.

None of it is an effect. Lagged regressions mix what differs between people with what changes within them and
are labelled "association over time"; with three rounds or more the random-intercept model takes stable
differences out (Hamaker, Kuiper & Grasman 2015). Mediation rests on nothing unmeasured between mediator and
outcome; rho says how much of that would undo it (Imai, Keele & Tingley 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.survival import Estimate

MOST_ROUNDS = 500


@dataclass(frozen=True)
class Link:
    """How one measure before goes with one measure after, the others before held constant."""

    origin: str
    destination: str
    estimate: float
    se: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True)
class WithinPerson:
    """Random-intercept cross-lagged paths: parameters by name with errors, and the fit of the model."""

    parameters: dict[str, tuple[float, float]]
    chi_squared: float
    df: int
    p_value: float
    people: int
    waves: int


@dataclass(frozen=True)
class Mediation:
    """Effects through the mediator and beside it; rho at which the former would vanish."""

    indirect: Estimate
    direct: Estimate
    total: Estimate
    share: float | None
    rho: Floats
    indirect_at_rho: Floats
    rho_at_zero: float


def lagged(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    names: Sequence[str],
    *,
    covariates: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> tuple[Link, ...]:
    """Each measure after on all measures before: association over time, never more.

    before, after: (n, k) in the order of names. Errors by clusters (people where none are given), factor
    G / (G - 1) (n - 1) / (n - p), t with G - 1 degrees of freedom.
    """
    x, y = table(before, "before"), table(after, "after")
    if x.shape != y.shape or x.shape[1] != len(names):
        raise CannotEstimate("wrong_shape", {"of": "before"})
    n = x.shape[0]
    z = np.zeros((n, 0)) if covariates is None else table(covariates, "covariates", size=n)
    design = np.column_stack((x, np.ones(n), z))
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise CannotEstimate("collinear", {})
    group = np.arange(n) if clusters is None else codes(clusters, "clusters", size=n)[0]
    g, p = int(group.max()) + 1, design.shape[1]
    if g < 2 or n <= p + 1:
        raise CannotEstimate("too_few", {"people": p + 2, "found": n})
    inverse = np.linalg.inv(design.T @ design)
    reach = float(stats.t.ppf((1 + confidence) / 2, g - 1))
    found = []
    for place, destination in enumerate(names):
        beta = inverse @ design.T @ y[:, place]
        scores = np.zeros((g, p))
        np.add.at(scores, group, design * (y[:, place] - design @ beta)[:, None])
        covariance = inverse @ scores.T @ scores @ inverse * g / (g - 1) * (n - 1) / (n - p)
        for column, origin in enumerate(names):
            b, se = float(beta[column]), float(np.sqrt(covariance[column, column]))
            chance = float(2 * stats.t.sf(abs(b) / se, g - 1)) if se > 0 else float("nan")
            found.append(Link(origin, destination, b, se, b - reach * se, b + reach * se, chance))
    return tuple(found)


def within_person(x: npt.ArrayLike, y: npt.ArrayLike) -> WithinPerson:
    """Random-intercept cross-lagged panel model of two measures with paths constant over time.

    x, y: (n, waves), at least three waves, complete. Normal maximum likelihood with free means; Fisher
    scoring; errors from the expected information. Parameters: x_on_x, y_on_x (y after on x before), x_on_y,
    y_on_y; var_ix, cov_ixy, var_iy of the stable differences; var_x1 ... of the first wave; of the changes,
    one for each wave (var_ex2 ...). chi_squared: against the saturated model. Refused: fewer than 3 waves,
    too few people, no convergence, or stable differences without variance ("no_stable_differences").
    """
    first, second = table(x, "x"), table(y, "y")
    n, waves = first.shape
    if second.shape != first.shape:
        raise CannotEstimate("wrong_shape", {"of": "y"})
    if waves < 3:
        raise CannotEstimate("too_few", {"waves": 3, "found": int(waves)})
    if n < 10 * waves:
        raise CannotEstimate("too_few", {"people": 10 * waves, "found": int(n)})
    both = np.column_stack([column for t in range(waves) for column in (first[:, t], second[:, t])])
    sample = np.cov(both, rowvar=False, bias=True)
    theta = _scored(sample, _beginning(sample, waves), waves, n)
    names = _parameter_names(waves)
    model = _implied(theta, waves)
    if theta[4] <= 0 or theta[6] <= 0:
        raise CannotEstimate("no_stable_differences", {})
    information = _information(_slopes(theta, waves), np.linalg.inv(model).astype(np.float64), n)
    se = np.sqrt(np.diag(np.linalg.inv(information)))
    size = sample.shape[0]
    gap = np.linalg.slogdet(model)[1] - np.linalg.slogdet(sample)[1]
    chi = float(n * (gap + np.trace(np.linalg.solve(model, sample)) - size))
    df = size * (size + 1) // 2 - theta.size
    fitted = {name: (float(value), float(error)) for name, value, error in zip(names, theta, se, strict=True)}
    return WithinPerson(fitted, chi, df, float(stats.chi2.sf(chi, df)), int(n), int(waves))


def _parameter_names(waves: int) -> list[str]:
    names = [
        "x_on_x",
        "x_on_y",
        "y_on_x",
        "y_on_y",
        "var_ix",
        "cov_ixy",
        "var_iy",
        "var_x1",
        "cov_xy1",
        "var_y1",
    ]
    for t in range(2, waves + 1):
        names += [f"var_ex{t}", f"cov_exy{t}", f"var_ey{t}"]
    return names


def _pair(three: Floats) -> Floats:
    return np.array([[three[0], three[1]], [three[1], three[2]]])


def _implied(theta: Floats, waves: int) -> Floats:
    """Covariance of x1, y1, x2, y2, ... under the model."""
    paths, stable = theta[:4].reshape(2, 2), _pair(theta[4:7])
    sigma = np.tile(stable, (waves, waves))
    here = _pair(theta[7:10])
    for t in range(waves):
        if t:
            here = paths @ here @ paths.T + _pair(theta[7 + 3 * t : 10 + 3 * t])
        later = here
        for s in range(t, waves):
            block = sigma[2 * s : 2 * s + 2, 2 * t : 2 * t + 2]
            block += later
            if s > t:
                sigma[2 * t : 2 * t + 2, 2 * s : 2 * s + 2] += later.T
            later = paths @ later
    return sigma


def _slopes(theta: Floats, waves: int) -> Floats:
    """Derivatives of the implied covariance, (parameters, 2 waves, 2 waves); it is a polynomial."""
    step = 1e-5
    moved = np.eye(theta.size) * step
    return np.array(
        [(_implied(theta + one, waves) - _implied(theta - one, waves)) / (2 * step) for one in moved]
    )


def _information(slopes: Floats, inverse: Floats, n: int) -> Floats:
    pulled = inverse @ slopes
    turned = pulled.transpose(0, 2, 1).reshape(slopes.shape[0], -1)
    return np.asarray(n / 2 * pulled.reshape(slopes.shape[0], -1) @ turned.T)


def _deviance(theta: Floats, sample: Floats, waves: int) -> float:
    model = _implied(theta, waves)
    values = np.linalg.eigvalsh(model)
    if values[0] <= 1e-10 * values[-1]:
        return float("inf")
    return float(np.log(values).sum() + np.trace(np.linalg.solve(model, sample)))


def _beginning(sample: Floats, waves: int) -> Floats:
    """A third of the mean variance is stable, little carries over: a start from which scoring climbs."""
    blocks = [sample[2 * t : 2 * t + 2, 2 * t : 2 * t + 2] for t in range(waves)]
    far = sample[:2, 2 * waves - 2 :]
    stable = (far + far.T) / 2
    least = 0.1 * np.mean(blocks, axis=0)
    for k in (0, 1):
        stable[k, k] = min(max(stable[k, k], least[k, k]), 0.8 * min(one[k, k] for one in blocks))
    edge = 0.9 * np.sqrt(stable[0, 0] * stable[1, 1])
    stable[0, 1] = stable[1, 0] = np.clip(stable[0, 1], -edge, edge)
    start = [0.2, 0.0, 0.0, 0.2, stable[0, 0], stable[0, 1], stable[1, 1]]
    for one in blocks:
        left = one - stable
        left[0, 1] = np.clip(left[0, 1], -0.5, 0.5) * 0
        start += [left[0, 0], left[0, 1], left[1, 1]]
    return np.array(start)


def _scored(sample: Floats, theta: Floats, waves: int, n: int) -> Floats:
    value = _deviance(theta, sample, waves)
    for _round in range(MOST_ROUNDS):
        model, slopes = _implied(theta, waves), _slopes(theta, waves)
        inverse: Floats = np.linalg.inv(model).astype(np.float64)
        score = n / 2 * np.tensordot(slopes, inverse @ (sample - model) @ inverse, 2)
        information = _information(slopes, inverse, n)
        damped = information + 1e-9 * np.diag(np.diag(information))
        step = np.linalg.solve(damped, score)
        if score @ step < 1e-9:
            return theta
        length = 1.0
        while length > 1e-8 and _deviance(theta + length * step, sample, waves) >= value:
            length /= 2
        if length <= 1e-8:
            if score @ step < 1e-5:
                return theta
            raise CannotEstimate("no_convergence", {})
        theta = theta + length * step
        value = _deviance(theta, sample, waves)
    raise CannotEstimate("no_convergence", {})


def mediation(
    outcome: npt.ArrayLike,
    mediator: npt.ArrayLike,
    treatment: npt.ArrayLike,
    *,
    covariates: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Mediation:
    """Average indirect and direct effects of linear models, with quasi-Bayesian limits and rho-sensitivity.

    outcome = direct treatment + mediator, mediator = treatment, both with the covariates; (n,) each. Without
    a product term the indirect effect is the product of two slopes. rho: correlation of both models' errors,
    0 where nothing unmeasured lies behind both. Imai, Keele & Yamamoto (2010), Stat. Sci. 25, section 5.
    """
    y, m, a = (
        numbers(one, name)
        for one, name in ((outcome, "outcome"), (mediator, "mediator"), (treatment, "treatment"))
    )
    if not y.size == m.size == a.size:
        raise CannotEstimate("wrong_shape", {"of": "mediator"})
    z = np.zeros((y.size, 0)) if covariates is None else table(covariates, "covariates", size=y.size)
    base = np.column_stack((a, np.ones(y.size), z))
    to_mediator, to_outcome = _ols(m, base), _ols(y, np.column_stack((m, base)))
    rng = np.random.default_rng(seed)
    first = rng.multivariate_normal(to_mediator[0], to_mediator[1], draws)
    second = rng.multivariate_normal(to_outcome[0], to_outcome[1], draws)
    indirect, direct = first[:, 0] * second[:, 0], second[:, 1]
    point = (float(to_mediator[0][0] * to_outcome[0][0]), float(to_outcome[0][1]))
    total = point[0] + point[1]
    rho = np.linspace(-0.9, 0.9, 37)
    alone = _ols(y, base)
    r = float(np.corrcoef(alone[2], to_mediator[2])[0, 1])
    spread = float(alone[2].std() / to_mediator[2].std())
    slope = float(to_mediator[0][0])
    at_rho = slope * spread * (r - rho * np.sqrt((1 - r**2) / (1 - rho**2)))
    return Mediation(
        _drawn(point[0], indirect),
        _drawn(point[1], direct),
        _drawn(total, indirect + direct),
        point[0] / total if total else None,
        rho,
        np.asarray(at_rho),
        r,
    )


def _ols(y: Floats, x: Floats) -> tuple[Floats, Floats, Floats]:
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotEstimate("collinear", {})
    if y.size <= x.shape[1] + 1:
        raise CannotEstimate("too_few", {"people": x.shape[1] + 2, "found": int(y.size)})
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    residual = y - x @ beta
    return beta, inverse * float(residual @ residual) / (y.size - x.shape[1]), residual


def _drawn(point: float, draws: Floats) -> Estimate:
    low, high = np.quantile(draws, [0.025, 0.975])
    p = 2 * min(float(np.mean(draws <= 0)), float(np.mean(draws >= 0)))
    return Estimate(
        point, float(draws.std(ddof=1)), float(low), float(high), min(max(p, 1 / draws.size), 1.0)
    )
