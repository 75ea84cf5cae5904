"""Text for cells of spreadsheets that others open: never a formula, and the same again when read back.

A spreadsheet program calculates a cell that begins with one of a few signs, whoever wrote it. Such text
gets one apostrophe in front, and so does text that begins with an apostrophe itself: taking one leading
apostrophe away gives every text back as it was. Numbers and dates are written as such, untouched.
"""

from unicodedata import normalize

CALCULATED = frozenset("=+-@\t\r\n\0")
GUARD = "'"


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    return GUARD + text if _begins_badly(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text.removeprefix(GUARD)


def _begins_badly(text: str) -> bool:
    # NFKC folds full-width and small forms, which some programs take for the sign itself.
    first = normalize("NFKC", text[:1])
    return first[:1] in CALCULATED | {GUARD, "−"} if first else False
