"""Intervals of many groups at once, from the sums of each: arrays in, arrays out.

Every function takes (k,) arrays, one place a group, and gives (value, low, high) arrays of k; NaN where
nothing can be said. `n` counts independent units that answered, never rows of one unit.
"""

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats

Three = tuple[Floats, Floats, Floats]


def shares(yes: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = 0.95) -> Three:
    """Shares yes / n with Wilson's score interval (Wilson 1927), without unit."""
    count, of = _floats(yes), _floats(n)
    z = stats.norm.ppf(0.5 + confidence / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(of > 0, count / of, np.nan)
        middle = (value + z * z / (2 * of)) / (1 + z * z / of)
        half = z / (1 + z * z / of) * np.sqrt(value * (1 - value) / of + z * z / (4 * of * of))
    return value, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def means(
    total: npt.ArrayLike, squares: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = 0.95
) -> Three:
    """Means from sums and sums of squares with Student's t interval, in the unit of what was measured.

    No interval for one unit; a width of nought where all are the same, which is shown as it is.
    """
    summed, squared, of = _floats(total), _floats(squares), _floats(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(of > 0, summed / of, np.nan)
        variance = np.where(of > 1, np.maximum(squared - of * value * value, 0.0) / (of - 1), np.nan)
        half = stats.t.ppf(0.5 + confidence / 2, np.maximum(of - 1, 1)) * np.sqrt(variance / of)
    return value, value - half, value + half


def ratios(sums: "RatioSums", *, confidence: float = 0.95) -> Three:
    """Ratios sum(x) / sum(y) with the linearised t interval, units being clusters (Cochran 1977, 6.3).

    NaN, and not a number that nothing bounds, where the interval of sum(y) holds nought (Fieller 1954).
    """
    value, variance = _linearised(sums)
    times = stats.t.ppf(0.5 + confidence / 2, np.maximum(sums.n - 1, 1))
    half = times * np.sqrt(variance)
    bounded = _is_bounded(sums, times)
    return tuple(np.where(bounded, one, np.nan) for one in (value, value - half, value + half))  # type: ignore[return-value]


def _is_bounded(sums: "RatioSums", times: Floats) -> npt.NDArray[np.bool_]:
    """Whether the mean of y lies further from nought than its interval is wide."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums.y / sums.n
        variance = np.maximum(sums.yy - sums.n * mean * mean, 0.0) / (sums.n - 1) / sums.n
        return np.asarray((sums.n > 1) & (mean > times * np.sqrt(variance)))


def clustered_shares(sums: "RatioSums", *, confidence: float = 0.95) -> Three:
    """Shares of events, several a unit, with Korn and Graubard's interval (1998, Survey Methodology 24).

    Clopper and Pearson's limits at the effective number of events, shrunk by the degrees of freedom; where
    all events are alike, the number of units is the effective number.
    """
    value, variance = _linearised(sums)
    events, tail = sums.y, (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(variance > 0, value * (1 - value) / variance, sums.n)
        df = np.maximum(sums.n - 1, 1)
        shrunk = (stats.t.ppf(tail, np.maximum(events - 1, 1)) / stats.t.ppf(tail, df)) ** 2
        effective = np.minimum(effective * np.where(variance > 0, shrunk, 1.0), events)
        yes = value * effective
        low = np.where(yes > 0, stats.beta.ppf(tail, yes, effective - yes + 1), 0.0)
        high = np.where(yes < effective, stats.beta.ppf(1 - tail, yes + 1, effective - yes), 1.0)
    unknown = np.isnan(value)
    return value, np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def medians(
    groups: npt.ArrayLike, values: npt.ArrayLike, counts: npt.ArrayLike, k: int, *, confidence: float = 0.95
) -> tuple[Floats, Floats, Floats, Floats]:
    """n, median, low and high of k groups from a histogram: rows of (group, value, how many).

    Limits are order statistics by the binomial (Conover 1999, 3.2); fewer than six units have none.
    """
    order = np.lexsort((_floats(values), np.asarray(groups)))
    group = np.asarray(groups, dtype=np.int64)[order]
    value, count = _floats(values)[order], _floats(counts)[order]
    n = _floats(np.bincount(group, weights=count, minlength=k))
    ends = np.cumsum(count)
    before = np.concatenate(([0.0], np.cumsum(n)))[:k]

    def at(rank: Floats) -> Floats:
        place = np.searchsorted(ends, before + rank - 0.5)
        found = value[np.minimum(place, len(value) - 1)] if len(value) else np.full(k, np.nan)
        return np.asarray(np.where((n > 0) & (rank >= 1) & (rank <= n), found, np.nan))

    lower = stats.binom.ppf((1 - confidence) / 2, n, 0.5)  # P(B < lower) < alpha / 2
    middle = (at(np.floor((n + 1) / 2)) + at(np.ceil((n + 1) / 2))) / 2
    return n, middle, at(lower), at(n - lower + 1)


class RatioSums:
    """Sums over units of x, y and their products: (k,) each."""

    def __init__(
        self, n: npt.ArrayLike, x: npt.ArrayLike, y: npt.ArrayLike, products: tuple[npt.ArrayLike, ...]
    ) -> None:
        self.n, self.x, self.y = _floats(n), _floats(x), _floats(y)
        self.xx, self.yy, self.xy = (_floats(one) for one in products)


def _linearised(sums: RatioSums) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(sums.y > 0, sums.x / sums.y, np.nan)
        squares = sums.xx - 2 * value * sums.xy + value * value * sums.yy
        scale = sums.n / np.maximum(sums.n - 1, 1) / (sums.y * sums.y)
        variance = np.where(sums.n > 1, np.maximum(squares, 0.0) * scale, np.nan)
    # What rounding leaves of nought is nought.
    still = variance <= 1e-18 * np.maximum(value * value, 1e-18)
    return np.asarray(value), np.asarray(np.where(still, 0.0, variance))


def _floats(given: npt.ArrayLike) -> Floats:
    return np.asarray(given, dtype=np.float64)
