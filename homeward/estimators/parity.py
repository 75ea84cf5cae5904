"""How far returnees are from their neighbours of the same age, sex and place: a gap, never an effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, norm, t

from homeward.estimators.arrays import Floats, Ints, codes, numbers, truths
from homeward.estimators.effects.results import Interval, covariance_of
from homeward.estimators.effects.studies import Sampling
from homeward.estimators.refusals import CannotEstimate

MIXES = ("returnees", "neighbours", "both")


@dataclass(frozen=True)
class Gap:
    """The difference of two means, returnees less neighbours, over one mix of cells.

    crude: as they are; composition: the part of the crude gap that comes of the two mixes of cells; cells: by
    label, the share of the mix, both means, and both numbers of people.
    """

    difference: Interval
    means: tuple[Interval, Interval]
    crude: float
    composition: float
    df: float | None
    n: int
    n_returnees: int
    cells: tuple[tuple[Any, float, float, float, int, int], ...]


def parity_gap(
    outcome: npt.ArrayLike,
    returnee: npt.ArrayLike,
    cells: npt.ArrayLike,
    *,
    mix: str | Mapping[Any, float] = "returnees",
    sampling: Sampling | None = None,
    confidence: float = 0.95,
) -> Gap:
    """The gap after direct standardisation to one mix of cells.

    outcome, returnee, cells: (n,); mix: whose cells, "returnees", "neighbours" or "both", or a share for each
    label. Errors by each person's share, so that a mix that was estimated counts. Refused: a cell of the mix
    in which either group has nobody ("empty_cell"). Hernán & Robins (2020), ch. 13; Kitagawa (1955), J. Am.
    Stat. Assoc. 50.
    """
    y = numbers(outcome, "outcome")
    group = truths(returnee, "returnee", size=y.size)
    place, labels = codes(cells, "cells", size=y.size)
    given = sampling or Sampling()
    w = np.ones(y.size) if given.weights is None else numbers(given.weights, "weights", size=y.size)
    shares, members = _mix(mix, labels, (place, group, w))
    found = [_standardised(y, (w * arm, place), (shares, members)) for arm in (~group, group)]
    _check_cells(found, shares, labels)
    matrix = np.stack([one[1] for one in found], axis=1)
    clusters, strata = (_codes(one, y.size) for one in (given.clusters, given.strata))
    covariance, df = covariance_of(matrix, clusters, strata)
    reach = float(norm.ppf((1 + confidence) / 2) if df == np.inf else t.ppf((1 + confidence) / 2, df))
    gap = found[1][0] - found[0][0]
    error = sqrt(max(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1], 0.0))
    crude = float(np.average(y[group], weights=w[group]) - np.average(y[~group], weights=w[~group]))
    counts = [np.bincount(place[arm], minlength=labels.size) for arm in (~group, group)]
    return Gap(
        _interval(gap, error, reach, df),
        (
            _interval(found[0][0], sqrt(covariance[0, 0]), reach, df),
            _interval(found[1][0], sqrt(covariance[1, 1]), reach, df),
        ),
        crude,
        crude - gap,
        None if df == np.inf else df,
        y.size,
        int(group.sum()),
        tuple(
            (
                labels[one],
                float(shares[one]),
                *(float(arm[2][one]) for arm in found[::-1]),
                int(counts[1][one]),
                int(counts[0][one]),
            )
            for one in range(labels.size)
        ),
    )


def standardised_rate(
    events: npt.ArrayLike, people: npt.ArrayLike, standard: npt.ArrayLike, *, confidence: float = 0.95
) -> Interval:
    """A rate over a standard population: events and people (or time) by stratum, and the standard's numbers.

    All (k,). The interval is Fay and Feuer's by the gamma distribution (1997, Stat. Med. 16), as in R's
    epitools; error by Poisson. The unit is events per unit of `people`.
    """
    d, n, standard_n = (numbers(one, "rates") for one in (events, people, standard))
    if not d.size == n.size == standard_n.size or (n <= 0).any() or (d < 0).any() or (standard_n < 0).any():
        raise CannotEstimate("out_of_range", {"people": "above 0", "events": "0 or more"})
    w = standard_n / standard_n.sum() / n
    rate, variance, widest = float(w @ d), float(w**2 @ d), float(w.max())
    tail = (1 - confidence) / 2
    low = variance / (2 * rate) * float(chi2.ppf(tail, 2 * rate**2 / variance)) if rate > 0 else 0.0
    more = variance + widest**2
    high = more / (2 * (rate + widest)) * float(chi2.ppf(1 - tail, 2 * (rate + widest) ** 2 / more))
    p_value = float(2 * norm.sf(rate / sqrt(variance))) if variance > 0 else 1.0
    return Interval(rate, sqrt(variance), low, high, p_value)


def _mix(
    mix: str | Mapping[Any, float],
    labels: npt.NDArray[Any],
    given: tuple[Ints, npt.NDArray[np.bool_], Floats],
) -> tuple[Floats, Floats]:
    place, group, w = given
    if not isinstance(mix, str):
        missing = set(mix) - set(labels.tolist())
        if missing or min(mix.values()) < 0 or sum(mix.values()) <= 0:
            raise CannotEstimate("empty_cell", {"cell": ", ".join(sorted(map(str, missing)))})
        found = np.array([mix.get(one, 0.0) for one in labels.tolist()], dtype=np.float64)
        return found / found.sum(), np.zeros(w.size)
    if mix not in MIXES:
        raise CannotEstimate("unknown_target", {"targets": ", ".join(MIXES)})
    rows = {"returnees": group, "neighbours": ~group, "both": np.ones(w.size, dtype=bool)}[mix]
    members = np.where(rows, w, 0.0) / w[rows].sum()
    return np.bincount(place, members, labels.size).astype(np.float64), np.asarray(members)


def _standardised(
    y: Floats, rows: tuple[Floats, Ints], mix: tuple[Floats, Floats]
) -> tuple[float, Floats, Floats]:
    """The mean over the mix, each person's share in its error, and the means of cells (NaN where none)."""
    (w, place), (shares, members) = rows, mix
    totals = np.bincount(place, w, shares.size)
    sums = np.bincount(place, w * y, shares.size)
    means = np.divide(sums, totals, out=np.full(shares.size, np.nan), where=totals > 0)
    filled = np.where(totals > 0, means, 0.0)
    mean = float(shares @ filled)
    scale = np.divide(shares, totals, out=np.zeros(shares.size), where=totals > 0)
    return mean, w * scale[place] * (y - filled[place]) + members * (filled[place] - mean), means


def _check_cells(found: list[tuple[float, Floats, Floats]], shares: Floats, labels: npt.NDArray[Any]) -> None:
    empty = (shares > 0) & (np.isnan(found[0][2]) | np.isnan(found[1][2]))
    if empty.any():
        first = int(np.flatnonzero(empty)[0])
        raise CannotEstimate(
            "empty_cell",
            {"cell": str(labels[first]), "cells": int(empty.sum()), "share": float(shares[empty].sum())},
        )


def _interval(estimate: float, error: float, reach: float, df: float) -> Interval:
    size = abs(estimate) / error if error > 0 else np.inf
    p_value = float(2 * (norm.sf(size) if df == np.inf else t.sf(size, df)))
    return Interval(estimate, error, estimate - reach * error, estimate + reach * error, p_value)


def _codes(given: npt.ArrayLike | None, size: int) -> Ints | None:
    return None if given is None else codes(given, "cluster", size=size)[0]
