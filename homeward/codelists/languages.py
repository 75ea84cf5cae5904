"""Spoken languages by their ISO 639 code."""

from functools import cache

from babel import Locale

# Asked for often among returnees; any other ISO 639 code that has a name may be recorded too.
OFTEN = (
    *("am", "ar", "ckb", "dar", "en", "es", "fa", "fr", "ha", "hy", "ka", "kmr", "ku", "pa", "prs", "ps"),
    *("pt", "ro", "ru", "so", "sq", "sr", "ti", "tr", "uk", "ur", "wo", "yo"),
)


@cache
def language_name(code: str, language: str) -> str:
    """The language's name in the reader's language; the code itself when it is unknown."""
    return str(Locale.parse(language).languages.get(code, code))


@cache
def language_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Languages for a select, sorted by name in the reader's language."""
    named = [(code, language_name(code, language)) for code in OFTEN]
    return tuple(sorted((pair for pair in named if pair[0] != pair[1]), key=lambda pair: pair[1]))
