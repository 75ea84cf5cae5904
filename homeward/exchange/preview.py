"""Read a whole file and say what would be saved, before anything is."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.exchange.cells import ColumnReading, RowDraft, column_readings, read_cell
from homeward.exchange.checks import check_files, check_row
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.columns.fields import IDENTIFYING, Field
from homeward.exchange.columns.guess import Column, guess_columns
from homeward.exchange.columns.layout import Header, Skip, find_header, header_at, rows_below, skip_reason
from homeward.exchange.problem_kinds import CATALOGUE, Kind, Severity, title_of
from homeward.exchange.rows import ReadRow, RowProblem
from homeward.exchange.values.text import text_of
from homeward.exchange.workbooks import Book, Cell, Grid, read_book
from homeward.exchange.workbooks.refusals import (
    EmptyWorkbook,
    SingleColumn,
    TooManyCells,
    UnknownHeaderRow,
    UnknownSheet,
)

MOST_ROWS = 50_000
OURS = "Homeward: "  # headers of columns that we add when we send rows back
PROGRESS_EVERY = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no person: blank, a total, a repeated header, a footnote."""

    sheet_row: int
    reason: Skip


@dataclass(frozen=True)
class ProblemGroup:
    """One kind of problem in one field, with every row that has it."""

    kind: Kind
    field: Field | None
    rows: tuple[ReadRow, ...]

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.kind].severity

    @property
    def title(self) -> str:
        return title_of(self.kind, self.field)

    @property
    def hint(self) -> str:
        return str(CATALOGUE[self.kind].hint)

    def found_in(self, row: ReadRow) -> RowProblem:
        """The row's own problem of this kind."""
        return next(p for p in row.problems if p.kind is self.kind and p.field is self.field)


@dataclass(frozen=True)
class Preview:
    """All that is known of a file before it is saved; `header_row` is 1-based, 0 where there is none."""

    file_name: str
    digest: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[ReadRow, ...]
    skipped: tuple[SkippedRow, ...]

    @property
    def groups(self) -> list[ProblemGroup]:
        """Problems by kind and field: errors first, then questions, then notes; most rows first."""
        found: dict[tuple[Kind, Field | None], dict[int, ReadRow]] = {}
        for row in self.rows:
            for problem in row.problems:
                found.setdefault((problem.kind, problem.field), {})[row.index] = row
        groups = [ProblemGroup(kind, field, tuple(rows.values())) for (kind, field), rows in found.items()]
        grave = list(Severity)
        return sorted(
            groups,
            key=lambda group: (
                grave.index(group.severity),
                -len(group.rows),
                group.kind,
            ),
        )

    @property
    def ready_count(self) -> int:
        return sum(row.is_ready for row in self.rows)


