"""How long a state lasts when some are still in it: Kaplan–Meier, restricted means, log-rank.

Times are durations in one unit, 0 or more; an event at a time comes before the censoring of others at it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Bools, Floats, codes, numbers, truths
from homeward.estimators.refusals import CannotEstimate

Scale = Literal["log-log", "log", "plain"]


@dataclass(frozen=True)
class EventTable:
    """Distinct times in order; at each, how many are at risk and how many end by each cause (columns)."""

    times: Floats
    at_risk: Floats
    ended: Floats


@dataclass(frozen=True)
class SurvivalCurve:
    """The share still in the state after each time, with Greenwood's error; `last` is the largest time."""

    times: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    se: Floats
    variance_terms: Floats  # of Greenwood's sum, one for each time
    last: float

    def at(
        self, times: npt.ArrayLike, *, confidence: float = 0.95, scale: Scale = "log-log"
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Survival, error, low and high just after each of these times; nan beyond the last one observed."""
        share, se = steps_at(self.times, (self.survival, self.se), times, first=(1.0, 0.0), last=self.last)
        low, high = limits(share, se, confidence, scale)
        return share, se, np.where(share == 1, np.nan, low), np.where(share == 1, 1.0, high)

    def quantile(
        self, p: float = 0.5, *, confidence: float = 0.95, scale: Scale = "log-log"
    ) -> tuple[float, float, float]:
        """When a share p has left, with the limits where the band crosses (Brookmeyer & Crowley 1982)."""
        low, high = limits(self.survival, self.se, confidence, scale)

        def crossed(series: Floats) -> float:
            below = np.flatnonzero(series <= 1 - p + 1e-12)
            return float(self.times[below[0]]) if below.size else float("nan")

        return crossed(self.survival), crossed(low), crossed(high)


def steps_at(
    at: Floats,
    series: tuple[Floats, Floats],
    times: npt.ArrayLike,
    *,
    first: tuple[float, float],
    last: float,
) -> tuple[Floats, Floats]:
    """Two step functions just after each of these times; nan after the last time."""
    asked = np.atleast_1d(np.asarray(times, dtype=np.float64))
    place = np.searchsorted(at, asked, side="right")
    one, other = (np.concatenate(([begin], steps))[place] for begin, steps in zip(first, series, strict=True))
    return np.where(asked > last, np.nan, one), np.where(asked > last, np.nan, other)


@dataclass(frozen=True)
class Estimate:
    """A number with its standard error, limits and, where it is tested against 0, the p-value."""

    estimate: float
    se: float
    low: float
    high: float
    p_value: float | None = None


@dataclass(frozen=True)
class Test:
    """A test statistic with the p-value of its chi-squared distribution."""

    statistic: float
    df: int
    p_value: float


def event_table(
    times: Floats,
    causes: npt.NDArray[np.int64],
    *,
    weights: Floats | None = None,
    entry: Floats | None = None,
) -> EventTable:
    """Risk sets and ends by cause. causes: (n,) 0 for censored, 1 to k else; entry: when at risk from."""
    size = times.size
    if not size:
        raise CannotEstimate("too_few", {"people": 1, "found": 0})
    if times.min() < 0 or (entry is not None and (entry >= times).any()):
        raise CannotEstimate("times_out_of_order", {})
    w = np.ones(size) if weights is None else weights
    distinct, place = np.unique(times, return_inverse=True)
    ended = np.zeros((distinct.size, int(causes.max(initial=0)) + 1))
    np.add.at(ended, (place, causes), w)
    at_risk = np.cumsum(ended.sum(axis=1)[::-1])[::-1]
    if entry is not None:
        order = np.argsort(entry)
        reach = np.concatenate((np.cumsum(w[order][::-1])[::-1], [0.0]))
        at_risk = at_risk - reach[np.searchsorted(entry[order], distinct, side="left")]
    return EventTable(distinct, at_risk, ended[:, 1:])


def kaplan_meier(
    times: npt.ArrayLike,
    events: npt.ArrayLike,
    *,
    entry: npt.ArrayLike | None = None,
) -> SurvivalCurve:
    """The product-limit estimate of S(t), of one cause; where causes compete use `cumulative_incidence`.

    times: (n,); events: (n,) true where it ended, false where it lasted longer than known; entry:
    when each came under observation. Limits as R's survfit conf.type. Kaplan & Meier (1958); Greenwood.
    """
    t = numbers(times, "times")
    e = truths(events, "events", size=t.size)
    begun = None if entry is None else numbers(entry, "entry", size=t.size)
    found = event_table(t, e.astype(np.int64), entry=begun)
    kept = found.ended.sum(axis=1) > 0 if found.ended.size else np.zeros(found.times.size, dtype=bool)
    n, d = found.at_risk[kept], found.ended[kept].sum(axis=1)
    survival = np.cumprod(1 - d / n)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(n > d, d / (n * (n - d)), np.inf)
        se = np.where(survival > 0, survival * np.sqrt(np.cumsum(terms)), np.nan)
    terms = np.where(np.isfinite(terms), terms, 0.0)
    return SurvivalCurve(found.times[kept], n, d, survival, se, terms, float(t.max()))


def limits(share: Floats, se: Floats, confidence: float, scale: Scale) -> tuple[Floats, Floats]:
    """Pointwise limits of a share on a scale on which they stay within 0 and 1; nan without an error."""
    z = float(stats.norm.ppf((1 + confidence) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "plain":
            return np.clip(share - z * se, 0, 1), np.clip(share + z * se, 0, 1)
        if scale == "log":
            return share * np.exp(-z * se / share), np.minimum(1, share * np.exp(z * se / share))
        reach = z * se / (share * np.log(share))
        return share ** np.exp(-reach), share ** np.exp(reach)


def restricted_mean(
    times: npt.ArrayLike, events: npt.ArrayLike, horizon: float, *, confidence: float = 0.95
) -> Estimate:
    """Mean time in the state up to the horizon: the area under Kaplan–Meier, in the unit of the times.

    Refused ("horizon_beyond_follow_up") where the last observed time is censored before the horizon. Error:
    the integrals to the right of each event squared, times d / (n (n - d)), as R's survfit and survRM2.
    Royston & Parmar (2013), BMC Med. Res. Methodol. 13.
    """
    curve = kaplan_meier(times, events)
    if horizon <= 0 or (curve.last < horizon and (curve.survival.size == 0 or curve.survival[-1] > 0)):
        raise CannotEstimate("horizon_beyond_follow_up", {"horizon": horizon, "last": curve.last})
    inside = curve.times <= horizon
    edges = np.concatenate(([0.0], curve.times[inside], [horizon]))
    areas = np.diff(edges) * np.concatenate(([1.0], curve.survival[inside]))
    to_the_right = np.cumsum(areas[::-1])[::-1][1:]
    se = float(np.sqrt(np.sum(to_the_right**2 * curve.variance_terms[inside])))
    z = float(stats.norm.ppf((1 + confidence) / 2))
    area = float(areas.sum())
    return Estimate(area, se, area - z * se, area + z * se)


def restricted_mean_difference(
    times: npt.ArrayLike,
    events: npt.ArrayLike,
    treated: npt.ArrayLike,
    horizon: float,
    *,
    confidence: float = 0.95,
) -> tuple[Estimate, Estimate, Estimate]:
    """Restricted means of treated and others, and their difference with the two errors added up."""
    t = numbers(times, "times")
    e, a = truths(events, "events", size=t.size), truths(treated, "treated", size=t.size)
    if a.all() or not a.any():
        raise CannotEstimate("no_variation", {"of": "treated"})
    one = restricted_mean(t[a], e[a], horizon, confidence=confidence)
    other = restricted_mean(t[~a], e[~a], horizon, confidence=confidence)
    return one, other, contrast(one.estimate - other.estimate, float(np.hypot(one.se, other.se)), confidence)


def contrast(difference: float, se: float, confidence: float) -> Estimate:
    """A difference with normal limits and p-value; without spread there is no p-value."""
    z = float(stats.norm.ppf((1 + confidence) / 2))
    p = float(2 * stats.norm.sf(abs(difference) / se)) if se > 0 else None
    return Estimate(difference, se, difference - z * se, difference + z * se, p)


def log_rank(
    times: npt.ArrayLike,
    events: npt.ArrayLike,
    groups: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    rho: float = 0.0,
) -> Test:
    """Whether k groups leave the state at one rate: log-rank, with rho the family of Harrington & Fleming.

    df = groups - 1. As R's survdiff: weights S(t-)^rho, hypergeometric variance. Mantel (1966).
    """
    t = numbers(times, "times")
    e = truths(events, "events", size=t.size)
    g, labels = codes(groups, "groups", size=t.size)
    layer = (
        codes(strata, "strata", size=t.size)[0] if strata is not None else np.zeros(t.size, dtype=np.int64)
    )
    if labels.size < 2 or not e.any():
        raise CannotEstimate("no_variation", {"groups": 2, "found": int(labels.size)})
    score, spread = np.zeros(labels.size), np.zeros((labels.size, labels.size))
    for one in np.unique(layer):
        kept = layer == one
        more, wider = _log_rank_parts(t[kept], e[kept], g[kept], labels.size, rho)
        score, spread = score + more, spread + wider
    statistic = float(score[1:] @ np.linalg.pinv(spread[1:, 1:]) @ score[1:])
    df = int(np.linalg.matrix_rank(spread[1:, 1:]))
    return Test(statistic, df, float(stats.chi2.sf(statistic, df)))


def _log_rank_parts(
    t: Floats, e: Bools, g: npt.NDArray[np.int64], k: int, rho: float
) -> tuple[Floats, Floats]:
    distinct, place = np.unique(t, return_inverse=True)
    left, ended = np.zeros((distinct.size, k)), np.zeros((distinct.size, k))
    np.add.at(left, (place, g), 1.0)
    np.add.at(ended, (place[e], g[e]), 1.0)
    at_risk = np.cumsum(left[::-1], axis=0)[::-1]
    n, d = at_risk.sum(axis=1), ended.sum(axis=1)
    weight = np.concatenate(([1.0], np.cumprod(1 - d / n)[:-1])) ** rho
    share = at_risk / n[:, None]
    factor = weight**2 * d * np.where(n > 1, (n - d) / np.maximum(n - 1, 1), 0.0)
    spread = np.diag(factor @ share) - (share * factor[:, None]).T @ share
    return weight @ (ended - share * d[:, None]), spread
