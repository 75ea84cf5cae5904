"""A scoring profile: which answers count, which way, how much, and what an answer that is missing does.

Everything a score depends on stands here and nowhere in code, so that another profile gives other scores
and every score can say by which one it was made. Points and scores are between 0 and 1, more is better.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from homeward.surveys.rules import Missing


class Dimension(StrEnum):
    """The sides of life after return; a composite of them is never shown alone."""

    ECONOMIC = "economic"
    SOCIAL = "social"
    PSYCHOSOCIAL = "psychosocial"


class Way(StrEnum):
    """Which way the points of an item are written: more is better, or more is worse."""

    UP = "up"
    DOWN = "down"


class Treatment(StrEnum):
    """What a missing answer does to the score of its dimension."""

    LEAVE_OUT = "leave_out"  # the item is none of this person's: neither score nor coverage knows of it
    LACKING = "lacking"  # it could have been answered: the coverage falls, the score is of the others
    NO_SCORE = "no_score"  # without it the dimension has no score


class Reason(StrEnum):
    """Why there is no score, or why one is less sure than another."""

    NOTHING_ANSWERED = "nothing_answered"
    NOTHING_APPLIES = "nothing_applies"
    LOW_COVERAGE = "low_coverage"
    REQUIRED_MISSING = "required_missing"
    DIMENSION_MISSING = "dimension_missing"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    UNKNOWN_ANSWER = "unknown_answer"


@dataclass(frozen=True)
class Item:
    """One question that counts. Points by code, or a number between `least` (0) and `most` (1)."""

    path: str
    dimension: Dimension
    weight: float = 1.0
    way: Way = Way.UP
    points: Mapping[str, float] = field(default_factory=dict)
    least: float | None = None
    most: float | None = None
    missing: Mapping[Missing, Treatment] = field(default_factory=dict)


@dataclass(frozen=True)
class DimensionRule:
    """How much a dimension weighs in the composite, and how much of it must be answered to have a score."""

    weight: float = 1.0
    minimum_coverage: float = 0.5


@dataclass(frozen=True)
class Band:
    """A range of scores by its lower end; it ends where the next begins."""

    code: str
    begins: float


@dataclass(frozen=True)
class Profile:
    """One whole way of scoring an instrument."""

    instrument: str
    title: str
    source: str
    items: tuple[Item, ...]
    dimensions: Mapping[Dimension, DimensionRule]
    missing: Mapping[Missing, Treatment]
    bands: tuple[Band, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    is_provisional: bool = True
    verified_by: str = ""
    verified_on: date | None = None
    notes: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)

    def treatment(self, item: Item, kind: Missing) -> Treatment:
        """What a missing answer to this item does: what the item says, or else the profile."""
        return item.missing.get(kind) or self.missing[kind]

    def band_of(self, value: float | None) -> str:
        """The code of the band that a score is in; nothing where there is no score."""
        if value is None:
            return ""
        return next((one.code for one in reversed(self.bands) if value >= one.begins), "")

    def reaches(self, threshold: str, value: float | None) -> bool | None:
        """Whether a score reaches a threshold; None where there is no score or no such threshold."""
        wanted = self.thresholds.get(threshold)
        return None if value is None or wanted is None else value >= wanted
