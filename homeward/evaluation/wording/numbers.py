"""Numbers as people read them, in each language: few digits, never an exponent, shares as percents."""

from math import floor, isfinite, log10

DECIMAL = {"en": ".", "fr": ",", "ar": "."}
THOUSANDS = {"en": ",", "fr": "\u202f", "ar": ","}
NOTHING = 1e-9
DIGITS = 2
"""Significant digits of a number below 100: more would look surer than it is."""


def number(value: object, language: str) -> str:
    """A number to two significant digits (whole from 10 on); what is not finite is a dash."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return "–"
    if abs(value) < NOTHING or value == int(value):
        return _marked(f"{int(value):,}", language)
    places = max(0, DIGITS - 1 - floor(log10(abs(value))))
    return _marked(f"{value:,.{places}f}", language)


def share(value: object, language: str) -> str:
    """A share from 0 to 1 as a whole percent."""
    if not isinstance(value, int | float) or not isfinite(value):
        return "–"
    return _marked(f"{100 * value:.0f}", language) + ("\u202f%" if language == "fr" else "%")


def _marked(text: str, language: str) -> str:
    swapped = text.replace(",", "\0").replace(".", DECIMAL[language])
    return swapped.replace("\0", THOUSANDS[language])
