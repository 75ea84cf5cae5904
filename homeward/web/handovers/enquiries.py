"""Asking for a case by its reference alone, and what reaches the lead of one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.queries.enquiries import enquiries_of, get_received_enquiry
from homeward.lib.problems import Problem
from homeward.web.forms import posted, put_problem
from homeward.web.handovers.forms import EnquiryForm

form_page = require_http_methods(["GET", "HEAD", "POST"])
LATELY = 20


@form_page
def ask(request: HttpRequest) -> HttpResponse:
    """Ask; the answer is the same whether there is such a case or not."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_REQUEST)
    form = EnquiryForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_by_reference(actor, **form.cleaned_data)
        except Problem as problem:
            put_problem(form, problem)
        else:
            words = gettext("Asked. If there is such a case, its lead may offer it to you.")
            messages.success(request, words)
            return redirect("ask_by_reference")
    shown = {"form": form, "asked": list(enquiries_of(actor)[:LATELY])}
    return render(request, "handovers/by_reference.html", shown, status=422 if form.errors else 200)


@form_page
def received(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Who asks for a case that the reader's organisation leads; set aside, nobody hears of it."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_ANSWER)
    enquiry = get_received_enquiry(actor, enquiry_id)
    if request.method == "POST":
        commands.set_enquiry_aside(actor, enquiry_id=enquiry.id)
        messages.success(request, gettext("Set aside. They are told nothing."))
        return redirect("handovers")
    remember_reading(actor, Action.HANDOVER_VIEW, subject_id=enquiry.id, case_id=enquiry.case_id)
    return render(request, "handovers/received_enquiry.html", {"enquiry": enquiry})
