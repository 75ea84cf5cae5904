"""Holidays and weekends are kept by administrators, for their own organisation."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.codelists.commands import (
    HolidayGiven,
    add_holiday,
    import_holidays,
    remove_holiday,
    set_weekend,
)
from homeward.codelists.models import Holiday
from homeward.codelists.queries import own_holidays, working_days_after
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import adil, nora, rosa, wanda

pytestmark = pytest.mark.usefixtures("cast")
FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
LANTERNS = HolidayGiven("XM", MONDAY, "Day of Lanterns (synthetic)")


def after(actor, n=1, country="XM", start=FRIDAY):
    with acting_as(actor):
        return working_days_after(actor, start, n, country)


def test_who_does_not_administer_keeps_no_calendar():
    for actor in (nora, rosa):
        with pytest.raises(Refused):
            add_holiday(actor, holiday=LANTERNS)
        with pytest.raises(Refused):
            set_weekend(actor, country="XM", days=[4])
        with pytest.raises(Refused):
            import_holidays(actor, content=b"")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (HolidayGiven("QQ", MONDAY, "Nowhere"), "country"),
        (HolidayGiven("XM", MONDAY, "  "), "name"),
        (LANTERNS, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong, field):
    add_holiday(adil, holiday=LANTERNS)
    with pytest.raises(Invalid) as problem:
        add_holiday(adil, holiday=wrong)
    assert list(problem.value.fields) == [field]


@pytest.mark.parametrize(
    "content", [b"", b"country,on,name\n", b"country,on,name\nXM,9 March,Lanterns\n", b"\xff\xfe"]
)
def test_a_file_that_cannot_be_read_adds_nothing(content):
    with pytest.raises(Invalid) as problem:
        import_holidays(adil, content=content)
    assert list(problem.value.fields) == ["file"]
    with acting_as(adil):
        assert not Holiday.objects.exists()


def test_the_holidays_of_others_are_neither_counted_nor_taken_out():
    kept = add_holiday(adil, holiday=LANTERNS)
    assert after(wanda) == MONDAY
    with pytest.raises(NotFound):
        remove_holiday(wanda, holiday_id=kept.id)
    with pytest.raises(Invalid):
        set_weekend(adil, country="XM", days=range(7))


def test_a_deadline_passes_over_a_holiday_until_it_is_taken_out():
    kept = add_holiday(adil, holiday=LANTERNS)
    assert after(nora) == date(2026, 3, 10)
    assert after(nora, country="XN") == MONDAY
    remove_holiday(adil, holiday_id=kept.id)
    assert after(nora) == MONDAY


def test_a_weekend_kept_takes_the_place_of_the_usual_one():
    set_weekend(adil, country="XM", days=[4, 5])
    assert after(nora) == date(2026, 3, 8)
    set_weekend(adil, country="XM", days=[0])
    assert after(nora) == date(2026, 3, 7)


def test_a_file_adds_what_is_not_kept_yet():
    add_holiday(adil, holiday=LANTERNS)
    content = "country,on,name,source\nxm,2026-03-09,Other name,\nXM,2026-03-10,Second day,Synthetic\n"
    found = import_holidays(adil, content=content.encode())
    assert (found.added, found.known) == (1, 1)
    with acting_as(adil):
        names = list(own_holidays(adil).values_list("name", flat=True))
    assert names == [LANTERNS.name, "Second day"]
