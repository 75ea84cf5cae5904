"""Who is like whom, in coarse cells, and in which order cells widen until enough people stand in one: pure.

Groups do not overlap. Cells with enough people stand by themselves; who is left over is put together one
step wider, and so on. So nobody is counted in two groups, and no group can be taken away from another.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

HORIZONS = (6, 12)
WINDOWS: Mapping[int, tuple[int, int]] = {
    6: (5, 7),
    12: (10, 14),
}  # within a fifth of the horizon
ENOUGH = 50  # people in a group
FEWEST_FOR_A_NUMBER = 15  # people behind a mean or a share
LEFT_OUT = 0.1  # drawn by chance, so that two publications do not tell who came between them
DAYS_BETWEEN = 28
NOT_KNOWN = "not_known"
PROTECTED = "protected"
APART = "\x1f"


class ComparisonState(StrEnum):
    """How far a publication is."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Trait(StrEnum):
    """What people are alike in."""

    ORIGIN = "origin"
    DISTRICT = "district"
    PROGRAMME = "programme"
    BASIS = "basis"
    SEX = "sex"
    AGE = "age"
    CIRCUMSTANCE = "circumstance"


# The order of widening, declared: each level lets go of the last trait of the one before.
LEVELS: tuple[tuple[Trait, ...], ...] = (
    (
        Trait.ORIGIN,
        Trait.BASIS,
        Trait.SEX,
        Trait.AGE,
        Trait.DISTRICT,
        Trait.PROGRAMME,
        Trait.CIRCUMSTANCE,
    ),
    (Trait.ORIGIN, Trait.BASIS, Trait.SEX, Trait.AGE, Trait.DISTRICT, Trait.PROGRAMME),
    (Trait.ORIGIN, Trait.BASIS, Trait.SEX, Trait.AGE, Trait.DISTRICT),
    (Trait.ORIGIN, Trait.BASIS, Trait.SEX, Trait.AGE),
    (Trait.ORIGIN, Trait.BASIS, Trait.SEX),
    (Trait.ORIGIN, Trait.BASIS),
    (Trait.ORIGIN,),
    (),
)
BANDS: Mapping[str, str] = {
    "0-11": "0-17",
    "12-17": "0-17",
    "18-24": "18-24",
    "25-34": "25-34",
    "35-44": "35-54",
    "45-54": "35-54",
    "55-64": "55+",
    "65+": "55+",
}
YOUNGEST = ((12, "0-11"), (18, "12-17"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"))


@dataclass(frozen=True)
class Profile:
    """What is asked for: coarse traits of somebody, and nothing that says who it is."""

    origin: str = NOT_KNOWN
    district: str = NOT_KNOWN
    programme: str = NOT_KNOWN
    basis: str = NOT_KNOWN
    sex: str = NOT_KNOWN
    age: str = NOT_KNOWN
    circumstance: str = NOT_KNOWN


@dataclass(frozen=True)
class Group:
    """People who count together: what they have in common, and how many steps wider than asked they stand."""

    level: int
    traits: Mapping[Trait, str]
    told: Mapping[str, object]


class Known(Protocol):
    """Traits of somebody as an extract names them; None where they are not known."""

    @property
    def origin(self) -> str | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def programme(self) -> str | None: ...
    @property
    def basis(self) -> str | None: ...
    @property
    def sex(self) -> str | None: ...
    @property
    def age(self) -> int | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def sealed_group(self) -> str | None: ...


def profile_of(
    known: Known,
    places: Mapping[str, Collection[str]],
    programmes: Sequence[str],
    *,
    place: str = "",
    programme: str = "",
) -> Profile:
    """The profile to look up: a place or programme that the table has not counts as not known.

    place, programme: chosen instead. Before somebody is in a programme, the first of the table stands for it:
    people are in no group without one.
    """
    origin = known.origin or NOT_KNOWN
    here = places.get(origin, ())
    place = place if place in here else known.place or NOT_KNOWN
    asked = programme if programme in programmes else known.programme
    if asked is None:
        asked = next(iter(programmes), NOT_KNOWN)
    return Profile(
        origin=origin,
        district=place if place in here else NOT_KNOWN,
        programme=asked if asked in programmes else NOT_KNOWN,
        basis=known.basis or NOT_KNOWN,
        sex=known.sex or NOT_KNOWN,
        age=age_band(known.age),
        circumstance=circumstance_of(known.group, known.sealed_group),
    )


def age_band(years: int | None) -> str:
    """The coarse band of an age in years."""
    if years is None:
        return NOT_KNOWN
    fine = next((band for below, band in YOUNGEST if years < below), "55-64")
    return BANDS[fine]


def circumstance_of(group: str | None, sealed_group: str | None) -> str:
    """What is told apart of the frame's two columns; all sealed groups are one."""
    if sealed_group not in (None, "", "none"):
        return PROTECTED
    return group or NOT_KNOWN


def key_of(level: int, values: Mapping[Trait, str]) -> str:
    """The name of a cell of a level."""
    return APART.join((str(level), *(values[one] for one in LEVELS[level])))


def keys_of(profile: Profile) -> tuple[str, ...]:
    """The cells that somebody stands in, the closest first."""
    values = {one: getattr(profile, one.value) for one in Trait}
    return tuple(key_of(level, values) for level in range(len(LEVELS)))


def let_go(level: int) -> tuple[Trait, ...]:
    """What people of a group of that level are not alike in any more, in the order of widening."""
    gone = (set(narrow) - set(wide) for narrow, wide in pairwise(LEVELS[: level + 1]))
    return tuple(one for each in gone for one in each)


def is_sealed(sealed_people: int, people: int) -> bool:
    """Whether the higher threshold holds: at least half of a group is of a sealed group."""
    return 2 * sealed_people >= people
