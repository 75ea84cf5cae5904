"""Names by their sound: what Mohammed, Muhammad and محمد share, and how far two spellings are apart.

A word is heard as consonants with a slot of vowels before, between and after them. Transliterators agree
on consonants and quarrel over vowels, so words with the same consonants are set slot against slot.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from homeward.lib.scripts import ARABIC, folded, latin

__all__ = ["Word", "folded", "latin", "same_sound", "skeleton", "sounds", "words"]

PARTICLES = frozenset({"al", "el", "ul", "ibn", "bin", "ben", "bint", "binti", "ould", "wuld", "ait"})
FUSED_ENDINGS = frozenset(
    {"ullah", "allah", "ollah", "uddin", "eldin", "aldin", "aldeen", "eddin", "eddine", "din", "deen", "dine"}
)
ALIASES = {
    word: heard
    for heard, words in {
        "muhammad": "mehmet mehmed muhammet mohd mohamd muhd mhd md",
        "yusuf": "youssef yousef yusef yosef youssof",
        "usman": "othman uthman otman athman",
        "abdullah": "abdallah abdalla abdellah abdulla",
        "ibrahim": "ebrahim brahim ibrahima",
    }.items()
    for word in words.split()
}
ARTICLE = re.compile(r"^[ae]l(?=[^aeiouyl]\w{3})")  # aljabouri, elsayed; never ali, elena, allan
SERVANT = re.compile(r"^abd[aeou]u?(?:l(?=[^aeiouyl]|[aeiou][^aeiouy])|(?=([dnrstz])\1))")
SOUNDS = (  # longest first, applied to the whole word in this order
    ("tsch", "S"), ("dsch", "j"), ("tch", "S"), ("sch", "S"), ("dzh", "j"), ("shch", "S"), ("dj", "j"),
    ("zh", "j"), ("sh", "S"), ("ch", "S"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("ck", "k"), ("qu", "k"), ("x", "ks"), ("tz", "s"), ("ts", "s"), ("q", "k"), ("z", "s"), ("d", "t"),
    ("v", "w"), ("ou", "u"), ("oo", "u"), ("o", "u"), ("ee", "i"), ("y", "i"),
)  # fmt: skip
SOFT_C = re.compile(r"c(?=[eiy])")
W_AS_VOWEL = re.compile(r"(?<=[aeiu])w(?![aeiu])|(?<=[^aeiu])w$")
REPEATED = re.compile(r"(.)\1+")
VOWELS = frozenset("aeiu")

SWAPPED_VOWELS = {"ae": 0.2, "ei": 0.25, "ai": 0.9, "au": 0.8, "eu": 0.7, "iu": 0.9}
NEAR_DIPHTHONGS = {
    frozenset(pair): 0.2 for pair in (("ai", "e"), ("ai", "ei"), ("ei", "e"), ("au", "u"), ("ai", "ae"))
} | {frozenset(pair): 0.3 for pair in (("ai", "i"), ("ei", "i"), ("ie", "e"), ("ia", "ea"), ("iu", "u"))}
LOST_INSIDE, LOST_AT_END = 0.4, 0.9  # Farid and Farida are two people; Fatma and Fatima may be one
LOST_FINAL_E = 0.1
SAME_SOUND = 0.65  # the most by which two spellings of one sound differ
LOST_H = 0.3
LITTLE = 0.1


@dataclass(frozen=True)
class Word:
    """One word of a name: as written in Latin, and as heard."""

    latin: str
    consonants: str
    slots: tuple[str, ...]
    vowelled: bool


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name without particles; Abdul Rahman and Noor ullah count as one word each."""
    found: list[str] = []
    vowelled = not ARABIC.search(folded(name))
    for word in latin(name).split():
        if found and (found[-1].startswith("abd") and len(found[-1]) <= 6 or word in FUSED_ENDINGS):
            found[-1] += word
        elif word not in PARTICLES:
            found.append(word)
    return tuple(_heard(word, vowelled=vowelled) for word in found or latin(name).split())


@lru_cache(maxsize=65_536)
def sounds(name: str) -> str:
    """The key that spellings and scripts of one name share, one skeleton of consonants per word."""
    return " ".join(skeleton(word) for word in words(name))


def skeleton(word: Word) -> str:
    """Consonants without an h inside, led by a vowel where the word begins with one."""
    first, rest = word.consonants[:1], word.consonants[1:]
    if word.slots[0]:
        return "a" + word.consonants.replace("h", "")
    return first + rest.replace("h", "")


