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
Place = tuple[str | None, ...]  # None: all of them together


@dataclass(frozen=True)
class Count:
    """The table of one section: its cells by codes, and which of them have a sealed group's cases in them."""

    name: str
    frame: str
    by: tuple[str, ...]
    month: str  # the column that the period is held against; nothing: all cases of the extract
    period: str  # as the log of releases has it: 2026-01/2026-03
    cells: Mapping[Key, int]
    sealed: frozenset[Place]
    all_cases: int  # of the extract

    @property
    def is_whole(self) -> bool:
        """Whether every case is in one cell only, so that cells add up."""
        return self.frame == "cases"

    @property
    def given(self) -> dict[str, str]:
        """What holds for the whole table, so that a quarter is known to lie in its year."""
        return {f"{self.month.removesuffix('_month')}_period": self.period} if self.month else {}

    def together(self, place: Place) -> int:
        """How many there are in a cell or a margin."""
        return sum(
            count
            for key, count in self.cells.items()
            if all(wanted in (None, here) for wanted, here in zip(place, key, strict=True))
        )

    def codes(self, number: int) -> set[str]:
        """The codes along one dimension."""
        return {key[number] for key in self.cells}


def counts_of(
    frames: Frames, sections: Sequence[tuple[int, Section]], period: tuple[date, date]
) -> dict[int, Count]:
    """The table of each section, by the number of the section."""
    backend = connection(frames)
    known = {name for name, paths in frames.files.items() if paths}
    wanted = [(number, one) for number, one in sections if one["frame"] in known]
    if not wanted or "cases" not in known:
        return {}
    everybody = int(backend.table("cases")["case_id"].nunique().execute())
    return {number: _count(backend, number, one, period, everybody) for number, one in wanted}


def tables_of(one: Count) -> list[Counted]:
    """The table as disclosure control reads it."""
    if one.is_whole:
        cells: dict[Place, int] = {(*key,): n for key, n in one.cells.items()}
        return [Counted(one.name, one.by, cells, one.sealed, one.given)]
    # A case may be in many cells: each cell is a question of its own that every case answers yes or no.
    return [
        Counted(table_of(one, key), (_asked(one, key),), {(YES,): n, (NO,): one.all_cases - n})
        for key, n in one.cells.items()
    ]


def table_of(one: Count, key: Key) -> str:
    """What the table is called in which a cell stands."""
    return one.name if one.is_whole else f"{one.name}: {key[0]}"


def _asked(one: Count, key: Key) -> str:
    return f"{one.frame}.{one.by[0]}={key[0]} {one.month} {one.period}".strip()


def _count(backend: Any, number: int, section: Section, period: tuple[date, date], everybody: int) -> Count:
    frame, by, month = section["frame"], tuple(section["by"]), section.get("month") or ""
    rows = backend.table(frame)
    if month:
        rows = rows.filter(rows[month] >= period[0], rows[month] <= period[1])
    cells = _cells(rows.group_by(*by).aggregate(cases=rows["case_id"].nunique()).execute(), by)
    return Count(
        name=f"section {number}",
        frame=frame,
        by=by,
        month=month,
        period=f"{period[0]:%Y-%m}/{period[1]:%Y-%m}" if month else "",
        cells=_filled(cells, by),
        sealed=_sealed(cells, by),
        all_cases=everybody,
    )


def _cells(found: Any, by: Sequence[str]) -> dict[Key, int]:
    cells: dict[Key, int] = {}
    for row in found.to_dict(orient="records"):
        key = tuple(_code(row[name]) for name in by)
        cells[key] = cells.get(key, 0) + int(row["cases"])
    return cells


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""


def _filled(cells: dict[Key, int], by: Sequence[str]) -> dict[Key, int]:
    """A cell of nobody is a cell too: its nought says that everybody in the row is elsewhere."""
    along = [sorted({key[place] for key in cells}) for place in range(len(by))]
    return {key: cells.get(key, 0) for key in product(*along)}


def _sealed(cells: Mapping[Key, int], by: Sequence[str]) -> frozenset[Place]:
    """Cells and margins that tell of a sealed group: only where the table is by such a group."""
    if "sealed_group" not in by:
        return frozenset()
    place = list(by).index("sealed_group")
    along: list[set[str | None]] = [{key[at] for key in cells} | {None} for at in range(len(by))]
    along[place] = {key[place] for key in cells if key[place] not in UNSEALED}
    return frozenset(product(*along))
