"""Questions that a person answers on their own page, one group a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actor import Actor
from homeward.followup import commands
from homeward.lib.problems import NotFound, Problem
from homeward.web.asking.flow import check_page, first_screen, language_of, run_screen
from homeward.web.asking.pages import ASKS, VisitDesk
from homeward.web.own.visit import own_page


class OwnDesk(VisitDesk):
    """The form of a visit, as the person fills it whom it is about."""

    base = "own/base.html"

    def screen_url(self, key: str) -> str:
        return reverse("my_screen", args=[self.visit_id, key])

    def check_url(self) -> str:
        return reverse("my_check", args=[self.visit_id])

    def out_url(self) -> str:
        return reverse("my_page")

    def around(self) -> Mapping[str, Any]:
        return {"is_own": True}


@require_safe
@own_page
def begin(request: HttpRequest, visitor: Actor, visit_id: UUID) -> HttpResponse:
    """Lead to the first question that is not answered yet."""
    desk = OwnDesk(visitor, visit_id)
    return redirect(first_screen(desk, desk.open(language_of(request))))


@require_http_methods(ASKS)
@own_page
def screen(request: HttpRequest, visitor: Actor, visit_id: UUID, screen: str) -> HttpResponse:
    """One group of questions."""
    return run_screen(request, OwnDesk(visitor, visit_id), screen)


@require_http_methods(ASKS)
@own_page
def check(request: HttpRequest, visitor: Actor, visit_id: UUID) -> HttpResponse:
    """All answers once more, and sending them."""
    desk, problem = OwnDesk(visitor, visit_id), None
    if request.method == "POST":
        try:
            commands.send_filled(visitor, visit_id=visit_id)
        except NotFound:
            raise
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, gettext("Thank you. Your answers are sent."))
            return redirect("my_page")
    return check_page(request, desk, desk.open(language_of(request)), problem=problem)
