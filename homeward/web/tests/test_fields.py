"""Dates as people tell them, from three boxes."""

from datetime import date

import pytest
from django import forms

from homeward.lib.dates import PartialDate, Precision
from homeward.web.fields import OnDateField, PartialDateField

TODAY = date(2026, 3, 16)


class Arrival(forms.Form):
    on = OnDateField(today=lambda: TODAY, not_future=True)


class Birth(forms.Form):
    born = PartialDateField(today=lambda: TODAY)


def codes(form, field):
    form.is_valid()
    return [error.code for error in form[field].errors.as_data()]


def boxes(name, **typed):
    return {f"{name}_{box}": text for box, text in typed.items()}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({}, "required"),
        ({"month": "3", "year": "2026"}, "day"),
        ({"day": "27", "year": "2026"}, "month"),
        ({"day": "27", "month": "3"}, "year"),
        ({"day": "31", "month": "2", "year": "2026"}, "day"),
        ({"day": "1", "month": "13", "year": "2026"}, "month"),
        ({"day": "1", "month": "1", "year": "26"}, "year"),
        ({"day": "-1", "month": "1", "year": "2026"}, "day"),
        ({"day": "1", "month": "May", "year": "2026"}, "month"),
        ({"day": "17", "month": "3", "year": "2026"}, "future"),
    ],
)
def test_a_wrong_day_is_refused_at_its_box(typed, code):
    assert codes(Arrival(boxes("on", **typed)), "on") == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"day": "7", "year": "1991"}, "month"),
        ({"month": "6"}, "year"),
        ({"age": "34", "year": "1991"}, "age"),
        ({"age": "340"}, "age"),
        ({"year": "1991", "calendar": "martian"}, "calendar"),
        ({"year": "2027"}, "future"),
    ],
)
def test_a_wrong_birth_date_is_refused_at_its_box(typed, code):
    assert codes(Birth(boxes("born", **typed)), "born") == [code]


def test_what_was_typed_stays_and_only_the_wrong_box_is_marked():
    form = Arrival(boxes("on", day="٣١", month="2", year="2026"))
    form.is_valid()
    html = str(form["on"])
    assert 'value="٣١"' in html
    assert 'value="2026"' in html


@pytest.mark.parametrize("day", ["7", "07", "٧", "۷"])
def test_digits_of_any_script_are_read(day):
    form = Arrival(boxes("on", day=day, month="٦", year="١٩٩١"))
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(1991, 6, 7)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"day": "7", "month": "6", "year": "1991"}, PartialDate.of_day(date(1991, 6, 7))),
        ({"month": "6", "year": "1991"}, PartialDate.of_month(1991, 6)),
        ({"year": "1991"}, PartialDate.of_year(1991)),
        ({"age": "34"}, PartialDate.about_age(34, TODAY)),
        (
            {"day": "1", "month": "1", "year": "1370", "calendar": "solar_hijri"},
            PartialDate.of_day(date(1991, 3, 21)),
        ),
        (
            {"day": "1", "month": "1", "year": "1984", "calendar": "ethiopian"},
            PartialDate.of_day(date(1991, 9, 12)),
        ),
    ],
)
def test_a_birth_date_keeps_how_it_was_told(typed, told):
    form = Birth(boxes("born", **typed))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == told


@pytest.mark.parametrize(
    "told",
    [
        PartialDate.of_day(date(1991, 6, 7)),
        PartialDate.of_month(1991, 6),
        PartialDate.of_year(1991),
        PartialDate(date(1990, 1, 1), date(1994, 12, 31), Precision.ABOUT),
    ],
)
def test_saving_an_unchanged_form_gives_the_same_date_back(told):
    field = PartialDateField()
    shown = field.widget.get_context("born", told, {})["typed"]
    assert field.clean(shown) == told
    assert not field.has_changed(told, shown)


def test_an_empty_date_is_none_where_none_is_needed():
    assert PartialDateField(required=False).clean({}) is None
