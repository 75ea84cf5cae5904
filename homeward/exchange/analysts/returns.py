"""Returns as a statistical table: one observation in a row, with the codes that statistical offices use.

SEX and AGE by SDMX (T, F, M; Y_GE65), OBS_STATUS `A` normal and `Q` suppressed, CONF_STATUS `F` free and `C`
confidential. Which of the suppressed are small themselves is never told. Citizenship as ISO 3166-1 alpha-2.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from homeward.estimators.suppression import Counted
from homeward.exchange.analysts.counting import UNKNOWN

Coordinates = tuple[str | None, ...]
Shown = Mapping[str, Mapping[Coordinates, int | None]]  # by table; None where it is not shown
HEAD = (
    "FREQ",
    "CITIZEN",
    "SEX",
    "AGE",
    "RETURN_TYPE",
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "CONF_STATUS",
)
SEX = {None: "T", "female": "F", "male": "M", "other": "OTH", UNKNOWN: "UNK"}
RETURN_TYPE = {None: "TOTAL", "voluntary": "VOL", "forced": "FRC", "humanitarian": "HUM", UNKNOWN: "UNK"}
YOUNGEST, OLDEST = "0-11", "65+"


def write_returns(tables: Sequence[Counted], shown: Shown, into: Path) -> int:
    """Write the observations; how many. Shown and hidden cells alike have a row."""
    rows = sorted({row for one in tables for row in _observations(one, shown[one.name])})
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(rows)
    return len(rows)


def _observations(table: Counted, cells: Mapping[Coordinates, int | None]) -> Iterator[tuple[str, ...]]:
    year = table.given["departed_year"]
    for coordinates, count in cells.items():
        at = dict(zip(table.dimensions, coordinates, strict=True))
        month = at.get("departed_month")
        is_shown = count is not None
        yield (
            "M" if month else "A",
            _citizen(at["citizenship"]),
            SEX[at.get("sex")],
            _age(at.get("age_band")),
            RETURN_TYPE[at["return_basis"]],
            month or year,
            str(count) if is_shown else "",
            "A" if is_shown else "Q",
            "F" if is_shown else "C",
        )


def _citizen(code: str | None) -> str:
    return "TOTAL" if code is None else "UNK" if code == UNKNOWN else code


def _age(band: str | None) -> str:
    if band in (None, UNKNOWN):
        return "TOTAL" if band is None else "UNK"
    if band == YOUNGEST:
        return "Y_LT12"
    return "Y_GE65" if band == OLDEST else f"Y{band}"
