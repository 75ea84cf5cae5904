"""Hazards: Cox regression with exact handling of ties, strata, late entry, weights and clusters.

A hazard ratio of a cause is an association among those still here, not an effect on who will have left:
for that use `incidence`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Bools, Floats, Ints, numbers, table
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.risk_sets import (
    Durations,
    Given,
    Rows,
    Ties,
    checked,
    passed,
    spread_of,
    strata_of,
    sums,
)
from homeward.estimators.survival import Test

Clock = Literal["km", "rank", "identity", "log"]
MOST_ROUNDS = 40
BLOCK = 1000
LARGEST = 20.0  # a coefficient per standard deviation beyond it is running to infinity


@dataclass(frozen=True)
class CoxModel:
    """Log hazard ratios (p,) with their covariance (p, p); robust where clusters, weights or asked for."""

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    se: Floats
    model_se: Floats
    log_likelihood: float
    log_likelihood_null: float
    concordance: float
    people: int
    events: int
    clusters: int | None
    robust: bool
    residuals: Floats  # score residuals (n, p)
    schoenfeld: Floats  # (events, p), in the order of event_times
    event_times: Floats

    @property
    def hazard_ratios(self) -> Floats:
        """The exponentials of the coefficients."""
        return np.exp(self.coefficients)

    def intervals(self, confidence: float = 0.95) -> Floats:
        """Limits of the log hazard ratios, (p, 2)."""
        reach = float(stats.norm.ppf((1 + confidence) / 2)) * self.se
        return np.column_stack((self.coefficients - reach, self.coefficients + reach))

    @property
    def p_values(self) -> Floats:
        """Two-sided, of Wald's z."""
        return np.asarray(2 * stats.norm.sf(np.abs(self.coefficients / self.se)))

    @property
    def likelihood_ratio(self) -> Test:
        """Against the model without covariates."""
        statistic = 2 * (self.log_likelihood - self.log_likelihood_null)
        return Test(statistic, len(self.names), float(stats.chi2.sf(statistic, len(self.names))))


def cox(
    durations: Durations,
    covariates: npt.ArrayLike,
    *,
    names: Sequence[str] | None = None,
    ties: Ties = "efron",
    robust: bool = False,
) -> CoxModel:
    """Cox regression by Newton's method, as R's coxph.

    covariates: (n, p), fixed before the time began. Robust errors (Lin & Wei 1989) are taken with clusters,
    weights or `robust`; without any of them the inverse information. Refused: fewer than two events, a
    covariate without variation or a sum of others ("collinear"), a likelihood that rises without end
    ("perfect_separation"). Cox (1972); Efron (1977); Breslow (1974).
    """
    t = numbers(durations.times, "times")
    x = table(covariates, "covariates", size=t.size)
    given = checked(durations, t, x)
    scale, centre = x.std(axis=0), x.mean(axis=0)
    if (scale == 0).any():
        raise CannotEstimate("no_variation", {"of": _names(names, x)[int(np.argmin(scale))]})
    rows = strata_of(t, (x - centre) / scale, given, ties)
    beta, null = _newton(rows)
    loglik, _score, information = _likelihood(rows, beta)
    naive: Floats = np.linalg.inv(information).astype(np.float64)
    residuals = np.zeros_like(x)
    for one in rows:
        residuals[one.order] = _score_residuals(one, beta)
    clusters = given.clusters
    taken = robust or clusters is not None or durations.weights is not None
    covariance = _sandwich(residuals, naive, clusters) if taken else naive
    schoenfeld = [_schoenfeld(one, beta) for one in rows]
    return CoxModel(
        _names(names, x),
        beta / scale,
        covariance / np.outer(scale, scale),
        np.sqrt(np.diag(covariance)) / scale,
        np.sqrt(np.diag(naive)) / scale,
        loglik,
        null,
        concordance(durations, x @ (beta / scale)),
        int(t.size),
        int(given.events.sum()),
        None if clusters is None else int(clusters.max() + 1),
        taken,
        residuals * scale,
        np.vstack([one for one, _when in schoenfeld]) * scale,
        np.concatenate([when for _one, when in schoenfeld]),
    )


