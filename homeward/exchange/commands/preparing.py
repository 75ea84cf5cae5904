"""Uploading a list, saying how it is to be read, and keeping what was read."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.keeping import open_choices, row_fingerprint, seal_choices, seal_layout, seal_row
from homeward.exchange.models import Import, ImportRow, PossibleDuplicate, RememberedLayout
from homeward.exchange.preview import Preview
from homeward.exchange.queries import import_for_edit
from homeward.exchange.rows import ReadRow
from homeward.exchange.rules import READ_JOB, Decision, ImportState, RowState
from homeward.exchange.settling import key_of, state_of
from homeward.exchange.work import send_to_work
from homeward.files.commands import remove_file, store_file
from homeward.files.rules import clean_name
from homeward.lib.bulk_insert import bulk_insert
from homeward.lib.problems import Invalid
from homeward.organisations.queries import actor_for, colleagues
from homeward.people.matching import Pair, Reason
from homeward.people.queries import LikelyMatch
from homeward.privacy.sealing import keyed_fingerprint

ROWS_AT_ONCE = 2_000
S = ImportState
Known = Mapping[int, Sequence[LikelyMatch]]


@command(Action.IMPORT_PREPARE)
def prepare_import(
    actor: Actor,
    *,
    name: str,
    content: bytes,
    sender: str = "",
    choices: ReadingChoices | None = None,
    membership_id: UUID | None = None,
    in_background: bool = True,
) -> Import:
    """Take a list in, encrypted, and have it read; nothing of it is saved yet.

    The actor answers for it, or the colleague named: a program has to name one.
    """
    member = _answerable(actor, membership_id) if membership_id else actor
    file = store_file(actor, name=name, content=content)
    given = Import(
        organisation_id=actor.organisation_id,
        name=clean_name(name),
        sender=sender.strip(),
        file_id=file.id,
        digest=keyed_fingerprint("imports", content),
        made_by_id=member.user_id,
        made_by_membership_id=member.membership_id,
        made_by_name=member.name,
        worked_at=now(),
    )
    given.choices = seal_choices(given, choices or ReadingChoices())
    given.columns_confirmed = choices is not None
    given.save(force_insert=True)
    if in_background:
        send_to_work(given, READ_JOB)
    return given


@command(Action.IMPORT_PREPARE)
def set_choices(actor: Actor, *, import_id: UUID, choices: ReadingChoices) -> Import:
    """Say how the list is to be read; it is remembered for this layout, and read again where it changed."""
    given = import_for_edit(actor, import_id, S.PREVIEWED, S.UNREADABLE)
    before = open_choices(given)
    changed = choices != before
    # Other names of columns are to be looked at first.
    given.columns_confirmed = (choices.sheet, choices.header_row) == (before.sheet, before.header_row)
    if given.layout_key:
        _remember(given, choices)
    if changed or given.state == S.UNREADABLE:
        given.choices, given.state, given.trouble = seal_choices(given, choices), S.READING, ""
        given.work_done, given.work_all, given.worked_at = 0, 0, now()
        send_to_work(given, READ_JOB)
    _save(given)
    return given


@command(Action.IMPORT_PREPARE)
def keep_reading(
    actor: Actor,
    *,
    import_id: UUID,
    choices: ReadingChoices,
    layout_key: str,
    read: Preview,
    pairs: Sequence[Pair],
    known: Known,
    saved: frozenset[bytes],
    is_known_layout: bool = False,
) -> Import:
    """Keep what was read: rows sealed, problems, possible duplicates; answers given before stay given."""
    given = import_for_edit(actor, import_id, S.READING)
    before = _answers_before(given)
    given.rows.all().delete()
    rows = _rows(given, read, saved, before)
    bulk_insert(ImportRow, rows)
    duplicates = [*_beside_rows(given, rows, pairs), *_beside_people(given, rows, known)]
    bulk_insert(PossibleDuplicate, duplicates)
    given.layout, given.layout_key = seal_layout(given, read), layout_key
    given.choices, given.state = seal_choices(given, choices), S.PREVIEWED
    given.columns_confirmed |= is_known_layout
    _save(given)
    return given


@command(Action.IMPORT_PREPARE)
def mark_unreadable(actor: Actor, *, import_id: UUID, trouble: str) -> Import:
    """Say why the list cannot be read; other choices may help."""
    given = import_for_edit(actor, import_id, S.READING)
    given.state, given.trouble = S.UNREADABLE, trouble
    _save(given)
    return given


@command(Action.IMPORT_PREPARE)
def discard_import(actor: Actor, *, import_id: UUID) -> Import:
    """Throw a list away that was not saved; its file and its rows are gone."""
    given = import_for_edit(actor, import_id, S.READING, S.PREVIEWED, S.UNREADABLE)
    given.rows.all().delete()
    file_id, given.file = given.file_id, None
    given.layout, given.state = None, S.DISCARDED
    _save(given)
    if file_id:
        remove_file(actor, file_id=file_id)
    return given


def _answerable(actor: Actor, membership_id: UUID) -> Actor:
    """The colleague as whom the list is read and saved in the background."""
    named = colleagues(actor).filter(id=membership_id).first()
    if named is None or not actor_for(named).may(Action.IMPORT_SAVE):
        raise Invalid(fields={"membership_id": _("Choose a colleague who brings in lists.")})
    return actor_for(named)


def _save(given: Import) -> None:
    given.version += 1
    given.save()


def _remember(given: Import, choices: ReadingChoices) -> None:
    memory, _made = RememberedLayout.objects.get_or_create(
        organisation_id=given.organisation_id,
        sender=given.sender.casefold(),
        layout_key=given.layout_key,
        defaults={"choices": b""},
    )
    memory.choices = seal_choices(memory, choices)
    memory.save()


def _answers_before(given: Import) -> dict[bytes, tuple[dict[str, str], bool]]:
    """Answers by fingerprint, and whether the row was left out, from the reading before."""
    rows = given.rows.only("fingerprint", "answers", "state").iterator(chunk_size=ROWS_AT_ONCE)
    return {bytes(row.fingerprint): (row.answers, row.state == RowState.LEFT_OUT) for row in rows}


def _rows(
    given: Import,
    read: Preview,
    saved: frozenset[bytes],
    before: Mapping[bytes, tuple[dict[str, str], bool]],
) -> list[ImportRow]:
    made, seen = [], set(saved)
    for row in read.rows:
        fingerprint = row_fingerprint(given.organisation_id, row)
        kept = _row(given, row, fingerprint, before.get(fingerprint, ({}, False)))
        if fingerprint in seen:
            kept.state, kept.told = RowState.SAVED_BEFORE, None
        seen.add(fingerprint)
        made.append(kept)
    return made


def _row(given: Import, row: ReadRow, fingerprint: bytes, before: tuple[dict[str, str], bool]) -> ImportRow:
    problems = list(dict.fromkeys(key_of(problem) for problem in row.problems))
    answers = {key: answer for key, answer in before[0].items() if key in problems}
    kept = ImportRow(
        organisation_id=given.organisation_id,
        import_of=given,
        number=row.index,
        sheet_row=row.sheet_row,
        fingerprint=fingerprint,
        problems=problems,
        answers=answers,
        state=RowState.LEFT_OUT if before[1] else state_of(problems, answers),
    )
    kept.told = seal_row(kept, row)
    return kept


def _beside_rows(given: Import, rows: Sequence[ImportRow], pairs: Sequence[Pair]) -> list[PossibleDuplicate]:
    return [
        PossibleDuplicate(
            organisation_id=given.organisation_id,
            row=rows[pair.j],
            earlier=rows[pair.i],
            score=pair.score,
            reasons=_as_json(pair.reasons),
        )
        for pair in pairs
        if RowState.SAVED_BEFORE not in (rows[pair.i].state, rows[pair.j].state)
    ]


def _beside_people(given: Import, rows: Sequence[ImportRow], known: Known) -> list[PossibleDuplicate]:
    return [
        PossibleDuplicate(
            organisation_id=given.organisation_id,
            row=rows[index],
            person_id=match.person.id,
            score=match.score,
            reasons=_as_json(match.reasons),
            decision=Decision.OPEN,
        )
        for index, matches in known.items()
        for match in matches
        if rows[index].state != RowState.SAVED_BEFORE
    ]


def _as_json(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """Fields and levels alone: never a value."""
    return [
        {"field": reason.field.value, "level": reason.level, "weight": round(reason.weight, 2)}
        for reason in reasons
    ]
