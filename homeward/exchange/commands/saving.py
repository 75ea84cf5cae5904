"""Saving the rows that are ready: part by part, each in its own transaction, each row once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.commands import open_cases
from homeward.exchange.attaching import IN_PLACE, attach, targets_of
from homeward.exchange.keeping import open_row
from homeward.exchange.made_of_rows import case_of, person_of
from homeward.exchange.models import Import, ImportRow, PossibleDuplicate
from homeward.exchange.problems import NothingReady
from homeward.exchange.queries import import_for_edit
from homeward.exchange.queries.imports import UNDECIDED
from homeward.exchange.remembering import Remembered, keep_from_list
from homeward.exchange.rows import ReadRow
from homeward.exchange.rules import ANSWERABLE, SAVE_JOB, Answer, Decision, ImportState, RowState
from homeward.exchange.settling import open_questions, settled
from homeward.exchange.taking_back import take_back_rows
from homeward.exchange.work import send_to_work
from homeward.exchange.writing import update_rows
from homeward.people.commands import register_people

ROWS_AT_ONCE = 1_000
S = ImportState


@dataclass(frozen=True)
class SavedPart:
    """How many rows this part saved, and how many were found saved before."""

    id: UUID
    count: int
    before: int


@command(Action.IMPORT_SAVE)
def save_import(
    actor: Actor,
    *,
    import_id: UUID,
    questions_as_unknown: bool = False,
    undecided: Decision = Decision.LATER,
    in_background: bool = True,
) -> Import:
    """Begin to save what is ready; what nobody answered or decided waits, unless told otherwise."""
    given = import_for_edit(actor, import_id, *ANSWERABLE)
    if questions_as_unknown:
        _answer_all_as_unknown(given)
    if undecided is not Decision.LATER:
        open_pairs = PossibleDuplicate.objects.filter(row__import_of=given, decision__in=UNDECIDED)
        open_pairs.update(decision=undecided)
    given.work_all = _rows_to_save(given).count()
    if not given.work_all:
        raise NothingReady
    given.state, given.trouble, given.work_done, given.worked_at = S.SAVING, "", 0, now()
    _save(given)
    if in_background:
        send_to_work(given, SAVE_JOB)
    return given


@command(Action.IMPORT_SAVE)
def save_rows(actor: Actor, *, import_id: UUID) -> SavedPart:
    """Save the next rows; nothing is left to do when it counts none."""
    given = import_for_edit(actor, import_id, S.SAVING)
    _one_at_a_time(actor)
    waiting = _rows_to_save(given)
    own = list(_becoming_people(waiting)[:ROWS_AT_ONCE])
    rows = own or list(_becoming_known_people(waiting)[:ROWS_AT_ONCE])
    new, before = _not_saved_before(given, rows)
    told = {row.id: settled(open_row(row), row.answers) for row in new}
    if own:
        _make(actor, new, told)
    else:
        attach(actor, new, told, targets_of(actor, new))
    given.work_done += len(new) + before
    given.worked_at = now()
    given.save(update_fields=["work_done", "worked_at"])
    return SavedPart(given.id, len(new), before)


@command(Action.IMPORT_SAVE)
def finish_saving(actor: Actor, *, import_id: UUID) -> Import:
    """Say that saving is done; what the saved rows said is now with the people and cases alone."""
    given = import_for_edit(actor, import_id, S.SAVING)
    given.rows.filter(state=RowState.SAVED).update(told=None)
    given.state, given.saved_at = S.SAVED, now()
    _save(given)
    return given


@command(Action.IMPORT_SAVE)
def give_up_saving(actor: Actor, *, import_id: UUID, trouble: str) -> Import:
    """Take back what was saved so far, so that nothing is half saved, and go back to the preview."""
    given = import_for_edit(actor, import_id, S.SAVING)
    unfinished = given.rows.filter(state=RowState.SAVED).exclude(told=None)
    take_back_rows(actor, list(unfinished), again=RowState.READY)
    given.state, given.trouble = S.SAVED if given.saved_at else S.PREVIEWED, trouble
    _save(given)
    return given


def _save(given: Import) -> None:
    given.version += 1
    given.save()


def _answer_all_as_unknown(given: Import) -> None:
    rows = list(given.rows.filter(state=RowState.ASKED).only("id", "problems", "answers", "state"))
    for row in rows:
        row.answers |= dict.fromkeys(open_questions(row.problems, row.answers), Answer.UNKNOWN.value)
        row.state = RowState.READY
    update_rows(rows, ["answers", "state"])


def _rows_to_save(given: Import) -> QuerySet[ImportRow]:
    """Rows that are ready and wait neither for a decision nor for the row they were said to repeat."""
    pairs = PossibleDuplicate.objects.filter(row=OuterRef("pk"))
    same = pairs.filter(decision=Decision.SAME)
    moot = Q(earlier__state=RowState.LEFT_OUT)
    undecided = pairs.filter(decision__in=UNDECIDED).exclude(moot)
    repeats = same.filter(earlier__state__in=[RowState.ASKED, RowState.BLOCKED])
    ready = given.rows.filter(state=RowState.READY)
    return ready.filter(Exists(same) | ~Exists(undecided)).exclude(Exists(repeats)).order_by("number")


def _becoming_people(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    same = PossibleDuplicate.objects.filter(row=OuterRef("pk"), decision=Decision.SAME)
    return rows.exclude(Exists(same.exclude(earlier__state=RowState.LEFT_OUT)))


def _becoming_known_people(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """Rows whose person has a place by now; a row that repeats a waiting row waits with it."""
    same = PossibleDuplicate.objects.filter(IN_PLACE, row=OuterRef("pk"), decision=Decision.SAME)
    return rows.filter(Exists(same))


def _one_at_a_time(actor: Actor) -> None:
    """Two lists of one organisation are saved in turns: the second sees what the first has saved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {actor.organisation_id}"]
        )


def _not_saved_before(given: Import, rows: Sequence[ImportRow]) -> tuple[list[ImportRow], int]:
    saved = ImportRow.objects.filter(
        organisation_id=given.organisation_id,
        state=RowState.SAVED,
        fingerprint__in=[bytes(row.fingerprint) for row in rows],
    )
    known = {bytes(fingerprint) for fingerprint in saved.values_list("fingerprint", flat=True)}
    again = [row.id for row in rows if bytes(row.fingerprint) in known]
    given.rows.filter(id__in=again).update(state=RowState.SAVED_BEFORE, told=None)
    return [row for row in rows if bytes(row.fingerprint) not in known], len(again)


def _make(actor: Actor, rows: Sequence[ImportRow], told: dict[UUID, ReadRow]) -> None:
    today = localdate()
    people = [person_of(told[row.id]) for row in rows]
    made = register_people(actor, people=people)
    new = [case_of(told[row.id], person.id, today) for row, person in zip(rows, made, strict=True)]
    cases = open_cases(actor, cases=new, opened_on=today)
    kept = []
    for row, person, case, one, told_of in zip(rows, made, cases, new, people, strict=True):
        row.person_id, row.case_id, row.state = person.id, case.id, RowState.SAVED
        row.made_person = row.made_case = True
        row.belongings = len(told_of.documents) + len(told_of.contacts)
        kept.append(Remembered(row, told[row.id], person.id, case.id, one, ()))
    keep_from_list(actor, kept, today)
    columns = ["person_id", "case_id", "state", "made_person", "made_case", "belongings"]
    update_rows(rows, columns)
