"""Days on which nobody works, country by country."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.codelists import commands, queries
from homeward.codelists.commands import HolidayGiven
from homeward.codelists.weekends import usual_weekend
from homeward.organisations.queries import known_organisations
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.administration.forms import countries, offer
from homeward.web.fields import OnDateField

ASKED = ["GET", "HEAD", "POST"]


class HolidayForm(forms.Form):
    """One day of a country, and who says so."""

    country = forms.ChoiceField(label=_("Country"))
    on = OnDateField(label=_("Day"))
    name = forms.CharField(label=_("Name of the holiday"), max_length=200)
    source = forms.CharField(label=_("Who says so"), max_length=200, required=False)
    is_verified = forms.BooleanField(
        label=_("Verified"), help_text=_("Somebody compared it with the official list."), required=False
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "country", countries())


class HolidaysFileForm(forms.Form):
    """A small CSV file."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns country, on, name and source; days such as 2026-03-02. At most 500 rows."),
    )


class WeekendForm(forms.Form):
    """Which days of the week nobody works on."""

    country = forms.ChoiceField(label=_("Country"))
    days = forms.TypedMultipleChoiceField(
        label=_("Weekend"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "country", countries())


@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """Weekends and holidays of the countries that organisations here are in, or that something is kept of."""
    actor = actor_of(request)
    actor.require(Action.CALENDAR_EDIT)
    holidays, weekends = list(queries.own_holidays(actor)), list(queries.own_weekends(actor))
    kept = {one.country: one.days for one in weekends}
    known = {one.country for one in known_organisations(actor)} | kept.keys()
    codes = sorted(known | {one.country for one in holidays})
    rows = [
        {
            "country": code,
            "days": [WEEKDAYS[day] for day in sorted(kept.get(code, usual_weekend(code)))],
            "is_own": code in kept,
        }
        for code in codes
    ]
    return page(request, "calendars", "calendars", holidays=holidays, weekends=rows)


@require_http_methods(ASKED)
def add_holiday(request: HttpRequest) -> HttpResponse:
    """Add one day."""
    actor = actor_of(request)
    actor.require(Action.CALENDAR_EDIT)

    def add(answers: Answers) -> HttpResponse:
        commands.add_holiday(actor, holiday=HolidayGiven(**answers))
        messages.success(request, gettext("The holiday is kept."))
        return redirect("calendars")

    return _form(request, HolidayForm(sent(request)), add, gettext("Add a holiday"))


@require_http_methods(ASKED)
def import_holidays(request: HttpRequest) -> HttpResponse:
    """Add the days of a file."""
    actor = actor_of(request)
    actor.require(Action.CALENDAR_EDIT)
    asked = sent(request)
    form = HolidaysFileForm(asked, request.FILES if asked is not None else None)

    def bring_in(answers: Answers) -> HttpResponse:
        found = commands.import_holidays(actor, content=answers["file"].read())
        words = gettext("Added: %(added)s. Kept already: %(known)s.")
        messages.success(request, words % {"added": found.added, "known": found.known})
        return redirect("calendars")

    return _form(request, form, bring_in, gettext("Holidays from a file"))


@require_http_methods(ASKED)
def set_weekend(request: HttpRequest) -> HttpResponse:
    """Say which days of the week nobody works on in a country."""
    actor = actor_of(request)
    actor.require(Action.CALENDAR_EDIT)

    def save(answers: Answers) -> HttpResponse:
        commands.set_weekend(actor, country=answers["country"], days=answers["days"])
        messages.success(request, gettext("The weekend is kept."))
        return redirect("calendars")

    return _form(request, WeekendForm(sent(request)), save, gettext("Set a weekend"))


@require_POST
def remove_holiday(request: HttpRequest, holiday_id: UUID) -> HttpResponse:
    """Take a mistaken day out."""
    commands.remove_holiday(actor_of(request), holiday_id=holiday_id)
    messages.success(request, gettext("The holiday is taken out."))
    return redirect("calendars")


def _form(request: HttpRequest, form: forms.Form, act: Any, title: str) -> HttpResponse:
    return form_page(request, "calendar_form", "calendars", form, act, title=title)
