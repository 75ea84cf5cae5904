"""Asking at a visit: by an officer who is there or on the telephone, or by the person on their own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.followup import commands
from homeward.followup.drafts import drafts_of, open_draft
from homeward.followup.queries import get_visit
from homeward.followup.rules import Answering, VisitState
from homeward.lib.problems import NotFound, Problem
from homeward.surveys.queries import form_of, web_form_of
from homeward.surveys.webform.turning import Given, Turn
from homeward.web.asking.flow import OnDesk, check_page, first_screen, language_of, run_screen
from homeward.web.asking.words import OBSTACLES

if TYPE_CHECKING:
    from homeward.followup.models import Visit, VisitDraft
    from homeward.surveys.models import InstrumentVersion
    from homeward.surveys.receiving import Sent

ASKS = ["GET", "HEAD", "POST"]


class VisitDesk:
    """The form of a visit, as officers of one organisation fill it."""

    base = "page.html"

    def __init__(self, actor: Actor, visit_id: UUID) -> None:
        self.actor, self.visit_id = actor, visit_id

    def open(self, language: str) -> OnDesk:
        found = open_draft(self.actor, visit_id=self.visit_id, language=language)
        form = found.draft.form
        return OnDesk(found.filling, found.missing, form.title, form.languages)

    def keep(self, given: Given, files: Sequence[tuple[int, Sent]]) -> Turn:
        return commands.save_answers(self.actor, visit_id=self.visit_id, given=given, files=files).turn

    def screen_url(self, key: str) -> str:
        return reverse("ask_screen", args=[self.visit_id, key])

    def check_url(self) -> str:
        return reverse("check_answers", args=[self.visit_id])

    def out_url(self) -> str:
        return reverse("ask_at_visit", args=[self.visit_id])

    def around(self) -> Mapping[str, Any]:
        return {"visit": get_visit(self.actor, self.visit_id), "is_officer": True}


@require_http_methods(ASKS)
def begin(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What is to be asked at a visit, how far it is, and where it can be answered."""
    actor = actor_of(request)
    visit = get_visit(actor, visit_id)
    if request.method == "POST":
        actor.require(Action.FORM_FILL)
        commands.begin_filling(actor, visit_id=visit_id)
        desk = VisitDesk(actor, visit_id)
        return redirect(first_screen(desk, desk.open(language_of(request))))
    return render(request, "asking/begin.html", _told(actor, visit))


def _told(actor: Actor, visit: Visit) -> dict[str, Any]:
    form = _form(actor, visit)
    obstacles = web_form_of(form).obstacles if form else ()
    is_open = visit.state != VisitState.DONE and form is not None
    drafts = {one.answering: one for one in drafts_of(actor, visit.id) if one.sent_at is None}
    draft: VisitDraft | None = drafts.get(Answering.OFFICER)
    return {
        "visit": visit,
        "person": visit.member or visit.case.person,
        "form": form,
        "draft": draft,
        "own": drafts.get(Answering.SELF),
        "is_done": visit.state == VisitState.DONE,
        "may_fill": is_open and not obstacles and actor.may(Action.FORM_FILL),
        "may_offer": is_open and not obstacles and visit.member is None and actor.may(Action.FORM_OFFER),
        "obstacles": [(OBSTACLES[one.why], one.path.rpartition("/")[2], one.what) for one in obstacles[:12]],
    }


def _form(actor: Actor, visit: Visit) -> InstrumentVersion | None:
    try:
        return form_of(actor, visit.instrument) if visit.instrument else None
    except NotFound:
        return None


@require_POST
def to_the_person(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Open the form on the person's own page, or take it off again."""
    actor = actor_of(request)
    if request.POST.get("close"):
        commands.close_to_person(actor, visit_id=visit_id)
        messages.success(request, gettext("The form is off their page."))
    else:
        commands.open_to_person(actor, visit_id=visit_id)
        messages.success(request, gettext("They can answer it on their own page now."))
    return redirect("ask_at_visit", visit_id=visit_id)


@require_http_methods(ASKS)
def screen(request: HttpRequest, visit_id: UUID, screen: str) -> HttpResponse:
    """One group of questions."""
    return run_screen(request, VisitDesk(actor_of(request), visit_id), screen)


@require_http_methods(ASKS)
def check(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """All answers once more, and sending them."""
    actor = actor_of(request)
    desk, problem = VisitDesk(actor, visit_id), None
    if request.method == "POST":
        try:
            commands.send_filled(actor, visit_id=visit_id)
        except NotFound:
            raise
        except Problem as refused:
            problem = refused
        else:
            messages.success(request, gettext("The answers are kept. The visit is recorded as made."))
            return redirect("ask_at_visit", visit_id=visit_id)
    return check_page(request, desk, desk.open(language_of(request)), problem=problem)
