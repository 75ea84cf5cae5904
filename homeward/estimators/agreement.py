"""Whether several who judged the same, or several sources, agree beyond chance."""

from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, table
from homeward.estimators.refusals import CannotEstimate

Weights = Literal["unweighted", "linear", "quadratic"]


@dataclass(frozen=True)
class Agreement:
    """An agreement coefficient, 1 where all agree, with its error and t (or normal) interval.

    observed: share of pairs that agree, weighted where weights say so; by_chance: what chance would give.
    """

    estimate: float
    se: float
    low: float
    high: float
    observed: float
    by_chance: float
    n: int
    categories: tuple[str, ...] = field(repr=False)
    confidence: float


def cohen_kappa(
    counts: npt.ArrayLike, *, weights: Weights = "unweighted", confidence: float = 0.95
) -> Agreement:
    """Cohen's kappa of two judges from a square table of counts (q, q), with a normal interval.

    weights: how near misses count: not at all, by distance or by its square. Errors of large samples after
    Fleiss, Cohen & Everitt (1969), Psychol. Bull. 72. A rare category makes kappa low however many agree:
    show `gwet_ac1` beside it.
    """
    given = table(counts, "counts")
    if given.shape[0] != given.shape[1] or len(given) < 2 or (given < 0).any():
        raise CannotEstimate("wrong_shape", {"of": "counts", "categories": 2})
    n = float(given.sum())
    if n < 2:
        raise CannotEstimate("too_few", {"subjects": 2})
    p, w = given / n, _weights(len(given), weights)
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = float((w * p).sum()), float(rows @ w @ columns)
    if chance >= 1:
        raise CannotEstimate("no_variation", {"of": "counts"})
    kappa = (observed - chance) / (1 - chance)
    across = (w @ columns)[:, None] + (w.T @ rows)[None, :]
    variance = float((p * (w - across * (1 - kappa)) ** 2).sum()) - (kappa - chance * (1 - kappa)) ** 2
    se = sqrt(max(variance, 0.0) / n) / (1 - chance)
    reach = float(stats.norm.ppf((1 + confidence) / 2)) * se
    names = tuple(str(one) for one in range(len(given)))
    return Agreement(kappa, se, kappa - reach, kappa + reach, observed, chance, round(n), names, confidence)


def fleiss_kappa(ratings: npt.ArrayLike, *, confidence: float = 0.95) -> Agreement:
    """Fleiss' kappa of any number of judges; judgements may be missing.

    ratings: (n subjects, r judges) labels, None or NaN where one did not judge; at least two subjects that
    two judged. Error by linearisation over subjects, as irrCAC of R (Gwet 2014, ch. 5).
    """
    counts, names = _counts(ratings)
    shares = _prevalence(counts)
    return _told(counts, names, float(shares @ shares), counts @ shares, confidence)


def gwet_ac1(ratings: npt.ArrayLike, *, confidence: float = 0.95) -> Agreement:
    """Gwet's AC1 of any number of judges; steady where one category is rare.

    ratings as for `fleiss_kappa`. Gwet (2008), Br. J. Math. Stat. Psychol. 61.
    """
    counts, names = _counts(ratings)
    shares = _prevalence(counts)
    chance = float((shares * (1 - shares)).sum()) / (len(names) - 1)
    return _told(counts, names, chance, counts @ (1 - shares) / (len(names) - 1), confidence)


def krippendorff_alpha(ratings: npt.ArrayLike) -> float:
    """Krippendorff's alpha of labels without an order; subjects that fewer than two judged are left out."""
    counts, _names = _counts(ratings)
    judged = counts.sum(axis=1)
    counts, judged = counts[judged > 1], judged[judged > 1]
    within = (counts * (judged[:, None] - counts)).sum(axis=1) / (judged - 1)
    each, whole = counts.sum(axis=0), float(counts.sum())
    expected = float((each * (whole - each)).sum()) / (whole - 1)
    return 1 - float(within.sum()) / expected


def table_of(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Floats, tuple[str, ...]]:
    """Two judges' labels as a square table of counts over the labels in order."""
    both = np.column_stack([np.asarray(first).astype(str), np.asarray(second).astype(str)])
    names, place = np.unique(both, return_inverse=True)
    at = place.reshape(both.shape)
    counts = np.zeros((len(names), len(names)))
    np.add.at(counts, (at[:, 0], at[:, 1]), 1)
    return counts, tuple(str(name) for name in names)


def _weights(size: int, kind: Weights) -> Floats:
    if kind == "unweighted":
        return np.eye(size)
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    return np.asarray(1 - apart if kind == "linear" else 1 - apart**2)


def _counts(ratings: npt.ArrayLike) -> tuple[Floats, tuple[str, ...]]:
    """How many judges put each subject into each category, (n, q); subjects nobody judged are left out."""
    given = np.asarray(ratings, dtype=object)
    if given.ndim != 2 or given.shape[1] < 2:
        raise CannotEstimate("wrong_shape", {"of": "ratings", "judges": 2})
    known = np.array([[one is not None and one == one for one in row] for row in given], dtype=bool)
    names = sorted({given[at] for at in zip(*np.nonzero(known), strict=True)}, key=str)
    counts = np.column_stack([((given == name) & known).sum(axis=1) for name in names]).astype(np.float64)
    counts = counts[counts.sum(axis=1) > 0]
    if (counts.sum(axis=1) > 1).sum() < 2:
        raise CannotEstimate("too_few", {"subjects_judged_twice": 2})
    if len(names) < 2:
        raise CannotEstimate("no_variation", {"of": "ratings"})
    return counts, tuple(str(name) for name in names)


def _prevalence(counts: Floats) -> Floats:
    return np.asarray((counts / counts.sum(axis=1)[:, None]).mean(axis=0))


def _told(
    counts: Floats, names: tuple[str, ...], chance: float, by_subject: Floats, confidence: float
) -> Agreement:
    """The coefficient and its linearised error from each subject's agreement and share of the chance."""
    n, judged = len(counts), counts.sum(axis=1)
    twice = judged > 1
    agreed = np.zeros(n)
    agreed[twice] = (counts * (counts - 1)).sum(axis=1)[twice] / (judged * (judged - 1))[twice]
    observed = float(agreed.sum() / twice.sum())
    estimate = (observed - chance) / (1 - chance)
    own = np.where(twice, n / twice.sum() * (agreed - chance) / (1 - chance), 0.0)
    pulls = own - 2 * (1 - estimate) * (by_subject / judged - chance) / (1 - chance)
    se = sqrt(float(((pulls - estimate) ** 2).sum()) / (n * (n - 1)))
    reach = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * se
    return Agreement(
        estimate, se, estimate - reach, min(1.0, estimate + reach), observed, chance, n, names, confidence
    )
