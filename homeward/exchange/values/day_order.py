"""Whether a column puts the day or the month first, judged by the whole column."""

import re
from collections import defaultdict
from collections.abc import Iterable

from homeward.exchange.values.dates import DayOrder
from homeward.exchange.values.text import text_of
from homeward.exchange.workbooks import Cell
from homeward.lib.digits import ascii_digits

PAIR = re.compile(r"\s*(\d{1,2})\s*([./\-])\s*(\d{1,2})\s*[./\-]\s*\d{2,4}\b")
CLEAR = 0.95  # of the dates that tell, this share must agree


def day_orders(cells: Iterable[Cell]) -> dict[str, DayOrder]:
    """The order for each separator found; German points always mean the day first."""
    day_first: dict[str, int] = defaultdict(int)
    month_first: dict[str, int] = defaultdict(int)
    for cell in cells:
        found = PAIR.match(ascii_digits(text_of(cell))) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        day_first[found[2]] += first > 12 >= second
        month_first[found[2]] += second > 12 >= first
    return {sign: _order(sign, day_first[sign], month_first[sign]) for sign in day_first | month_first}


def _order(sign: str, day_first: int, month_first: int) -> DayOrder:
    telling = day_first + month_first
    if telling and day_first >= CLEAR * telling:
        return DayOrder.DAY_FIRST
    if telling and month_first >= CLEAR * telling:
        return DayOrder.MONTH_FIRST
    return DayOrder.DAY_FIRST if sign == "." and not month_first else DayOrder.UNDECIDED


def separator_of(text: str) -> str:
    """The sign between the numbers of a numeric date, or nothing."""
    found = PAIR.match(ascii_digits(text))
    return found[2] if found else ""
