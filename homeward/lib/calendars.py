"""Dates in the calendars people were registered in, turned to Gregorian ones and back.

Solar Hijri (Iran, Afghanistan) follows the astronomical equinox at Tehran, as convertdate computes it.
Ethiopian (Ethiopia, Eritrea) is arithmetic: twelve months of 30 days and a thirteenth of 5, or of 6 in
every year that leaves 3 when divided by 4.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from convertdate import persian

from homeward.lib.dates import PartialDate, Precision


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"
    ETHIOPIAN = "ethiopian"


MONTHS_IN_YEAR = {Calendar.GREGORIAN: 12, Calendar.SOLAR_HIJRI: 12, Calendar.ETHIOPIAN: 13}
YEARS = {  # wide enough for every living person and every plan, narrow enough to catch the wrong calendar
    Calendar.GREGORIAN: range(1800, 2201),
    Calendar.SOLAR_HIJRI: range(1180, 1580),
    Calendar.ETHIOPIAN: range(1793, 2193),
}
ETHIOPIAN_DAY_ONE = date(8, 8, 27).toordinal()  # 1 Meskerem of year 1


def days_in_month(calendar: Calendar, year: int, month: int) -> int:
    """How many days that month of that year has."""
    if calendar == Calendar.GREGORIAN:
        return monthrange(year, month)[1]
    if calendar == Calendar.SOLAR_HIJRI:
        return _solar_hijri_days(year, month)
    return 30 if month < 13 else 6 if year % 4 == 3 else 5


def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The Gregorian day of a day in `calendar`; ValueError when there is no such day."""
    _check(calendar, year, month, day)
    if calendar == Calendar.GREGORIAN:
        return date(year, month, day)
    if calendar == Calendar.SOLAR_HIJRI:
        return _first_of_farvardin(year) + timedelta(_days_before_solar_hijri_month(month) + day - 1)
    elapsed = 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1
    return date.fromordinal(ETHIOPIAN_DAY_ONE + elapsed)


def from_gregorian(calendar: Calendar, day: date) -> tuple[int, int, int]:
    """Year, month and day in `calendar` of a Gregorian day."""
    if calendar == Calendar.GREGORIAN:
        return day.year, day.month, day.day
    if calendar == Calendar.SOLAR_HIJRI:
        return _solar_hijri(day)
    cycles, rest = divmod(day.toordinal() - ETHIOPIAN_DAY_ONE, 1461)
    years = min(rest // 365, 3) if rest != 1095 else 2  # the third year of each four has 366 days
    past = rest - 365 * years - (years == 3)
    return 4 * cycles + years + 1, past // 30 + 1, past % 30 + 1


def partial_date(
    calendar: Calendar, year: int, month: int | None = None, day: int | None = None
) -> PartialDate:
    """The Gregorian span of a day, a month or a year in `calendar`; ValueError says what is impossible."""
    if month is None:
        if day is not None:
            raise ValueError("a day needs its month")
        last_month = MONTHS_IN_YEAR[calendar]
        first = to_gregorian(calendar, year, 1, 1)
        last = to_gregorian(calendar, year, last_month, days_in_month(calendar, year, last_month))
        return PartialDate(first, last, Precision.YEAR)
    if day is None:
        first = to_gregorian(calendar, year, month, 1)
        return PartialDate(
            first, first + timedelta(days_in_month(calendar, year, month) - 1), Precision.MONTH
        )
    return PartialDate.of_day(to_gregorian(calendar, year, month, day))


def _check(calendar: Calendar, year: int, month: int, day: int) -> None:
    if year not in YEARS[calendar]:
        raise ValueError(f"the {calendar} year must be {YEARS[calendar][0]} to {YEARS[calendar][-1]}")
    if not 1 <= month <= MONTHS_IN_YEAR[calendar]:
        raise ValueError(f"the month must be 1 to {MONTHS_IN_YEAR[calendar]}")
    last = days_in_month(calendar, year, month)
    if not 1 <= day <= last:
        raise ValueError(f"the day must be 1 to {last} in that month")


@lru_cache(maxsize=512)
def _first_of_farvardin(year: int) -> date:
    return date(*persian.to_gregorian(year, 1, 1))


def _solar_hijri_days(year: int, month: int) -> int:
    if month < 12:
        return 31 if month <= 6 else 30
    return (_first_of_farvardin(year + 1) - _first_of_farvardin(year)).days - 336


def _days_before_solar_hijri_month(month: int) -> int:
    return 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)


def _solar_hijri(day: date) -> tuple[int, int, int]:
    year = day.year - 621
    if day < _first_of_farvardin(year):
        year -= 1
    past = (day - _first_of_farvardin(year)).days
    if past < 186:
        return year, past // 31 + 1, past % 31 + 1
    return year, (past - 186) // 30 + 7, (past - 186) % 30 + 1
