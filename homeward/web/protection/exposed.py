"""Who was exposed to one account between two moments."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.casework.exposure import exposed
from homeward.casework.exposure_sheet import as_csv
from homeward.lib.problems import Invalid
from homeward.privacy.trail import people_on_trail
from homeward.web.audit_words import action_words
from homeward.web.forms import posted
from homeward.web.protection.forms import ExposedAddress, ExposedForm, as_moment

MOST_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask by form; the address then holds an account's id and two moments."""
    actor = actor_of(request)
    actor.require(Action.BREACH_LIST)
    people = people_on_trail(actor)
    if request.method == "POST":
        form = ExposedForm(posted(request), people)
        if form.is_valid():
            return redirect(f"{reverse('exposed')}?{_address(form.cleaned_data)}")
        return render(request, "protection/exposed.html", {"form": form}, status=422)
    address = ExposedAddress(request.GET)
    if not address.is_valid():
        return render(request, "protection/exposed.html", {"form": ExposedForm(None, people)})
    asked = address.cleaned_data
    found = exposed(actor, account_id=asked["who"], since=asked["since"], until=asked["until"])
    initial = {**asked, "who": str(asked["who"])}
    shown = {
        "form": ExposedForm(None, people, initial=initial),
        "asked": {**asked, "name": people.get(asked["who"], "")},
        "address": _address(asked),
        "found": found,
        "rows": [
            {"one": one, "acts": [action_words(action) for action in one.actions]}
            for one in found.people[:MOST_SHOWN]
        ],
        "lists": [{"one": one, "what": action_words(one.action)} for one in found.lists],
        "is_more": len(found.people) > MOST_SHOWN,
    }
    return render(request, "protection/exposed.html", shown)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The whole list as a file."""
    actor = actor_of(request)
    actor.require(Action.BREACH_LIST)
    address = ExposedAddress(request.GET)
    if not address.is_valid():
        raise Invalid
    asked = address.cleaned_data
    found = exposed(actor, account_id=asked["who"], since=asked["since"], until=asked["until"])
    response = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="exposed.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _address(asked: dict[str, Any]) -> str:
    parts = {"who": asked["who"], "since": as_moment(asked["since"]), "until": as_moment(asked["until"])}
    return urlencode(parts)
