"""Spoken languages by name or code, as ISO 639-3."""

import re
from functools import cache

import pycountry
from babel import Locale

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.text import fold, folded, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell

LOCALES = ("en", "fr", "de", "es", "ar")
SEVERAL = re.compile(r"\s*(?:[,;/&+]|\band\b|\bet\b|\bund\b|\s-\s)\s*")


@cache
def language_words() -> dict[str, str]:
    """Folded word → ISO 639-3 code."""
    words: dict[str, str] = {}
    for language in pycountry.languages:
        if hasattr(language, "alpha_2"):
            words |= {
                fold(word): language.alpha_3 for word in (language.alpha_2, language.alpha_3, language.name)
            }
    short = {
        language.alpha_2: language.alpha_3 for language in pycountry.languages if hasattr(language, "alpha_2")
    }
    for locale in LOCALES:
        names = Locale.parse(locale).languages
        words |= {fold(name): short[code] for code, name in names.items() if code in short}
    return words | folded(word_lists("languages")["names"])


def read_languages(cell: Cell) -> Told[tuple[str, ...]]:
    """Every language named in the cell, in its order."""
    if is_missing(cell):
        return Told(())
    words = language_words()
    parts = [fold(part) for part in SEVERAL.split(text_of(cell)) if fold(part)]
    codes = tuple(dict.fromkeys(words[part] for part in parts if part in words))
    unknown = any(part not in words for part in parts)
    return Told(codes, Kind.UNREADABLE_VALUE if unknown else None)
