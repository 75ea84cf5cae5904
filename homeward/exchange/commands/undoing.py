"""Undoing an import within a day, and forgetting files nobody needs any more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.exchange.models import Import, ImportRow
from homeward.exchange.problems import UndoneTooLate
from homeward.exchange.queries import import_for_edit
from homeward.exchange.rules import MOST_UNDONE_AFTER, UNSAVED_STAY, ImportState, RowState, may_be_undone
from homeward.exchange.taking_back import take_back_rows
from homeward.files.commands import remove_file

S = ImportState


@dataclass(frozen=True)
class Forgotten:
    """How many lists lost their file or their unsaved rows."""

    count: int


@command(Action.IMPORT_UNDO)
def undo_import(actor: Actor, *, import_id: UUID) -> Import:
    """Take back everything the import made; what somebody has worked on since stays and says why."""
    given = import_for_edit(actor, import_id, S.SAVED)
    if given.saved_at is None or not may_be_undone(given.saved_at, now()):
        raise UndoneTooLate
    take_back_rows(actor, list(given.rows.filter(state=RowState.SAVED)), again=RowState.TAKEN_BACK)
    given.state, given.undone_at = S.UNDONE, now()
    _forget(actor, given)
    return given


@command(Action.IMPORT_UNDO)
def forget_files(actor: Actor, *, at: datetime) -> Forgotten:
    """Remove the files of lists that can no longer be undone, and lists that nobody finished for a month."""
    own = Import.objects.filter(organisation_id=actor.organisation_id)
    over = own.filter(state=S.SAVED, saved_at__lt=at - MOST_UNDONE_AFTER).exclude(file=None)
    stale = own.filter(state__in=[S.PREVIEWED, S.UNREADABLE], made_at__lt=at - UNSAVED_STAY)
    left = ImportRow.objects.filter(
        import_of__in=own.filter(state=S.SAVED, saved_at__lt=at - UNSAVED_STAY)
    ).exclude(told=None)
    left.update(told=None, state=RowState.LEFT_OUT)
    given = [*over, *stale]
    for one in given:
        if one.state != S.SAVED:
            one.state = S.DISCARDED
            one.rows.all().delete()
        _remove_file(actor, one)
    return Forgotten(len(given))


def _forget(actor: Actor, given: Import) -> None:
    given.rows.exclude(told=None).update(told=None)
    _remove_file(actor, given)


def _remove_file(actor: Actor, given: Import) -> None:
    file_id, given.file, given.layout = given.file_id, None, None
    given.version += 1
    given.save()
    if file_id:
        remove_file(actor, file_id=file_id)
