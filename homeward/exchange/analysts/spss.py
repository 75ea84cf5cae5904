"""SPSS system files (.sav), uncompressed, written row by row in the memory of one batch.

Codes are numbers with value labels; the four kinds of missing are a range of user-missing values below all
that a column can hold, each with its label. Layout: PSPP's description of system files. Names are at most 64
bytes long, the short ones that old programs read are V1, V2 and so on.
"""

import struct
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from homeward.exchange.analysts.rules import Missing
from homeward.exchange.analysts.stata import MONTHS, numbers_of
from homeward.exchange.analysts.tables import Table, Variable, cut, gap_of, labelled_gaps, shortened
from homeward.extracts.frames import Kind

LONGEST_NAME, LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TEXT = 64, 252, 120, 255
PIECE = 8
SECONDS = 86_400
TEXT_FORMAT, NUMBER_FORMAT, DATE_FORMAT = 1, 5, 20
DAYS_TO_1960 = 137_775  # from 14 October 1582, where SPSS counts from
# The numbers of the kinds of missing, from the first down. Amounts may be negative, so theirs lie far below;
# those of dates are days of their own, for readers that show a date where SPSS has seconds.
FIRST_GAP = {Kind.NUMBER: -999_999_991.0, Kind.MONTH: -91.0 * SECONDS}
ELSE = -91.0
SYSTEM_MISSING, HIGHEST, LOWEST = -1.7976931348623157e308, 1.7976931348623157e308, -1.7976931348623155e308
NOMINAL, SCALE = 1, 3
UTF_8 = 65001


def write_spss(
    table: Table, into: Path, *, at: datetime, note: Callable[[int], None] = lambda rows: None
) -> None:
    """Write a table as .sav; `note` is told after each batch how many rows are written."""
    names = shortened(tuple(one.name for one in table.variables), LONGEST_NAME)
    with into.open("wb") as file:
        file.write(_header(table, at))
        for place, one in enumerate(table.variables, start=1):
            file.write(_variable(one, place))
        file.write(_all_value_labels(table))
        file.write(_extensions(table, names))
        file.write(struct.pack("<ii", 999, 0))
        _write_rows(table, file, note)


def gap_number(variable: Variable, gap: int) -> float:
    """The number that stands for a kind of missing in this column."""
    step = SECONDS if variable.kind is Kind.MONTH else 1
    return FIRST_GAP.get(variable.kind, ELSE) - (gap - 1) * step


