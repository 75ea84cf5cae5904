"""States of a referral, who may move it where, its clocks, and what is counted. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class ReferralState(StrEnum):
    """Where a referral stands, in the order it usually goes."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    STARTED = "started"
    COMPLETED = "completed"
    DECLINED = "declined"
    RECALLED = "recalled"
    EXPIRED = "expired"


class Reason(StrEnum):
    """Why a referral came to nothing."""

    CLIENT_REFUSED = "client_refused"
    NO_CAPACITY = "no_capacity"
    NOT_ELIGIBLE = "not_eligible"
    NO_LONGER_NEEDED = "no_longer_needed"
    CLIENT_UNREACHABLE = "client_unreachable"
    ORGANISATION_UNREACHABLE = "organisation_unreachable"
    CASE_CLOSED = "case_closed"
    OTHER = "other"


class ReferralOutcome(StrEnum):
    """What the service says came of it."""

    RECEIVED = "received"
    PARTLY_RECEIVED = "partly_received"
    STOPPED = "stopped"
    DID_NOT_COME = "did_not_come"
    SENT_ON = "sent_on"


class Urgency(StrEnum):
    """How soon the service is needed."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


class Channel(StrEnum):
    """How an answer reached Homeward."""

    HOMEWARD = "homeward"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    IN_PERSON = "in_person"
    PERSON_TOLD = "person_told"


class Confirmed(StrEnum):
    """What the returnee says happened."""

    AS_SAID = "as_said"
    PARTLY = "partly"
    NOT_AT_ALL = "not_at_all"
    CANNOT_SAY = "cannot_say"


S = ReferralState
_ENDED: frozenset[ReferralState] = frozenset()
MOVES: Mapping[ReferralState, frozenset[ReferralState]] = {
    S.DRAFT: frozenset({S.SENT, S.RECALLED}),
    S.SENT: frozenset({S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED, S.WAITLISTED, S.RECALLED, S.EXPIRED}),
    S.ACKNOWLEDGED: frozenset({S.ACCEPTED, S.DECLINED, S.WAITLISTED, S.RECALLED, S.EXPIRED}),
    S.WAITLISTED: frozenset({S.ACCEPTED, S.DECLINED, S.RECALLED, S.EXPIRED}),
    S.ACCEPTED: frozenset({S.STARTED, S.COMPLETED, S.RECALLED}),
    S.STARTED: frozenset({S.COMPLETED, S.RECALLED}),
    S.COMPLETED: _ENDED,
    S.DECLINED: _ENDED,
    S.RECALLED: _ENDED,
    S.EXPIRED: _ENDED,
}
ENDED = frozenset(state for state, following in MOVES.items() if not following)
OPEN = frozenset(ReferralState) - ENDED
WAITING = frozenset({S.SENT, S.ACKNOWLEDGED, S.WAITLISTED})  # for yes or no
UNDER_WAY = frozenset({S.ACCEPTED, S.STARTED})
HIDDEN_FROM_RECEIVER = frozenset({S.DRAFT, S.RECALLED})
SENDER_MOVES = frozenset({S.SENT, S.RECALLED, S.EXPIRED})
RECEIVER_MOVES = frozenset({S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED, S.WAITLISTED, S.STARTED, S.COMPLETED})

# Who sends a referral learns by asking that nobody can be reached; who receives it cannot say so.
DECLINE_REASONS = (
    Reason.NO_CAPACITY,
    Reason.NOT_ELIGIBLE,
    Reason.CLIENT_REFUSED,
    Reason.CLIENT_UNREACHABLE,
    Reason.NO_LONGER_NEEDED,
    Reason.OTHER,
)
RECALL_REASONS = (
    Reason.NO_LONGER_NEEDED,
    Reason.CLIENT_REFUSED,
    Reason.CLIENT_UNREACHABLE,
    Reason.ORGANISATION_UNREACHABLE,
    Reason.OTHER,
)

REPLY_DAYS = 5
# An urgent need does not wait as long as a service is usually given.
MOST_REPLY_DAYS: Mapping[Urgency, int] = {Urgency.ROUTINE: 90, Urgency.SOON: 3, Urgency.URGENT: 1}
WAITLIST_DAYS = 30
BEGIN_DAYS = 14
OUTCOME_DAYS = 90
GRACE = timedelta(days=5)  # after the promised day, before silence counts as an answer
REMIND_BEFORE = timedelta(days=1)
FEWEST_SHOWN = 5  # a smaller group could tell of one person


@dataclass(frozen=True)
class ServiceAsked:
    """The service as the directory tells of it on the day somebody is sent there."""

    service_id: UUID
    name: str
    provider_name: str = ""
    place: str = ""
    organisation_id: UUID | None = None
    reply_days: int = REPLY_DAYS


def reply_due(
    sent_at: datetime, reply_days: int, urgency: Urgency, counting: Callable[[date, int], date]
) -> datetime:
    """Until when the service should say yes or no: in working days, where nothing is urgent."""
    days = min(reply_days, MOST_REPLY_DAYS[urgency])
    if urgency == Urgency.ROUTINE:
        return sent_at + (counting(sent_at.date(), days) - sent_at.date())
    return sent_at + timedelta(days=days)


def next_due(state: ReferralState, moved_at: datetime, due_at: datetime | None) -> datetime | None:
    """Until when the next word is due after a move; reading a referral does not move its clock."""
    days = {S.WAITLISTED: WAITLIST_DAYS, S.ACCEPTED: BEGIN_DAYS, S.STARTED: OUTCOME_DAYS}
    if state in days:
        return moved_at + timedelta(days=days[state])
    return None if state in ENDED else due_at


def expires_at(due_at: datetime) -> datetime:
    """When silence about yes or no ends a referral, so that the person can be sent elsewhere."""
    return due_at + GRACE


def shown_count(count: int) -> int | None:
    """A count that may be shown, or None where it is so small that it could tell of one person."""
    return count if count == 0 or count >= FEWEST_SHOWN else None


PARTS = ("accepted", "declined", "waiting", "silent", "taken_back")


@dataclass(frozen=True)
class Figures:
    """How the referrals to one service or partner went; None is a part too small to be shown."""

    name: str
    sent: int
    accepted: int | None
    declined: int | None
    waiting: int | None
    silent: int | None
    taken_back: int | None
    answered: int
    median_reply: timedelta | None

    @property
    def parts(self) -> tuple[int | None, ...]:
        return tuple(getattr(self, part) for part in PARTS)


def shown_parts(parts: Sequence[int]) -> tuple[int | None, ...]:
    """The parts of a whole with the small ones hidden, and one more if a single one could be subtracted."""
    shown = [shown_count(part) for part in parts]
    if shown.count(None) == 1:
        others = [place for place, part in enumerate(shown) if part]
        if others:
            shown[min(others, key=lambda place: parts[place])] = None
    return tuple(shown)


def joined(name: str, rows: Sequence[Figures], median_reply: timedelta | None) -> Figures:
    """Several services as one partner: a part is shown only where it is shown of every one of them."""
    parts = []
    for each in zip(*(row.parts for row in rows), strict=True):
        known = [part for part in each if part is not None]
        parts.append(sum(known) if len(known) == len(each) else None)
    answered = sum(row.answered for row in rows)
    return Figures(
        name=name,
        sent=sum(row.sent for row in rows),
        **dict(zip(PARTS, parts, strict=True)),
        answered=answered,
        median_reply=median_reply,
    )
