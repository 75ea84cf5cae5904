"""Answering what is asked about rows: one by one, or all of a kind at once."""

from collections.abc import Collection
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.exchange.keeping import open_row
from homeward.exchange.models import Import, ImportRow, PossibleDuplicate
from homeward.exchange.problem_kinds import Severity
from homeward.exchange.problems import CannotBeAnswered, NoSuggestion
from homeward.exchange.queries import import_for_edit
from homeward.exchange.queries.rows import OPEN_STATES, rows_with
from homeward.exchange.rules import ANSWERABLE, Answer, Decision, RowState
from homeward.exchange.settling import key_of, severity_of, state_of, usable_suggestion
from homeward.exchange.writing import update_rows
from homeward.lib.problems import NotFound

ROWS_AT_ONCE = 1_000


@command(Action.IMPORT_PREPARE)
def answer_problems(
    actor: Actor, *, import_id: UUID, key: str, answer: Answer, row_ids: Collection[UUID] | None = None
) -> Import:
    """Answer one problem in these rows, or in every row that has it and was not answered yet."""
    given = import_for_edit(actor, import_id, *ANSWERABLE)
    _require_question(key)
    rows = list(_chosen(given, key, row_ids))
    if answer is Answer.SUGGESTION:
        rows = [row for row in rows if _has_suggestion(row, key)]
        if not rows:
            raise NoSuggestion
    for row in rows:
        row.answers[key] = answer.value
        row.state = state_of(row.problems, row.answers)
    update_rows(rows, ["answers", "state"])
    return given


@command(Action.IMPORT_PREPARE)
def leave_out(
    actor: Actor, *, import_id: UUID, key: str = "", row_ids: Collection[UUID] | None = None, out: bool = True
) -> Import:
    """Leave rows out of the import, or take them in again: these, or all with one problem."""
    given = import_for_edit(actor, import_id, *ANSWERABLE)
    if out:
        rows = list(_chosen(given, key, row_ids))
    else:
        rows = list(given.rows.filter(state=RowState.LEFT_OUT, id__in=row_ids or ()))
    for row in rows:
        row.state = RowState.LEFT_OUT if out else state_of(row.problems, row.answers)
    update_rows(rows, ["state"])
    return given


@command(Action.IMPORT_PREPARE)
def decide_duplicates(
    actor: Actor,
    *,
    import_id: UUID,
    decision: Decision,
    pair_id: UUID | None = None,
    at_least: float = 0.0,
) -> Import:
    """Say whether a row is somebody known; without a pair, of every undecided one of at least that score."""
    given = import_for_edit(actor, import_id, *ANSWERABLE)
    pairs = PossibleDuplicate.objects.filter(row__import_of=given)
    if pair_id is None:
        pairs.filter(decision__in=[Decision.OPEN, Decision.LATER], score__gte=at_least).update(
            decision=decision
        )
    elif not pairs.filter(id=pair_id).update(decision=decision):
        raise NotFound
    return given


def _require_question(key: str) -> None:
    try:
        severity = severity_of(key)
    except ValueError:
        raise CannotBeAnswered from None
    if severity is not Severity.QUESTION:
        raise CannotBeAnswered


def _chosen(given: Import, key: str, row_ids: Collection[UUID] | None) -> Collection[ImportRow]:
    """The rows named, or all with the problem; whoever names a row of another import finds none."""
    rows = rows_with(given, key) if key else given.rows.filter(state__in=OPEN_STATES)
    if row_ids is None:
        return rows.exclude(answers__has_key=key)
    found = list(rows.filter(id__in=row_ids))
    if len(found) != len(set(row_ids)):
        raise NotFound
    return found


def _has_suggestion(row: ImportRow, key: str) -> bool:
    return any(key_of(problem) == key and usable_suggestion(problem) for problem in open_row(row).problems)
