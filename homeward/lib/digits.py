"""Digits of every script, read as 0 to 9."""

import unicodedata

ARABIC_SEPARATORS = {"٫": ".", "٬": ","}  # decimal and thousands signs that go with Arabic-Indic digits


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of any script (٣, ۳, ३, ３) and Arabic separators made ASCII."""
    return text if text.isascii() else "".join(map(_ascii_digit, text))


def _ascii_digit(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return ARABIC_SEPARATORS.get(sign, sign) if digit is None else str(digit)
