from datetime import date, datetime

import pytest

from homeward.exchange.problem_kinds import Kind
from homeward.exchange.values.dates import DateSetting, DayOrder, read_date
from homeward.exchange.values.day_order import day_orders
from homeward.lib.dates import PartialDate, Precision

TODAY = date(2026, 11, 22)
BIRTH = DateSetting(TODAY, TODAY.year, ages=True)
TRAVEL = DateSetting(TODAY, TODAY.year + 5)
DAY = PartialDate.of_day(date(1985, 3, 24))


@pytest.mark.parametrize(
    "told",
    [
        date(1985, 3, 24),
        datetime(1985, 3, 24, 0, 0),
        datetime(1985, 3, 24, 13, 5),
        "1985-03-24",
        "1985/03/24",
        "1985.3.24",
        "24/03/1985",
        "24.3.1985",
        "24.03.85",
        "24-03-1985",
        "24 03 1985",
        " 24 / 03 / 1985 ",
        "24.03.1985.",
        "1985-03-24 00:00:00",
        "1985-03-24T00:00:00Z",
        "24/03/1985 12:30",
        "24 Mar 1985",
        "24-Mar-1985",
        "24-MAR-85",
        "Mar 24, 1985",
        "March 24th, 1985",
        "24th of March 1985",
        "24 mars 1985",
        "le 24 mars 1985",
        "Né le 24 mars 1985",
        "24. März 1985",
        "24. Maerz 1985",
        "24 de marzo de 1985",
        "Sunday 24 March 1985",
        "٢٤/٠٣/١٩٨٥",
        "۲۴/۰۳/۱۹۸۵",
        "24 مارس 1985",
        "24 آذار 1985",
        "19850324",
        "24031985",
        "31130",
        31130.0,
        "03/24/1985",
        "'24/03/1985",
        "24,03,1985",
        "1985-Mar-24",
        "1985 March 24",
    ],
)
def test_a_day_is_read_in_every_style(told):
    assert read_date(told, BIRTH).value == DAY


@pytest.mark.parametrize(
    "told",
    [
        "Mar 1985",
        "March 1985",
        "mars 1985",
        "März 1985",
        "03/1985",
        "1985-03",
        "3.1985",
        "Mar-85",
        "آذار 1985",
    ],
)
def test_a_month_stays_a_month(told):
    assert read_date(told, BIRTH).value == PartialDate.of_month(1985, 3)


@pytest.mark.parametrize("told", ["1985", 1985, 1985.0, "١٩٨٥", " 1985 "])
def test_a_year_stays_a_year(told):
    assert read_date(told, BIRTH).value == PartialDate.of_year(1985)


@pytest.mark.parametrize(
    "told", ["about 1985", "ca. 1985", "~1985", "vers 1985", "circa 1985", "1985?", "etwa 1985", "حوالي 1985"]
)
def test_about_a_year_covers_two_years_on_either_side(told):
    value = read_date(told, BIRTH).value
    assert (value.earliest.year, value.latest.year, value.precision) == (1983, 1987, Precision.ABOUT)


@pytest.mark.parametrize(
    "told", ["about 20", "~20", "approx. 20", "environ 20 ans", "ca. 20 Jahre", "about 20 years old"]
)
def test_about_an_age_becomes_about_a_year(told):
    assert read_date(told, BIRTH).value == PartialDate.about_age(20, TODAY)


@pytest.mark.parametrize("told", ["20 years", "20 ans", "20 Jahre", "aged 20", "20", 20.0, "20 سنة"])
def test_a_bare_age_is_taken_as_about_and_noted(told):
    assert read_date(told, BIRTH).value == PartialDate.about_age(20, TODAY)
    assert read_date(told, BIRTH).problem == Kind.AGE_NOT_DATE


@pytest.mark.parametrize(
    "told",
    [
        "",
        " ",
        "?",
        "unknown",
        "n/a",
        "N/A",
        "-",
        "—",
        "inconnu",
        "unbekannt",
        "غير معروف",
        "TBC",
        "k.A.",
        "None given",
    ],
)
def test_unknown_is_missing_and_no_problem(told):
    assert (read_date(told, BIRTH).value, read_date(told, BIRTH).problem) == (None, None)


