"""Regression of cumulative incidence: Fine and Gray's hazard of the subdistribution of one cause.

Its ratio says whether a covariate goes with a higher incidence of the cause, other causes and all; the ratio
of a cause's own hazard (`hazards`) says whether it goes with ending sooner among those still here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, Ints, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate

MOST_ROUNDS = 50


@dataclass(frozen=True)
class SubdistributionModel:
    """Log subdistribution hazard ratios (p,), their covariance (p, p) and the pseudo-likelihoods."""

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    se: Floats
    log_likelihood: float
    log_likelihood_null: float
    people: int
    events: int

    @property
    def p_values(self) -> Floats:
        """Two-sided, of Wald's z."""
        return np.asarray(2 * stats.norm.sf(np.abs(self.coefficients / self.se)))


@dataclass(frozen=True)
class _Watched:
    """People sorted by time: kind 1 the cause, 2 another, 0 censored; g: G(T-), the censoring's survival."""

    t: Floats
    kind: Ints
    x: Floats
    g: Floats
    at: Floats  # times of the cause
    deaths: Floats
    g_at: Floats
    first: Ints  # rows still at risk at each begin here


def fine_gray(
    times: npt.ArrayLike,
    causes: npt.ArrayLike,
    covariates: npt.ArrayLike,
    *,
    cause: Any,
    censored: Any = 0,
    names: Sequence[str] | None = None,
) -> SubdistributionModel:
    """Fine & Gray's model by weights of the censoring, as R's cmprsk crr: Breslow's ties, sandwich errors.

    times, causes: (n,); covariates: (n, p). The errors count that the censoring's distribution was estimated,
    taken for the same in everybody. Fine & Gray (1999), J. Am. Stat. Assoc. 94.
    """
    t = numbers(times, "times")
    x = table(covariates, "covariates", size=t.size)
    place, labels = codes(causes, "causes", size=t.size)
    kinds = np.array([0 if one == censored else 1 if one == cause else 2 for one in labels.tolist()])
    spread, p = x.std(axis=0), x.shape[1]
    if (spread == 0).any():
        raise CannotEstimate("no_variation", {"of": "covariates"})
    if np.sum(kinds[place] == 1) < max(2, p):
        raise CannotEstimate("too_few", {"events": max(2, p), "found": int(np.sum(kinds[place] == 1))})
    watched = _sorted(t, kinds[place], (x - x.mean(axis=0)) / spread)
    null = _likelihood(watched, np.zeros(p))[0]
    beta = _newton(watched, p)
    value, _score, information = _likelihood(watched, beta)
    inverse = np.linalg.inv(information)
    pulls = _influences(watched, beta) @ inverse
    covariance = pulls.T @ pulls / np.outer(spread, spread)
    given = tuple(names) if names is not None else tuple(f"x{n + 1}" for n in range(p))
    se = np.sqrt(np.diag(covariance))
    events = int(np.sum(watched.kind == 1))
    return SubdistributionModel(given, beta / spread, covariance, se, value, null, int(t.size), events)


def _newton(watched: _Watched, p: int) -> Floats:
    beta = np.zeros(p)
    for _round in range(MOST_ROUNDS):
        value, score, information = _likelihood(watched, beta)
        if np.linalg.cond(information) > 1e12 or np.abs(beta).max() > 20:
            raise CannotEstimate("perfect_separation" if beta.any() else "collinear", {})
        step: Floats = np.linalg.solve(information, score).astype(np.float64)
        while _likelihood(watched, beta + step)[0] < value - 1e-9 * abs(value) and np.abs(step).max() > 1e-12:
            step = step / 2
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            return beta
    raise CannotEstimate("no_convergence", {})


def _sorted(t: Floats, kind: Ints, x: Floats) -> _Watched:
    order = np.argsort(t, kind="stable")
    t, kind, x = t[order], kind[order], x[order]
    distinct, place = np.unique(t, return_inverse=True)
    at_risk = np.cumsum(np.bincount(place)[::-1])[::-1]
    left = np.cumprod(1 - np.bincount(place, weights=kind == 0) / at_risk)
    before = np.concatenate(([1.0], left[:-1]))
    at, deaths = np.unique(t[kind == 1], return_counts=True)
    g_at = before[np.searchsorted(distinct, at)]
    return _Watched(t, kind, x, before[place], at, deaths.astype(float), g_at, np.searchsorted(t, at))


