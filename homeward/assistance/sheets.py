"""The ledger as a file for a finance department: CSV or XLSX; no text is ever taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import IO

import xlsxwriter

from homeward.assistance.queries.exporting import HEADINGS, Cell
from homeward.lib.spreadsheets import guarded

WIDTH = 14
Row = Sequence[Cell]


def write_csv(file: IO[bytes], rows: Iterable[Row], headings: Sequence[str] = HEADINGS) -> None:
    """Comma-separated, UTF-8 with its mark; amounts exact, days as 2026-03-02."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], rows: Iterable[Row], headings: Sequence[str] = HEADINGS) -> None:
    """One sheet; text is text, amounts are numbers, days are days."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet("Ledger")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, WIDTH)
    for column, words in enumerate(headings):
        sheet.write_string(0, column, words, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int | Decimal):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, guarded(cell))
    book.close()


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
