"""A visit to the own page: begun with link and code, narrowed to one case, ended by an idle half hour."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.feedback.queries import visitor_of
from homeward.feedback.rules import IDLE_LASTS
from homeward.lib.problems import Problem

VISIT = "own_page"
View = Callable[..., HttpResponse]


def begin(request: HttpRequest, organisation_id: UUID, link_id: UUID) -> None:
    """Begin a visit in a session of its own; whoever was signed in on this device no longer is."""
    request.session.flush()
    request.session[VISIT] = {"organisation": str(organisation_id), "link": str(link_id)}
    request.session.set_expiry(int(IDLE_LASTS.total_seconds()))


def visitor_in(request: HttpRequest) -> Actor | None:
    """The person whose visit this session is, or None."""
    kept = request.session.get(VISIT)
    if not kept:
        return None
    organisation_id = UUID(kept["organisation"])
    with acting_as(system_actor(organisation_id)):
        return visitor_of(organisation_id, UUID(kept["link"]))


def own_page(view: View) -> View:
    """Show a page to the person of a visit, in one transaction that sees their case alone."""

    @functools.wraps(view)
    def run(request: HttpRequest, **given: Any) -> HttpResponse:
        visitor = visitor_in(request)
        if visitor is None:
            return redirect("my_closed")
        request.session["seen"] = now().isoformat()  # saved with each page, so that the half hour begins anew
        try:
            with acting_as(visitor):
                return view(request, visitor, **given)
        except Problem as problem:
            return render(request, "own/problem.html", {"problem": problem}, status=problem.status)

    return run