def proportional_hazards_test(
    durations: Durations, covariates: npt.ArrayLike, *, ties: Ties = "efron", clock: Clock = "km"
) -> tuple[tuple[Test, ...], Test]:
    """Whether hazard ratios stay the same over time: a test for each covariate, and one for all.

    The score test for a coefficient that changes with g(time), as R's cox.zph since survival 3.0; clock: g.
    Grambsch & Therneau (1994), Biometrika 81.
    """
    t = numbers(durations.times, "times")
    x = table(covariates, "covariates", size=t.size)
    given = checked(durations, t, x)
    rows = strata_of(t, (x - x.mean(axis=0)) / x.std(axis=0), given, ties)
    beta, _null = _newton(rows)
    p = x.shape[1]
    moves = _clock(t, given, clock)
    score, information = np.zeros(2 * p), np.zeros((2 * p, 2 * p))
    whole = np.concatenate([one.at[one.of_death] for one in rows])
    middle = float(np.mean(moves(whole)))
    for one in rows:
        g = moves(one.at[one.of_death]) - middle
        residual, spread = _death_terms(one, beta)
        score[p:] += (g[:, None] * residual).sum(axis=0)
        for i, gi in enumerate((np.ones_like(g), g)):
            for j, gj in enumerate((np.ones_like(g), g)):
                information[i * p : (i + 1) * p, j * p : (j + 1) * p] += np.einsum(
                    "d,dij->ij", gi * gj, spread
                )
    tests = []
    for columns in [*([j] for j in range(p)), list(range(p))]:
        kept = [*range(p), *(p + j for j in columns)]
        statistic = float(score[kept] @ np.linalg.solve(information[np.ix_(kept, kept)], score[kept]))
        tests.append(Test(statistic, len(columns), float(stats.chi2.sf(statistic, len(columns)))))
    return tuple(tests[:-1]), tests[-1]


def concordance(durations: Durations, risk: npt.ArrayLike) -> float:
    """Harrell's C: of the pairs whose order is known, how many the risk (n,) orders right; ties count half.

    Pairs are taken within strata; with late entry, among those at risk at the event.
    """
    t = numbers(durations.times, "times")
    r = numbers(risk, "risk", size=t.size)
    given = checked(durations, t, r[:, None])
    right, pairs = 0.0, 0.0
    for one in np.unique(given.strata):
        kept = np.flatnonzero(given.strata == one)
        order = kept[np.lexsort((~given.events[kept], t[kept]))]  # at one time, events before censored
        more, of = _pairs(t[order], given.events[order], r[order], given.entry[order])
        right, pairs = right + more, pairs + of
    return right / pairs if pairs else float("nan")


