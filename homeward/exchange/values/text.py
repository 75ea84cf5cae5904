"""Text as it was typed, tidied for keeping or folded for comparing."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from homeward.exchange.words import WordList, word_lists
from homeward.exchange.workbooks import Cell
from homeward.lib.digits import ascii_digits

CACHED = 1 << 16
MOST_LETTERS = 2_000
# Controls and marks of direction, but not the joiners that Persian and Indic spelling needs.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
SPACES = re.compile(r"\s+")
NOT_WORD = re.compile(r"[^\w]+|_+")
JOINERS = dict.fromkeys((0x200C, 0x200D, 0x0640))  # and the Arabic stretching sign
SAME_LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ة": "ه",
        "ک": "ك",
        "ی": "ي",
        "ھ": "ه",
        "ہ": "ه",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
    }
)


def text_of(cell: Cell) -> str:
    """The cell in one line of clean text; whole numbers lose the ".0" that spreadsheets give them."""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)


@lru_cache(CACHED)
def _clean(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    seen = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return SPACES.sub(" ", seen).strip()


@lru_cache(CACHED)
def fold(text: str) -> str:
    """What remains of text for comparing: small letters and digits, no accents, no punctuation."""
    if not text.isascii():
        text = text.translate(JOINERS)
        spread = unicodedata.normalize("NFKD", ascii_digits(text))
        text = "".join(sign for sign in spread if not unicodedata.combining(sign)).translate(SAME_LETTERS)
    return NOT_WORD.sub(" ", text.casefold()).strip()


def is_missing(cell: Cell) -> bool:
    """True of blank cells and of the ways in which people write that they do not know."""
    return isinstance(cell, str) and fold(text_of(cell)) in MISSING


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not text_of(cell)


def folded(words: WordList) -> dict[str, str]:
    """Turn {code: ["one word", "another"]} round: {folded word: code}."""
    return {fold(word): code for code, told in words.items() for word in told}


MISSING = frozenset({"", *map(fold, word_lists("dates")["other"]["missing"])})