def same_sound(one: Word, other: Word) -> bool:
    """True when the two may be spellings of one name."""
    return one.latin == other.latin or _distance(one, other) <= SAME_SOUND


def _heard(word: str, *, vowelled: bool) -> Word:
    heard = ALIASES.get(word, SERVANT.sub("abd", ARTICLE.sub("", word)))
    heard = SOFT_C.sub("s", heard)
    for written, sound in SOUNDS:
        heard = heard.replace(written, sound)
    heard = _single(W_AS_VOWEL.sub("u", heard.replace("c", "k")))
    if heard.endswith("h") and len(heard) > 1:
        heard = heard[:-1]
    return Word(word, *_parts(heard), vowelled=vowelled)


def _parts(heard: str) -> tuple[str, tuple[str, ...]]:
    """Consonants, and one slot of vowels before each and after the last."""
    consonants, slots = "", [""]
    for sound in heard:
        if sound in VOWELS:
            slots[-1] += sound
        else:
            consonants += sound
            slots.append("")
    return consonants, tuple(slots)


def _single(text: str) -> str:
    return REPEATED.sub(r"\1", text)


@lru_cache(maxsize=262_144)
def _distance(one: Word, other: Word) -> float:
    if one.consonants == other.consonants:
        return _vowel_distance(one, other)
    soft_one, soft_other = _without_h(one), _without_h(other)
    if soft_one.consonants == soft_other.consonants:
        return LOST_H + _vowel_distance(soft_one, soft_other)
    return float("inf")


def _without_h(word: Word) -> Word:
    """An h inside a word is often not written (Gohr, Gor)."""
    consonants, slots = word.consonants[:1], [*word.slots[:2]]
    for consonant, slot in zip(word.consonants[1:], word.slots[2:], strict=True):
        if consonant == "h":
            slots[-1] = _single(slots[-1] + slot)
        else:
            consonants += consonant
            slots.append(slot)
    return Word(word.latin, consonants, tuple(slots), word.vowelled)


def _vowel_distance(one: Word, other: Word) -> float:
    """The sum over the slots; in a word that omits short vowels, an empty slot may hold anything."""
    unvowelled = not (one.vowelled and other.vowelled)
    last = len(one.slots) - 1
    total = 0.0
    for place, (a, b) in enumerate(zip(one.slots, other.slots, strict=True)):
        if a == b or _is_unwritten(a, b, one) or _is_unwritten(b, a, other):
            continue
        if unvowelled and _says_little(one, other, place):
            total += LITTLE
        else:
            total += _slot_distance(*sorted((a, b)), at_end=place == last)
    return total


def _is_unwritten(slot: str, vowel: str, word: Word) -> bool:
    """Arabic script leaves out short vowels, but writes a diphthong: حسن is Hassan, not Hussein."""
    return not (word.vowelled or slot) and len(vowel) < 2


def _says_little(one: Word, other: Word, place: int) -> bool:
    """In Arabic script a leading alef or ain may be any vowel, a final yeh an a, and h was given an a."""
    if place == 0:
        return bool(one.slots[0] and other.slots[0])
    if place == len(one.slots) - 1:
        return {one.slots[place], other.slots[place]} == {"a", "i"}
    return one.consonants[place] == "h"


@lru_cache(maxsize=4096)
def _slot_distance(one: str, other: str, *, at_end: bool) -> float:
    if one == other:
        return 0.0
    if not one:
        lost_at_end = LOST_FINAL_E if other == "e" else LOST_AT_END
        return lost_at_end if at_end else LOST_INSIDE * len(other)
    if len(one) == len(other) == 1:
        return SWAPPED_VOWELS[one + other]
    if at_end and len(one) != len(other) and one.endswith("a") != other.endswith("a"):
        return LOST_AT_END
    near = NEAR_DIPHTHONGS.get(frozenset((one, other)))
    return near if near is not None else _diphthong_distance(one, other)


def _diphthong_distance(one: str, other: str) -> float:
    first = _slot_distance(*sorted((one[0], other[0])), at_end=False)
    return min(
        _slot_distance(*sorted((one[1:], other)), at_end=False) + LOST_INSIDE,
        _slot_distance(*sorted((one, other[1:])), at_end=False) + LOST_INSIDE,
        _slot_distance(*sorted((one[1:], other[1:])), at_end=False) + first,
    )