@pytest.mark.parametrize(
    "told",
    [
        date(1900, 1, 1),
        datetime(1900, 1, 1),
        "1900-01-01",
        "01/01/1900",
        "01-Jan-1900",
        "Jan 1900",
        "1900",
        "01.01.00",
        "1901-01-01",
        "9999-12-31",
        "31/12/9999",
        "99/99/9999",
        "00/00/0000",
        "xx/xx/xxxx",
        "0000",
        "9999",
        "1899-12-30",
        "1900-00-00",
        "01.01.0001",
        "31.12.2099",
        "0",
        0,
        "11/11/1111",
        "00.00.1900",
    ],
)
def test_placeholders_are_flagged_and_not_accepted(told):
    assert read_date(told, BIRTH).problem == Kind.PLACEHOLDER_DATE
    assert read_date(told, BIRTH).value is None


@pytest.mark.parametrize(
    "told",
    [
        "31.02.1990",
        "31/04/1985",
        "2001-02-29",
        "32/01/1990",
        "15/15/1990",
        "1990-13-13",
        "00/05/1990",
        "3024-05-05",
    ],
)
def test_days_that_no_calendar_has_are_flagged(told):
    assert read_date(told, BIRTH).problem == Kind.IMPOSSIBLE_DATE
    assert read_date(told, BIRTH).value is None


@pytest.mark.parametrize(
    "told",
    ["soon", "after Eid", "24/03", "1985-1987", "12345678901", "March", "yes", True, "24 Mar Apr 1985"],
)
def test_what_is_no_date_is_flagged(told):
    assert read_date(told, TRAVEL).problem == Kind.UNREADABLE_DATE


def test_a_day_that_may_be_true_is_kept_and_noted():
    assert read_date("01/01/1970", BIRTH).value == PartialDate.of_day(date(1970, 1, 1))
    assert read_date("01/01/1970", BIRTH).problem == Kind.POSSIBLE_PLACEHOLDER


def test_solar_hijri_years_are_asked_about_with_the_gregorian_day():
    told = read_date("1370/05/12", BIRTH)
    assert (told.value, told.problem, told.suggestion) == (None, Kind.OTHER_CALENDAR, "1991-08-03")
    assert read_date("1370", BIRTH).suggestion == "1991 / 1992"


def test_two_digit_years_of_birth_lie_in_the_past_and_of_travel_may_lie_ahead():
    assert read_date("05.05.26", BIRTH).value == PartialDate.of_day(date(2026, 5, 5))
    assert read_date("05.05.27", BIRTH).value == PartialDate.of_day(date(1927, 5, 5))
    assert read_date("05.05.27", TRAVEL).value == PartialDate.of_day(date(2027, 5, 5))


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/1990", "24/03/1985"], DayOrder.DAY_FIRST),
        (["03/04/1990", "03/24/1985"], DayOrder.MONTH_FIRST),
        (["03/04/1990", "05/06/1985"], DayOrder.UNDECIDED),
        (["03/24/1990", "24/03/1985"], DayOrder.UNDECIDED),
        (["24/03/1985"] * 40 + ["03/24/1990"], DayOrder.DAY_FIRST),
    ],
)
def test_the_whole_column_decides_whether_the_day_comes_first(column, order):
    assert day_orders(column)["/"] == order


def test_german_points_put_the_day_first_without_evidence():
    assert day_orders(["03.04.1990"])["."] == DayOrder.DAY_FIRST


def test_an_undecided_day_is_a_question_that_shows_both_readings():
    told = read_date("03/04/1990", DateSetting(TODAY, 2026, DayOrder.UNDECIDED))
    assert (told.value, told.problem, told.suggestion) == (
        None,
        Kind.AMBIGUOUS_DATE,
        "1990-04-03 / 1990-03-04",
    )
    assert read_date("04/04/1990", DateSetting(TODAY, 2026, DayOrder.UNDECIDED)).value is not None


def test_the_month_comes_first_where_the_column_says_so():
    setting = DateSetting(TODAY, 2026, DayOrder.MONTH_FIRST)
    assert read_date("03/04/1990", setting).value == PartialDate.of_day(date(1990, 3, 4))
