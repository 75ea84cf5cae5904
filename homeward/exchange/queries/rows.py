"""The rows of an import that need somebody, by what is wrong with them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from homeward.access.actor import Actor
from homeward.exchange.columns.fields import Field
from homeward.exchange.keeping import open_row
from homeward.exchange.models import Import, ImportRow
from homeward.exchange.problem_kinds import CATALOGUE, Kind, Severity, title_of
from homeward.exchange.rows import ReadRow, RowProblem
from homeward.exchange.rules import RowState
from homeward.exchange.settling import key_of, kind_and_field, usable_suggestion

GROUPS = """
SELECT key, count(*), count(*) FILTER (WHERE answers ? key)
FROM exchange_importrow CROSS JOIN LATERAL unnest(problems) AS key
WHERE import_of_id = %s AND state = ANY(%s) GROUP BY key
"""
OPEN_STATES = (RowState.READY, RowState.ASKED, RowState.BLOCKED)


@dataclass(frozen=True)
class Problems:
    """One kind of problem in one field: how many rows have it, and how many were answered."""

    key: str
    kind: Kind
    field: Field | None
    count: int
    answered: int

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.kind].severity

    @property
    def title(self) -> str:
        return title_of(self.kind, self.field)

    @property
    def hint(self) -> str:
        return str(CATALOGUE[self.kind].hint)

    @property
    def open_count(self) -> int:
        return self.count - self.answered


@dataclass(frozen=True)
class AskedRow:
    """A row beside what was found in it, and what may have been meant."""

    kept: ImportRow
    row: ReadRow
    found: str
    suggestion: str
    answer: str


def problem_groups(actor: Actor, given: Import) -> list[Problems]:
    """Problems of rows not yet saved: errors, questions, notes; most rows first."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, [given.id, [str(state) for state in OPEN_STATES]])
        found = [_problems(*row) for row in cursor.fetchall()]
    grave = list(Severity)
    return sorted(found, key=lambda one: (grave.index(one.severity), -one.count, one.key))


def rows_of_kind(actor: Actor, given: Import, key: str, *, start: int = 0, most: int = 10) -> list[AskedRow]:
    """Rows with this problem, in the order of the sheet, what is not answered first."""
    with_it = rows_with(given, key)
    rows = list(with_it.exclude(answers__has_key=key)[start : start + most])
    if len(rows) < most and not start:
        rows += list(with_it.filter(answers__has_key=key)[: most - len(rows)])
    return [_asked(kept, key) for kept in rows]


def rows_with(given: Import, key: str) -> QuerySet[ImportRow]:
    """Rows not yet saved that have this problem."""
    return given.rows.filter(state__in=OPEN_STATES, problems__contains=[key]).order_by("number")


def words_of_kind(actor: Actor, given: Import, key: str) -> list[tuple[str, int]]:
    """The words that could not be read, each with how many rows have it, commonest first."""
    told = Counter(_problem(open_row(kept), key).found for kept in rows_with(given, key))
    return told.most_common()


def rows_of_state(actor: Actor, given: Import, states: Iterable[RowState], most: int) -> list[ImportRow]:
    """Rows in these states, in the order of the sheet."""
    return list(given.rows.filter(state__in=list(states)).order_by("number")[:most])


def _problems(key: str, count: int, answered: int) -> Problems:
    kind, field = kind_and_field(key)
    return Problems(key, kind, field, count, answered)


def _asked(kept: ImportRow, key: str) -> AskedRow:
    row = open_row(kept)
    problem = _problem(row, key)
    answers: dict[str, Any] = kept.answers
    return AskedRow(kept, row, problem.found, usable_suggestion(problem), answers.get(key, ""))


def _problem(row: ReadRow, key: str) -> RowProblem:
    return next(problem for problem in row.problems if key_of(problem) == key)
