"""Dates as people know them: a day, a month, a year, or about an age."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


ABOUT_YEARS = 2  # "about 20" covers two years on either side


@dataclass(frozen=True)
class PartialDate:
    """All days the date may be, from `earliest` to `latest`, and how it was told."""

    earliest: date
    latest: date
    precision: Precision

    @classmethod
    def of_day(cls, day: date) -> "PartialDate":
        return cls(day, day, Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> "PartialDate":
        last = calendar.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last), Precision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> "PartialDate":
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def about_age(cls, age: int, on: date) -> "PartialDate":
        """Born so long ago that "about `age`" was true on the day `on`."""
        year = on.year - age
        return cls(date(year - ABOUT_YEARS, 1, 1), date(year + ABOUT_YEARS, 12, 31), Precision.ABOUT)

    def may_be(self, other: "PartialDate") -> bool:
        """True when some day fits both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def age_on(self, day: date) -> int:
        """Whole years from the middle of the range to `day`."""
        born = self.earliest + (self.latest - self.earliest) / 2
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_later(day: date, months: int) -> date:
    """The same day that many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
