"""Stata's own format, release 118 (Stata 14 and later), written row by row in the memory of one batch.

Codes are whole numbers with value labels; the four kinds of missing are .a to .d in every numeric column,
dates among them. Layout: Stata's help page `dta`. Names longer than 32 signs are shortened; the long one
stands in the label's note.
"""

import struct
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.exchange.analysts.tables import Table, Variable, cut, gap_of, labelled_gaps, shortened
from homeward.extracts.frames import Kind

LONGEST_NAME, LONGEST_LABEL, LONGEST_TEXT, MOST_VARIABLES = 32, 80, 2045, 32_767
BYTE, INT, LONG, DOUBLE = 65530, 65529, 65528, 65526
TYPE_OF = {Kind.FLAG: BYTE, Kind.CODE: LONG, Kind.COUNT: LONG, Kind.MONTH: LONG, Kind.NUMBER: DOUBLE}
LAID_AS = {BYTE: "<i1", INT: "<i2", LONG: "<i4", DOUBLE: "<f8"}
SHOWN_AS = {
    Kind.FLAG: "%8.0g",
    Kind.CODE: "%12.0g",
    Kind.COUNT: "%12.0g",
    Kind.MONTH: "%td",
    Kind.NUMBER: "%10.0g",
}
FIRST_GAP = {BYTE: 101, INT: 32741, LONG: 2147483621}  # of `.`; .a to .d follow
FIRST_GAP_BITS, GAP_STEP = 0x7FE0000000000000, 0x0000010000000000
EPOCH = np.datetime64("1960-01-01", "D")
EPOCH_DAYS = int(EPOCH.astype(np.int64))
MAP_PARTS = 14
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def write_stata(
    table: Table, into: Path, *, at: datetime, note: Callable[[int], None] = lambda rows: None
) -> None:
    """Write a table as .dta; `note` is told after each batch how many rows are written."""
    if not 0 < len(table.variables) <= MOST_VARIABLES:
        raise ValueError("a Stata file has 1 to 32,767 variables")
    with into.open("wb") as file:
        _Writer(table, file, at).write(note)


class _Writer:
    """One file: offsets of its parts are known when they are written, and then filled into the map."""

    def __init__(self, table: Table, file: IO[bytes], at: datetime) -> None:
        self.table, self.file, self.at = table, file, at
        self.names = shortened(tuple(one.name for one in table.variables), LONGEST_NAME)
        self.offsets: list[int] = []

    def write(self, note: Callable[[int], None]) -> None:
        self.offsets.append(0)
        self._header()
        self._mark()
        map_at = self.file.tell()
        self._part("map", bytes(8 * MAP_PARTS))
        for name, made in (
            ("variable_types", self._types()),
            ("varnames", self._padded([self.names[one.name] for one in self.table.variables], 129)),
            ("sortlist", bytes(2 * (len(self.table.variables) + 1))),
            ("formats", self._padded([_format(one) for one in self.table.variables], 57)),
            (
                "value_label_names",
                self._padded([self._labels_name(one) for one in self.table.variables], 129),
            ),
            ("variable_labels", self._labels()),
            ("characteristics", self._notes()),
        ):
            self._mark()
            self._part(name, made)
        self._mark()
        self._data(note)
        self._mark()
        self._part("strls", b"")
        self._mark()
        self._part("value_labels", b"".join(self._value_labels(one) for one in self.table.variables))
        self._mark()
        self.file.write(b"</stata_dta>")
        self._mark()
        self.file.seek(map_at + len("<map>"))
        self.file.write(struct.pack(f"<{MAP_PARTS}Q", *self.offsets))

    def _mark(self) -> None:
        self.offsets.append(self.file.tell())

    def _part(self, name: str, made: bytes) -> None:
        self.file.write(b"<%s>" % name.encode() + made + b"</%s>" % name.encode())

    def _header(self) -> None:
        title = cut(self.table.title[:LONGEST_LABEL], 320).encode()
        at = self.at.astimezone(UTC)
        stamp = f"{at.day:02} {MONTHS[at.month - 1]} {at:%Y %H:%M}".encode()
        self.file.write(
            b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
            + b"<K>%s</K>" % struct.pack("<H", len(self.table.variables))
            + b"<N>%s</N>" % struct.pack("<Q", self.table.rows)
            + b"<label>%s%s</label>" % (struct.pack("<H", len(title)), title)
            + b"<timestamp>%s%s</timestamp></header>" % (struct.pack("<B", len(stamp)), stamp)
        )

    def _types(self) -> bytes:
        return struct.pack(f"<{len(self.table.variables)}H", *(_type(one) for one in self.table.variables))

    def _padded(self, words: list[str], width: int) -> bytes:
        return b"".join(one.encode().ljust(width, b"\0") for one in words)

    def _labels(self) -> bytes:
        return self._padded([cut(one.label[:LONGEST_LABEL], 320) for one in self.table.variables], 321)

    def _notes(self) -> bytes:
        """A note with the whole name, label and unit wherever the format has no room for them."""
        made = []
        for one in self.table.variables:
            more = one.name != self.names[one.name] or len(one.label) > LONGEST_LABEL or one.unit
            if more:
                told = f"{one.name}: {one.label}" + (f" ({one.unit})" if one.unit else "")
                made += [self._characteristic(one, "note0", "1"), self._characteristic(one, "note1", told)]
        return b"".join(made)

    def _characteristic(self, variable: Variable, name: str, words: str) -> bytes:
        told = self._padded([self.names[variable.name], name], 129) + words.encode() + b"\0"
        return b"<ch>" + struct.pack("<I", len(told)) + told + b"</ch>"

    def _labels_name(self, variable: Variable) -> str:
        return self.names[variable.name] if labelled_gaps(variable) else ""

    def _value_labels(self, variable: Variable) -> bytes:
        values = list(enumerate(variable.codes, start=1)) if variable.kind is Kind.CODE else []
        if variable.kind is Kind.FLAG:
            values = [(0, "no"), (1, "yes")]
        # In the table of labels every value is a long, whatever the column is.
        values += [(FIRST_GAP[LONG] + gap, words) for gap, words in labelled_gaps(variable)]
        if not values:
            return b""
        texts = [words.encode() + b"\0" for _, words in values]
        starts = np.cumsum([0, *(len(one) for one in texts[:-1])]).astype("<i4").tobytes()
        numbers = np.array([number for number, _ in values], dtype="<i4").tobytes()
        text = b"".join(texts)
        made = struct.pack("<ii", len(values), len(text)) + starts + numbers + text
        name = self._padded([self._labels_name(variable)], 129) + bytes(3)
        return b"<lbl>" + struct.pack("<i", len(made)) + name + made + b"</lbl>"

    def _data(self, note: Callable[[int], None]) -> None:
        laid = np.dtype([(f"c{place}", _laid(one)) for place, one in enumerate(self.table.variables)])
        self.file.write(b"<data>")
        written = 0
        for batch in self.table.batches():
            rows = np.zeros(batch.num_rows, dtype=laid)
            for place, one in enumerate(self.table.variables):
                rows[f"c{place}"] = _values(one, batch)
            self.file.write(rows.tobytes())
            written += batch.num_rows
            note(written)
        if written != self.table.rows:
            raise ValueError(f"{written} rows came, {self.table.rows} were announced")
        self.file.write(b"</data>")


