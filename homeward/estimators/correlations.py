"""Correlations of answers that have an order but no distance."""

from collections.abc import Callable, Sequence
from math import fsum, inf, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NORMAL = NormalDist()
FAR = 40.0  # stands for infinity: beyond it a normal variable never is
MOST = 0.999  # beyond it the likelihood of a table is flat
TOLERANCE = 1e-6
EMPTY_CELL = 0.5
LEAST_PROBABILITY = 1e-12
NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)
Table = Sequence[Sequence[float]]


def bivariate_normal(h: float, k: float, rho: float) -> float:
    """The probability that two standard normal variables of correlation `rho` are below h and below k.

    h, k: any number or infinity; rho: -1 to 1, both excluded (ValueError). Error below 1e-7 for |rho| up
    to 0.999. Source: Drezner & Wesolowsky (1990), J. Stat. Comput. Simul. 35, as by Genz (2004).
    """
    if not -1 < rho < 1:
        raise ValueError("rho is between -1 and 1")
    return float(_below([h], [k], rho)[0, 0])


def _below(rows: Sequence[float], columns: Sequence[float], rho: float) -> Floats:
    """The same for every pair of thresholds, (rows, columns)."""
    h, k = (np.clip(np.asarray(one, dtype=np.float64), -FAR, FAR) for one in (rows, columns))
    reach = np.arcsin(rho) / 2
    at = reach * (1 + NODES)
    squares, product = np.add.outer(h**2, k**2)[:, :, None], 2 * np.outer(h, k)[:, :, None]
    total = np.exp((product * np.sin(at) - squares) / (2 * np.cos(at) ** 2)) @ WEIGHTS
    alone = np.outer([NORMAL.cdf(one) for one in h], [NORMAL.cdf(one) for one in k])
    return np.asarray(alone + total * reach / (2 * np.pi))


def polychoric(table: Table) -> float:
    """The correlation of two normal variables behind a table of counts of two ordered answers.

    table: rows are the answers to one question in their order, columns those to the other; counts, at
    least 2 x 2 after rows and columns without counts are left out (ValueError). An empty cell counts as
    half an answer, as in R's psych. Two steps: thresholds from the margins, then the correlation of most
    likelihood, to 1e-6, within ±0.999. Source: Olsson (1979), Psychometrika 44(4), 443-460.
    """
    counts = _without_empty(table)
    if len(counts) < 2 or len(counts[0]) < 2:
        raise ValueError("an answer that everybody gives correlates with nothing")
    counts = [[cell or EMPTY_CELL for cell in row] for row in counts]
    rows = _thresholds([fsum(row) for row in counts])
    columns = _thresholds([fsum(column) for column in zip(*counts, strict=True)])
    return _highest(lambda rho: _likelihood(counts, rows, columns, rho), -MOST, MOST)


def pearson(x: Sequence[float], y: Sequence[float]) -> float:
    """The product-moment correlation of two equally long sequences; ValueError where one never varies."""
    if len(x) != len(y) or len(x) < 2:
        raise ValueError("two sequences of one length, of at least two numbers")
    first, second = (np.asarray(one, dtype=np.float64) - np.mean(one) for one in (x, y))
    spread = float(first @ first) * float(second @ second)
    if spread <= 0:
        raise ValueError("what never varies correlates with nothing")
    return float(first @ second) / sqrt(spread)


def _without_empty(table: Table) -> list[list[float]]:
    rows = [list(row) for row in table if any(row)]
    kept = [place for place in range(len(rows[0]) if rows else 0) if any(row[place] for row in rows)]
    return [[row[place] for place in kept] for row in rows]


def _thresholds(margin: Sequence[float]) -> list[float]:
    """Where the variable behind passes from one answer to the next, with both infinities around."""
    whole, below, found = fsum(margin), 0.0, [-inf]
    for count in margin[:-1]:
        below += count
        found.append(NORMAL.inv_cdf(below / whole))
    return [*found, inf]


def _likelihood(counts: Table, rows: Sequence[float], columns: Sequence[float], rho: float) -> float:
    cells = np.diff(np.diff(_below(rows, columns, rho), axis=0), axis=1)
    return float((np.asarray(counts) * np.log(np.maximum(cells, LEAST_PROBABILITY))).sum())


def _highest(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one peak is highest: by golden sections."""
    golden = (sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = function(left), function(right)
    while high - low > TOLERANCE:
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = function(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = function(left)
    return (low + high) / 2
