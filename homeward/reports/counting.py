"""How many cases, by codes of an extract: kept back until disclosure control has spoken.

Cases are counted, never rows: a number of payments can be large while it tells of one person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from homeward.estimators.suppression import Counted
from homeward.extracts.engine import connection
from homeward.extracts.queries import Frames
from homeward.reports.sections import Section

UNSEALED = ("none", "")
YES, NO = "yes", "no"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """The table of one section: its cells by codes, and which of them have a sealed group's cases in them."""

    name: str
    frame: str
    by: tuple[str, ...]
    cells: Mapping[Key, int]
    sealed: frozenset[Key]
    all_cases: int
    given: Mapping[str, str]  # what holds for the whole table

    @property
    def is_whole(self) -> bool:
        """Whether every case is in one cell only, so that cells add up."""
        return self.frame == "cases"

    def labels(self, place: int) -> tuple[str, ...]:
        """The codes along one dimension, those with most cases first."""
        sums: dict[str, int] = {}
        for key, count in self.cells.items():
            sums[key[place]] = sums.get(key[place], 0) + count
        return tuple(sorted(sums, key=lambda one: (-sums[one], one)))


def counts_of(
    frames: Frames, sections: Sequence[tuple[int, Section]], period: tuple[date, date]
) -> dict[int, Count]:
    """The table of each section, by the number of the section."""
    backend = connection(frames)
    known = {name for name, paths in frames.files.items() if paths}
    return {number: _count(backend, number, one, period) for number, one in sections if one["frame"] in known}


def tables_of(counts: Sequence[Count]) -> list[Counted]:
    """The tables as disclosure control reads them."""
    return [table for one in counts for table in _tables(one)]


def _count(backend: Any, number: int, section: Section, period: tuple[date, date]) -> Count:
    frame, by, month = section["frame"], tuple(section["by"]), section.get("month")
    rows, given = backend.table(frame), {} if frame == "cases" else {"frame": frame}
    if month:
        rows = rows.filter(rows[month] >= period[0], rows[month] <= period[1])
        given[month] = f"{period[0]}/{period[1]}"
    grouped = rows.group_by(*by).aggregate(cases=rows["case_id"].nunique())
    cells = _cells(grouped.execute(), by)
    return Count(
        f"section {number}",
        frame,
        by,
        _filled(cells, by),
        _sealed(rows, by),
        int(rows["case_id"].nunique().execute()),
        given,
    )


def _cells(found: Any, by: Sequence[str]) -> dict[Key, int]:
    return {
        tuple(_code(row[name]) for name in by): int(row["cases"]) for row in found.to_dict(orient="records")
    }


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""


def _filled(cells: dict[Key, int], by: Sequence[str]) -> dict[Key, int]:
    """A cell of nobody is a cell too: its nought says that everybody in the row is elsewhere."""
    along = [sorted({key[place] for key in cells}) for place in range(len(by))]
    return {key: cells.get(key, 0) for key in product(*along)}


def _sealed(rows: Any, by: Sequence[str]) -> frozenset[Key]:
    """Cells that tell of a sealed group: only where the table is by such a group."""
    if "sealed_group" not in by:
        return frozenset()
    place = list(by).index("sealed_group")
    found = rows.select(*by).distinct().execute()
    keys = (tuple(_code(row[name]) for name in by) for row in found.to_dict(orient="records"))
    return frozenset(key for key in keys if key[place] not in UNSEALED)


def _tables(one: Count) -> list[Counted]:
    if one.is_whole:
        cells: dict[tuple[str | None, ...], int] = {(*key,): n for key, n in one.cells.items()}
        return [Counted(one.name, one.by, cells, frozenset({*one.sealed}), one.given)]
    # A case may be in many cells: each cell is a question of its own that every case answers yes or no.
    return [
        Counted(
            f"{one.name}:{key[0]}",
            (f"{one.by[0]}={key[0]}",),
            {(YES,): n, (NO,): one.all_cases - n},
            given=one.given,
        )
        for key, n in one.cells.items()
    ]
