"""Working days by the weekend of a country. Public holidays are not known here."""

from datetime import date, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError

SATURDAY, SUNDAY = 5, 6


@cache
def weekend_of(country: str) -> frozenset[int]:
    """Days of the weekend, 0 for Monday; Saturday and Sunday where nothing is known."""
    try:
        locale = Locale.parse(f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return frozenset({SATURDAY, SUNDAY})
    length = (locale.weekend_end - locale.weekend_start) % 7 + 1
    return frozenset((locale.weekend_start + step) % 7 for step in range(length))


def working_days_after(day: date, count: int, country: str) -> date:
    """The day that is `count` working days after `day` in that country."""
    weekend = weekend_of(country)
    while count > 0:
        day += timedelta(1)
        count -= day.weekday() not in weekend
    return day