def _pieces(variable: Variable) -> int:
    return -(-max(1, variable.width) // PIECE) if variable.kind is Kind.ID else 1


def _header(table: Table, at: datetime) -> bytes:
    made = at.astimezone(UTC)
    program = b"@(#) SPSS DATA FILE Homeward".ljust(60)
    day = f"{made.day:02} {MONTHS[made.month - 1]} {made:%y}".encode()
    title = cut(table.title, 64).encode().ljust(64)
    pieces = sum(_pieces(one) for one in table.variables)
    counts = struct.pack("<iiiii", 2, pieces, 0, 0, table.rows if table.rows < 2**31 else -1)
    stamp = struct.pack("<d", 100.0) + day + f"{made:%H:%M:%S}".encode()
    return b"$FL2" + program + counts + stamp + title + bytes(3)


def _variable(variable: Variable, place: int) -> bytes:
    is_text = variable.kind is Kind.ID
    if is_text and variable.width > LONGEST_TEXT:
        raise ValueError(f"{variable.name} is longer than {LONGEST_TEXT} bytes")
    shown = _shown_as(variable)
    gaps = bool(labelled_gaps(variable))
    label = cut(variable.label + (f" ({variable.unit})" if variable.unit else ""), LONGEST_LABEL).encode()
    made = struct.pack(
        "<iiiiii", 2, max(1, variable.width) if is_text else 0, bool(label), -2 if gaps else 0, shown, shown
    )
    made += f"V{place}".encode().ljust(8)
    if label:
        made += struct.pack("<i", len(label)) + label.ljust(-(-len(label) // 4) * 4)
    if gaps:
        made += struct.pack("<dd", gap_number(variable, max(Missing)), gap_number(variable, min(Missing)))
    nothing = struct.pack("<iiiiii", 2, -1, 0, 0, 0, 0) + b" " * 8
    return made + nothing * (_pieces(variable) - 1)


def _shown_as(variable: Variable) -> int:
    if variable.kind is Kind.ID:
        return TEXT_FORMAT << 16 | max(1, variable.width) << 8
    if variable.kind is Kind.MONTH:
        return DATE_FORMAT << 16 | 11 << 8
    return NUMBER_FORMAT << 16 | 12 << 8 | (4 if variable.kind is Kind.NUMBER else 0)


def _all_value_labels(table: Table) -> bytes:
    made, place = b"", 1
    for one in table.variables:
        made += _value_labels(one, place)
        place += _pieces(one)
    return made


def _value_labels(variable: Variable, place: int) -> bytes:
    values = [(gap_number(variable, gap), words) for gap, words in labelled_gaps(variable)]
    if variable.kind is Kind.CODE:
        values += [(float(number), code) for number, code in enumerate(variable.codes, start=1)]
    if variable.kind is Kind.FLAG:
        values += [(0.0, "no"), (1.0, "yes")]
    if not values:
        return b""
    made = struct.pack("<ii", 3, len(values))
    for number, words in values:
        label = cut(words, LONGEST_VALUE_LABEL).encode()
        length = -(-(len(label) + 1) // PIECE) * PIECE - 1
        made += struct.pack("<dB", number, len(label)) + label.ljust(length)
    return made + struct.pack("<iii", 4, 1, place)


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, size, len(content) // size) + content


def _extensions(table: Table, names: dict[str, str]) -> bytes:
    long_names = "\t".join(
        f"V{place}={names[one.name]}" for place, one in enumerate(table.variables, start=1)
    )
    shown = [
        number
        for one in table.variables
        for number in (
            NOMINAL if one.kind in (Kind.ID, Kind.CODE, Kind.FLAG) else SCALE,
            min(max(one.width, 8), 40),
            0 if one.kind is Kind.ID else 1,
        )
    ]
    return b"".join(
        (
            _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, UTF_8)),
            _extension(4, 8, struct.pack("<3d", SYSTEM_MISSING, HIGHEST, LOWEST)),
            _extension(11, 4, struct.pack(f"<{len(shown)}i", *shown)),
            _extension(13, 1, long_names.encode()),
            _extension(16, 8, struct.pack("<qq", 1, table.rows)),
            _extension(20, 1, b"UTF-8"),
        )
    )


def _write_rows(table: Table, file: IO[bytes], note: Callable[[int], None]) -> None:
    laid = np.dtype([(f"c{place}", _laid(one)) for place, one in enumerate(table.variables)])
    written = 0
    for batch in table.batches():
        rows = np.zeros(batch.num_rows, dtype=laid)
        for place, one in enumerate(table.variables):
            rows[f"c{place}"] = _values(one, batch)
        file.write(rows.tobytes())
        written += batch.num_rows
        note(written)
    if written != table.rows:
        raise ValueError(f"{written} rows came, {table.rows} were announced")


def _laid(variable: Variable) -> str:
    return f"S{_pieces(variable) * PIECE}" if variable.kind is Kind.ID else "<f8"


def _values(variable: Variable, batch: Any) -> npt.NDArray[Any]:
    column = batch.column(variable.name)
    if variable.kind is Kind.ID:
        width = _pieces(variable) * PIECE
        return np.array([one.encode().ljust(width) for one in column.to_pylist()], dtype=_laid(variable))
    gaps = batch.column(gap_of(variable.name)).to_numpy(zero_copy_only=False)
    numbers = numbers_of(variable, column).astype(np.float64)
    if variable.kind is Kind.CODE and ((gaps == 0) & (numbers == 0)).any():
        raise ValueError(f"{variable.name} holds codes that its labels do not know")
    if variable.kind is Kind.MONTH:
        numbers = (numbers + DAYS_TO_1960) * SECONDS
    of_gaps = np.array([0.0, *(gap_number(variable, one) for one in Missing)])
    if ((gaps == 0) & (numbers >= of_gaps[-1]) & (numbers <= of_gaps[1])).any():
        raise ValueError(f"{variable.name} holds numbers that stand for missing values")
    return np.where(gaps > 0, of_gaps[gaps], numbers)
