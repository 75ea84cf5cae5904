"""The rows that need an answer, as a workbook to send back, correct and upload again."""

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from homeward.exchange.choices import ReadingChoices
from homeward.exchange.columns.layout import rows_below
from homeward.exchange.preview import OURS, Preview
from homeward.exchange.problem_kinds import CATALOGUE, Severity
from homeward.exchange.rows import ReadRow, RowProblem
from homeward.exchange.values.text import text_of
from homeward.exchange.workbooks import Cell, read_book

SHEET_ROW, WHAT_TO_DO = f"{OURS}row", f"{OURS}what to do"
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def rows_to_correct(content: bytes, read: Preview, choices: ReadingChoices | None = None) -> bytes:
    """An XLSX of the unready rows, their doubtful cells marked; opened anywhere, no cell is evaluated."""
    original = _original_rows(content, read, choices or ReadingChoices())
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, **AS_TEXT}) as book:
        sheet = book.add_worksheet()
        bold, doubtful = book.add_format({"bold": True}), book.add_format({"bg_color": "#FCE8C8"})
        plain = book.add_format({"quote_prefix": True})
        headers = [SHEET_ROW, *(column.header for column in read.columns), WHAT_TO_DO]
        for position, header in enumerate(headers):
            sheet.write_string(0, position, header, bold)
        unready = [row for row in read.rows if not row.is_ready]
        for number, row in enumerate(unready, 1):
            sheet.write_number(number, 0, row.sheet_row)
            _write_cells(sheet, number, row, read, original[row.sheet_row], plain, doubtful)
            sheet.write_string(number, len(headers) - 1, _what_to_do(row), plain)
        sheet.freeze_panes(1, 0)
    return kept.getvalue()


def _original_rows(content: bytes, read: Preview, choices: ReadingChoices) -> dict[int, list[Cell]]:
    """Cells by 1-based sheet row, merged values filled in."""
    book = read_book(content, encoding=choices.encoding, separator=choices.separator)
    grid = next(sheet for sheet in book.sheets if sheet.name == read.sheet)
    width = max(column.position for column in read.columns) + 1
    return dict(enumerate(rows_below(grid, read.header_row, width), read.header_row + 1))


def _write_cells(
    sheet: Worksheet,
    number: int,
    row: ReadRow,
    read: Preview,
    cells: list[Cell],
    *formats: Format,
) -> None:
    plain, doubtful = formats
    asked = {problem.field for problem in _asked(row)}
    for at, column in enumerate(read.columns, 1):
        cell, look = cells[column.position], doubtful if column.field in asked else plain
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            sheet.write_number(number, at, cell, look)
        else:
            sheet.write_string(number, at, text_of(cell), look)


def _asked(row: ReadRow) -> list[RowProblem]:
    return [problem for problem in row.problems if problem.severity is not Severity.NOTE]


def _what_to_do(row: ReadRow) -> str:
    return " ".join(f"{problem.title}. {CATALOGUE[problem.kind].hint}" for problem in _asked(row))
