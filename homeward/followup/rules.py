"""States of visits, what came of attempts and how others code it, when contact may be lost. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeward.cases.journey_rules import ContactOutcome


class VisitState(StrEnum):
    DUE = "due"
    DONE = "done"
    MISSED = "missed"
    NOT_NEEDED = "not_needed"


# What was missed can still come: from a telephone that was without network for weeks.
VISIT_MOVES: Mapping[VisitState, frozenset[VisitState]] = {
    VisitState.DUE: frozenset({VisitState.DONE, VisitState.MISSED, VisitState.NOT_NEEDED}),
    VisitState.MISSED: frozenset({VisitState.DONE, VisitState.NOT_NEEDED}),
    VisitState.NOT_NEEDED: frozenset({VisitState.DONE, VisitState.DUE}),
    VisitState.DONE: frozenset(),
}


class Why(StrEnum):
    """Who wants a visit: the programme, the least for such a person, or somebody who asked for it."""

    PROGRAMME = "programme"
    PROFILE = "profile"
    ASKED = "asked"


class NotNeeded(StrEnum):
    SCHEDULE = "schedule"  # what it followed from is no longer so; it comes back by itself
    DIED = "died"
    WANTS_NONE = "wants_none"
    KNOWN_OTHERWISE = "known_otherwise"
    TOO_DANGEROUS = "too_dangerous"
    OTHER = "other"


class VisitOutcome(StrEnum):
    """What came of one attempt."""

    COMPLETED = "completed"
    PARTLY = "partly"
    LATER = "later"
    REFUSED = "refused"
    BROKE_OFF = "broke_off"
    NOT_THERE = "not_there"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"
    MOVED_AWAY = "moved_away"
    LEFT_COUNTRY = "left_country"
    NOT_REACHABLE = "not_reachable"
    NO_LANGUAGE = "no_language"
    NOT_ABLE = "not_able"
    DIED = "died"
    OTHER = "other"


class Disposition(StrEnum):
    """The class of an outcome in which response rates are counted."""

    INTERVIEW = "interview"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    NON_CONTACT = "non_contact"
    OTHER = "other"


# Our words and the codes of AAPOR's Standard Definitions for samples of named people, as we read them: not
# verified by AAPOR. An attempt that is not the last one stands for no final code.
AAPOR: Mapping[VisitOutcome, tuple[str, Disposition]] = {
    VisitOutcome.COMPLETED: ("1.1", Disposition.INTERVIEW),
    VisitOutcome.PARTLY: ("1.2", Disposition.PARTIAL),
    VisitOutcome.REFUSED: ("2.11", Disposition.REFUSAL),
    VisitOutcome.BROKE_OFF: ("2.12", Disposition.REFUSAL),
    VisitOutcome.NO_ANSWER: ("2.20", Disposition.NON_CONTACT),
    VisitOutcome.WRONG_NUMBER: ("2.20", Disposition.NON_CONTACT),
    VisitOutcome.LATER: ("2.21", Disposition.NON_CONTACT),
    VisitOutcome.LEFT_MESSAGE: ("2.22", Disposition.NON_CONTACT),
    VisitOutcome.NOT_REACHABLE: ("2.23", Disposition.NON_CONTACT),
    VisitOutcome.NOT_THERE: ("2.24", Disposition.NON_CONTACT),
    VisitOutcome.MOVED_AWAY: ("2.25", Disposition.NON_CONTACT),
    VisitOutcome.LEFT_COUNTRY: ("2.25", Disposition.NON_CONTACT),
    VisitOutcome.DIED: ("2.31", Disposition.OTHER),
    VisitOutcome.NOT_ABLE: ("2.32", Disposition.OTHER),
    VisitOutcome.NO_LANGUAGE: ("2.33", Disposition.OTHER),
    VisitOutcome.OTHER: ("2.36", Disposition.OTHER),
}

ASKED_FOR = "asked_for"  # the round of a visit that somebody asked for; there may be several

# The person themselves was spoken with, whatever they said.
MET = frozenset(
    {
        VisitOutcome.COMPLETED,
        VisitOutcome.PARTLY,
        VisitOutcome.LATER,
        VisitOutcome.REFUSED,
        VisitOutcome.BROKE_OFF,
        VisitOutcome.NO_LANGUAGE,
        VisitOutcome.NOT_ABLE,
    }
)


TOLD_AS: Mapping[VisitOutcome, ContactOutcome] = {
    **dict.fromkeys(VisitOutcome, ContactOutcome.NO_ANSWER),
    **dict.fromkeys(MET, ContactOutcome.REACHED),
    VisitOutcome.REFUSED: ContactOutcome.DID_NOT_WANT,
    VisitOutcome.LEFT_MESSAGE: ContactOutcome.LEFT_MESSAGE,
    VisitOutcome.WRONG_NUMBER: ContactOutcome.WRONG_NUMBER,
}


class BusinessState(StrEnum):
    OPEN = "open"
    CHANGED = "changed"
    CLOSED = "closed"


class ClosedBecause(StrEnum):
    """Why a business is no more. To give it up for something better is no failure."""

    NO_CUSTOMERS = "no_customers"
    NO_MONEY = "no_money"
    COSTS = "costs"
    SECURITY = "security"
    HEALTH = "health"
    FAMILY = "family"
    BETTER_WORK = "better_work"
    MOVED = "moved"
    AUTHORITIES = "authorities"
    DISASTER = "disaster"
    OTHER = "other"


@dataclass(frozen=True)
class Tried:
    """One attempt to reach somebody: on which day, and whether they were met."""

    on: date
    was_met: bool


@dataclass(frozen=True)
class Silence:
    """Attempts since the person was last met."""

    attempts: int
    days: int
    needed_attempts: int
    needed_days: int

    @property
    def is_long(self) -> bool:
        """Enough was tried for long enough: somebody may decide that contact is lost."""
        return self.attempts >= self.needed_attempts and self.days >= self.needed_days


def silence_of(attempts: Iterable[Tried], *, needed_attempts: int, needed_days: int) -> Silence:
    """How often and over how many days it was tried in vain since the person was last met."""
    by_day = sorted(attempts, key=lambda one: one.on)
    met = [one.on for one in by_day if one.was_met]
    vain = [one.on for one in by_day if not one.was_met and (not met or one.on >= met[-1])]
    days = (vain[-1] - vain[0]).days if vain else 0
    return Silence(len(vain), days, needed_attempts, needed_days)


def day_of_asking(said: date | None, received: date, *, not_before: date | None) -> date:
    """The day a form was filled: as the device says, unless it says what cannot be."""
    if said is None or said > received or (not_before is not None and said < not_before):
        return received
    return said


def kept_back(parts: Sequence[int], fewest: int) -> tuple[int | None, ...]:
    """The parts of a whole with the small ones hidden, and one more if a single one could be subtracted."""
    shown: list[int | None] = [part if part == 0 or part >= fewest else None for part in parts]
    if shown.count(None) == 1:
        others = [place for place, part in enumerate(shown) if part]
        if others:
            shown[min(others, key=lambda place: parts[place])] = None
    return tuple(shown)


class Answering(StrEnum):
    """Who fills a form on a page: the person on their own page, or an officer who asks them."""

    SELF = "self"
    OFFICER = "officer"


MOST_DRAFT_FILE_BYTES = 15 * 1024 * 1024
MOST_DRAFT_FILES = 60
