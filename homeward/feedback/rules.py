"""How long a link, a visit and an answer may take, and what a complaint can be about."""

from datetime import datetime, timedelta
from enum import StrEnum

LINK_STANDS = timedelta(days=14)  # to be opened in
VISIT_LASTS = timedelta(hours=8)  # at most, once opened
IDLE_LASTS = timedelta(minutes=30)  # without a click; phones are lent and shared
WRONG_CODES = 5  # then the link is worth nothing any more
CODE_DIGITS = 6

QUESTION_DAYS = 3  # working days
COMPLAINT_DAYS = 14
LONGEST_WORDS = 4000


class Subject(StrEnum):
    """What somebody complains of."""

    TREATMENT = "treatment"
    WAITING = "waiting"
    ASSISTANCE = "assistance"
    MONEY = "money"
    MY_DATA = "my_data"
    DECISION = "decision"
    SAFETY = "safety"
    OTHER = "other"


class LinkState(StrEnum):
    """How a link stands."""

    WAITING = "waiting"
    USED = "used"
    ENDED = "ended"
    EXPIRED = "expired"
    GUESSED = "guessed"


def link_state(
    *, expires_at: datetime, used_at: datetime | None, ended_at: datetime | None, attempts: int, now: datetime
) -> LinkState:
    """The state that follows from what happened to a link."""
    if ended_at is not None:
        return LinkState.ENDED
    if used_at is not None:
        return LinkState.USED
    if attempts >= WRONG_CODES:
        return LinkState.GUESSED
    return LinkState.EXPIRED if now >= expires_at else LinkState.WAITING


def is_visiting(*, used_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """True while the visit that a link opened still lasts."""
    return used_at is not None and ended_at is None and now < used_at + VISIT_LASTS