def _type(variable: Variable) -> int:
    if variable.kind is not Kind.ID:
        return TYPE_OF[variable.kind]
    if variable.width > LONGEST_TEXT:
        raise ValueError(f"{variable.name} is longer than {LONGEST_TEXT} bytes")
    return max(1, variable.width)


def _laid(variable: Variable) -> str:
    return f"S{max(1, variable.width)}" if variable.kind is Kind.ID else LAID_AS[_type(variable)]


def _format(variable: Variable) -> str:
    return f"%-{max(1, min(variable.width, 244))}s" if variable.kind is Kind.ID else SHOWN_AS[variable.kind]


def _values(variable: Variable, batch: Any) -> npt.NDArray[Any]:
    column = batch.column(variable.name)
    if variable.kind is Kind.ID:
        return np.array([one.encode() for one in column.to_pylist()], dtype=_laid(variable))
    gaps = batch.column(gap_of(variable.name)).to_numpy(zero_copy_only=False)
    numbers = numbers_of(variable, column)
    kind = _type(variable)
    if kind == DOUBLE:
        bits = np.where(gaps > 0, 0.0, numbers).view(np.uint64)
        odd = FIRST_GAP_BITS + gaps.astype(np.uint64) * np.uint64(GAP_STEP)
        return np.where(gaps > 0, odd, bits).view(np.float64)
    whole = np.where(gaps > 0, FIRST_GAP[kind] + gaps.astype(np.int64), numbers)
    too_large = np.abs(whole) >= FIRST_GAP[kind]
    unknown = (whole == 0) & (variable.kind is Kind.CODE)
    if ((gaps == 0) & (too_large | unknown)).any():
        raise ValueError(f"{variable.name} holds what the format or its labels do not know")
    return whole


def numbers_of(variable: Variable, column: Any) -> npt.NDArray[Any]:
    """A column as numbers: codes by their place from 1, dates as days since 1960, flags as 0 and 1."""
    if variable.kind is Kind.CODE:
        places = pc.index_in(column.cast(pa.string()), value_set=pa.array(variable.codes, pa.string()))
        return np.asarray(places.fill_null(-1).to_numpy(zero_copy_only=False)) + 1
    if variable.kind is Kind.MONTH:
        days = column.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
        return np.asarray(days).astype(np.int64) - EPOCH_DAYS
    if variable.kind is Kind.FLAG:
        return np.asarray(column.cast(pa.int8()).fill_null(0).to_numpy(zero_copy_only=False)).astype(np.int64)
    if variable.kind is Kind.COUNT:
        return np.asarray(column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False))
    return np.asarray(column.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False))
