"""Dates in every style that people type."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.text import CACHED, fold, folded, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell
from homeward.lib.calendars import Calendar, to_gregorian
from homeward.lib.dates import ABOUT_YEARS, PartialDate, Precision
from homeward.lib.digits import ascii_digits

ToldDate = Told[PartialDate]

FIRST_YEAR, LAST_YEAR = 1800, 2100
OLDEST_AGE = 110
EXCEL_DAY_ZERO = date(1899, 12, 30)
SERIALS = range(10_000, 73_051)  # 1927 to 2099; lower numbers are years or mistakes
PERSIAN_YEARS = range(1290, 1426)
NUMBERS = re.compile(r"(\d{1,2})\s*([./\-\\ ,])\s*(\d{1,2})\s*[./\-\\ ,]\s*(\d{4}|\d{2})\.?")
YEAR_FIRST = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")
MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{4})")
YEAR_MONTH = re.compile(r"(\d{4})\s*[./\-]\s*(\d{1,2})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
PAIRED_MONTHS = re.compile(r"(كانون|تشرين) (\w+)")  # Levantine months in two words
TIME_OF_DAY = re.compile(r"(?:t|\s)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m|z)?$")
WORDS = re.compile(r"\d+|[^\W\d_]+")
ABOUT = re.compile(
    r"^(?:~|±|\+/-|about|approx\w*|around|ca|circa|c|vers|environ|env|etwa|ungefahr|rund|hacia|aprox\w*|حوالي|حوالى|تقريبا|نحو)"
    r"[\s.]*(?:the year |year |en |annee |age |aged |des )?"
)
YEARS_OLD = r"years?(?: old)?|yrs?|y|y o|yo|ans?|jahre?(?: alt)?|j|anos?|سنه|سنوات|عاما?|ساله|ساڵ"
AGE = re.compile(rf"(?:aged?\s*)?(\d{{1,3}})\s*(?:{YEARS_OLD})?")
AGE_SAID = re.compile(r"[^\W\d]")


MONTHS = {name.replace(" ", ""): int(month) for name, month in folded(word_lists("dates")["months"]).items()}
FILLERS = frozenset(word_lists("dates")["other"]["around_dates"])


class DayOrder(StrEnum):
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class DateSetting:
    """How one column writes dates; two-digit years end at `latest_year`."""

    today: date
    latest_year: int
    order: DayOrder = DayOrder.DAY_FIRST
    ages: bool = False  # a bare "20" may be an age


class _Impossible(ValueError):
    """The numbers name a day that no calendar has; `suggestion` may be what was meant."""

    def __init__(self, suggestion: str = "") -> None:
        self.suggestion = suggestion
        super().__init__()


def read_date(cell: Cell, setting: DateSetting) -> ToldDate:
    """The date in the cell, or why there is none."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _told_day(cell)
    if isinstance(cell, bool | timedelta) or not isinstance(cell, str | int | float):
        return Told(problem=Kind.UNREADABLE_DATE)
    if is_missing(cell):
        return Told()
    return _read_text(text_of(cell), setting)


@lru_cache(CACHED)
def _read_text(text: str, setting: DateSetting) -> ToldDate:
    plain = TIME_OF_DAY.sub("", ascii_digits(text).casefold().strip(" '\"")).strip(" .,")
    if _is_filled_with_one_sign(plain):
        return Told(problem=Kind.PLACEHOLDER_DATE)
    try:
        for reader in READERS:
            if (told := reader(plain, setting)) is not None:
                return told
    except _Impossible as impossible:
        return Told(problem=Kind.IMPOSSIBLE_DATE, suggestion=impossible.suggestion)
    except ValueError:
        return Told(problem=Kind.IMPOSSIBLE_DATE)
    return Told(problem=Kind.UNREADABLE_DATE)


def _is_filled_with_one_sign(plain: str) -> bool:
    """99/99/9999, 00.00.0000, xx-xx-xxxx, 11111111."""
    signs = re.sub(r"[\W_]", "", plain)
    return len(set(signs)) == 1 and (len(signs) >= 8 or (len(signs) >= 4 and signs[0] in "09x"))


def _year_first(plain: str, setting: DateSetting) -> ToldDate | None:
    found = YEAR_FIRST.fullmatch(plain) or re.fullmatch(r"((?:18|19|20)\d\d)(\d\d)(\d\d)", plain)
    if not found:
        return None
    year, month, day = map(int, found.groups())
    return _told_numbers(year, month, day)


def _numbers(plain: str, setting: DateSetting) -> ToldDate | None:
    found = NUMBERS.fullmatch(plain) or re.fullmatch(r"(\d\d)()(\d\d)((?:18|19|20)\d\d)", plain)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    year = _full_year(found[4], setting)
    day, month = _in_order(first, second, setting.order)
    if len(found[4]) == 2 and (day, month, year) == (1, 1, 2000):
        # 1900-01-01 with its century cut off is far more common in lists than this birthday.
        return Told(problem=Kind.PLACEHOLDER_DATE, suggestion="2000-01-01")
    told = _told_numbers(year, month, day)
    undecided = setting.order is DayOrder.UNDECIDED and max(first, second) <= 12 and first != second
    if undecided and told.problem is None:
        return Told(
            problem=Kind.AMBIGUOUS_DATE,
            suggestion=f"{date(year, second, first)} / {date(year, first, second)}",
        )
    return told


def _in_order(first: int, second: int, order: DayOrder) -> tuple[int, int]:
    """Day and month; a number above 12 can only be the day, whatever the column does."""
    month_first = order is DayOrder.MONTH_FIRST
    if first > 12 >= second:
        month_first = False
    elif second > 12 >= first:
        month_first = True
    return (second, first) if month_first else (first, second)


