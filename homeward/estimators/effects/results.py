"""What a comparison found, and how its errors come from each person's share in it."""

from dataclasses import dataclass
from math import exp, inf, log, sqrt

import numpy as np
from scipy.stats import norm, t

from homeward.estimators.arrays import Floats, Ints
from homeward.estimators.effects.studies import Form, Study
from homeward.estimators.refusals import CannotEstimate

UNBOUNDED = 20.0


@dataclass(frozen=True)
class Interval:
    """A number with its standard error and its interval, in the unit of the outcome."""

    estimate: float
    standard_error: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True)
class Effect:
    """A difference between two means of potential outcomes in one population.

    target: "ATE" (everybody), "ATT" (the treated), "ATC" (the untreated), "ATO" (overlap) or "ATM" (matched);
    means: of the untreated and the treated state; ratio: treated over untreated, None where a mean is not
    above 0; df: None in the large-sample form; errors: how they were made, in words for a report; weights:
    (n,) those of the comparison; scores: (n,) propensities or None; shares: (n, 2) each person's share in the
    error of both means, whose sum is zero.
    """

    method: str
    target: str
    difference: Interval
    means: tuple[Interval, Interval]
    ratio: Interval | None
    df: float | None
    n: int
    n_treated: int
    clusters: int | None
    errors: str
    weights: Floats
    scores: Floats | None
    shares: Floats


@dataclass(frozen=True)
class Compared:
    """Two means and their shares, as a method finds them, before errors are made of them."""

    method: str
    target: str
    means: tuple[float, float]
    shares: Floats
    weights: Floats
    scores: Floats | None = None
    columns: int = 1
    selection_estimated: bool = True


def effect_of(given: Study, found: Compared, form: Form) -> Effect:
    """The effect with errors: by person, or of sums by cluster and stratum; see `Form`."""
    covariance, df, said = _covariance(given, found, form)
    interval = _Intervals(form.confidence, df)
    control, treated = found.means
    error = sqrt(max(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1], 0.0))
    return Effect(
        method=found.method,
        target=found.target,
        difference=interval.of(treated - control, error),
        means=(
            interval.of(control, sqrt(covariance[0, 0])),
            interval.of(treated, sqrt(covariance[1, 1])),
        ),
        ratio=_ratio(found.means, covariance, interval),
        df=None if df == inf else df,
        n=int(given.observed.sum()),
        n_treated=int((given.treated & given.observed).sum()),
        clusters=None if given.clusters is None else int(given.clusters.max()) + 1,
        errors=said,
        weights=found.weights,
        scores=found.scores,
        shares=found.shares,
    )


@dataclass(frozen=True)
class _Intervals:
    confidence: float
    df: float

    def of(self, estimate: float, error: float) -> Interval:
        reach = self.quantile * error
        return Interval(estimate, error, estimate - reach, estimate + reach, self.p_value(estimate, error))

    @property
    def quantile(self) -> float:
        at = (1 + self.confidence) / 2
        return float(norm.ppf(at) if self.df == inf else t.ppf(at, self.df))

    def p_value(self, estimate: float, error: float) -> float:
        if error <= 0:
            return 1.0 if estimate == 0 else 0.0
        size = abs(estimate) / error
        return float(2 * (norm.sf(size) if self.df == inf else t.sf(size, self.df)))


def covariance_of(shares: Floats, clusters: Ints | None, strata: Ints | None) -> tuple[Floats, float]:
    """The covariance (k, k) of sums of shares (n, k), and its degrees of freedom.

    By person: the sum of squares, as teffects has it, and no limit to degrees of freedom. By cluster: sums of
    clusters about zero times G / (G - 1), with G - 1 degrees. With strata: about the mean of each stratum
    times n / (n - 1), and as many degrees as units less strata; a stratum of one unit is refused.
    """
    if clusters is None and strata is None:
        return shares.T @ shares, inf
    units = np.arange(shares.shape[0]) if clusters is None else clusters
    number = int(units.max()) + 1
    totals = np.stack([np.bincount(units, one, number) for one in shares.T], axis=1).astype(np.float64)
    if strata is not None:
        return _stratified(totals, units, strata)
    if number < 2:
        raise CannotEstimate("too_few", {"of": "clusters", "rows": 2, "found": number})
    return totals.T @ totals * (number / (number - 1)), float(number - 1)


def _stratified(totals: Floats, units: Ints, strata: Ints) -> tuple[Floats, float]:
    home = np.zeros(totals.shape[0], dtype=np.int64)
    home[units] = strata
    if (home[units] != strata).any():
        raise CannotEstimate("unit_in_two_strata", {})
    sizes = np.bincount(home)
    if (sizes == 1).any():
        raise CannotEstimate("lonely_psu", {"units_in_stratum": 2, "found": 1})
    means = np.stack([np.bincount(home, one) / np.maximum(sizes, 1) for one in totals.T], axis=1)
    apart = (totals - means[home]) * np.sqrt(sizes / np.maximum(sizes - 1, 1))[home][:, None]
    return np.asarray(apart.T @ apart), float(totals.shape[0] - (sizes > 0).sum())


def _covariance(given: Study, found: Compared, form: Form) -> tuple[Floats, float, str]:
    covariance, df = covariance_of(found.shares, given.clusters, given.strata)
    said = "stacked estimating equations" if found.selection_estimated else "weights taken as known"
    if df < inf:
        return covariance, df, f"{said}, by cluster" if given.strata is None else f"{said}, by design"
    if not form.small_sample:
        return covariance, df, f"{said}, large-sample form"
    spare = given.size - 2 * found.columns
    if spare < 1:
        raise CannotEstimate("too_few", {"rows": 2 * found.columns + 1, "found": given.size})
    return covariance * (given.size / spare), float(spare), f"{said}, small-sample form"


def _ratio(means: tuple[float, float], covariance: Floats, interval: _Intervals) -> Interval | None:
    control, treated = means
    if min(control, treated) <= 0:
        return None
    slope = np.array([-1 / control, 1 / treated])
    error = sqrt(max(float(slope @ covariance @ slope), 0.0))
    at = log(treated / control)
    reach = interval.quantile * error
    if reach > UNBOUNDED:  # a mean that cannot be told from nothing has no ratio
        return None
    ratio = exp(at)
    return Interval(ratio, ratio * error, exp(at - reach), exp(at + reach), interval.p_value(at, error))
