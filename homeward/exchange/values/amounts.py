"""Amounts of money in every style."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.text import CACHED, fold, folded, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell
from homeward.lib.digits import ascii_digits

SIGNS = {sign: code for code, signs in word_lists("currencies")["signs"].items() for sign in signs}
NAMES = folded(word_lists("currencies")["names"])
UNDECIDED = "undecided"  # "Rs" and "fr" are used for several
NUMBER = re.compile(r"\d[\d.,'’\s]*")
MOST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in the currency's smallest unit; `currency` is empty where nobody said which."""

    minor: int
    currency: str


def read_amount(cell: Cell, default_currency: str = "") -> Told[Amount]:
    """One amount; without a currency it is read, but only as a question."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return Told(problem=Kind.UNREADABLE_AMOUNT)
    if is_missing(cell):
        return Told()
    text = text_of(cell)
    return _read(text if isinstance(cell, str) else text.replace(".", ","), default_currency)


@lru_cache(CACHED)
def _read(text: str, default_currency: str) -> Told[Amount]:
    plain = ascii_digits(text)
    found = NUMBER.findall(plain)
    number = _number(found[0]) if len(found) == 1 else None
    words = NUMBER.sub(" ", plain)
    if number is None or number > MOST or re.search(r"[-−(]\s*$|^\s*[-−(]", words.strip(" .")):
        return Told(problem=Kind.UNREADABLE_AMOUNT)
    currency = currency_in(words)
    if currency is None:
        return Told(problem=Kind.UNREADABLE_AMOUNT)
    currency = currency or default_currency
    amount = Amount(_minor(number, currency or "EUR"), currency)
    return Told(amount, None if currency else Kind.AMOUNT_WITHOUT_CURRENCY)


def currency_in(words: str) -> str | None:
    """The one currency named in `words`; "" when none is, None when there are other words or several."""
    codes = {code for sign, code in SIGNS.items() if sign in words}
    if "$" in words:
        codes.add("USD")
    for word in fold(words).split():
        if word not in NAMES:
            return None
        codes.add(NAMES[word])
    codes.discard(UNDECIDED)
    return None if len(codes) > 1 else next(iter(codes), "")


def currency_in_header(header: str) -> str:
    """The currency of a whole column, as in "Amount (EUR)"."""
    codes = {code for sign, code in SIGNS.items() if sign in header}
    words = [word for word in fold(header).split() if len(word) >= 3 and word != "all"]
    codes |= {NAMES[word] for word in words if word in NAMES} - {UNDECIDED}
    return codes.pop() if len(codes) == 1 else ""


def _minor(number: Decimal, currency: str) -> int:
    return int((number * 10 ** get_currency_precision(currency)).to_integral_value())


def _number(text: str) -> Decimal | None:
    digits = re.sub(r"[\s'’]", "", text).strip(".,")
    points = [sign for sign in digits if sign in ".,"]
    if not points:
        return Decimal(digits)
    head, _, tail = digits.rpartition(points[-1])
    if len(set(points)) == 1 and (len(points) > 1 or len(tail) == 3):
        return _grouped(digits, points[0])
    groups = next((sign for sign in points if sign != points[-1]), "")
    whole = _grouped(head, groups) if groups else Decimal(head or 0)
    return None if whole is None or points[-1] in head else whole + Decimal(f"0.{tail}")


def _grouped(text: str, sign: str) -> Decimal | None:
    """The number in `text` if `sign` stands before every three digits."""
    first, *rest = text.split(sign)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in rest):
        return None
    return Decimal(first + "".join(rest))
