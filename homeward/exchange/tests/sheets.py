"""Small files made for tests."""

import io
from datetime import date

from openpyxl import Workbook

from homeward.exchange.preview import preview

TODAY = date(2026, 11, 22)


def xlsx(*sheets, merged=()):
    """A workbook of (name, rows); `merged` ranges are on the first sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for block in merged:
        book.worksheets[0].merge_cells(block)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def csv_bytes(rows, separator=",", encoding="utf-8"):
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def read(content, name="list.xlsx", **more):
    return preview(content, name, today=TODAY, **more)


def fields(read_file):
    return {column.header: column.field.value for column in read_file.columns}


def kinds(read_file):
    """{(kind, field): row indices} of every problem."""
    return {
        (group.kind.value, group.field and group.field.value): [row.index for row in group.rows]
        for group in read_file.groups
    }
