"""Changing many rows of one table in one statement, where saying it row by row would take half the time."""

from collections.abc import Sequence

from django.db import connection

from homeward.exchange.models import ImportRow

TYPES = {
    "state": "text",
    "answers": "jsonb",
    "person_id": "uuid",
    "case_id": "uuid",
    "attached": "bool",
    "made_person": "bool",
    "made_case": "bool",
    "belongings": "smallint",
    "before": "bytea",
    "kept_back": "text",
}


def update_rows(rows: Sequence[ImportRow], columns: Sequence[str]) -> None:
    """Write these columns of the rows."""
    if not rows:
        return
    given = ", ".join(f"%s::{TYPES[column]}[]" for column in columns)
    settings = ", ".join(f'"{column}" = given."{column}"' for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    statement = (
        f"UPDATE exchange_importrow kept SET {settings} "  # noqa: S608 - our own names
        f"FROM unnest(%s::uuid[], {given}) AS given(id, {named}) WHERE kept.id = given.id"
    )
    values = [[_plain(row, column) for row in rows] for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, [[row.id for row in rows], *values])


def _plain(row: ImportRow, column: str) -> object:
    value = getattr(row, column)
    if column == "answers":
        return connection.ops.adapt_json_value(value, None)
    if column == "before" and value is not None:
        return bytes(value)
    return str(value) if column in ("state", "kept_back") else value
