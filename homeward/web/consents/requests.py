"""Taking down on the case what a person asks about their data."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.lib.problems import Problem
from homeward.privacy.commands import record_request
from homeward.web.case_header import form_page
from homeward.web.forms import posted, put_problem
from homeward.web.protection.forms import RequestForm


@form_page
def from_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Whoever is asked takes it down; the data protection officer answers it."""
    actor = actor_of(request)
    actor.require(Action.SUBJECT_REQUEST_RECORD)
    case = get_case(actor, case_id)
    form = RequestForm(posted(request), initial={"received_on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            record_request(actor, subject_id=case.person_id, **form.cleaned_data)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The request is with your data protection officer."))
            return redirect(reverse("case", args=[case.id]) + "#consents")
    shown = {"case": case, "form": form}
    return render(request, "consents/data_request.html", shown, status=422 if form.errors else 200)
