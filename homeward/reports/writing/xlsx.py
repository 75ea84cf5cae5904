"""A workbook: the text, a sheet for each table with its numbers as numbers, and where each comes from.

Nothing in it is a formula: what begins like one is text, and stays text when somebody edits the cell.
"""

from dataclasses import astuple, fields
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext, override

from homeward.reports.documents import Block, BlockKind, Cell, Document, Trace

INERT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LIKE_A_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001
WIDTH = 24


def xlsx_of(document: Document, made_at: datetime) -> bytes:
    """The document as a workbook."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, INERT)
    created = made_at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": document.title, "author": document.organisation, "created": created})
    sheets = Sheets(book, is_turned=document.is_right_to_left)
    tables = [one for one in document.blocks if one.kind is BlockKind.TABLE]
    with override(document.language):
        sheets.add(gettext("Report"), [(one,) for one in _lines(document)], width=110)
        for number, table in enumerate(tables, 1):
            sheets.add(f"{gettext('Table')} {number}", _rows(table), bold=2)
    names = tuple(one.name for one in fields(Trace))
    sheets.add("Trace", [names, *(astuple(one) for one in document.traces)], bold=0)
    book.close()
    return out.getvalue()


class Sheets:
    """Sheets of one workbook, written cell by cell."""

    def __init__(self, book: Any, *, is_turned: bool) -> None:
        self.book, self.is_turned = book, is_turned
        self.bold = book.add_format({"bold": True})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})

    def add(
        self, name: str, rows: list[tuple[object, ...]], *, width: int = WIDTH, bold: int | None = None
    ) -> None:
        """One sheet; the row numbered `bold` is the heads of its columns."""
        sheet = self.book.add_worksheet(name)
        if self.is_turned:
            sheet.right_to_left()
        sheet.set_column(0, max(map(len, rows), default=1), width)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                self._put(sheet, place, column, value, is_head=place == bold)

    def _put(self, sheet: Any, place: int, column: int, value: object, *, is_head: bool) -> None:
        if isinstance(value, Cell) and value.value is not None:
            sheet.write_number(place, column, value.value)
            return
        if isinstance(value, int):
            sheet.write_number(place, column, value)
            return
        text = value.text if isinstance(value, Cell) else str(value)
        shown = self.quoted if text.startswith(LIKE_A_FORMULA) else self.bold if is_head else self.text
        sheet.write_string(place, column, text.replace("\0", ""), shown)


def _lines(document: Document) -> list[str]:
    lines = [document.title, *document.heading]
    for block in document.blocks:
        lines += [_marked(block)] if block.text else []
        lines += block.items
        if block.kind is BlockKind.FACTS:
            lines += [f"{name.text}: {told.text}" for name, told in block.rows]
        lines += [block.alt] if block.alt else []
    return lines


def _rows(table: Block) -> list[tuple[object, ...]]:
    return [(_marked(table),), (), table.head, *table.rows]


def _marked(block: Block) -> str:
    return " ".join([block.text, *(f"[{one}]" for one in block.traces)])
