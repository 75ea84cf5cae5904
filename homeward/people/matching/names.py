"""How far two names agree: written alike, sounding alike, mistyped, one inside the other, or exchanged."""

from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from homeward.lib.names import Word, same_sound, words
from homeward.people.matching.prepared import Prepared

SHORTEST_TYPO, LONG_WORD = 4, 8  # letters; long words may have two errors


class NameLevel(StrEnum):
    EXACT = "exact"
    SOUNDS = "sounds_alike"
    CLOSE = "one_letter_off"
    PARTIAL = "part_of_the_other"
    SWAPPED = "names_exchanged"
    DIFFERENT = "different"


AGREES = frozenset({NameLevel.EXACT, NameLevel.SOUNDS, NameLevel.CLOSE})
WORST_FIRST = (NameLevel.DIFFERENT, NameLevel.PARTIAL, NameLevel.CLOSE, NameLevel.SOUNDS)


def name_levels(one: Prepared, other: Prepared) -> tuple[NameLevel | None, NameLevel | None]:
    """The levels of given and of family names; None where one of the two is missing."""
    given = _level(one.given, other.given)
    family = _level(one.family, other.family)
    if given == family == NameLevel.DIFFERENT and _are_swapped(one, other):
        return NameLevel.SWAPPED, NameLevel.SWAPPED
    if given in WORST_FIRST[:3] and (one.native or other.native):
        given = max(given, _native_level(one, other), key=_level_rank)
    if family in WORST_FIRST[:3] and one.native == other.native and one.native_says == "whole":
        family = NameLevel.SOUNDS
    return given, family


def _native_level(one: Prepared, other: Prepared) -> NameLevel:
    """The given name in its own script may agree where two Latin spellings do not."""
    if one.native == other.native and (one.native_says or other.native_says):
        return NameLevel.SOUNDS
    crossed = {_level(one.native, other.given), _level(other.native, one.given)}
    if crossed & {NameLevel.EXACT, NameLevel.SOUNDS}:
        return NameLevel.SOUNDS
    return NameLevel.CLOSE if NameLevel.CLOSE in crossed else NameLevel.DIFFERENT


def _are_swapped(one: Prepared, other: Prepared) -> bool:
    return _level(one.given, other.family) in AGREES and _level(one.family, other.given) in AGREES


@lru_cache(maxsize=262_144)
def _level(one: str, other: str) -> NameLevel | None:
    if not one or not other:
        return None
    if one == other:
        return NameLevel.EXACT
    short, long = sorted((words(one), words(other)), key=len)
    if len(short) != len(long) and _joined(short) == _joined(long):
        return NameLevel.SOUNDS
    worst = _worst(short, long)
    if worst in AGREES and len(short) < len(long):
        return NameLevel.PARTIAL
    return worst


def _joined(heard: tuple[Word, ...]) -> str:
    return "".join(word.latin for word in heard)


def _worst(short: tuple[Word, ...], long: tuple[Word, ...]) -> NameLevel:
    """Find each word of the shorter name its best partner in the longer, in any order."""
    free, worst = list(long), NameLevel.EXACT
    for word in short:
        level, best = max(((_word_level(word, mate), mate) for mate in free), key=_rank)
        free.remove(best)
        worst = min(worst, level, key=_level_rank)
    return worst


def _rank(found: tuple[NameLevel, Word]) -> int:
    return _level_rank(found[0])


def _level_rank(level: NameLevel) -> int:
    return WORST_FIRST.index(level) if level in WORST_FIRST else len(WORST_FIRST)


def _word_level(one: Word, other: Word) -> NameLevel:
    if one.latin == other.latin:
        return NameLevel.EXACT
    if same_sound(one, other):
        return NameLevel.SOUNDS
    if min(len(one.latin), len(other.latin)) == 1 and one.latin[:1] == other.latin[:1]:
        return NameLevel.PARTIAL  # an initial
    return NameLevel.CLOSE if _is_typo(one, other) else NameLevel.DIFFERENT


def _is_typo(one: Word, other: Word) -> bool:
    length = max(len(one.latin), len(other.latin))
    if length < SHORTEST_TYPO:
        return False
    allowed = 2 if length >= LONG_WORD else 1
    return OSA.distance(one.latin, other.latin, score_cutoff=allowed) <= allowed
