"""How a case passes from one organisation to another: who must answer what, by when, and what may follow."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

ANSWER_DAYS = 7  # each turn is answered within
ENQUIRY_KEPT = timedelta(days=90)  # so long what was asked by reference is kept
STAY_DAYS = 365  # so long the former lead can be asked, unless the agreement says otherwise


class HandoverKind(StrEnum):
    """Who began: the lead offers, another asks for it, or the origin asks whence somebody came."""

    OFFER = "offer"
    REQUEST = "request"
    RETROACTIVE = "retroactive"


class HandoverState(StrEnum):
    OFFERED = "offered"
    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RECALLED = "recalled"


class DeclineReason(StrEnum):
    NO_ROOM = "no_room"
    OTHER_PLACE = "other_place"
    OTHER_TASK = "other_task"
    TOO_LITTLE_KNOWN = "too_little_known"
    CONFLICT = "conflict"
    NOT_KNOWN = "not_known"
    OTHER = "other"


class Side(StrEnum):
    """Of the two: who began, and who decides."""

    BEGAN = "began"
    DECIDES = "decides"


_ENDS = frozenset({HandoverState.ACCEPTED, HandoverState.DECLINED, HandoverState.RECALLED})

MOVES: Mapping[HandoverState, frozenset[HandoverState]] = {
    HandoverState.OFFERED: _ENDS | {HandoverState.ASKED},
    HandoverState.ASKED: _ENDS | {HandoverState.ANSWERED},
    HandoverState.ANSWERED: _ENDS | {HandoverState.ASKED},
    HandoverState.ACCEPTED: frozenset(),
    HandoverState.DECLINED: frozenset(),
    HandoverState.RECALLED: frozenset(),
}

OPEN_STATES = frozenset(state for state, following in MOVES.items() if following)

# Which side alone may bring it there.
MOVED_BY: Mapping[HandoverState, Side] = {
    HandoverState.ASKED: Side.DECIDES,
    HandoverState.ANSWERED: Side.BEGAN,
    HandoverState.ACCEPTED: Side.DECIDES,
    HandoverState.DECLINED: Side.DECIDES,
    HandoverState.RECALLED: Side.BEGAN,
}

# These pass the lead on when they are accepted; the third kind is answered with a yes.
PASSING = frozenset({HandoverKind.OFFER, HandoverKind.REQUEST})


def side_of(kind: HandoverKind, *, is_giver: bool) -> Side:
    """Whether the giver, or else the receiver, began this or decides it."""
    giver_began = kind == HandoverKind.OFFER
    return Side.BEGAN if is_giver == giver_began else Side.DECIDES


def waits_for(state: HandoverState) -> Side | None:
    """Whose turn it is; nobody's when it has ended."""
    if state not in OPEN_STATES:
        return None
    return Side.BEGAN if state == HandoverState.ASKED else Side.DECIDES


def due_from(today: date) -> date:
    """By when somebody whose turn begins today answers."""
    return today + timedelta(days=ANSWER_DAYS)


def is_silent(due_on: date, escalated_on: date | None, today: date) -> bool:
    """True when the answer is late and nobody above was told, or not in the last week."""
    if today <= due_on:
        return False
    return escalated_on is None or today >= escalated_on + timedelta(days=ANSWER_DAYS)
