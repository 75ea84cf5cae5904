from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lib.calendars import Calendar, from_gregorian, partial_date, to_gregorian
from homeward.lib.dates import PartialDate, Precision
from homeward.lib.digits import ascii_digits

KNOWN_DAYS = [
    (Calendar.SOLAR_HIJRI, (1403, 1, 1), date(2024, 3, 20)),  # Nowruz
    (Calendar.SOLAR_HIJRI, (1400, 1, 1), date(2021, 3, 21)),
    (Calendar.SOLAR_HIJRI, (1357, 11, 22), date(1979, 2, 11)),
    (Calendar.SOLAR_HIJRI, (1399, 12, 30), date(2021, 3, 20)),  # last day of a leap year
    (Calendar.SOLAR_HIJRI, (1366, 7, 1), date(1987, 9, 23)),
    (Calendar.ETHIOPIAN, (2017, 1, 1), date(2024, 9, 11)),  # Enkutatash
    (Calendar.ETHIOPIAN, (2016, 1, 1), date(2023, 9, 12)),  # the day later before a Gregorian leap year
    (Calendar.ETHIOPIAN, (2000, 1, 1), date(2007, 9, 12)),
    (Calendar.ETHIOPIAN, (2015, 13, 6), date(2023, 9, 11)),  # the sixth day of Pagume
    (Calendar.ETHIOPIAN, (1980, 4, 29), date(1988, 1, 8)),
    (Calendar.GREGORIAN, (2024, 2, 29), date(2024, 2, 29)),
]


@pytest.mark.parametrize(
    ("calendar", "told", "why"),
    [
        (Calendar.SOLAR_HIJRI, (1404, 12, 30), "1 to 29"),
        (Calendar.SOLAR_HIJRI, (1403, 7, 31), "1 to 30"),
        (Calendar.SOLAR_HIJRI, (1403, 13, 1), "month must be 1 to 12"),
        (Calendar.SOLAR_HIJRI, (1988, 3, 1), "year must be"),
        (Calendar.ETHIOPIAN, (2017, 13, 6), "1 to 5"),
        (Calendar.ETHIOPIAN, (2017, 14, 1), "month must be 1 to 13"),
        (Calendar.GREGORIAN, (2023, 2, 29), "1 to 28"),
        (Calendar.GREGORIAN, (1366, 2, 1), "year must be"),
        (Calendar.GREGORIAN, (2000, 0, 1), "month"),
        (Calendar.GREGORIAN, (2000, 1, 0), "day"),
        (Calendar.GREGORIAN, (2000, None, 3), "needs its month"),
    ],
)
def test_an_impossible_date_is_refused_and_says_why(calendar, told, why):
    with pytest.raises(ValueError, match=why):
        partial_date(calendar, *told)


@pytest.mark.parametrize(("calendar", "told", "day"), KNOWN_DAYS)
def test_known_days_are_right_in_both_directions(calendar, told, day):
    assert to_gregorian(calendar, *told) == day
    assert from_gregorian(calendar, day) == told


@given(st.sampled_from(Calendar), st.dates(date(1803, 1, 1), date(2190, 1, 1)))
def test_every_day_comes_back(calendar, day):
    assert to_gregorian(calendar, *from_gregorian(calendar, day)) == day


@pytest.mark.parametrize("calendar", Calendar)
def test_no_day_is_skipped_or_doubled(calendar):
    first = date(2019, 1, 1).toordinal()
    days = [from_gregorian(calendar, date.fromordinal(first + step)) for step in range(3000)]
    assert days == sorted(set(days))


def test_a_year_or_month_of_another_calendar_becomes_its_span():
    assert partial_date(Calendar.SOLAR_HIJRI, 1403) == PartialDate(
        date(2024, 3, 20), date(2025, 3, 20), Precision.YEAR
    )
    assert partial_date(Calendar.ETHIOPIAN, 2017, 13) == PartialDate(
        date(2025, 9, 6), date(2025, 9, 10), Precision.MONTH
    )
    assert partial_date(Calendar.GREGORIAN, 1988) == PartialDate.of_year(1988)
    assert partial_date(Calendar.GREGORIAN, 1988, 2) == PartialDate.of_month(1988, 2)
    assert partial_date(Calendar.GREGORIAN, 1988, 2, 3) == PartialDate.of_day(date(1988, 2, 3))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("١٤٠٣/٠١/٠١", "1403/01/01"),
        ("۱۳۶۶", "1366"),
        ("１２", "12"),
        ("१२", "12"),
        ("١٬٥٠٠٫٧٥", "1,500.75"),
        ("m²", "m²"),
        ("12 March", "12 March"),
    ],
)
def test_digits_of_every_script_become_ascii(written, read):
    assert ascii_digits(written) == read
