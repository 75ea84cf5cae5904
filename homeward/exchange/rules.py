"""The states of an import, and how long it can be taken back."""

from datetime import datetime, timedelta
from enum import StrEnum

MOST_UNDONE_AFTER = timedelta(days=1)


class ImportState(StrEnum):
    READING = "reading"  # the file is being read in the background
    UNREADABLE = "unreadable"  # it could not be; the reason is kept with it
    PREVIEWED = "previewed"  # problems wait for answers; nothing is saved
    SAVING = "saving"
    SAVED = "saved"
    UNDONE = "undone"
    DISCARDED = "discarded"


S = ImportState
MOVES = {
    S.READING: frozenset({S.PREVIEWED, S.UNREADABLE, S.DISCARDED}),
    S.UNREADABLE: frozenset({S.READING, S.DISCARDED}),
    S.PREVIEWED: frozenset({S.READING, S.SAVING, S.DISCARDED}),
    S.SAVING: frozenset({S.SAVED, S.PREVIEWED}),  # back to the preview when saving failed as a whole
    S.SAVED: frozenset({S.UNDONE}),
    S.UNDONE: frozenset[ImportState](),
    S.DISCARDED: frozenset[ImportState](),
}


class RowState(StrEnum):
    """What became of one row."""

    READY = "ready"
    ASKED = "asked"  # a question is open; it can be saved without the value in question
    BLOCKED = "blocked"
    LEFT_OUT = "left_out"
    SAVED = "saved"
    SAVED_BEFORE = "saved_before"  # the same row was saved by an earlier import


def may_be_undone(saved_at: datetime, now: datetime) -> bool:
    """True within a day of saving."""
    return now - saved_at <= MOST_UNDONE_AFTER
