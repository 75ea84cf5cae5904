"""What people may ask about their data, by when they are answered, and how a breach is timed."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum


class RequestKind(StrEnum):
    """What a person may ask for."""

    ACCESS = "access"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    OBJECTION = "objection"


class RequestState(StrEnum):
    """How far a request is: received, known to come from the person, answered or refused with reasons."""

    RECEIVED = "received"
    IDENTIFIED = "identified"
    ANSWERED = "answered"
    REFUSED = "refused"


class RequestStepKind(StrEnum):
    """What was done about a request."""

    RECEIVED = "received"
    IDENTIFIED = "identified"
    EXTENDED = "extended"
    EXPORTED = "exported"
    HANDED_OVER = "handed_over"
    CORRECTED = "corrected"
    RECIPIENTS_TOLD = "recipients_told"
    RESTRICTED = "restricted"
    ERASED = "erased"
    NOTED = "noted"
    ANSWERED = "answered"
    REFUSED = "refused"


class AskedBy(StrEnum):
    """Who brought the request."""

    PERSON = "person"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


class BreachStepKind(StrEnum):
    """What was done about a breach."""

    FOUND = "found"
    CONTAINED = "contained"
    LISTED = "listed"
    AUTHORITY_TOLD = "authority_told"
    PEOPLE_TOLD = "people_told"
    NOT_TO_TELL = "not_to_tell"
    CLOSED = "closed"


class BreachRisk(StrEnum):
    """How likely the breach harms people."""

    UNLIKELY = "unlikely"
    LIKELY = "likely"
    HIGH = "high"


REQUEST_MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.RECEIVED: frozenset({RequestState.IDENTIFIED, RequestState.REFUSED}),
    RequestState.IDENTIFIED: frozenset({RequestState.ANSWERED, RequestState.REFUSED}),
    RequestState.ANSWERED: frozenset(),
    RequestState.REFUSED: frozenset(),
}
ENDED = frozenset({RequestState.ANSWERED, RequestState.REFUSED})
ANSWER_MONTHS, EXTENSION_MONTHS = 1, 2
SHORTEST_REASON = 10


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answer_due_on(received_on: date, *, is_extended: bool = False) -> date:
    """One month after it came in; two more once the person was told why it takes longer."""
    return months_later(received_on, ANSWER_MONTHS + is_extended * EXTENSION_MONTHS)


def authority_due_at(found_at: datetime, hours: int) -> datetime:
    """By when the supervisory authority has to know of a breach."""
    return found_at + timedelta(hours=hours)
