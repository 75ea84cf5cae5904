"""What is on its way, one handover with its conversation, and beginning one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.handover_facts import facts_shown
from homeward.cases.handover_rules import OPEN_STATES
from homeward.cases.queries import get_case, handovers
from homeward.cases.queries.enquiries import enquiries_waiting
from homeward.lib.problems import Problem
from homeward.web.forms import posted, put_problem
from homeward.web.handovers.forms import FormerPartnerForm, OfferForm, RequestForm
from homeward.web.handovers.reading import about
from homeward.web.handovers.words import facts_in_words, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from homeward.cases.models import Handover

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST, LATELY = 100, 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's organisation, what it waits for, and what was answered lately."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_VIEW)
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=None)
    found = handovers.visible_handovers(actor)
    under_way = found.filter(state__in=OPEN_STATES)
    shown = {
        "waiting": _rows(actor, handovers.handovers_waiting(actor)[:MOST]),
        "asked": _rows(actor, under_way.exclude(waits_for_id=actor.organisation_id)[:MOST]),
        "answered": _rows(actor, found.exclude(state__in=OPEN_STATES)[:LATELY]),
        "questions": list(handovers.questions_waiting(actor)[:MOST]),
        "enquiries": list(enquiries_waiting(actor)[:MOST]),
        "may_ask": actor.may(Action.HANDOVER_REQUEST),
    }
    return render(request, "handovers/list.html", shown)


@require_safe
def show(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """One handover: what it is about, what was said, and what the reader can answer."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_VIEW)
    handover = handovers.get_handover(actor, handover_id)
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=handover.id, case_id=handover.case_id)
    return render(request, "handovers/show.html", about(actor, handover))


@form_page
def offer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose to whom, read exactly what they will read, then offer."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_OFFER)
    case = get_case(actor, case_id)
    form = OfferForm(posted(request), actor=actor, case=case, to=request.GET.get("to", ""))
    under_way = handovers.open_handover_of(actor, case.id)
    shown = {"case": case, "form": form, "under_way": under_way, "url_name": "offer_case"}
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            along = form.along()
            facts = facts_shown(
                case, appointments=len(along.appointment_ids or ()), documents=len(along.document_ids)
            )
            return render(request, "handovers/preview.html", {**shown, "facts": facts_in_words(facts)})
        try:
            handover = commands.offer_handover(actor, case_id=case.id, **form.given())
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Offered. You stay responsible until they take it on."))
            return redirect("handover", handover.id)
    return render(request, "handovers/offer.html", shown, status=422 if form.errors else 200)


@form_page
def ask_for(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the lead of a case that the reader's organisation knows of to pass it on."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_REQUEST)
    listing = handovers.known_listing(actor, case_id)
    form = RequestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            handover = commands.request_handover(actor, case_id=case_id, message=form.cleaned_data["message"])
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Asked. The lead answers within seven days."))
            return redirect("handover", handover.id)
    shown = {"listing": listing, "form": form}
    return render(request, "handovers/ask_for.html", shown, status=422 if form.errors else 200)


@form_page
def whence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the presumed sender of somebody who is back already to confirm that it sent them."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_REQUEST)
    case = get_case(actor, case_id)
    form = FormerPartnerForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        try:
            handover = commands.ask_former_partner(
                actor, case_id=case.id, organisation_id=answers.pop("organisation"), **answers
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Asked. The case stays yours whatever they answer."))
            return redirect("handover", handover.id)
    shown = {"case": case, "form": form, "facts": facts_in_words(facts_shown(case))}
    return render(request, "handovers/whence.html", shown, status=422 if form.errors else 200)


def _rows(actor: Actor, found: Iterable[Handover]) -> list[dict[str, object]]:
    today = localdate()
    return [
        {
            "one": one,
            "title": title_of(actor, one),
            "reference": one.shown.get("reference", ""),
            "is_late": one.state in OPEN_STATES and one.due_on < today,
        }
        for one in found
    ]
