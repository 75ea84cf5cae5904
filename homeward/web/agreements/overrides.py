"""Vital interests for which special categories may move without consent: what waits for a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.casework.queries import get_override, overrides_within_reach
from homeward.lib.problems import Problem
from homeward.sharing import commands
from homeward.web.agreements.forms import AnswerForm, VitalInterestForm
from homeward.web.forms import posted, put_problem

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST, LATELY = 100, 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, and what was answered lately; of nobody more than what is asked."""
    actor = actor_of(request)
    found = overrides_within_reach(actor)
    remember_reading(actor, Action.SHARING_OVERRIDE_ANSWER, subject_id=None)
    shown = {
        "waiting": list(found.filter(is_agreed=None, until__gt=now())[:MOST]),
        "answered": list(found.exclude(is_agreed=None)[:LATELY]),
    }
    return render(request, "agreements/overrides.html", shown)


@form_page
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask a colleague to agree that a life in danger lets something be shared without consent."""
    actor = actor_of(request)
    actor.require(Action.SHARING_OVERRIDE_ASK)
    case = get_case(actor, case_id)
    form = VitalInterestForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_override(actor, subject_id=case.person_id, case_id=case.id, **form.given())
        except Problem as problem:
            put_problem(form, problem)
        else:
            words = gettext("Asked. Once a colleague agrees, share it with vital interest as the basis.")
            messages.success(request, words)
            return redirect("case", case.id)
    shown = {"case": case, "form": form}
    return render(request, "agreements/ask_override.html", shown, status=422 if form.errors else 200)


@form_page
def answer(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """Read why, then agree or not, as the second person."""
    actor = actor_of(request)
    asked = get_override(actor, override_id)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_agreed = form.cleaned_data["answer"] == "yes"
        commands.answer_override(actor, override_id=asked.id, is_agreed=is_agreed)
        messages.success(request, gettext("Your answer is recorded."))
        return redirect("sharing_overrides")
    if request.method != "POST":
        verb = Action.SHARING_OVERRIDE_ANSWER
        remember_reading(actor, verb, subject_id=asked.id, case_id=asked.case_id)
    is_open = asked.is_agreed is None and asked.until > now()
    shown = {
        "asked": asked,
        "form": form,
        "is_own": asked.asked_by_id == actor.user_id,
        "is_open": is_open,
    }
    return render(request, "agreements/override.html", shown, status=422 if form.errors else 200)
