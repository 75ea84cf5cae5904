"""Weights for those who did not answer, and weights whose totals are the register's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Floats, codes, numbers, table, truths
from homeward.estimators.refusals import CannotEstimate

Distance = Literal["greg", "raking", "logit"]
MOST_STEPS = 200
TOLERANCE = 1e-10
LARGEST = 30.0  # a log odds beyond which response is told apart perfectly


@dataclass(frozen=True)
class Calibration:
    """Weights (n,) after calibration and their ratio g to those before; x (n, k) is what was calibrated on.

    Give `weights` and `x` to `Design.calibrated`: errors are then those of residuals on x.
    """

    weights: Floats = field(repr=False)
    g: Floats = field(repr=False)
    x: Floats = field(repr=False)
    steps: int


@dataclass(frozen=True)
class Response:
    """Propensities to answer (n,), weights (n,) over them and 0 for whoever did not, and the R-indicator.

    r_indicator: 1 - 2 SD of the propensities, 1 where all answer alike (Schouten, Cobben & Bethlehem 2009,
    Surv. Methodol. 35).
    """

    propensities: Floats = field(repr=False)
    weights: Floats = field(repr=False)
    r_indicator: float
    response_rate: float


@dataclass(frozen=True)
class Trimmed:
    """Weights (n,) within bounds, their sum kept; how many were cut; Kish's effect before and after."""

    weights: Floats = field(repr=False)
    cut: int
    before: float
    after: float


def calibrate(
    x: npt.ArrayLike,
    totals: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    distance: Distance = "greg",
    bounds: tuple[float, float] | None = None,
) -> Calibration:
    """Weights as close as can be to those given whose totals of x are `totals`.

    x: (n, k), with a column of ones where the number of people is to be right; totals: (k,) of everybody;
    weights: (n,) at least 0. distance: "greg" g = 1 + u, with bounds cut to them; "raking" g = exp(u);
    "logit" within bounds, which it needs: the lower below 1, the upper above. Newton's steps, halved where
    they overshoot; refuses "no_weights_reach_the_totals". Deville & Särndal (1992), J. Am. Stat. Assoc. 87.
    """
    before = numbers(weights, "weights")
    columns = table(x, "x", size=len(before))
    wanted = numbers(totals, "totals", size=columns.shape[1])
    limits = _bounds(distance, bounds)
    scale = np.maximum(np.abs(wanted), 1.0)
    lam, g, steps = np.zeros(columns.shape[1]), np.ones(len(before)), 0
    off = _off(columns, before, g, wanted)
    for steps in range(1, MOST_STEPS + 1):
        if (np.abs(off) / scale).max() < TOLERANCE:
            return Calibration(before * g, g, columns, steps - 1)
        slope = _slope(columns @ lam, distance, limits)
        step = np.linalg.pinv(columns.T @ ((before * slope)[:, None] * columns), hermitian=True) @ off
        lam, g, new = _stepped(columns, before, (lam, step), wanted, (distance, limits))
        if not np.abs(new / scale).max() < np.abs(off / scale).max():
            break
        off = new
    if (np.abs(off) / scale).max() < 1e-7:
        return Calibration(before * g, g, columns, steps)
    worst = float((np.abs(off) / scale).max())
    raise CannotEstimate("no_weights_reach_the_totals", {"largest_share_off": worst})


def rake(
    margins: Sequence[tuple[npt.ArrayLike, Mapping[Any, float]]],
    weights: npt.ArrayLike,
    *,
    distance: Distance = "raking",
    bounds: tuple[float, float] | None = None,
) -> Calibration:
    """Calibrate to counts of several margins, each a column of labels and the people of every label.

    Margins of one population have one sum (else "margins_disagree", beyond 1 in 1,000); a label without
    anybody in the sample is refused ("nobody_in_cell"). With "raking" the weights are those of iterative
    proportional fitting (Deming & Stephan 1940), reached at once.
    """
    before = numbers(weights, "weights")
    x, totals = margin_columns(margins, before)
    return calibrate(x, totals, before, distance=distance, bounds=bounds)


