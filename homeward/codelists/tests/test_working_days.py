from datetime import date

import pytest

from homeward.codelists.working_days import weekend_of, working_days_after

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
    assert weekend_of(country) == weekend


def test_fourteen_working_days_end_on_another_day_where_the_weekend_is_another():
    assert working_days_after(FRIDAY, 14, "DE") == date(2026, 3, 26)
    assert working_days_after(FRIDAY, 14, "EG") == date(2026, 3, 25)
    assert working_days_after(FRIDAY, 0, "DE") == FRIDAY
