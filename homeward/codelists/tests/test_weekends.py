from datetime import date

import pytest

from homeward.codelists.rules import working_days_after
from homeward.codelists.weekends import usual_weekend, usual_working_days

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("country", "weekend"),
    [
        ("DE", {5, 6}),
        ("EG", {4, 5}),
        ("AF", {3, 4}),
        ("IR", {4}),
        ("XK", {5, 6}),
        ("XM", {5, 6}),
        ("", {5, 6}),
    ],
)
def test_each_country_has_its_own_weekend(country, weekend):
    assert usual_weekend(country) == weekend


def test_a_week_without_a_working_day_is_refused():
    with pytest.raises(ValueError, match="working day"):
        working_days_after(FRIDAY, 1, range(7), ())


def test_fourteen_working_days_end_on_another_day_where_the_weekend_is_another():
    assert usual_working_days(FRIDAY, 14, "DE") == date(2026, 3, 26)
    assert usual_working_days(FRIDAY, 14, "EG") == date(2026, 3, 25)
    assert usual_working_days(FRIDAY, 0, "DE") == FRIDAY


@pytest.mark.parametrize(
    ("holidays", "end"),
    [
        ((), date(2026, 3, 11)),
        ((date(2026, 3, 9),), date(2026, 3, 12)),
        ((date(2026, 3, 9), date(2026, 3, 10)), date(2026, 3, 13)),
        ((date(2026, 3, 7),), date(2026, 3, 11)),  # a Saturday is none anyway
        ((date(2026, 3, 6),), date(2026, 3, 11)),  # the day itself does not count
        ((date(2026, 3, 12),), date(2026, 3, 11)),  # later than the end
    ],
)
def test_holidays_are_passed_over(holidays, end):
    assert working_days_after(FRIDAY, 3, {5, 6}, holidays) == end
