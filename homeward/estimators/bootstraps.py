"""Cluster bootstraps of means, differences and their ratios: sums of clusters drawn again, all at once.

A replicate is a row of counts, how often each cluster was drawn; what is estimated is a function of weighted
sums, so that 1,000 replicates are one product of matrices whatever the number of people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from homeward.estimators.arrays import Bools, Floats, Ints, codes, numbers, table, truths
from homeward.estimators.refusals import CannotEstimate

CHUNK = 20_000_000


@dataclass(frozen=True)
class Interval:
    """An estimate with the standard deviation of its replicates, and percentile or BCa limits."""

    estimate: float
    se: float
    low: float
    high: float


def cluster_means(
    values: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Floats:
    """Weighted means of columns in each replicate, (draws, k): clusters drawn with replacement within strata.

    values: (n, k); strata: labels that do not change within clusters, e.g. the arm where clusters were
    assigned. Field & Welsh (2007), J. R. Stat. Soc. B 69. Refused: one cluster in a stratum.
    """
    x = table(values, "values")
    w = np.ones(x.shape[0]) if weights is None else numbers(weights, "weights", size=x.shape[0])
    cluster = codes(clusters, "clusters", size=x.shape[0])[0]
    sums = np.zeros((int(cluster.max()) + 1, x.shape[1] + 1))
    np.add.at(sums, cluster, np.column_stack((x, np.ones(x.shape[0]))) * w[:, None])
    layer = np.zeros(sums.shape[0], dtype=np.int64)
    if strata is not None:
        layer[cluster] = codes(strata, "strata", size=x.shape[0])[0]
    totals = np.concatenate([part @ sums for part in _counts(layer, draws, seed)])
    return np.asarray(totals[:, :-1] / totals[:, -1:])


def cluster_differences(
    values: npt.ArrayLike,
    treated: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Floats:
    """Differences of weighted means, treated less others, of columns in each replicate, (draws, k).

    Where a cluster is all treated or not, clusters are drawn within arms; else they keep both arms.
    """
    x = table(values, "values")
    a = truths(treated, "treated", size=x.shape[0])
    w = np.ones(x.shape[0]) if weights is None else numbers(weights, "weights", size=x.shape[0])
    cluster = codes(clusters, "clusters", size=x.shape[0])[0]
    groups, k = int(cluster.max()) + 1, x.shape[1] + 1
    sums = np.zeros((groups, 2 * k))
    rows = np.column_stack((x, np.ones(x.shape[0]))) * w[:, None]
    np.add.at(sums, cluster, np.hstack((rows * a[:, None], rows * ~a[:, None])))
    totals = np.concatenate([part @ sums for part in _counts(_arms(a, cluster, groups), draws, seed)])
    if not (totals[:, k - 1] > 0).all() or not (totals[:, -1] > 0).all():
        raise CannotEstimate("too_few", {"clusters_with_both_arms": 2})
    return np.asarray(totals[:, : k - 1] / totals[:, k - 1 : k] - totals[:, k:-1] / totals[:, -1:])


def percentile(estimate: float, replicates: npt.ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Percentile limits: Efron & Tibshirani (1993), 13."""
    drawn = numbers(replicates, "replicates")
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(estimate, float(drawn.std(ddof=1)), float(low), float(high))


def bca(
    estimate: float, replicates: npt.ArrayLike, leave_one_out: npt.ArrayLike, *, confidence: float = 0.95
) -> Interval:
    """Limits corrected for bias and skewness; leave_one_out: estimates without each cluster. Efron (1987)."""
    drawn, left = numbers(replicates, "replicates"), numbers(leave_one_out, "leave_one_out")
    share = (np.sum(drawn < estimate) + 0.5 * np.sum(drawn == estimate)) / drawn.size
    bias = float(special.ndtri(np.clip(share, 1 / (drawn.size + 1), drawn.size / (drawn.size + 1))))
    gap = left.mean() - left
    spread = float(np.sum(gap**2)) ** 1.5
    skew = float(np.sum(gap**3)) / (6 * spread) if spread > 0 else 0.0
    z = bias + stats.norm.ppf([(1 - confidence) / 2, (1 + confidence) / 2])
    low, high = np.quantile(drawn, stats.norm.cdf(bias + z / (1 - skew * z)))
    return Interval(estimate, float(drawn.std(ddof=1)), float(low), float(high))


def _arms(treated: Bools, cluster: Ints, groups: int) -> Ints:
    share = np.bincount(cluster, weights=treated, minlength=groups) / np.bincount(cluster, minlength=groups)
    whole = np.isin(share, (0.0, 1.0)).all()
    return share.astype(np.int64) if whole else np.zeros(groups, dtype=np.int64)


def _counts(layer: Ints, draws: int, seed: int) -> Iterator[Floats]:
    """Rows of counts of clusters, as many as draws, in parts that fit into memory."""
    if np.bincount(layer).min() < 2:
        raise CannotEstimate("too_few", {"clusters": 2, "found": int(np.bincount(layer).min())})
    rng = np.random.default_rng(seed)
    size = max(1, CHUNK // layer.size)
    for begin in range(0, draws, size):
        counts = np.zeros((min(size, draws - begin), layer.size))
        for one in np.unique(layer):
            places = np.flatnonzero(layer == one)
            share = np.full(places.size, 1 / places.size)
            counts[:, places] = rng.multinomial(places.size, share, size=counts.shape[0])
        yield counts
