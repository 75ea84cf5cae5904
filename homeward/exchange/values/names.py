"""Personal names: spaces and capitals put right, scripts told apart."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from homeward.exchange.values.text import CACHED, MISSING, fold, text_of
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell

PARTS = re.compile(r"[^\W\d_]+", re.UNICODE)
PARTICLES = frozenset(word_lists("names")["particles"]["small"])
HYPHENATED = frozenset(word_lists("names")["particles"]["hyphenated"])
# "NA" may be a name, "n/a" is not.
NOT_MISSING = frozenset(word_lists("names")["other"]["not_missing"])


class FullName(NamedTuple):
    given: str
    family: str


def read_name(cell: Cell) -> str:
    """The name tidied, or nothing where the cell says that it is not known."""
    text = text_of(cell).strip(" ,;.*")
    folded = fold(text)
    if folded in MISSING and not (folded in NOT_MISSING and text.isalpha()):
        return ""
    return tidy_name(text)


@lru_cache(CACHED)
def tidy_name(text: str) -> str:
    """Shouting and whispering become ordinary capitals; names with capitals of their own are left alone."""
    if not (text.isupper() or text.islower()) or len(text) < 2:
        return text
    words = text.lower().split(" ")
    return " ".join(_capital(word, at) for at, word in enumerate(words))


def _capital(word: str, position: int) -> str:
    head, sign, rest = word.partition("-")
    if sign and head in HYPHENATED:
        return f"{head}-{_titled(rest)}"
    if position and word in PARTICLES:
        return word
    return _titled(word)


def _titled(word: str) -> str:
    return PARTS.sub(lambda part: part[0][:1].upper() + part[0][1:], word)


@lru_cache(CACHED)
def is_native_script(text: str) -> bool:
    """True of text with letters of which none is Latin."""
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and not any("LATIN" in unicodedata.name(sign, "") for sign in letters)


def split_full_name(text: str) -> FullName:
    """Given names and family name: by comma, by capitals, otherwise the last word with its particles."""
    if "," in text:
        family, _, given = text.partition(",")
        return FullName(tidy_name(given.strip()), tidy_name(family.strip()))
    words = text.split(" ")
    shouted = [word for word in words if word.isupper() and len(word) > 1 and not word.endswith(".")]
    if shouted and len(shouted) < len(words):
        given = " ".join(word for word in words if word not in shouted)
        return FullName(tidy_name(given), tidy_name(" ".join(shouted)))
    cut = len(words) - 1
    while cut > 1 and fold(words[cut - 1]) in PARTICLES:
        cut -= 1
    return FullName(tidy_name(" ".join(words[:cut])), tidy_name(" ".join(words[cut:])))