def preview(
    content: bytes,
    file_name: str,
    *,
    today: date,
    choices: ReadingChoices | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read the file as `choices` say, guessing the rest; raises a Problem where it cannot be read at all."""
    choices = choices or ReadingChoices()
    book = read_book(content, encoding=choices.encoding, separator=choices.separator)
    grid, header = _choose_sheet(book, choices)
    body = rows_below(grid, header.last + 1, len(header.labels))
    columns = guess_columns(header.labels, body, today=today, chosen=choices.columns)
    columns = tuple(column for column in columns if _is_told(column))
    if len(columns) < 2:
        raise SingleColumn
    numbered, skipped = _data_rows(body, header, columns)
    readings = column_readings(columns, [row for _, row in numbered], choices, today)
    rows = _read_rows(numbered, readings, grid, today, progress)
    fields = frozenset(column.field for column in columns)
    return Preview(
        file_name=file_name,
        digest=hashlib.sha256(content).hexdigest(),
        sheet=grid.name,
        sheets=tuple(sheet.name for sheet in book.sheets),
        header_row=header.first + 1,
        columns=columns,
        rows=tuple(check_files(rows, fields, today)),
        skipped=tuple(skipped),
    )


def headers_of(content: bytes, choices: ReadingChoices) -> tuple[str, ...]:
    """The column names as they are found unasked; by them a partner's layout is known again."""
    plain = ReadingChoices(encoding=choices.encoding, separator=choices.separator)
    _, header = _choose_sheet(read_book(content, encoding=plain.encoding, separator=plain.separator), plain)
    return header.labels


def _is_told(column: Column) -> bool:
    """False of empty columns without a header, and of what we ourselves wrote beside the rows."""
    return not column.header.startswith(OURS) and (bool(column.samples) or not column.header.startswith("("))


def _choose_sheet(book: Book, choices: ReadingChoices) -> tuple[Grid, Header]:
    """The sheet that was chosen, or the visible one with the best header over the most rows."""
    grids = [grid for grid in book.sheets if choices.sheet in ("", grid.name)]
    if not grids:
        raise UnknownSheet if book.sheets else EmptyWorkbook
    found = [(grid, _choose_header(grid, choices)) for grid in grids]
    grid, header = max(found, key=lambda pair: _promise(*pair))
    if not header.labels:
        raise SingleColumn if any(grid.rows) else EmptyWorkbook
    if len(grid.rows) <= header.last + 1:
        raise EmptyWorkbook
    return grid, header


def _promise(grid: Grid, header: Header) -> tuple[bool, float, int]:
    many = len(grid.rows) - header.last
    return (not grid.hidden, round(header.score) if many > 1 else -1.0, many)


def _choose_header(grid: Grid, choices: ReadingChoices) -> Header:
    if choices.header_row is None:
        return find_header(grid)
    if choices.header_row == 0:
        width = max((len(row) for row in grid.rows), default=0)
        return Header(-1, -1, tuple(str(column + 1) for column in range(width)), 0.0)
    if choices.header_row > len(grid.rows):
        raise UnknownHeaderRow
    return header_at(grid, choices.header_row - 1)


def _data_rows(
    body: list[list[Cell]], header: Header, columns: tuple[Column, ...]
) -> tuple[list[tuple[int, list[Cell]]], list[SkippedRow]]:
    """(1-based sheet row, cells) of every person, and the rows that are none."""
    identifying = frozenset(column.position for column in columns if column.field in IDENTIFYING)
    rows: list[tuple[int, list[Cell]]] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(body, header.last + 2):
        reason = skip_reason(row, header, identifying)
        if reason:
            skipped.append(SkippedRow(number, reason))
        else:
            rows.append((number, row))
    if not rows:
        raise EmptyWorkbook
    if len(rows) > MOST_ROWS:
        raise TooManyCells
    return rows, skipped


def _read_rows(
    numbered: list[tuple[int, list[Cell]]],
    readings: list[ColumnReading],
    grid: Grid,
    today: date,
    progress: Progress | None,
) -> list[ReadRow]:
    fields = frozenset(reading.field for reading in readings)
    rows = []
    for index, (number, cells) in enumerate(numbered):
        draft = RowDraft.blank()
        for reading in readings:
            position = reading.column.position
            read_cell(reading, draft, cells[position], grid.formula(number - 1, position))
        check_row(draft, fields, today)
        rows.append(_finished(index, number, draft, _fingerprint(readings, cells)))
        if progress and index % PROGRESS_EVERY == 0:
            progress(index, len(numbered))
    return rows


def _fingerprint(readings: list[ColumnReading], cells: list[Cell]) -> str:
    told = (f"{r.column.header}\x1f{text_of(cells[r.column.position])}" for r in readings)
    return hashlib.blake2b("\x1e".join(sorted(told)).encode(), digest_size=16).hexdigest()


def _finished(index: int, number: int, draft: RowDraft, fingerprint: str) -> ReadRow:
    return ReadRow(
        index,
        number,
        fingerprint,
        **draft.values,
        held=draft.held,
        originals=draft.originals,
        problems=tuple(draft.problems),
    )


def preview_as_json(read: Preview, pairs: list[tuple[int, int, float]]) -> dict[str, Any]:
    """The preview in plain values: row indices count data rows from 0, sheet rows from 1."""
    return {
        "file": read.file_name,
        "sheet": read.sheet,
        "header_row": read.header_row,
        "rows": len(read.rows),
        "ready": read.ready_count,
        "columns": {column.header: column.field.value for column in read.columns},
        "skipped": [{"sheet_row": row.sheet_row, "reason": row.reason.value} for row in read.skipped],
        "problems": [_group_as_json(group) for group in read.groups],
        "duplicate_row_pairs": [[one, other, round(score, 4)] for one, other, score in pairs],
    }


def _group_as_json(group: ProblemGroup) -> Mapping[str, Any]:
    return {
        "kind": group.kind.value,
        "field": group.field.value if group.field else None,
        "title": group.title,
        "hint": group.hint,
        "severity": group.severity.value,
        "count": len(group.rows),
        "rows": [row.index for row in group.rows],
        "sheet_rows": [row.sheet_row for row in group.rows],
    }


def skipped_counts(read: Preview) -> Mapping[Skip, int]:
    """How many rows of each kind were passed over."""
    return Counter(row.reason for row in read.skipped)
