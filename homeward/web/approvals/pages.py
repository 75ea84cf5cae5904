"""What waits for an answer, what was asked, and giving the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.approvals import commands, queries
from homeward.approvals.problems import PROBLEMS
from homeward.approvals.rules import Verdict
from homeward.cases.queries import visible_cases
from homeward.casework.commands import answer_approval, withdraw_approval
from homeward.lib.problems import Problem
from homeward.web.approvals.words import VERDICTS
from homeward.web.forms import posted, put_problem
from homeward.web.journey.pages import long_text, offer, one_of
from homeward.web.journey.words import choices

if TYPE_CHECKING:
    from homeward.approvals.models import Approval, Step

MOST_OF_A_KIND = 100


class AnswerForm(forms.Form):
    """The verdict and its reasons, on what the page showed."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = one_of(_("Your answer"), choices(VERDICTS))
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Needed unless you approve. Say what has to change, so that it can be put right."),
        required=False,
        max_length=2000,
        widget=long_text(4),
    )


class PassOnForm(forms.Form):
    """A colleague who answers instead."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    user_id = forms.TypedChoiceField(label=_("Who answers instead"), coerce=UUID)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what their organisation asked for, and the latest answers."""
    actor = actor_of(request)
    actor.require(Action.APPROVAL_VIEW)
    remember_reading(actor, Action.APPROVAL_VIEW, subject_id=None)
    waiting = list(queries.waiting_for(actor)[:MOST_OF_A_KIND])
    known = {one.id for one in waiting}
    found = {
        "waiting": waiting,
        "late": [one for one in queries.escalated_to(actor)[:MOST_OF_A_KIND] if one.id not in known],
        "asked": queries.asked_approvals(actor)[:MOST_OF_A_KIND],
        "answered": queries.answered_approvals(actor)[:20],
    }
    return render(request, "approvals/list.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """One approval with its steps; who may answer answers here."""
    actor = actor_of(request)
    actor.require(Action.APPROVAL_VIEW)
    approval = queries.get_approval(actor, approval_id)
    form = AnswerForm(posted(request), initial={"expected_version": approval.version})
    if request.method == "POST":
        actor.require(Action.APPROVAL_ANSWER)
        if form.is_valid() and _answer(actor, approval, form):
            messages.success(request, str(_("Your answer is recorded.")))
            return redirect("approvals")
    else:
        remember_reading(actor, Action.APPROVAL_VIEW, subject_id=approval.id, case_id=approval.case_id)
    found = _about(actor, approval) | {"form": form}
    return render(request, "approvals/show.html", found, status=422 if form.errors else 200)


@require_POST
def pass_on(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Let a colleague answer."""
    actor = actor_of(request)
    actor.require(Action.APPROVAL_PASS_ON)
    approval = queries.get_approval(actor, approval_id)
    form = _pass_on_form(actor, approval, queries.current_step(approval), request)
    if form.is_valid():
        try:
            commands.pass_on(actor, approval_id=approval.id, **form.cleaned_data)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(_("It is passed on.")))
            return redirect("approval", approval.id)
    found = _about(actor, approval) | {
        "pass_on": form,
        "form": AnswerForm(initial={"expected_version": approval.version}),
    }
    return render(request, "approvals/show.html", found, status=422)


@require_POST
def withdraw(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Take back what the reader's organisation asked for."""
    withdraw_approval(actor_of(request), approval_id=approval_id)
    messages.success(request, str(_("It is taken back.")))
    return redirect("approvals")


def _answer(actor: Actor, approval: Approval, form: AnswerForm) -> bool:
    answers = form.cleaned_data
    try:
        answer_approval(
            actor,
            approval_id=approval.id,
            verdict=Verdict(answers["verdict"]),
            reasons=answers["reasons"],
            expected_version=answers["expected_version"],
        )
    except Problem as problem:
        if problem.status == 403:
            raise
        put_problem(form, problem)
        return False
    return True


def _about(actor: Actor, approval: Approval) -> dict[str, object]:
    steps = queries.steps_of(actor, approval)
    now = next(step for step in steps if step.number == approval.step_number)
    bar = queries.bar_for(actor, approval, now) if approval.is_waiting else None
    is_ours = now.organisation_id == actor.organisation_id
    may_answer = approval.is_waiting and bar is None and actor.may(Action.APPROVAL_ANSWER)
    may_pass = approval.is_waiting and is_ours and (may_answer or actor.role in queries.OWNERS)
    return {
        "approval": approval,
        "steps": steps,
        "now": now if approval.is_waiting else None,
        "may_answer": may_answer,
        "bar": PROBLEMS[bar].message if bar and is_ours else "",
        "pass_on": _pass_on_form(actor, approval, now) if may_pass else None,
        "may_withdraw": approval.is_waiting
        and approval.organisation_id == actor.organisation_id
        and actor.may(Action.APPROVAL_ASK)
        and (approval.subject_kind != "plan" or actor.may(Action.PLAN_PROPOSE)),
        "sees_case": _sees_case(actor, approval),
    }


def _sees_case(actor: Actor, approval: Approval) -> bool:
    if approval.case_id is None or not actor.may(Action.PLAN_VIEW):
        return False
    return visible_cases(actor).filter(id=approval.case_id).exists()


def _pass_on_form(
    actor: Actor, approval: Approval, step: Step, request: HttpRequest | None = None
) -> PassOnForm:
    form = PassOnForm(
        posted(request) if request else None, initial={"expected_version": approval.version}, prefix="to"
    )
    people = queries.people_who_may_answer(actor, approval, step)
    others = [(str(id_), name) for id_, name in people.items() if id_ != actor.user_id]
    offer(form, "user_id", [("", _("Choose a colleague")), *others])
    return form
