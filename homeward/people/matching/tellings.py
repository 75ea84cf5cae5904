"""What of a person is compared between organisations: a few values, each rare enough to mean something. Pure.

A name counts as it is heard, in either order; alone it is never compared. Two people in one are found when
they share a document, a name with the day of birth, or a name with year of birth, sex and nationality.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from homeward.lib.dates import PartialDate, Precision
from homeward.lib.names import Word, skeleton
from homeward.people.matching.prepared import Prepared, prepared
from homeward.people.matching.traits import Traits
from homeward.people.rules import TokenKind

WORDS_PER_NAME = 2
SHORTEST_SOUND = 2  # an initial is nobody's name
YEARS_PER_BIRTH = 3
KNOWN_SEXES = frozenset({"female", "male"})


@dataclass(frozen=True)
class Telling:
    """One value to compare, before it is hashed; never kept."""

    kind: TokenKind
    value: bytes


def tellings(traits: Traits, documents: Iterable[bytes] = ()) -> frozenset[Telling]:
    """The values to compare of one person; `documents` are the blind indexes of their papers' numbers."""
    row = prepared(traits)
    told = {Telling(TokenKind.DOCUMENT, bytes(index)) for index in documents}
    if row.birth:
        told |= set(_of_day(row, row.birth)) | set(_of_year(row, row.birth))
    return frozenset(told)


def _of_day(row: Prepared, birth: PartialDate) -> Iterator[Telling]:
    """Day and month in either order: the way of writing them differs from country to country."""
    if birth.precision != Precision.DAY:
        return
    day = birth.earliest
    parts = sorted((day.month, day.day))
    for name in _names(row):
        yield _telling(TokenKind.NAME_DAY, name, day.year, *parts)


def _of_year(row: Prepared, birth: PartialDate) -> Iterator[Telling]:
    years = range(birth.earliest.year, birth.latest.year + 1)
    if len(years) > YEARS_PER_BIRTH or row.sex not in KNOWN_SEXES:
        return
    for name, year, nationality in product(_names(row), years, sorted(row.nationalities)):
        yield _telling(TokenKind.NAME_YEAR, name, year, row.sex, nationality)


def _names(row: Prepared) -> list[str]:
    """Given and family name as they are heard, two words of each at most."""
    given, family = _heard(row.given_words), _heard(row.family_words)
    return sorted({"/".join(sorted(pair)) for pair in product(given, family)})


def _heard(words: tuple[Word, ...]) -> list[str]:
    sounds = (skeleton(word) for word in words[:WORDS_PER_NAME])
    return [sound for sound in sounds if len(sound) >= SHORTEST_SOUND]


def _telling(kind: TokenKind, *parts: object) -> Telling:
    return Telling(kind, "\0".join(map(str, parts)).encode())