def _pairs(t: Floats, e: Bools, r: Floats, entry: Floats) -> tuple[float, float]:
    """Pairs ordered right and pairs in all, of rows sorted by time: block by block from the last."""
    right = pairs = 0.0
    late = np.isfinite(entry).any()
    for begin in range((t.size - 1) // BLOCK * BLOCK, -1, -BLOCK):
        rows = np.arange(begin, min(begin + BLOCK, t.size))
        deaths = rows[e[rows]]
        near = np.arange(begin, t.size if late else min(np.searchsorted(t, t[rows[-1]], "right"), t.size))
        later = (t[near] > t[deaths, None]) | ((t[near] == t[deaths, None]) & ~e[near])
        later &= entry[near] < t[deaths, None]
        right += float(np.sum(later & (r[near] < r[deaths, None])))
        right += 0.5 * float(np.sum(later & (r[near] == r[deaths, None])))
        pairs += float(later.sum())
        far = np.sort(r[near[-1] + 1 :])
        low, high = np.searchsorted(far, r[deaths], "left"), np.searchsorted(far, r[deaths], "right")
        right += float(np.sum(low + high)) / 2
        pairs += float(deaths.size * far.size)
    return right, pairs


def _names(names: Sequence[str] | None, x: Floats) -> tuple[str, ...]:
    return tuple(names) if names is not None else tuple(f"x{n + 1}" for n in range(x.shape[1]))


def _death_terms(rows: Rows, beta: Floats) -> tuple[Floats, Floats]:
    """Of each death: x less its mean among those at risk, and the covariance of x among them."""
    s0, s1, s2 = sums(rows, beta, products=True)
    mean = s1 / s0[:, None]
    spread = spread_of(s0, mean, s2)
    return (
        rows.w[rows.events][:, None] * rows.x[rows.events] - rows.mean_weight[:, None] * mean,
        rows.mean_weight[:, None, None] * spread,
    )


def _likelihood(strata: Sequence[Rows], beta: Floats) -> tuple[float, Floats, Floats]:
    value, score, information = 0.0, np.zeros(beta.size), np.zeros((beta.size, beta.size))
    for rows in strata:
        s0, s1, _s2 = sums(rows, beta, products=False)
        mean, dead = s1 / s0[:, None], rows.x[rows.events]
        value += float(rows.w[rows.events] @ (dead @ beta) - rows.mean_weight @ np.log(s0))
        score += rows.w[rows.events] @ dead - rows.mean_weight @ mean
        # the sum over deaths of risks times x x' is one over people: each counts with the hazard it passed
        hazard = passed(rows, (rows.mean_weight / s0)[:, None])[:, 0] * rows.w * np.exp(rows.x @ beta)
        information += (rows.x * hazard[:, None]).T @ rows.x - (mean * rows.mean_weight[:, None]).T @ mean
    return value, score, information


def _newton(strata: Sequence[Rows]) -> tuple[Floats, float]:
    beta = np.zeros(strata[0].x.shape[1])
    value, score, information = _likelihood(strata, beta)
    null = value
    for _round in range(MOST_ROUNDS):
        if np.linalg.cond(information) > 1e12:
            raise CannotEstimate("perfect_separation" if beta.any() else "collinear", {})
        step: Floats = np.linalg.solve(information, score).astype(np.float64)
        higher = _climb(strata, beta, step, value)
        gain, beta = higher[1][0] - value, higher[0]
        value, score, information = higher[1]
        if np.abs(beta).max() > LARGEST:
            raise CannotEstimate("perfect_separation", {})
        if abs(gain) <= 1e-12 * (abs(value) + 1e-9) and np.abs(step).max() < 1e-7:
            return beta, null
    raise CannotEstimate("perfect_separation", {})


def _climb(
    strata: Sequence[Rows], beta: Floats, step: Floats, value: float
) -> tuple[Floats, tuple[float, Floats, Floats]]:
    for half in range(20):
        further = beta + step / 2**half
        found = _likelihood(strata, further)
        if found[0] >= value - 1e-9 * abs(value):
            return further, found
    raise CannotEstimate("no_convergence", {})


def _score_residuals(rows: Rows, beta: Floats) -> Floats:
    """What each person adds to the score, (n, p), in the sorted order of the stratum."""
    s0, s1, _s2 = sums(rows, beta, products=False)
    mean, rate = s1 / s0[:, None], rows.mean_weight / s0
    middle = np.zeros((rows.at.size, rows.x.shape[1]))
    np.add.at(middle, rows.of_death, mean / np.bincount(rows.of_death)[rows.of_death][:, None])
    hazard = passed(rows, np.column_stack((rate, rate[:, None] * mean)))
    risk = np.exp(rows.x @ beta)[:, None]
    residual = -risk * (rows.x * hazard[:, :1] - hazard[:, 1:])
    residual[rows.events] += rows.x[rows.events] - middle[rows.of_death]
    return np.asarray(rows.w[:, None] * residual)


def _schoenfeld(rows: Rows, beta: Floats) -> tuple[Floats, Floats]:
    s0, s1, _s2 = sums(rows, beta, products=False)
    mean = np.zeros((rows.at.size, rows.x.shape[1]))
    counts = np.bincount(rows.of_death)[rows.of_death]
    np.add.at(mean, rows.of_death, s1 / s0[:, None] / counts[:, None])
    return rows.x[rows.events] - mean[rows.of_death], rows.at[rows.of_death]


def _sandwich(residuals: Floats, naive: Floats, clusters: Ints | None) -> Floats:
    if clusters is not None:
        summed = np.zeros((int(clusters.max()) + 1, residuals.shape[1]))
        np.add.at(summed, clusters, residuals)
        residuals = summed
    influence = residuals @ naive
    return np.asarray(influence.T @ influence)


def _clock(t: Floats, given: Given, clock: Clock) -> Any:
    if clock == "identity":
        return lambda when: when
    if clock == "log":
        return np.log
    distinct, place = np.unique(t, return_inverse=True)
    died = np.bincount(place, weights=given.events)
    late = np.sort(given.entry)
    n = np.cumsum(np.bincount(place)[::-1])[::-1] - (t.size - np.searchsorted(late, distinct, side="left"))
    if clock == "rank":
        order = stats.rankdata(t)
        return lambda when: np.array([order[place == np.searchsorted(distinct, one)][0] for one in when])
    before = np.concatenate(([1.0], np.cumprod(1 - died / n)[:-1]))
    return lambda when: 1 - before[np.searchsorted(distinct, when)]
