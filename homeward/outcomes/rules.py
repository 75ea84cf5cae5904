"""What a person's picture is made of: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

RESCORING_JOB = "rescore_outcomes"


class Side(StrEnum):
    """The sides of life that are scored, and what is made of them together."""

    ECONOMIC = "economic"
    SOCIAL = "social"
    PSYCHOSOCIAL = "psychosocial"
    COMPOSITE = "composite"


SIDES = (Side.ECONOMIC, Side.SOCIAL, Side.PSYCHOSOCIAL)


class Meanwhile(StrEnum):
    """What was happening around a person between the rounds."""

    ARRIVED = "arrived"
    PLAN_AGREED = "plan_agreed"
    DELIVERED = "delivered"
    REFERRED = "referred"
    REFERRAL_ENDED = "referral_ended"
    CONTACT_LOST = "contact_lost"
    CLOSED = "closed"


@dataclass(frozen=True)
class SideScore:
    """One side in one round: a score from 0 to 1, or none and why; the share that was answered."""

    value: float | None
    coverage: float
    reason: str = ""
    missing: Mapping[str, int] = field(default_factory=dict)
    band: str = ""


@dataclass(frozen=True)
class RoundPicture:
    """All sides of one round, by which form and which profile."""

    outcome_id: UUID
    visit_id: UUID
    round: str
    on: date
    sides: Mapping[Side, SideScore]
    form_number: int
    profile_id: UUID
    profile_number: int
    is_provisional: bool
    is_flagged: bool = False


@dataclass(frozen=True)
class Happening:
    """One thing that happened, by its day; `what` is a name as it was kept."""

    on: date
    kind: Meanwhile
    what: str = ""


@dataclass(frozen=True)
class Stretch:
    """What happened before a round, or since the last; `round` is None for what came after all rounds."""

    round: RoundPicture | None
    happened: tuple[Happening, ...]


def reasons_of(sides: Mapping[str, Any]) -> dict[str, Any]:
    """Why sides have no score, and which kinds of missing there were, without what says nothing."""
    kept = {}
    for name, one in sides.items():
        told = {
            **({"reason": one.reason.value} if one.reason else {}),
            **(
                {"missing": {kind.value: count for kind, count in one.missing.items()}} if one.missing else {}
            ),
        }
        if told:
            kept[name] = told
    return kept


def stretches(rounds: Sequence[RoundPicture], happened: Iterable[Happening]) -> list[Stretch]:
    """What happened up to each round and after the last, in order of time."""
    waiting = sorted(happened, key=lambda one: (one.on, one.kind.value, one.what))
    found = []
    for one in sorted(rounds, key=lambda one: one.on):
        before = [each for each in waiting if each.on <= one.on]
        waiting = waiting[len(before) :]
        found.append(Stretch(one, tuple(before)))
    if waiting:
        found.append(Stretch(None, tuple(waiting)))
    return found


def are_comparable(rounds: Iterable[RoundPicture]) -> bool:
    """Whether rounds were scored by one profile: otherwise a difference may be the profile's."""
    return len({one.profile_id for one in rounds}) < 2
