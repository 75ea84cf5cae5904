"""The weekend that a country usually has, where nobody kept another."""

from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError

from homeward.codelists.rules import working_days_after

SATURDAY, SUNDAY = 5, 6


@cache
def usual_weekend(country: str) -> frozenset[int]:
    """Days of the weekend, 0 for Monday, by Unicode's CLDR, not verified; Saturday and Sunday otherwise."""
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return frozenset({SATURDAY, SUNDAY})
    length = (locale.weekend_end - locale.weekend_start) % 7 + 1
    return frozenset((locale.weekend_start + step) % 7 for step in range(length))


def usual_working_days(start: date, n: int, country: str) -> date:
    """The day that is `n` working days after `start` by the usual weekend alone."""
    return working_days_after(start, n, usual_weekend(country), ())
