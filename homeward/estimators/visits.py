"""Durations of which only visits are known: between which two visits it ended, not when.

Discrete time: a regression of the hazard of each interval. Turnbull: the curve that needs no model.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm
from scipy import stats

from homeward.estimators.arrays import Floats, codes, numbers, table, truths
from homeward.estimators.refusals import CannotEstimate


@dataclass(frozen=True)
class DiscreteHazards:
    """Complementary log-log model: a baseline for each interval, then log hazard ratios of the covariates."""

    intervals: tuple[float, ...]
    baseline: Floats  # log of the cumulative hazard in each interval at covariates 0
    coefficients: Floats
    se: Floats
    covariance: Floats
    log_likelihood: float
    person_periods: int
    people: int

    def intervals_of(self, confidence: float = 0.95) -> Floats:
        """Limits of the log hazard ratios, (p, 2)."""
        reach = float(stats.norm.ppf((1 + confidence) / 2)) * self.se
        return np.column_stack((self.coefficients - reach, self.coefficients + reach))


@dataclass(frozen=True)
class IntervalCurve:
    """Turnbull's estimate: mass in each innermost interval (low, high], and survival after each."""

    low: Floats
    high: Floats
    mass: Floats
    survival: Floats


def discrete_hazards(
    last_interval: npt.ArrayLike, events: npt.ArrayLike, covariates: npt.ArrayLike
) -> DiscreteHazards:
    """Grouped-time proportional hazards by a cloglog regression on person-periods.

    last_interval: (n,) the number of the last interval each was watched in, 1 on; events: whether it ended in
    it; covariates: (n, p). The coefficients are those of a proportional hazards model in continuous time.
    Refused: an interval in which nothing or everything ends ("no_variation"). Prentice & Gloeckler (1978).
    """
    last = numbers(last_interval, "last_interval")
    ended = truths(events, "events", size=last.size)
    x = table(covariates, "covariates", size=last.size)
    if (last < 1).any() or (last != np.round(last)).any():
        raise CannotEstimate("times_out_of_order", {})
    repeats = last.astype(np.int64)
    person = np.repeat(np.arange(last.size), repeats)
    period = np.concatenate([np.arange(1, one + 1) for one in repeats])
    outcome = (period == repeats[person]) & ended[person]
    number, labels = codes(period, "intervals")
    deaths, watched = np.bincount(number, weights=outcome), np.bincount(number)
    if ((deaths == 0) | (deaths == watched)).any():
        raise CannotEstimate("no_variation", {"of": f"interval {labels[np.argmin(deaths)]}"})
    design = np.column_stack((np.eye(labels.size)[number], x[person]))
    fit = _fitted(outcome, design)
    k = labels.size
    covariance = np.asarray(fit.cov_params())[k:, k:]
    return DiscreteHazards(
        tuple(labels.tolist()),
        np.asarray(fit.params)[:k],
        np.asarray(fit.params)[k:],
        np.sqrt(np.diag(covariance)),
        covariance,
        float(fit.llf),
        int(period.size),
        int(last.size),
    )


def _fitted(outcome: npt.NDArray[np.bool_], design: Floats) -> "sm.GLM":
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise CannotEstimate("collinear", {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        family = sm.families.Binomial(link=sm.families.links.CLogLog())
        fit = sm.GLM(outcome.astype(float), design, family=family).fit(tol=1e-10, maxiter=200)
    if not fit.converged or np.abs(np.asarray(fit.params)).max() > 50:
        raise CannotEstimate("perfect_separation", {})
    return fit


def turnbull(low: npt.ArrayLike, high: npt.ArrayLike, *, tolerance: float = 1e-9) -> IntervalCurve:
    """The survival curve of most likelihood where it ended in (low, high]; high inf where it has not yet.

    low: last visit at which it lasted, 0 or more; high: first visit at which it had ended, above low (equal
    to it where the time is known). Turnbull (1976), J. R. Stat. Soc. B 38, by self-consistency.
    """
    left = numbers(low, "low")
    right = np.asarray(high, dtype=np.float64)
    if right.shape != left.shape or np.isnan(right).any() or (right < left).any() or (left < 0).any():
        raise CannotEstimate("times_out_of_order", {})
    begin, end = _innermost(left, right)
    # (l, r] covers (q, p] when q >= l and p <= r; a known time l = r covers the point q = p = l
    covers = (begin[None, :] >= left[:, None]) & (end[None, :] <= right[:, None])
    covers &= (begin < end)[None, :] | (left == right)[:, None] | (begin[None, :] > left[:, None])
    mass = np.full(begin.size, 1 / begin.size)
    for _round in range(20_000):
        share = covers * mass
        fresh = (share / share.sum(axis=1, keepdims=True)).mean(axis=0)
        moved, mass = float(np.abs(fresh - mass).max()), fresh
        if moved < tolerance:
            break
    return IntervalCurve(begin, end, mass, np.maximum(1 - np.cumsum(mass), 0.0))


def _innermost(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Intervals between a left end and the next right end with no other end between them."""
    # at one time: right ends of earlier intervals come first, then left ends (open), then points' right ends
    known = left == right
    ends = sorted(
        [(one, 1, "left") for one in left[~known]]
        + [(one, -1, "left") for one in left[known]]
        + [(one, 0, "right") for one in right]
    )
    found = {
        (first[0], second[0])
        for first, second in zip(ends, ends[1:], strict=False)
        if first[2] == "left" and second[2] == "right"
    }
    pairs = np.array(sorted(found), dtype=np.float64)
    return pairs[:, 0], pairs[:, 1]
