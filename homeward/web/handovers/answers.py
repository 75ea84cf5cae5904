"""Answers to a handover, each posted from its page; and later questions about a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.handover_rules import PASSING, DeclineReason, HandoverKind, HandoverState
from homeward.cases.queries import get_case, handovers
from homeward.casework.commands import accept_handover
from homeward.lib.problems import Problem, Refused
from homeward.web.forms import posted, put_problem
from homeward.web.handovers.forms import AcceptForm, DeclineForm, LaterQuestionForm, RecallForm, SayForm
from homeward.web.handovers.reading import about

if TYPE_CHECKING:
    from homeward.cases.models import Handover

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def ask(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Ask before deciding."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_ANSWER)
    form = SayForm(request.POST, auto_id="say_%s")

    def act() -> Handover:
        return commands.ask_before_answering(actor, handover_id=handover_id, **form.cleaned_data)

    return _answered(request, handover_id, HandoverState.ASKED, form, act, gettext("Your question is sent."))


@require_POST
def answer(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Answer what the other side asked."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_ANSWER)
    form = SayForm(request.POST, auto_id="say_%s")

    def act() -> Handover:
        return commands.answer_what_was_asked(actor, handover_id=handover_id, **form.cleaned_data)

    return _answered(request, handover_id, HandoverState.ANSWERED, form, act, gettext("Your answer is sent."))


@require_POST
def accept(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Take the case on, let it go, or confirm having sent somebody."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_ACCEPT)
    handover = handovers.get_handover(actor, handover_id)
    form = AcceptForm(request.POST, actor=actor, handover=handover, auto_id="accept_%s")

    def act() -> Handover:
        answers = form.cleaned_data
        return accept_handover(
            actor,
            handover_id=handover_id,
            lead_membership_id=answers.get("lead"),
            note=answers["note"],
            why=form.why,
        )

    is_ours = handover.kind == HandoverKind.OFFER
    words = gettext("Your organisation leads this case now.") if is_ours else gettext("Your yes is recorded.")
    return _answered(request, handover_id, HandoverState.ACCEPTED, form, act, words)


@require_POST
def decline(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Say no, and why."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_ANSWER)
    handover = handovers.get_handover(actor, handover_id)
    form = DeclineForm(request.POST, handover=handover, auto_id="decline_%s")

    def act() -> Handover:
        answers = form.cleaned_data
        reason = DeclineReason(answers["reason"])
        return commands.decline_handover(actor, handover_id=handover_id, reason=reason, note=answers["note"])

    words = gettext("Your answer is sent. The case stays with its lead.")
    return _answered(request, handover_id, HandoverState.DECLINED, form, act, words)


@require_POST
def recall(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Take back what one's organisation began."""
    actor = actor_of(request)
    actor.require(Action.HANDOVER_OFFER)
    form = RecallForm(request.POST, auto_id="recall_%s")

    def act() -> Handover:
        return commands.recall_handover(actor, handover_id=handover_id, **form.cleaned_data)

    return _answered(request, handover_id, HandoverState.RECALLED, form, act, gettext("It is taken back."))


@form_page
def ask_later(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask who led the case before, or sent the person."""
    actor = actor_of(request)
    actor.require(Action.FORMER_LEAD_ASK)
    case = get_case(actor, case_id)
    known = handovers.who_can_be_asked(actor, case, localdate())
    form = LaterQuestionForm(posted(request), known=known)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            commands.ask_former_lead(
                actor, case_id=case.id, organisation_id=answers["organisation"], text=answers["text"]
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Your question is sent. The answer is due in a week."))
            return redirect("case", case.id)
    shown = {"case": case, "form": form, "known": known}
    return render(request, "handovers/ask_later.html", shown, status=422 if form.errors else 200)


@form_page
def answer_later(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer what the lead wants to know of a case one's organisation led or sent."""
    actor = actor_of(request)
    actor.require(Action.FORMER_LEAD_ANSWER)
    question = handovers.get_question(actor, question_id)
    form = SayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_as_former_lead(actor, question_id=question.id, text=form.cleaned_data["text"])
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Your answer is sent."))
            return redirect("handovers")
    elif request.method != "POST":
        remember_reading(actor, Action.HANDOVER_VIEW, subject_id=question.id, case_id=question.case_id)
    handover = handovers.get_handover(actor, question.handover_id)
    is_ours = question.to_organisation_id == actor.organisation_id and question.answered_at is None
    shown = {
        "question": question,
        "form": form if is_ours else None,
        "reference": handover.shown.get("reference", ""),
    }
    return render(request, "handovers/answer_later.html", shown, status=422 if form.errors else 200)


def _answered(
    request: HttpRequest,
    handover_id: UUID,
    state: HandoverState,
    form: Form,
    act: Callable[[], Handover],
    words: str,
) -> HttpResponse:
    actor = actor_of(request)
    handover = handovers.get_handover(actor, handover_id)
    if form.is_valid():
        try:
            done = act()
        except Refused:
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, words)
            is_now_ours = done.to_organisation_id == actor.organisation_id and done.kind in PASSING
            if state == HandoverState.ACCEPTED and is_now_ours:
                return redirect("case", done.case_id)
            return redirect("handover", done.id)
    shown = about(actor, handover, {str(state): form})
    return render(request, "handovers/show.html", shown, status=422)
