"""Telephone numbers, kept as given beside the form that can be dialled."""

import re
from functools import lru_cache

import phonenumbers

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.text import CACHED, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.workbooks import Cell
from homeward.lib.digits import ascii_digits

SEVERAL = re.compile(r"\s*(?:[;,|\n]|/|\bor\b|\bou\b|\boder\b)\s*")
FEWEST_DIGITS = 5


def read_phone(cell: Cell, region: str = "") -> Told[str]:
    """The first number in the cell in E.164; `region` is where numbers without a country code are dialled."""
    if is_missing(cell):
        return Told()
    return _read(ascii_digits(text_of(cell)), region)


@lru_cache(CACHED)
def _read(text: str, region: str) -> Told[str]:
    first = next(
        (part for part in SEVERAL.split(text) if sum(map(str.isdigit, part)) >= FEWEST_DIGITS),
        text,
    )
    dialled = "+" + first[2:] if first.startswith("00") else first
    known = region if region in phonenumbers.SUPPORTED_REGIONS else None
    for attempt in (
        dialled,
        "+" + dialled.lstrip("+"),
    ):  # lists often lose the plus sign
        try:
            number = phonenumbers.parse(attempt, known)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return Told(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return Told(problem=Kind.IMPOSSIBLE_PHONE)
