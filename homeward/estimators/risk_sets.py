"""Risk sets: who was watched when, in the order of time, and sums over everybody still at risk.

Sums are cumulative sums, so that they cost as much as sorting does.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Bools, Floats, Ints, codes, numbers, truths
from homeward.estimators.refusals import CannotEstimate

Ties = Literal["efron", "breslow"]


@dataclass(frozen=True)
class Durations:
    """Who was watched from when to when, and whether it ended then; (n,) each. strata: labels."""

    times: npt.ArrayLike
    events: npt.ArrayLike
    entry: npt.ArrayLike | None = None
    strata: npt.ArrayLike | None = None
    weights: npt.ArrayLike | None = None
    clusters: npt.ArrayLike | None = None


@dataclass(frozen=True)
class Given:
    events: Bools
    entry: Floats
    strata: Ints
    weights: Floats
    clusters: Ints | None


def checked(durations: Durations, t: Floats, x: Floats) -> Given:
    """The arrays of durations, checked against each other; refused as `cox` says."""
    n = t.size
    events = truths(durations.events, "events", size=n)
    late, labels, share = durations.entry, durations.strata, durations.weights
    entry = np.full(n, -np.inf) if late is None else numbers(late, "entry", size=n)
    strata = np.zeros(n, dtype=np.int64) if labels is None else codes(labels, "strata", size=n)[0]
    weights = np.ones(n) if share is None else numbers(share, "weights", size=n)
    group = None if durations.clusters is None else codes(durations.clusters, "clusters", size=n)[0]
    if (entry >= t).any() or t.min(initial=0) < 0:
        raise CannotEstimate("times_out_of_order", {})
    if (weights <= 0).any():
        raise CannotEstimate("weights_not_positive", {})
    if events.sum() < max(2, x.shape[1]):
        raise CannotEstimate("too_few", {"events": max(2, x.shape[1]), "found": int(events.sum())})
    return Given(events, entry, strata, weights, group)


@dataclass(frozen=True)
class Rows:
    """People of one stratum sorted by time, with what the sums over risk sets need."""

    x: Floats
    w: Floats
    events: Bools
    times: Floats
    order: Ints  # rows in the caller's arrays
    at: Floats  # distinct event times
    first: Ints  # first row still at risk at each of them
    entered: Ints  # rows, by entry, that had not entered yet begin here
    by_entry: Ints
    of_death: Ints  # event time of each death row
    fraction: Floats  # Efron's l / d, one for each death
    mean_weight: Floats


def strata_of(t: Floats, x: Floats, given: Given, ties: Ties) -> list[Rows]:
    """One set of rows for each stratum in which anything ended."""
    found = []
    for one in np.unique(given.strata):
        kept = np.flatnonzero(given.strata == one)
        order = kept[np.argsort(t[kept], kind="stable")]
        if given.events[order].any():
            found.append(_rows(t, x, given, order, ties))
    return found


def _rows(t: Floats, x: Floats, given: Given, order: Ints, ties: Ties) -> Rows:
    when, ended, w = t[order], given.events[order], given.weights[order]
    at, of_death, counts = np.unique(when[ended], return_inverse=True, return_counts=True)
    begun = np.concatenate(([0], np.cumsum(counts)[:-1]))
    place = np.arange(of_death.size) - begun[of_death]
    fraction = place / counts[of_death] if ties == "efron" else np.zeros(of_death.size)
    mean_weight = (np.bincount(of_death, weights=w[ended]) / counts)[of_death]
    by_entry = np.argsort(given.entry[order], kind="stable")
    return Rows(
        x[order],
        w,
        ended,
        when,
        order,
        at,
        np.searchsorted(when, at, side="left"),
        np.searchsorted(given.entry[order][by_entry], at, side="left"),
        by_entry,
        of_death,
        fraction,
        mean_weight,
    )


def _at_risk(rows: Rows, values: Floats) -> Floats:
    """Sums of values (n, k) over those at risk at each event time, (times, k)."""
    width = (1, values.shape[1])
    left = np.cumsum(values[::-1], axis=0)[::-1]
    if rows.entered.min(initial=rows.times.size) == rows.times.size:
        return np.asarray(left[rows.first])
    late = np.concatenate((np.cumsum(values[rows.by_entry][::-1], axis=0)[::-1], np.zeros(width)))
    left = np.concatenate((left, np.zeros(width)))
    return np.asarray(left[rows.first] - late[rows.entered])


def sums(rows: Rows, beta: Floats, products: bool) -> tuple[Floats, Floats, Floats]:
    """For each death: the sum of risks, of risks times x, and (upper triangle) of risks times x x'."""
    with np.errstate(over="ignore"):
        risk = rows.w * np.exp(rows.x @ beta)
    if not np.isfinite(risk).all():
        raise CannotEstimate("perfect_separation", {})
    p = rows.x.shape[1]
    up = np.triu_indices(p) if products else (np.zeros(0, dtype=int), np.zeros(0, dtype=int))
    columns = (
        np.column_stack((np.ones(risk.size), rows.x, rows.x[:, up[0]] * rows.x[:, up[1]])) * risk[:, None]
    )
    whole = _at_risk(rows, columns)
    kept = whole[rows.of_death]
    if rows.fraction.any():
        dead = np.zeros_like(whole)
        np.add.at(dead, rows.of_death, columns[rows.events])
        kept = kept - rows.fraction[:, None] * dead[rows.of_death]
    return kept[:, 0], kept[:, 1 : p + 1], kept[:, p + 1 :]


def spread_of(s0: Floats, mean: Floats, s2: Floats) -> Floats:
    """The covariance of x among those at risk at each death, (deaths, p, p)."""
    p = mean.shape[1]
    up = np.triu_indices(p)
    square = np.empty((s0.size, p, p))
    square[:, up[0], up[1]] = s2 / s0[:, None]
    square[:, up[1], up[0]] = s2 / s0[:, None]
    return square - mean[:, :, None] * mean[:, None, :]


def passed(rows: Rows, of_deaths: Floats) -> Floats:
    """What of_deaths (deaths, k) adds up to while each is at risk, (n, k); with Efron's part at their own."""
    k = (1, of_deaths.shape[1])
    steps, spared = np.zeros((rows.at.size, k[1])), np.zeros((rows.at.size, k[1]))
    np.add.at(steps, rows.of_death, of_deaths)
    np.add.at(spared, rows.of_death, rows.fraction[:, None] * of_deaths)
    upto = np.concatenate((np.zeros(k), np.cumsum(steps, axis=0)))
    begun = np.empty(rows.times.size, dtype=np.int64)
    begun[rows.by_entry] = np.searchsorted(rows.entered, np.arange(rows.times.size), side="right")
    found = upto[np.searchsorted(rows.at, rows.times, side="right")] - upto[begun]
    found[rows.events] -= spared[rows.of_death]
    return np.asarray(found)
