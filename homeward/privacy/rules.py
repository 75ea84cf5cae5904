"""What people may ask about their data, by when they are answered, and how a breach is timed."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Alerted(StrEnum):
    """What was done so often that an officer looks why."""

    OPENINGS = "openings"  # of sealed fields
    QUESTIONS = "questions"  # to partners about possible duplicates


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


COPY_JOB = "copy_for_a_person"
COPY_DAYS = 7


class RecordClass(StrEnum):
    """Records that are kept for a time of their own."""

    TRAVELLED = "travelled"  # a case of somebody who left, once it is closed
    NEVER_TRAVELLED = "never_travelled"  # closed, withdrawn or rejected before anybody left
    NO_CASE = "no_case"  # a person registered without any case


class ExportState(StrEnum):
    """How far a copy is."""

    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    TAKEN_AWAY = "taken_away"


class ErasedBecause(StrEnum):
    """Why somebody was erased."""

    REQUEST = "request"
    RETENTION = "retention"


class NoticeKind(StrEnum):
    """What recipients are told."""

    CORRECTED = "corrected"
    RESTRICTED = "restricted"
    ERASED = "erased"


@dataclass(frozen=True)
class KeptFor:
    """One retention rule."""

    record_class: RecordClass
    country: str  # empty: any
    months: int


@dataclass(frozen=True)
class Record:
    """What retention looks at: of which class, of which country, and its last day; None while it is open."""

    record_class: RecordClass
    country: str
    ended_on: date | None


def erase_on(records: Sequence[Record], rules: Sequence[KeptFor]) -> date | None:
    """The day after which nothing keeps a person: when the last of their records is due; None: kept.

    The rule of a record's country goes before the rule of all countries; a record that no rule covers, or
    that is still open, keeps the person for good.
    """
    last: date | None = None
    for record in records:
        rule = rule_for(record, rules)
        if rule is None or record.ended_on is None:
            return None
        due = months_later(record.ended_on, rule.months)
        last = due if last is None else max(last, due)
    return last


def rule_for(record: Record, rules: Sequence[KeptFor]) -> KeptFor | None:
    """The rule a record goes by."""
    of_class = [rule for rule in rules if rule.record_class == record.record_class]
    own = [rule for rule in of_class if rule.country and rule.country == record.country]
    return next(iter(own or [rule for rule in of_class if not rule.country]), None)