def _sums(watched: _Watched, values: Floats) -> Floats:
    """Sums of values (n, k) over those at risk in the subdistribution at each time of the cause."""
    still = np.cumsum(values[::-1], axis=0)[::-1]
    other = np.where((watched.kind == 2) & (watched.g > 0), 1 / np.where(watched.g > 0, watched.g, 1), 0.0)
    gone = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values * other[:, None], axis=0)))
    return np.asarray(still[watched.first] + watched.g_at[:, None] * gone[watched.first])


def _likelihood(watched: _Watched, beta: Floats) -> tuple[float, Floats, Floats]:
    p, own = beta.size, watched.x[watched.kind == 1]
    with np.errstate(over="ignore"):
        risk = np.exp(watched.x @ beta)
    up = np.triu_indices(p)
    columns = np.column_stack((np.ones(risk.size), watched.x, watched.x[:, up[0]] * watched.x[:, up[1]]))
    sums = _sums(watched, columns * risk[:, None])
    mean, d = sums[:, 1 : p + 1] / sums[:, :1], watched.deaths
    value = float((own @ beta).sum() - d @ np.log(sums[:, 0]))
    half = np.zeros((p, p))
    half[up] = d @ (sums[:, p + 1 :] / sums[:, :1])
    information = half + np.triu(half, 1).T - (mean * d[:, None]).T @ mean
    return value, own.sum(axis=0) - d @ mean, information


def _influences(watched: _Watched, beta: Floats) -> Floats:
    """What each person adds to the score, with what they add by way of the censoring's estimate."""
    x, t, kind = watched.x, watched.t, watched.kind
    risk = np.exp(x @ beta)
    sums = _sums(watched, np.column_stack((risk, risk[:, None] * x)))
    mean, rate = sums[:, 1:] / sums[:, :1], watched.deaths / sums[:, 0]
    steps = np.column_stack((rate, rate[:, None] * mean))
    zero = np.zeros((1, steps.shape[1]))
    upto = np.concatenate((zero, np.cumsum(steps, axis=0)))
    ahead = np.concatenate((np.cumsum((steps * watched.g_at[:, None])[::-1], axis=0)[::-1], zero))
    after = np.searchsorted(watched.at, t, side="right")
    passed = upto[after]
    own = -risk[:, None] * (x * passed[:, :1] - passed[:, 1:])
    weight = np.where((kind == 2) & (watched.g > 0), risk / np.where(watched.g > 0, watched.g, 1), 0.0)
    own -= weight[:, None] * (x * ahead[after][:, :1] - ahead[after][:, 1:])
    hit = kind == 1
    own[hit] += x[hit] - mean[np.searchsorted(watched.at, t[hit])]
    return np.asarray(own + _of_censoring(watched, weight, ahead))


def _of_censoring(watched: _Watched, weight: Floats, ahead: Floats) -> Floats:
    t, kind, x = watched.t, watched.kind, watched.x
    if not (kind == 0).any():
        return np.zeros_like(x)
    times, counts = np.unique(t[kind == 0], return_counts=True)
    weighted = np.column_stack((weight, weight[:, None] * x))
    behind = np.concatenate((np.zeros((1, x.shape[1] + 1)), np.cumsum(weighted, axis=0)))
    gone = behind[np.searchsorted(t, times, side="left")]
    later = ahead[np.searchsorted(watched.at, times, side="left")]
    q = gone[:, 1:] * later[:, :1] - gone[:, :1] * later[:, 1:]
    at_risk = t.size - np.searchsorted(t, times, side="left")
    ratio = q / at_risk[:, None]
    spent = np.concatenate(
        (np.zeros((1, x.shape[1])), np.cumsum(ratio * (counts / at_risk)[:, None], axis=0))
    )
    found = -spent[np.searchsorted(times, t, side="right")]
    lost = kind == 0
    found[lost] += ratio[np.searchsorted(times, t[lost])]
    return np.asarray(found)
