"""Counts of cases for tables that are published: which linked tables, and what stands in each cell.

Counts come from the frames of an extract; what of them may be shown is decided where releases are logged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from homeward.estimators.suppression import Counted

UNKNOWN = "unknown"
Files = Mapping[str, Sequence[Path]]


@dataclass(frozen=True)
class Shape:
    """One kind of table: a row for each year of `month`, counted over columns of cases and persons."""

    name: str
    month: str
    dimensions: Mapping[str, str]  # the dimension's name and the expression that gives it


RETURNS = (
    Shape("monthly", "departed_month", {
        "citizenship": "p.nationality",
        "return_basis": "c.return_basis",
        "departed_month": "strftime(c.departed_month, '%Y-%m')",
    }),
    Shape("yearly", "departed_month", {
        "citizenship": "p.nationality",
        "sex": "c.sex",
        "age_band": "c.age_band",
        "return_basis": "c.return_basis",
    }),
)  # fmt: skip
RESULTS = (
    Shape("arrived", "arrived_month", {
        "programme": "c.programme",
        "sex": "c.sex",
        "age_band": "c.age_band",
    }),
    Shape("assisted", "arrived_month", {
        "programme": "c.programme",
        "assisted": "CASE WHEN c.is_assisted THEN 'yes' WHEN NOT c.is_assisted THEN 'no' END",
    }),
)  # fmt: skip


def counted(files: Files, shapes: Sequence[Shape]) -> tuple[Counted, ...]:
    """The tables of each year, inner cells only: margins are their sums. Tables of one year share cells."""
    with duckdb.connect() as engine:
        return tuple(table for one in shapes for table in _by_year(engine, files, one))


def year_of(month: str) -> str:
    """The name of the filter that holds a table to a year of this month."""
    return f"{month.removesuffix('_month')}_year"


def _by_year(engine: Any, files: Files, shape: Shape) -> list[Counted]:
    told = ", ".join(f"coalesce({one}, '{UNKNOWN}')" for one in shape.dimensions.values())
    rows = engine.execute(
        f"SELECT strftime(c.{shape.month}, '%Y') AS year, {told}, count(*) "  # noqa: S608
        f"FROM read_parquet({[str(one) for one in files['cases']]}) c "
        f"LEFT JOIN read_parquet({[str(one) for one in files['persons']]}) p ON p.person_id = c.person_id "
        f"WHERE c.{shape.month} IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    years: dict[str, dict[tuple[str | None, ...], int]] = {}
    for year, *coordinates, count in rows:
        years.setdefault(year, {})[tuple(coordinates)] = int(count)
    return [
        Counted(f"{shape.name} {year}", tuple(shape.dimensions), cells, given={year_of(shape.month): year})
        for year, cells in years.items()
    ]
