"""How often each level of agreement is seen: for one person told twice, for relatives, for strangers.

The model is Fellegi and Sunter's with a third class. In lists of families who travelled together, two rows
that share a surname, a telephone and a journey are mostly brother and sister; only beside a class of their
own do such pairs stop looking like one person. The figures are judgements from the field's lists, not
fitted to any of them; what a name, date or place is worth is scaled by how common it is in the list.
"""

from dataclasses import dataclass

from homeward.people.matching.births import BirthLevel
from homeward.people.matching.names import NameLevel

TOLD_TWICE, RELATIVES = 0.1, 2.0  # others in the list, on average, who are the same person; who are kin
SMALLEST_POPULATION = 2_000  # a short list is still drawn from many people


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of a level in each class; a stranger's may still be scaled by how common the value is."""

    same: float
    relative: float
    stranger: float


GIVEN_NAMES = {
    NameLevel.EXACT: Chances(0.62, 0.012, 0.75),
    NameLevel.SOUNDS: Chances(0.22, 0.008, 0.25),
    NameLevel.CLOSE: Chances(0.06, 0.02, 0.01),
    NameLevel.PARTIAL: Chances(0.05, 0.05, 0.015),
    NameLevel.SWAPPED: Chances(0.02, 0.001, 0.05),
    NameLevel.DIFFERENT: Chances(0.03, 0.91, 0.96),
}
FAMILY_NAME = {
    NameLevel.EXACT: Chances(0.66, 0.60, 0.75),
    NameLevel.SOUNDS: Chances(0.16, 0.10, 0.25),
    NameLevel.CLOSE: Chances(0.05, 0.04, 0.01),
    NameLevel.PARTIAL: Chances(0.05, 0.06, 0.01),
    NameLevel.SWAPPED: Chances(1.0, 1.0, 1.0),  # the given names have said how rare this is
    NameLevel.DIFFERENT: Chances(0.08, 0.20, 0.95),
}
SCALED_NAMES = frozenset({NameLevel.EXACT, NameLevel.SOUNDS, NameLevel.SWAPPED})

ANY_DAY = 1 / 18_000  # that two strangers were born on one day
BIRTH = {
    BirthLevel.SAME_DAY: Chances(0.80, 0.015, ANY_DAY),
    BirthLevel.SWAPPED: Chances(0.07, 0.0002, ANY_DAY / 2),
    BirthLevel.SLIP: Chances(0.06, 0.006, 0.002),
    BirthLevel.SAME_MONTH: Chances(0.90, 0.02, 1 / 600),
    BirthLevel.SAME_YEAR: Chances(0.88, 0.06, 1 / 45),
    BirthLevel.ABOUT: Chances(0.90, 0.20, 0.13),
    BirthLevel.NEAR: Chances(0.06, 0.10, 0.045),
    BirthLevel.DIFFERENT: Chances(0.04, 0.93, 0.97),
}

SAME, CLOSE, DIFFERENT = "same", "one_sign_off", "different"
DOCUMENT = {
    SAME: Chances(0.70, 0.04, 1e-6),
    CLOSE: Chances(0.06, 0.01, 1e-4),
    DIFFERENT: Chances(0.24, 0.95, 1.0),
}
PHONE = {
    SAME: Chances(0.60, 0.45, 1e-5),
    CLOSE: Chances(0.03, 0.01, 5e-4),
    DIFFERENT: Chances(0.37, 0.54, 1.0),
}
SEX = {SAME: Chances(0.88, 0.5, 0.5), DIFFERENT: Chances(0.12, 0.5, 0.5)}  # often mistyped, so weak
NATIONALITY = {SAME: Chances(0.97, 0.98, 1.0), DIFFERENT: Chances(0.03, 0.02, 0.8)}
PLACE = {SAME: Chances(0.75, 0.85, 1.0), DIFFERENT: Chances(0.25, 0.15, 0.9)}
FILE = {SAME: Chances(0.25, 0.75, 3e-4), DIFFERENT: Chances(0.75, 0.25, 1.0)}
DEPARTURE = {SAME: Chances(0.25, 0.75, 3e-3), DIFFERENT: Chances(0.75, 0.25, 1.0)}
RETURNED_FROM = {SAME: Chances(0.5, 0.9, 1.0), DIFFERENT: Chances(0.5, 0.1, 0.8)}
