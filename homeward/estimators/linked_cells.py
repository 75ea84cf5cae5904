"""The cells of tables that are published together, and every sum that ties them to each other.

Two tables that count the same people share cells: a cell is what it counts (its dimensions' values and
the table's filters), not where it stands. What lies between a total and the parts that are listed is a cell
of its own that no table shows, but whoever subtracts sees: it is kept here as a remainder.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

import numpy as np
from scipy import sparse

from homeward.estimators.arrays import Bools, Ints
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.spans import families, is_nowhere, named, one_name, overlapping

MOST_CELLS = 200_000
Coordinates = tuple[str | None, ...]  # one a dimension; None: the total over it
Identity = frozenset[tuple[str, str]]  # what a cell counts


@dataclass(frozen=True)
class Counted:
    """One table of counts of people.

    cells: inner cells and margins; an inner cell that is missing counts nobody, a margin that is missing is
    the sum of its parts; sealed: cells about a group with a higher threshold; given: filters that hold for
    the whole table; impossible: cells that everybody knows to be empty, None standing for any value; moment:
    tables of one moment count the same people, and what is equal at another moment is taken for one cell.
    `period`, `year`, `half_year`, `quarter` and `month` are one clock, `age` and `age_band` one age, and what
    lies within another of these is seen so; values nested across two other names (a district in its region)
    are not seen.
    """

    name: str
    dimensions: tuple[str, ...]
    cells: Mapping[Coordinates, int]
    sealed: frozenset[Coordinates] = frozenset()
    given: Mapping[str, str] = field(default_factory=dict)
    impossible: frozenset[Coordinates] = frozenset()
    moment: str = ""


Cell = tuple[Identity, int]  # what it counts, and how many: unchanged at another moment, it is the same cell
Row = tuple[tuple[int, ...], tuple[int, ...]]  # numbers of cells on either side


@dataclass(frozen=True)
class Change:
    """How a cell without some of its parts changed since readers were shown all of these at another moment.

    now: the cell, then its parts; then: the same in the same order, as they were counted before.
    """

    now: tuple[Cell, ...]
    then: tuple[Cell, ...]


@dataclass(frozen=True)
class Linked:
    """Cells (n,), once each, and sums (m, n): +1 at a total, -1 at each of its parts, each row nought.

    remainders: cells that no table is to show, sealed where their total is; places: the cell that stands in a
    table at some coordinates.
    """

    counts: Ints
    sealed: Bools
    remainders: Bools
    sums: sparse.csr_array
    cells: tuple[Cell, ...]
    places: Mapping[tuple[str, Coordinates], int]


@dataclass(frozen=True)
class Known:
    """What readers have already.

    shown: cells they were shown; secret: cells to hide for another reason than their size; unseen: cells of
    earlier tables that were hidden and cost nothing to hide; carried: counts of another moment that no table
    counts anew, which readers may take to hold at this moment still; changes: differences between moments,
    which are cells of their own; sealed: what has a higher threshold whatever table it stands in.
    """

    shown: Collection[Cell] = field(default_factory=frozenset)
    secret: Collection[Cell] = field(default_factory=frozenset)
    unseen: Collection[Cell] = field(default_factory=frozenset)
    carried: Mapping[Identity, int] = field(default_factory=dict)
    moment: str = ""
    changes: Collection[Change] = field(default_factory=frozenset)
    sealed: Collection[Identity] = field(default_factory=frozenset)


def linked(tables: Sequence[Counted], known: Known | None = None) -> Linked:
    """All tables as one system; "cells_disagree" where one cell has two counts, or parts pass a total."""
    _check(tables)
    known = known or Known()
    found = _System(frozenset(known.sealed))
    moments: dict[str, dict[Identity, int]] = defaultdict(dict)
    for one in tables:
        for coordinates, count in completed(one).items():
            which = identity(one, coordinates)
            if moments[one.moment].setdefault(which, count) != count:
                raise CannotEstimate("cells_disagree", {"table": one.name})
            found.place((one.name, coordinates), (which, count), is_sealed=coordinates in one.sealed)
            found.whole |= {
                (which, one_name(name))
                for name, value in zip(one.dimensions, coordinates, strict=True)
                if value is None
            }
    for counts in moments.values():
        found.add_sums(counts)
    found.carry(moments[known.moment], known.carried)
    for change in known.changes:
        found.compare(change)
    return found.made(known.unseen)


def identity(one: Counted, coordinates: Coordinates) -> Identity:
    """What a cell counts: the same set in two tables is the same people."""
    return named(_pairs(one, coordinates))


def _pairs(one: Counted, coordinates: Coordinates) -> list[tuple[str, str]]:
    own = zip(one.dimensions, coordinates, strict=True)
    return [*one.given.items(), *((name, value) for name, value in own if value is not None)]


def completed(one: Counted) -> dict[Coordinates, int]:
    """Every cell and margin of a table, empty ones too.

    Values that overlap, as a quarter and its year do, have no sum: their total is there only if it is given.
    """
    values = [_values(one, at) for at in range(len(one.dimensions))]
    unsummed = [at for at, found in enumerate(values) if overlapping(one.dimensions[at], found)]
    if prod(len(found) + 1 for found in values) > MOST_CELLS:
        raise CannotEstimate("too_many_cells", {"table": one.name, "most": MOST_CELLS})
    cells: dict[Coordinates, int] = {}
    for wanted in range(len(values) + 1):
        for coordinates in _with_totals(values, wanted):
            is_unknown = coordinates not in one.cells and any(coordinates[at] is None for at in unsummed)
            if not is_unknown and not _is_impossible(one, coordinates):
                cells[coordinates] = _count(one, coordinates, values, cells)
    return cells


def _with_totals(values: Sequence[Sequence[str]], wanted: int) -> Iterator[Coordinates]:
    for coordinates in product(*[(*found, None) for found in values]):
        if coordinates.count(None) == wanted:
            yield coordinates


def _count(
    one: Counted, at: Coordinates, values: Sequence[Sequence[str]], cells: Mapping[Coordinates, int]
) -> int:
    if at in one.cells:
        return one.cells[at]
    sums = [
        sum(cells.get((*at[:place], value, *at[place + 1 :]), 0) for value in values[place])
        for place, here in enumerate(at)
        if here is None
    ]
    return max(sums, default=0)


def _values(one: Counted, place: int) -> list[str]:
    return sorted({value for cell in one.cells if (value := cell[place]) is not None})


def _is_impossible(one: Counted, coordinates: Coordinates) -> bool:
    if is_nowhere(_pairs(one, coordinates)):
        if one.cells.get(coordinates):  # two clocks under names of one
            raise CannotEstimate("cells_disagree", {"table": one.name})
        return True
    return any(
        all(wanted is None or wanted == here for wanted, here in zip(pattern, coordinates, strict=True))
        for pattern in one.impossible
    )


def _check(tables: Sequence[Counted]) -> None:
    names = [one.name for one in tables]
    if len(set(names)) != len(names):
        raise CannotEstimate("tables_of_one_name")
    for one in tables:
        size = len(one.dimensions)
        if any(len(cell) != size for cell in (*one.cells, *one.sealed, *one.impossible)):
            raise CannotEstimate("wrong_shape", {"of": one.name, "dimensions": size})
        if any(count < 0 or count != int(count) for count in one.cells.values()):
            raise CannotEstimate("not_a_count", {"table": one.name})
        if set(one.given) & set(one.dimensions):
            raise CannotEstimate("filtered_by_its_own_dimension", {"table": one.name})


@dataclass
class _System:
    """The system while it is gathered: sums that two moments share are one."""

    higher: frozenset[Identity]  # known to be sealed
    numbers: dict[Cell, int] = field(default_factory=dict)
    sealed: set[int] = field(default_factory=set)
    places: dict[tuple[str, Coordinates], int] = field(default_factory=dict)
    whole: set[tuple[Identity, str]] = field(default_factory=set)  # some table lists all parts of it
    rows: dict[Row, int | None] = field(default_factory=dict)  # what the one side has more than the other
    sealed_rows: set[Row] = field(default_factory=set)

    def place(self, at: tuple[str, Coordinates], cell: Cell, *, is_sealed: bool) -> None:
        number = self.places[at] = self._number(cell)
        if is_sealed:
            self.sealed.add(number)

    def _number(self, cell: Cell) -> int:
        number = self.numbers.setdefault(cell, len(self.numbers))
        if cell[0] in self.higher:
            self.sealed.add(number)
        return number

    def add_sums(self, counts: Mapping[Identity, int]) -> None:
        for total, parts, dimension in sums_among(counts):
            rest = counts[total] - sum(counts[part] for part in parts)
            if rest < 0:
                raise CannotEstimate(
                    "cells_disagree", {"total": counts[total], "parts": counts[total] - rest}
                )
            # Nobody says that a filter's values are all there are: then a remainder of nought is unknown too.
            is_whole = dimension is None or (total, dimension) in self.whole
            self._add(counts, (total, *parts), rest or (None if is_whole else 0))

    def carry(self, counts: Mapping[Identity, int], carried: Mapping[Identity, int]) -> None:
        """Sums with what is carried over, as far as they still add up; else each part by itself."""
        other = {which: count for which, count in carried.items() if which not in counts}
        for cell in other.items():
            self._number(cell)
        together = {**other, **counts}
        for total, parts, _ in sums_among(together) if other else ():
            if total in other or any(part in other for part in parts):
                self._add_loosely(together, total, parts)

    def _add_loosely(
        self, counts: Mapping[Identity, int], total: Identity, parts: Sequence[Identity]
    ) -> None:
        rest = counts[total] - sum(counts[part] for part in parts)
        if rest >= 0:
            self._add(counts, (total, *parts), rest or None)
            return
        for part in parts:
            if counts[total] >= counts[part]:
                self._add(counts, (total, part), counts[total] - counts[part] or None)

    def compare(self, one: Change) -> None:
        """Who came or went between two moments, as a remainder; what did not change cancels out."""
        more, less = {one.now[0], *one.then[1:]}, {one.then[0], *one.now[1:]}
        rest = sum(count for _, count in more) - sum(count for _, count in less)
        if rest < 0:
            more, less = less, more
        over, under = (sorted(map(self._number, cells)) for cells in (more - less, less - more))
        self._keep((tuple(over), tuple(under)), abs(rest), is_sealed=self._number(one.now[0]) in self.sealed)

    def _add(self, counts: Mapping[Identity, int], cells: Sequence[Identity], rest: int | None) -> None:
        top, *below = (self.numbers[which, counts[which]] for which in cells)
        self._keep(((top,), tuple(sorted(below))), rest, is_sealed=top in self.sealed)

    def _keep(self, row: Row, rest: int | None, *, is_sealed: bool) -> None:
        self.rows[row] = rest
        if is_sealed:
            self.sealed_rows.add(row)

    def made(self, unseen: Collection[Cell]) -> Linked:
        rests = {row: rest for row, rest in self.rows.items() if rest is not None}
        known = len(self.numbers)
        counts = [count for _, count in self.numbers]
        return Linked(
            counts=np.array([*counts, *rests.values()], dtype=np.int64),
            sealed=np.array(
                [
                    *(number in self.sealed for number in range(known)),
                    *(row in self.sealed_rows for row in rests),
                ],
                dtype=np.bool_,
            ),
            remainders=np.array(
                [*(cell in unseen for cell in self.numbers), *(True for _ in rests)], dtype=np.bool_
            ),
            sums=_matrix(self.rows, known + len(rests)),
            cells=tuple(self.numbers),
            places=self.places,
        )


def sums_among(cells: Collection[Identity]) -> Iterator[tuple[Identity, list[Identity], str | None]]:
    """Each cell with the cells below it that add up, and over which dimension; None within a value of it."""
    for total, dimension, values in _groups(cells):
        for above, below in families(dimension, values):
            if above is None and total not in cells:
                continue  # no table has all of them together, only some within others
            top = total if above is None else total | {(dimension, above)}
            within = dimension if above is None else None
            yield top, [total | {(dimension, value)} for value in below], within


def _groups(cells: Collection[Identity]) -> Iterator[tuple[Identity, str, list[str]]]:
    groups: dict[tuple[Identity, str], list[str]] = defaultdict(list)
    for which in cells:
        for dimension, value in which:
            groups[which - {(dimension, value)}, dimension].append(value)
    for (total, dimension), values in groups.items():
        if total in cells or len(values) > 1:
            yield total, dimension, values


def _matrix(rows: Mapping[Row, int | None], size: int) -> sparse.csr_array:
    at: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    beyond = size - sum(1 for rest in rows.values() if rest is not None)
    for row, ((over, under), rest) in enumerate(rows.items()):
        parts = under if rest is None else (*under, beyond)
        beyond += rest is not None
        at.extend([row] * (len(over) + len(parts)))
        columns.extend([*over, *parts])
        values.extend([1.0] * len(over) + [-1.0] * len(parts))
    return sparse.csr_array((values, (at, columns)), shape=(len(rows), size), dtype=np.float64)
