"""What is compared about a person, and what comes out of a comparison."""

from dataclasses import dataclass
from enum import StrEnum

from homeward.lib.dates import PartialDate


@dataclass(frozen=True)
class Traits:
    """One person as one list tells of them; whatever is unknown stays empty and counts neither way.

    `sex` is "female", "male" or anything else for unknown; `nationalities` and `returned_from` are ISO
    codes where known; `file` is the reference shared by people who applied together.
    """

    given_names: str = ""
    family_name: str = ""
    native_name: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    place: str = ""
    file: str = ""
    returned_from: str = ""
    departure: PartialDate | None = None


class Field(StrEnum):
    GIVEN_NAMES = "given_names"
    FAMILY_NAME = "family_name"
    BIRTH = "birth"
    SEX = "sex"
    NATIONALITY = "nationality"
    DOCUMENT = "document"
    PHONE = "phone"
    PLACE = "place"
    FILE = "file"
    RETURNED_FROM = "returned_from"
    DEPARTURE = "departure"


@dataclass(frozen=True)
class Reason:
    """How one field spoke: `weight` in bits, above nought for one person, below for two."""

    field: Field
    level: str
    weight: float


@dataclass(frozen=True)
class Comparison:
    """The chance (0 to 1) that two descriptions are of one person, strongest reasons first."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Pair:
    """Positions `i` < `j` in the list that was given."""

    i: int
    j: int
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Match:
    """Position in the list of candidates, best first."""

    position: int
    score: float
    reasons: tuple[Reason, ...]
