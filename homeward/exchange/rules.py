"""The states of an import, and how long it can be taken back."""

from datetime import datetime, timedelta
from enum import StrEnum

MOST_UNDONE_AFTER = timedelta(days=1)
UNSAVED_STAY = timedelta(days=30)  # lists and rows that nobody finishes are forgotten
READ_JOB, SAVE_JOB = "read_list", "save_list"


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
    S.SAVED: frozenset({S.SAVING, S.UNDONE}),  # rows that waited may follow later
    S.UNDONE: frozenset[ImportState](),
    S.DISCARDED: frozenset[ImportState](),
}


ANSWERABLE = (S.PREVIEWED, S.SAVED)


class RowState(StrEnum):
    """What became of one row."""

    READY = "ready"
    ASKED = "asked"  # a question is open; it can be saved without the value in question
    BLOCKED = "blocked"
    LEFT_OUT = "left_out"
    SAVED = "saved"
    SAVED_BEFORE = "saved_before"  # the same row was saved by an earlier import
    TAKEN_BACK = "taken_back"


class Answer(StrEnum):
    """What is done about a problem of a row."""

    UNKNOWN = "unknown"  # the value is left out; what stood there is kept as it was written
    SUGGESTION = "suggestion"


class Decision(StrEnum):
    """Whether two descriptions are of one person."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"


class HeldReason(StrEnum):
    """Why somebody opens what a list said of a person's vulnerability."""

    NEEDS = "needs"  # to ask what the person needs
    SAFETY = "safety"  # before a journey or a meeting
    CHECK = "check"  # comparing with the list
    OTHER = "other"


def may_be_undone(saved_at: datetime, now: datetime) -> bool:
    """True within a day of saving."""
    return now - saved_at <= MOST_UNDONE_AFTER
