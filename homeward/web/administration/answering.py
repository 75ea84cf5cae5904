"""How a page with a form answers, and the sub-menu that the pages of administration share."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.lib.problems import EditConflict, NotFound, Problem, Refused
from homeward.web.forms import put_problem

Answers = Mapping[str, Any]

SECTIONS = (
    ("administration", _("Organisation"), Action.ORGANISATION_EDIT),
    ("members", _("Members"), Action.MEMBER_VIEW),
    ("offices", _("Offices and teams"), Action.OFFICE_ADD),
    ("calendars", _("Working days"), Action.CALENDAR_EDIT),
    ("partners", _("Partners"), Action.ORGANISATION_CREATE),
    ("agreements", _("Agreements"), Action.AGREEMENT_PROPOSE),
    ("phones", _("Phones"), Action.PHONE_VIEW),
    ("text_channels", _("Messages"), Action.CHANNEL_VIEW),
    ("integrations", _("Programs"), Action.INTEGRATION_VIEW),
    ("factor_resets", _("Lost second factors"), Action.FACTOR_RESET_DECIDE),
)


def page(request: HttpRequest, template: str, section: str, status: int = 200, **words: Any) -> HttpResponse:
    """A page of administration with its sub-menu."""
    menu = sections_for(actor_of(request), section)
    return render(request, f"administration/{template}.html", {"sections": menu, **words}, status=status)


def sections_for(actor: Actor, current: str) -> list[Mapping[str, object]]:
    """The entries of the sub-menu that the actor's role includes."""
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label, verb in SECTIONS
        if actor.may(verb)
    ]


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when nothing was filled in; None while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest,
    template: str,
    section: str,
    form: Form,
    act: Callable[[Answers], HttpResponse],
    **words: Any,
) -> HttpResponse:
    """Show a form; when its answers will do, act; what the domain then refuses goes back to its question."""
    if request.method == "POST" and form.is_valid():
        try:
            return act(form.cleaned_data)
        except (Refused, NotFound, EditConflict):
            raise
        except Problem as problem:
            put_problem(form, problem)
    status = 422 if form.is_bound and form.errors else 200
    return page(request, template, section, status, form=form, **words)
