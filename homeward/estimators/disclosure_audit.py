"""What a reader can work out of each hidden cell from everything that is shown: an attack, run on ourselves.

It shares no line of solving with the choice of hidden cells, so that a mistake there is found here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from homeward.estimators.arrays import Bools, Floats, Ints
from homeward.estimators.linked_cells import Coordinates, Counted, Known, Linked, linked
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.suppression import Rule, asked_of

NEARLY = 1e-6
Place = tuple[str, Coordinates]


@dataclass(frozen=True)
class Exposed:
    """A small cell that what is shown pins down to an interval narrower than `needed`.

    table is empty where no table has the cell: it is what subtracting shown cells leaves.
    """

    table: str
    coordinates: Coordinates
    low: float
    high: float
    needed: int


def intervals(
    tables: Sequence[Counted], hidden: Mapping[str, Collection[Coordinates]]
) -> Mapping[Place, tuple[float, float]]:
    """Between which counts each hidden cell must lie, given all that is shown; inf: nothing bounds it.

    Two linear programmes a cell, counts at least nought, every total the sum of its parts.
    """
    cells = linked(tables)
    is_hidden = _hidden_cells(cells, hidden)
    asked = {number for number in cells.places.values() if is_hidden[number]}
    found = _intervals(cells, is_hidden, sorted(asked))
    return {place: found[number] for place, number in cells.places.items() if is_hidden[number]}


def exposed(
    tables: Sequence[Counted],
    hidden: Mapping[str, Collection[Coordinates]],
    rule: Rule,
    *,
    known: Known | None = None,
) -> tuple[Exposed, ...]:
    """Small cells that are shown, or lie in an interval narrower than their threshold: none, or it stays."""
    cells = linked(tables, known)
    asked = asked_of(cells, rule, known or Known())
    is_hidden = _hidden_cells(cells, hidden) & ~asked.shown
    small = np.flatnonzero(asked.small)
    names = {number: place for place, number in cells.places.items()}
    found = _intervals(cells, is_hidden, small[is_hidden[small]].tolist(), asked.needs)
    found |= {int(one): (float(cells.counts[one]),) * 2 for one in small[~is_hidden[small]]}
    return tuple(
        Exposed(*names.get(number, ("", ())), low, high, int(asked.needs[number]))
        for number, (low, high) in sorted(found.items())
        if _steps(low, high) < asked.needs[number]
    )


def _hidden_cells(cells: Linked, hidden: Mapping[str, Collection[Coordinates]]) -> Bools:
    """A cell that any table shows is shown."""
    is_hidden = np.ones(cells.counts.size, dtype=np.bool_)
    for (table, coordinates), number in cells.places.items():
        if coordinates not in hidden.get(table, ()):
            is_hidden[number] = False
    return is_hidden


def _steps(low: float, high: float) -> float:
    """How many whole counts lie between."""
    return float(np.floor(high + NEARLY) - np.ceil(low - NEARLY))


def _intervals(
    cells: Linked, is_hidden: Bools, asked: Sequence[int], enough: Ints | None = None
) -> dict[int, tuple[float, float]]:
    """Each part of the system that shown cells cut off from the rest is a programme of its own.

    enough: an interval that is this wide need not be known to its ends, (n,).
    """
    columns = np.flatnonzero(is_hidden)
    sums = cells.sums[:, columns].tocsr()
    known = -(cells.sums[:, np.flatnonzero(~is_hidden)] @ cells.counts[~is_hidden]).astype(np.float64)
    parts = _parts(sums)
    at = {int(cell): place for place, cell in enumerate(columns)}
    found: dict[int, tuple[float, float]] = {}
    for part in np.unique(parts[[at[one] for one in asked]]) if asked else ():
        inside = np.flatnonzero(parts == part)
        own = sums[:, inside]
        rows = np.flatnonzero(np.diff(own.indptr))
        attack = _Attack(own[rows], known[rows])
        wanted = {int(columns[one]): place for place, one in enumerate(inside)}
        for one in asked:
            if one in wanted:
                found[one] = attack.interval(wanted[one], None if enough is None else float(enough[one]))
    return found


def _parts(sums: sparse.csr_array) -> Ints:
    ties = sparse.bmat([[None, sums], [sums.T, None]], format="csr")
    _, labels = connected_components(ties, directed=False)
    found: Ints = labels[sums.shape[0] :].astype(np.int64)
    return found


class _Attack:
    """The programme of one part, and the least and most that each cell was in any solution met so far."""

    def __init__(self, sums: sparse.csr_array, known: Floats) -> None:
        self.sums, self.known = sums, known
        self.low = np.full(sums.shape[1], inf)
        self.high = np.full(sums.shape[1], -inf)

    def interval(self, column: int, enough: float | None) -> tuple[float, float]:
        """Both ends; what was met already will do where it is wide enough."""
        ends = [float(self.low[column]), float(self.high[column])]
        for place, sign in ((1, -1.0), (0, 1.0)):
            if enough is not None and ends[0] < inf and _steps(ends[0], ends[1]) >= enough:
                break
            ends[place] = sign * self._end(column, sign)
            ends[1 - place] = float((self.low, self.high)[1 - place][column])
        return ends[0], ends[1]

    def _end(self, column: int, sign: float) -> float:
        if not self.sums.shape[0]:
            self.low[column], self.high[column] = 0.0, inf
            return 0.0 if sign > 0 else -inf
        costs = np.zeros(self.sums.shape[1])
        costs[column] = sign
        found = linprog(costs, A_eq=self.sums, b_eq=self.known, bounds=(0, None), method="highs")
        if found.status == 3:
            self.high[column] = inf
            return -inf
        if found.status != 0:
            raise CannotEstimate("cannot_be_audited", {"status": int(found.status)})
        self.low = np.minimum(self.low, found.x)
        self.high = np.maximum(self.high, found.x)
        return float(found.fun)