def _full_year(written: str, setting: DateSetting) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return 2000 + year if 2000 + year <= setting.latest_year else 1900 + year


def _month_names(plain: str, setting: DateSetting) -> ToldDate | None:
    words = [word for word in WORDS.findall(PAIRED_MONTHS.sub(r"\1\2", fold(plain))) if word not in FILLERS]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(numbers) + 1 != len(words) or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 1:
        return _told_month(_full_year(numbers[0], setting), months[0])
    day, year = numbers if len(numbers[1]) == 4 or len(numbers[0]) < 3 else reversed(numbers)
    return _told_numbers(_full_year(year, setting), months[0], int(day))


def _months(plain: str, setting: DateSetting) -> ToldDate | None:
    if found := MONTH_YEAR.fullmatch(plain):
        return _told_month(int(found[2]), int(found[1]))
    if found := YEAR_MONTH.fullmatch(plain):
        return _told_month(int(found[1]), int(found[2]))
    return None


def _years(plain: str, setting: DateSetting) -> ToldDate | None:
    if not re.fullmatch(r"\d{4}", plain):
        return None
    year = int(plain)
    if year in PERSIAN_YEARS:
        return Told(
            problem=Kind.OTHER_CALENDAR,
            suggestion=f"{year + 621} / {year + 622}",
        )
    if year <= 1901 or year >= 9000:
        return Told(problem=Kind.PLACEHOLDER_DATE)
    _require_year(year)
    return Told(PartialDate.of_year(year))


def _about(plain: str, setting: DateSetting) -> ToldDate | None:
    folded = fold(plain)
    said = ABOUT.match(folded) or ABOUT.match(plain) or (plain.endswith("?") and re.match("", plain))
    rest = ABOUT.sub("", folded if ABOUT.match(folded) else fold(plain))
    age = AGE.fullmatch(rest)
    if said and re.fullmatch(r"\d{4}s?", rest):
        year = int(rest[:4])
        _require_year(year)
        return Told(_around(year))
    if age and 0 < int(age[1]) <= OLDEST_AGE and (said or setting.ages or AGE_SAID.search(rest)):
        kind = None if said else Kind.AGE_NOT_DATE
        return Told(PartialDate.about_age(int(age[1]), setting.today), kind)
    return None


def _serials(plain: str, setting: DateSetting) -> ToldDate | None:
    found = SERIAL.fullmatch(plain)
    if not found or int(found[1]) not in SERIALS:
        return Told(problem=Kind.PLACEHOLDER_DATE) if plain in ("0", "1", "2") else None
    return _told_day(EXCEL_DAY_ZERO + timedelta(days=int(found[1])))


Reader = Callable[[str, DateSetting], ToldDate | None]
READERS: tuple[Reader, ...] = (
    _year_first,
    _numbers,
    _years,
    _months,
    _month_names,
    _about,
    _serials,
)


def _around(year: int) -> PartialDate:
    return PartialDate(
        date(year - ABOUT_YEARS, 1, 1),
        date(year + ABOUT_YEARS, 12, 31),
        Precision.ABOUT,
    )


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Impossible


def _told_numbers(year: int, month: int, day: int) -> ToldDate:
    if year in PERSIAN_YEARS and 1 <= month <= 12 and 1 <= day <= 31:
        return Told(
            problem=Kind.OTHER_CALENDAR,
            suggestion=str(to_gregorian(Calendar.SOLAR_HIJRI, year, month, day)),
        )
    if year >= 9000 or year in (0, 1):
        return Told(problem=Kind.PLACEHOLDER_DATE)
    if year == 1900 and 0 in (month, day):
        return Told(problem=Kind.PLACEHOLDER_DATE)
    if month > 12 >= day > 0:
        raise _Impossible(str(date(year, day, month)) if month <= 28 else "")
    if month in range(1, 13) and day > 28:
        _require_day_in_month(year, month, day)
    return _told_day(date(year, month, day))


def _require_day_in_month(year: int, month: int, day: int) -> None:
    last = PartialDate.of_month(year, month).latest
    if day > last.day:
        raise _Impossible(f"{year:04}-{month:02}")


def _told_month(year: int, month: int) -> ToldDate:
    if year in PERSIAN_YEARS:
        return Told(problem=Kind.OTHER_CALENDAR)
    if year <= 1900 or year >= 9000:
        return Told(problem=Kind.PLACEHOLDER_DATE)
    _require_year(year)
    return Told(PartialDate.of_month(year, month))


PLACEHOLDERS = frozenset(
    {
        *(date(year, 1, 1) for year in (1, 100, 1000, 1111, 1800, 1900, 1901, 1904)),
        *(date(1899, 12, day) for day in (29, 30, 31)),
        *(date(1900, 1, day) for day in (2, 3)),
        *(date(year, 12, 31) for year in (1900, 2049, 2078, 2099, 2100)),
        *(date(year, 1, 1) for year in (2099, 2100)),
        date(1111, 11, 11),
        date(1753, 1, 1),
    }
)
POSSIBLE_PLACEHOLDERS = frozenset({date(1970, 1, 1), date(1969, 12, 31)})


def _told_day(day: date) -> ToldDate:
    if day in PLACEHOLDERS or day.year >= 9000:
        return Told(problem=Kind.PLACEHOLDER_DATE)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Told(problem=Kind.IMPOSSIBLE_DATE)
    if day in POSSIBLE_PLACEHOLDERS:
        return Told(PartialDate.of_day(day), Kind.POSSIBLE_PLACEHOLDER)
    return Told(PartialDate.of_day(day))