def margin_columns(
    margins: Sequence[tuple[npt.ArrayLike, Mapping[Any, float]]], like: Floats
) -> tuple[Floats, Floats]:
    """Margins as indicators (n, k) without repetition, and their totals (k,): what `calibrate` takes."""
    columns: list[Floats] = []
    totals: list[float] = []
    people = 0.0
    for labels, counts in margins:
        made, wanted = _margin(labels, counts, like)
        whole, first = sum(wanted), not columns
        people = whole if first else people
        if abs(whole / people - 1) > 1e-3:
            raise CannotEstimate("margins_disagree", {"first": people, "other": whole})
        kept = slice(0 if first else 1, None)  # the first label of later margins follows from the others
        columns += made[kept]
        totals += [one * people / whole for one in wanted[kept]]
    return np.column_stack(columns) if columns else np.empty((len(like), 0)), np.array(totals)


def response_propensity(
    answered: npt.ArrayLike, x: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Response:
    """Weights over the propensity to answer, by a weighted logit on what is known of everybody.

    answered: (n,) yes or no; x: (n, k) known of all, an intercept is added; weights: design weights. Cures
    what x tells of who answers, nothing else: see `delta_to_tip` for the rest. Refuses "perfect_separation",
    "no_variation". Rosenbaum & Rubin (1983); Little (1986), Int. Stat. Rev. 54.
    """
    said = truths(answered, "answered")
    columns = np.column_stack([np.ones(len(said)), table(x, "x", size=len(said))])
    before = np.ones(len(said)) if weights is None else numbers(weights, "weights", size=len(said))
    if said.all() or not said.any():
        raise CannotEstimate("no_variation", {"answered": 1, "not_answered": 1})
    propensity = _logit(columns, said.astype(np.float64), before)
    return _response(said, propensity, before)


def response_cells(
    answered: npt.ArrayLike,
    cells: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    least: int = 20,
) -> Response:
    """Weights over the weighted share that answered of each cell; refuses cells of fewer respondents."""
    said = truths(answered, "answered")
    place, names = codes(cells, "cells", size=len(said))
    before = np.ones(len(said)) if weights is None else numbers(weights, "weights", size=len(said))
    counts = np.bincount(place, said, len(names))
    if (counts < least).any():
        few = ", ".join(str(names[one]) for one in np.flatnonzero(counts < least))
        raise CannotEstimate("too_few", {"respondents_in_each_cell": least, "cells": few})
    share = np.bincount(place, said * before) / np.bincount(place, before)
    return _response(said, share[place], before)


def trim(
    weights: npt.ArrayLike, *, most: float | None = None, times_median: float = 5.0, least: float = 0.0
) -> Trimmed:
    """Cut weights to bounds and spread what was cut over the rest, in proportion, so that the sum stays.

    most: the largest weight, by default `times_median` medians of those above 0; least: the smallest.
    Repeats until none is beyond. Trimming trades error for bias: report both (Potter 1990).
    """
    given = numbers(weights, "weights")
    used = given > 0
    if not used.any():
        raise CannotEstimate("too_few", {"weights_above_zero": 1})
    top = times_median * float(np.median(given[used])) if most is None else most
    whole = float(given.sum())
    if top * used.sum() < whole * (1 - 1e-12):
        raise CannotEstimate("bounds_too_narrow", {"most": whole / float(used.sum())})
    new = np.where(used, np.clip(given, least, top), 0.0)
    for _step in range(MOST_STEPS):
        free = used & (new < top)
        missing = whole - float(new.sum())
        if abs(missing) <= 1e-12 * whole or not free.any():
            break
        new = np.where(free, np.minimum(new * (1 + missing / float(new[free].sum())), top), new)
    changed = int((used & ((given > top) | (given < least))).sum())
    return Trimmed(new, changed, kish(given), kish(new))


def kish(weights: npt.ArrayLike) -> float:
    """Kish's effect of unequal weights on a variance, 1 + cv²: n sum(w²) / sum(w)² of weights above 0."""
    given = numbers(weights, "weights")
    used = given[given > 0]
    return float(len(used) * (used**2).sum() / used.sum() ** 2)


def delta_to_tip(mean: float, response_rate: float, limit: float) -> float:
    """By how much non-respondents would have to differ from respondents for the mean of all to be `limit`.

    mean: of the weighted respondents; response_rate: above 0 and below 1. Pattern mixture: Little (1993).
    """
    if not 0 < response_rate < 1:
        raise CannotEstimate("no_variation", {"response_rate_above": 0, "response_rate_below": 1})
    return (limit - mean) / (1 - response_rate)


def _bounds(distance: Distance, bounds: tuple[float, float] | None) -> tuple[float, float]:
    if bounds is None:
        if distance == "logit":
            raise CannotEstimate("bounds_needed", {"lower_below": 1, "upper_above": 1})
        return (-np.inf, np.inf)
    if not bounds[0] < 1 < bounds[1]:
        raise CannotEstimate("bounds_needed", {"lower_below": 1, "upper_above": 1})
    return bounds


def _g(u: Floats, distance: Distance, limits: tuple[float, float]) -> Floats:
    if distance == "logit":
        low, high = limits
        a = (high - low) / ((1 - low) * (high - 1))
        grown = np.exp(np.clip(a * u, -700, 700))
        return np.asarray((low * (high - 1) + high * (1 - low) * grown) / ((high - 1) + (1 - low) * grown))
    g = np.exp(np.minimum(u, 700)) if distance == "raking" else 1 + u
    return np.asarray(np.clip(g, *limits))


def _slope(u: Floats, distance: Distance, limits: tuple[float, float]) -> Floats:
    g = _g(u, distance, limits)
    if distance == "logit":
        low, high = limits
        a = (high - low) / ((1 - low) * (high - 1))
        return np.asarray(a * (g - low) * (high - g) / (high - low))
    inside = (g > limits[0]) & (g < limits[1])
    return np.where(inside, g if distance == "raking" else 1.0, 0.0)


def _off(x: Floats, weights: Floats, g: Floats, wanted: Floats) -> Floats:
    return np.asarray(wanted - x.T @ (weights * g))


def _stepped(
    x: Floats,
    weights: Floats,
    at: tuple[Floats, Floats],
    wanted: Floats,
    way: tuple[Distance, tuple[float, float]],
) -> tuple[Floats, Floats, Floats]:
    """The next multipliers, g and what is still off; a step is halved until less is off."""
    lam, step = at
    scale = np.maximum(np.abs(wanted), 1.0)
    worst = np.abs(_off(x, weights, _g(x @ lam, *way), wanted) / scale).max()
    for halved in range(30):
        new = lam + step / 2**halved
        g = _g(x @ new, *way)
        off = _off(x, weights, g, wanted)
        if np.isfinite(off).all() and np.abs(off / scale).max() < worst:
            return new, g, off
    return new, g, off


def _margin(
    labels: npt.ArrayLike, counts: Mapping[Any, float], like: Floats
) -> tuple[list[Floats], list[float]]:
    place, names = codes(labels, "margin", size=len(like))
    known = {str(name): count for name, count in counts.items()}
    here = [str(name) for name in names]
    missing = [name for name in known if name not in here]
    beyond = [name for name in here if name not in known]
    if missing or beyond:
        reason = "nobody_in_cell" if missing else "cell_without_total"
        raise CannotEstimate(reason, {"cells": ", ".join(missing or beyond)})
    return [(place == one).astype(np.float64) for one in range(len(here))], [
        float(known[one]) for one in here
    ]


def _logit(x: Floats, y: Floats, weights: Floats) -> Floats:
    beta = np.zeros(x.shape[1])
    for _step in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -700, 700)))
        score = x.T @ (weights * (y - p))
        step = np.linalg.lstsq(x.T @ ((weights * p * (1 - p))[:, None] * x), score, rcond=None)[0]
        beta = beta + step
        if np.abs(x @ beta).max() > LARGEST:
            raise CannotEstimate("perfect_separation", {"of": "answered"})
        if np.abs(step).max() < 1e-12 * max(1.0, float(np.abs(beta).max())):
            break
    return np.asarray(1 / (1 + np.exp(-(x @ beta))))


def _response(said: npt.NDArray[np.bool_], propensity: Floats, before: Floats) -> Response:
    whole = float(before.sum())
    middle = float(before @ propensity) / whole
    spread = float(before @ (propensity - middle) ** 2) / max(whole - whole / len(said), 1e-300)
    return Response(
        propensities=propensity,
        weights=np.where(said, before / propensity, 0.0),
        r_indicator=1 - 2 * float(np.sqrt(spread)),
        response_rate=float(before @ said) / whole,
    )
