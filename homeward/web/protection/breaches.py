"""The register of breaches, each with its clock."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.privacy import commands, queries
from homeward.privacy.trail import people_on_trail
from homeward.web.forms import posted
from homeward.web.protection.acts import ActPage, act_page
from homeward.web.protection.forms import BreachForm, BreachStepForm, as_moment
from homeward.web.protection.words import BREACH_STEPS, RISKS

form_page = require_http_methods(["GET", "HEAD", "POST"])
RECORD = ActPage(
    _("Put a breach on the register"),
    _("Put it on the register"),
    _("It is on the register. The clock runs."),
)
STEP = ActPage(_("Note what was done"), _("Save"), _("Saved."))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open breaches first, then the newest."""
    actor = actor_of(request)
    rows = [
        {"breach": one, "risk": RISKS[one.risk], "is_late": _is_late(one)}
        for one in queries.breaches(actor)[:200]
    ]
    return render(request, "protection/breaches.html", {"rows": rows, "hours": settings.BREACH_HOURS})


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Put a breach on the register."""
    actor = actor_of(request)
    actor.require(Action.BREACH_RECORD)
    form = BreachForm(posted(request), people_on_trail(actor), initial={"found_at": localtime()})

    def run(**given: Any) -> None:
        commands.record_breach(actor, **given)

    return act_page(request, RECORD, form, run, way_back=(reverse("breaches"), _("Breaches")))


@require_safe
def show(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """One breach: its clock, what was done, and the way to the list of people exposed."""
    actor = actor_of(request)
    breach = queries.get_breach(actor, breach_id)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=breach.id)
    people = people_on_trail(actor)
    shown = {
        "breach": breach,
        "risk": RISKS[breach.risk],
        "is_late": _is_late(breach),
        "account": people.get(breach.account_id, "") if breach.account_id else "",
        "exposed": _exposed(breach),
        "steps": [
            {"step": one, "what": BREACH_STEPS[one.kind]}
            for one in sorted(breach.steps.all(), key=lambda step: step.at)
        ],
    }
    return render(request, "protection/breach.html", shown)


@form_page
def step(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Note what was done about a breach."""
    actor = actor_of(request)
    actor.require(Action.BREACH_RECORD)
    breach = queries.get_breach(actor, breach_id)

    def run(**given: Any) -> None:
        commands.note_breach_step(actor, breach_id=breach.id, **given)

    back = reverse("breach", args=[breach.id])
    return act_page(request, STEP, BreachStepForm(posted(request)), run, way_back=(back, _("The breach")))


def _is_late(breach: Any) -> bool:
    return breach.authority_told_at is None and breach.authority_due_at < now()


def _exposed(breach: Any) -> str:
    """The address of the list of people exposed, once the account and the window are known."""
    if not (breach.account_id and breach.began_at and breach.ended_at):
        return ""
    window = {"since": as_moment(breach.began_at), "until": as_moment(breach.ended_at)}
    return f"{reverse('exposed')}?{urlencode({'who': breach.account_id, **window})}"
