"""Changing the summary of a case and its next step; who of the organisation works on it."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.queries import get_case
from homeward.lib.problems import EditConflict, Problem
from homeward.web.case_forms import AssignForm, CaseloadForm, HeaderForm, NextStepForm
from homeward.web.conflict import conflict_page
from homeward.web.forms import posted, put_problem

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where from, where to, how, and what a colleague must know to take over."""
    actor = actor_of(request)
    actor.require(Action.CASE_EDIT)
    case = get_case(actor, case_id)
    form = HeaderForm(posted(request), initial=HeaderForm.saved(case))
    if request.method != "POST":
        remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    elif form.is_valid():
        try:
            commands.edit_case(
                actor,
                case_id=case.id,
                expected_version=form.cleaned_data["expected_version"],
                details=form.details(),
            )
        except EditConflict:
            return _conflict(request, form, actor, case.id)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("case", case.id)
    return _shown(request, "cases/edit.html", {"case": case, "form": form})


@form_page
def next_step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What happens next and by when; an empty answer says that nothing is promised any more."""
    actor = actor_of(request)
    actor.require(Action.CASE_EDIT)
    case = get_case(actor, case_id)
    form = NextStepForm(posted(request), initial=NextStepForm.saved(case))
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_next_step(actor, case_id=case.id, **form.cleaned_data)
        except EditConflict:
            return _conflict(request, form, actor, case.id)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Saved. It stands in your inbox until it is done or changed."))
            return redirect("case", case.id)
    return _shown(request, "cases/next_step.html", {"case": case, "form": form})


@form_page
def assign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give the case to a colleague."""
    actor = actor_of(request)
    actor.require(Action.CASE_ASSIGN)
    case = get_case(actor, case_id)
    form = AssignForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            commands.assign_case(actor, case_id=case.id, membership_id=form.cleaned_data["membership"])
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The case is with your colleague now."))
            return redirect("case", case.id)
    return _shown(request, "cases/assign.html", {"case": case, "form": form})


@form_page
def caseload(request: HttpRequest) -> HttpResponse:
    """Give everything one colleague works on to another."""
    actor = actor_of(request)
    actor.require(Action.CASE_ASSIGN)
    form = CaseloadForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            moved = commands.reassign_caseload(
                actor,
                from_user_id=form.cleaned_data["from_user"],
                membership_id=form.cleaned_data["membership"],
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            words = ngettext("%(n)s case changed hands.", "%(n)s cases changed hands.", moved.count)
            messages.success(request, words % {"n": moved.count})
            return redirect("caseload")
    return _shown(request, "cases/caseload.html", {"form": form})


def _conflict(
    request: HttpRequest, form: HeaderForm | NextStepForm, actor: Actor, case_id: UUID
) -> HttpResponse:
    case = get_case(actor, case_id)
    back = reverse("case", args=[case.id])
    return conflict_page(request, form, saved=form.saved(case), version=case.version, back=back)


def _shown(request: HttpRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    """A page with a form; with 422 when an answer in it needs another look."""
    form = context["form"]
    wrong = isinstance(form, forms.BaseForm) and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if wrong else 200)
