"""Spoken languages by their ISO 639 code."""

from functools import cache

import pycountry
from babel import Locale

# Asked for often among returnees; any other ISO 639 code that has a name may be recorded too.
OFTEN = (
    *("am", "ar", "ckb", "en", "es", "fa", "fr", "ha", "hy", "ka", "kmr", "ku", "pa", "prs", "ps"),
    *("pt", "ro", "ru", "so", "sq", "sr", "ti", "tr", "uk", "ur", "wo", "yo"),
)
# Codes that the library of names files elsewhere, or leaves out.
ELSEWHERE = {"prs": "fa_AF"}
ADDED = {"kmr": {"en": "Kurmanji", "fr": "kurmandji", "ar": "الكرمانجية"}}


@cache
def language_name(code: str, language: str) -> str:
    """The language's name in the reader's language; the code itself when it is unknown."""
    if code in ADDED:
        return ADDED[code].get(language, ADDED[code]["en"])
    names = Locale.parse(language).languages
    return str(names.get(ELSEWHERE.get(code, code)) or names.get(_short(code), code))


@cache
def language_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Languages for a select, sorted by name in the reader's language."""
    named = [(code, language_name(code, language)) for code in OFTEN]
    return tuple(sorted(named, key=lambda pair: pair[1]))


def _short(code: str) -> str:
    """The two-letter code of a language told by three letters."""
    found = pycountry.languages.get(alpha_3=code)
    return str(getattr(found, "alpha_2", code))
