"""What people ask about their data: the list, taking one down, and the way to its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.casework.people import person_of_reference, references_of_person
from homeward.lib.problems import Invalid, NotFound
from homeward.people.queries.behind import people_named
from homeward.privacy import commands
from homeward.privacy.queries import get_request, open_request, own_requests
from homeward.privacy.rules import RequestState
from homeward.web.due import due
from homeward.web.forms import posted
from homeward.web.protection.acts import ActPage, act_page
from homeward.web.protection.forms import AnswerForm, HowForm, NewRequestForm, StepForm, WhyForm
from homeward.web.protection.words import ASKED_BY, KINDS, STATES, STEPS

MOST_SHOWN = 200
NO_CASE = _("No case of yours has this reference. Check it sign by sign.")
LEAD = _("Anybody may ask, in any way, without a form. The month to answer begins when they ask.")
form_page = require_http_methods(["GET", "HEAD", "POST"])

REQUEST_ACTS: Mapping[str, tuple[ActPage, type[forms.Form], Callable[..., Any]]] = {
    "identify": (
        ActPage(
            _("Confirm who asks"),
            _("It is known who asks"),
            _("Noted. Now the request can be answered."),
            _("Nobody gets a copy, and nothing is erased, before it is known that the person asks."),
        ),
        HowForm,
        commands.confirm_identity,
    ),
    "extend": (
        ActPage(
            _("Take two months more"),
            _("Take two months more"),
            _("The answer is due two months later."),
            _("Only where requests are many or hard; the person has to be told why within the first month."),
        ),
        WhyForm,
        commands.extend_request,
    ),
    "step": (
        ActPage(_("Note what was done"), _("Save"), _("Saved.")),
        StepForm,
        commands.note_request_step,
    ),
    "answer": (
        ActPage(
            _("Close with the answer"),
            _("The person was answered"),
            _("The request is answered."),
            _("Write what the person was told. The answer itself goes to the person, not into this box."),
        ),
        AnswerForm,
        commands.answer_request,
    ),
    "refuse": (
        ActPage(
            _("Refuse with reasons"),
            _("Refuse the request"),
            _("The request is refused, with its reasons."),
            _("The person must be told why, and that they may complain to the authority or go to court."),
            kind="quiet",
        ),
        WhyForm,
        commands.refuse_request,
    ),
}
OPEN_TO: Mapping[str, frozenset[RequestState]] = {
    "identify": frozenset({RequestState.RECEIVED}),
    "extend": frozenset({RequestState.RECEIVED, RequestState.IDENTIFIED}),
    "step": frozenset({RequestState.RECEIVED, RequestState.IDENTIFIED}),
    "answer": frozenset({RequestState.IDENTIFIED}),
    "refuse": frozenset({RequestState.RECEIVED, RequestState.IDENTIFIED}),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every request, open ones first, the oldest promise on top."""
    actor = actor_of(request)
    found = list(own_requests(actor)[: MOST_SHOWN + 1])
    people = people_named(actor, {one.subject_id for one in found})
    today = localdate()
    rows = [
        {
            "request": one,
            "kind": KINDS[one.kind],
            "state": STATES[one.state],
            "person": people.get(one.subject_id),
            "due": None if one.ended_on else due(one.due_on, today),
        }
        for one in found[:MOST_SHOWN]
    ]
    return render(request, "protection/requests.html", {"rows": rows, "is_more": len(found) > MOST_SHOWN})


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Take down a request; the person is found by the reference of a case."""
    actor = actor_of(request)
    actor.require(Action.PROTECTION_VIEW)
    form = NewRequestForm(posted(request), initial={"received_on": localdate()})

    def record(reference: str, **given: Any) -> None:
        subject_id = person_of_reference(actor, reference)
        if subject_id is None:
            raise Invalid(fields={"reference": NO_CASE})
        commands.record_request(actor, subject_id=subject_id, **given)

    page = ActPage(_("Take down a request"), _("Take it down"), _("The request is on your list."), LEAD)
    return act_page(request, page, form, record, way_back=(reverse("data_requests"), _("Requests")))


@require_safe
def show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: whom it is about, by when, what was done, and what can be done now."""
    actor = actor_of(request)
    asked = open_request(actor, request_id)
    person = people_named(actor, [asked.subject_id]).get(asked.subject_id)
    shown = {
        "asked": asked,
        "kind": KINDS[asked.kind],
        "state": STATES[asked.state],
        "asked_by": ASKED_BY[asked.asked_by],
        "person": person,
        "references": references_of_person(actor, asked.subject_id) if person else {},
        "due": None if asked.ended_on else due(asked.due_on, localdate()),
        "steps": [{"step": step, "what": STEPS[step.kind]} for step in sorted(asked.steps.all(), key=_when)],
        "acts": [
            {"name": name, "page": REQUEST_ACTS[name][0]}
            for name, states in OPEN_TO.items()
            if asked.state in states and not (name == "extend" and asked.is_extended)
        ],
    }
    return render(request, "protection/request.html", shown)


def _when(step: Any) -> Any:
    return step.at


@form_page
def act(request: HttpRequest, request_id: UUID, act: str) -> HttpResponse:
    """One act on a request."""
    actor = actor_of(request)
    actor.require(Action.SUBJECT_REQUEST_ANSWER)
    asked = get_request(actor, request_id)
    if act not in REQUEST_ACTS:
        raise NotFound
    page, form_class, command = REQUEST_ACTS[act]
    if asked.state not in OPEN_TO[act]:
        return redirect("data_request", request_id)

    def run(**given: Any) -> None:
        command(actor, request_id=asked.id, **given)

    back = reverse("data_request", args=[asked.id])
    return act_page(request, page, form_class(posted(request)), run, way_back=(back, KINDS[asked.kind]))
