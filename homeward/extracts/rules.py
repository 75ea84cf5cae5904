"""What an extract can be, and for how long it is kept: pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

SHORTEST_REASON = 10  # letters: less than that says nothing to who reads the trail
KEPT_MONTHS = 24
MOST_PARTS = 32  # a pseudonym's first sign tells its part
CASES_IN_A_PART = 60_000


class ExtractState(StrEnum):
    """How far an extract is."""

    UNCONFIRMED = "unconfirmed"  # it can be joined with another: a second person has to agree
    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Failure(StrEnum):
    """Why an extract was not made; what went wrong in detail is in the log of who made it."""

    NO_LOGIN = "no_login"
    DATABASE = "database"
    DISK = "disk"
    OTHER = "other"


S = ExtractState
MOVES: Mapping[ExtractState, frozenset[ExtractState]] = {
    S.UNCONFIRMED: frozenset({S.ASKED, S.DECLINED, S.WITHDRAWN}),
    S.ASKED: frozenset({S.MAKING, S.WITHDRAWN}),
    # Making is begun anew when a crash ended it.
    S.MAKING: frozenset({S.MAKING, S.READY, S.FAILED, S.WITHDRAWN}),
    S.READY: frozenset({S.WITHDRAWN, S.EXPIRED}),
    S.FAILED: frozenset({S.ASKED, S.WITHDRAWN}),
    S.DECLINED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.EXPIRED: frozenset(),
}
UNDER_WAY = frozenset({S.UNCONFIRMED, S.ASKED, S.MAKING})


def may_move(before: ExtractState, after: ExtractState) -> bool:
    """Whether an extract may go from one state to the other."""
    return after in MOVES[before]


def parts_for(cases: int) -> int:
    """Into how many files a frame is divided: a power of two, so that a pseudonym's first bits tell which."""
    parts = 1
    while parts < MOST_PARTS and cases > parts * CASES_IN_A_PART:
        parts *= 2
    return parts


def kept_until(day: date, months: int = KEPT_MONTHS) -> date:
    """The last day on which an extract is kept; where its month has no such day, the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
