"""Answers as CSV: one row for each form that stands, one column for each question, written by the database.

PostgreSQL reads each answer once, writes the cells and streams the lines, so that fifty thousand forms need
no more memory here than one. A kind of missing stands by its name, several answers stand with spaces between,
what is asked in a repeat stands as JSON in one cell. Cells follow `homeward.lib.spreadsheets`.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from uuid import UUID

from django.db import connection
from psycopg import sql

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.lib.privacy_classes import PrivacyClass
from homeward.lib.spreadsheets import guarded
from homeward.surveys.forms.questions import Question
from homeward.surveys.rules import Kind

ABOUT = ("instance_id", "respondent", "received_at", "began_at", "ended_at", "state", "troubles")
NUMBERS = (Kind.WHOLE, Kind.DECIMAL)
LISTS = (Kind.SEVERAL, Kind.RANKED)
PIECE = 64 * 1024
LONGEST_NAME = 63  # bytes in the name of a column
CALCULATED = "=+-@\t\r\n'−＝＋－＠﹢﹣﹦﹫"  # noqa: RUF001 - signs that look like others

TEXT = "CASE WHEN {0} <> '' AND strpos({1}, left({0}, 1)) > 0 THEN '''' || {0} ELSE {0} END"
NUMBER = "CASE WHEN {0} ~ '^-?[0-9.]+([eE][-+]?[0-9]+)?$' THEN {0} ELSE {1} END"
LIST = "(CASE WHEN left({0}, 1) = '[' THEN translate({0}, '[]\",', '') ELSE {0} END)"
ANY = "CASE WHEN left({0}, 12) = '{{\"missing\": ' THEN rtrim(substr({0}, 14), '\"}}') ELSE {1} END"
ROWS = (
    "COPY (SELECT {0} FROM surveys_submission s {1} WHERE s.form_id = {2} AND s.superseded_by IS NULL "
    "AND s.erased_at IS NULL ORDER BY s.id) TO STDOUT (FORMAT csv)"
)


def lines_of(actor: Actor, form_id: UUID, questions: Sequence[Question]) -> Iterator[bytes]:
    """The whole file in pieces, in a transaction of its own that sees what the actor sees."""
    columns = [one for one in questions if _is_column(one)]
    yield _head(columns)
    with (
        acting_as(actor),
        connection.connection.cursor() as cursor,
        cursor.copy(rows_of(form_id, columns)) as copy,
    ):
        held = bytearray()
        for line in copy:
            held += line
            if len(held) >= PIECE:
                yield bytes(held)
                held.clear()
        yield bytes(held)


def rows_of(form_id: UUID, columns: Sequence[Question]) -> sql.Composed:
    """Every name and value is quoted by the driver; nothing of a form is ever read as SQL."""
    read = [sql.SQL("{} text").format(sql.Identifier(one.path)) for one in columns if _fits(one.path)]
    given: sql.Composable = sql.SQL("")
    if read:
        names = sql.SQL(", ").join(read)
        given = sql.SQL("CROSS JOIN LATERAL jsonb_to_record(s.answers) AS a({})").format(names)
    about = [
        _text(sql.SQL("s.instance_id")),
        *(sql.SQL("s.{}").format(sql.Identifier(name)) for name in ABOUT[1:-1]),
        sql.SQL("array_to_string(s.troubles, ' ')"),
    ]
    cells = sql.SQL(", ").join([*about, *map(_cell, columns)])
    return sql.SQL(ROWS).format(cells, given, sql.Literal(str(form_id)))


def _cell(question: Question) -> sql.Composed:
    place: sql.Composable = sql.SQL("(s.answers ->> {})").format(sql.Literal(question.path))
    if _fits(question.path):
        place = sql.SQL("a.{}").format(sql.Identifier(question.path))
    cell = _text(place)
    if question.kind in NUMBERS:
        cell = sql.SQL(NUMBER).format(place, cell)
    elif question.kind == Kind.PLACE:
        cell = sql.SQL(LIST).format(place)
    elif question.kind in LISTS:
        cell = _text(sql.SQL(LIST).format(place))
    return sql.SQL(ANY).format(place, cell)


def _text(place: sql.Composable) -> sql.Composed:
    return sql.SQL(TEXT).format(place, sql.Literal(CALCULATED))


def _head(columns: Sequence[Question]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow([*ABOUT, *(guarded(one.path) for one in columns)])
    return out.getvalue().encode()


def _is_column(question: Question) -> bool:
    """What is asked in a repeat stands under its repeat; what is sealed stays in what was sent."""
    is_asked = question.is_answered or question.kind == Kind.REPEAT
    return is_asked and not question.repeat and question.privacy < PrivacyClass.SEALED


def _fits(path: str) -> bool:
    return len(path.encode()) <= LONGEST_NAME
