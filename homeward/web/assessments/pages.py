"""The profile, the steps of an assessment, finishing and reading it, and answering proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.assessments import commands
from homeward.assessments.forms import form_of
from homeward.assessments.queries import (
    assessments_of_case,
    get_assessment,
    get_proposal,
    open_answers,
    own_draft,
    profile_of,
)
from homeward.assessments.rules import Answer, Asked, Form, Kind, Question, State, Step, unanswered
from homeward.cases.journey_rules import OpeningReason
from homeward.cases.queries import get_case
from homeward.cases.queries.gates import profile_of_case
from homeward.lib.problems import EditConflict, NotFound, Problem, Refused
from homeward.web.assessments.forms import FinishForm, ProposalForm, StepForm
from homeward.web.assessments.words import KINDS, MISSING, QUESTIONS, STEPS, choice_words
from homeward.web.conflict import conflict_page
from homeward.web.forms import posted, put_problem
from homeward.web.journey.words import OPENING_REASONS
from homeward.web.opening_form import OpeningForm

if TYPE_CHECKING:
    from homeward.assessments.models import Assessment
    from homeward.assessments.queries import OpenedAnswers

CHECK = "check"


@require_safe
def profile(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is known of a person, by whom, since when, and what is stale or waits for an answer."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    found = {
        "case": case,
        "profile": profile_of(actor, case.id),
        "noted": profile_of_case(actor, case.id),
        "history": [one for one in assessments_of_case(actor, case.id) if one.state == State.FINISHED],
        "may_assess": actor.may(Action.ASSESS),
        "may_open": actor.may(Action.ASSESSMENT_OPEN),
        "may_note": actor.may(Action.PROFILE_SET),
    }
    return render(request, "assessments/profile.html", found)


@require_POST
def begin(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Begin an assessment, or go on with one's own draft."""
    actor = actor_of(request)
    actor.require(Action.ASSESS)
    if kind not in set(Kind):
        raise NotFound
    draft = commands.begin_assessment(actor, case_id=case_id, kind=Kind(kind))
    return redirect("assessment_step", draft.id, _next_step(draft))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """One step of one's own draft: saved whole or not, and on to the next."""
    actor = actor_of(request)
    actor.require(Action.ASSESS)
    opened = own_draft(actor, assessment_id)
    if slug == CHECK:
        return _check(request, opened)
    asked = _form(opened.assessment).step(slug)
    if asked is None:
        raise NotFound
    began = StepForm.begun(opened.answers, opened.assessment.version)
    form = StepForm(posted(request), step=asked, initial=began)
    if request.method != "POST" or not form.is_valid():
        return _show(request, opened, asked, form)
    return _save(request, opened, asked, form)


@require_POST
def drop(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Give up one's own draft."""
    actor = actor_of(request)
    actor.require(Action.ASSESS)
    dropped = commands.drop_assessment(actor, assessment_id=assessment_id)
    messages.success(request, _("The draft is gone."))
    return redirect("case_profile", dropped.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Ask for the reason, then show the answers once."""
    actor = actor_of(request)
    actor.require(Action.ASSESSMENT_OPEN)
    assessment = get_assessment(actor, assessment_id)
    if assessment.state != State.FINISHED:
        raise NotFound
    found = {"assessment": assessment, "case": get_case(actor, assessment.case_id)}
    form = OpeningForm(posted(request), reasons=OPENING_REASONS)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "assessments/read.html", {**found, "form": form}, status=status)
    reason, words = OpeningReason(form.cleaned_data["reason"]), form.cleaned_data["words"]
    opened = open_answers(actor, assessment.id, reason=reason, words=words)
    return render(request, "assessments/read.html", {**found, "steps": _answered(opened)})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Confirm or decline what was proposed for a profile."""
    actor = actor_of(request)
    actor.require(Action.PROFILE_SET)
    proposal = get_proposal(actor, proposal_id)
    form = ProposalForm(posted(request))
    if form.is_valid():
        try:
            commands.answer_proposal(
                actor,
                proposal_id=proposal.id,
                confirm=form.cleaned_data["answer"] == "confirm",
                reason=form.cleaned_data["reason"],
            )
        except Refused:
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("Your answer is noted."))
            return redirect("case_profile", proposal.case_id)
    found = {"proposal": proposal, "case": get_case(actor, proposal.case_id), "form": form}
    return render(request, "assessments/proposal.html", found, status=422 if form.errors else 200)


def _form(assessment: Assessment) -> Form:
    return form_of(Kind(assessment.kind), assessment.form_version)


def _slugs(assessment: Assessment) -> list[str]:
    return [*(one.slug for one in _form(assessment).steps), CHECK]


def _next_step(draft: Assessment) -> str:
    return next(slug for slug in _slugs(draft) if slug not in draft.steps_done)


def _frame(opened: OpenedAnswers, slug: str) -> dict[str, object]:
    draft, slugs = opened.assessment, _slugs(opened.assessment)
    at = slugs.index(slug)
    return {
        "assessment": draft,
        "case": draft.case,
        "kind": KINDS[draft.kind],
        "label": STEPS[slug],
        "number": at + 1,
        "back": reverse("assessment_step", args=[draft.id, slugs[at - 1]]) if at else "",
        "steps": [
            {
                "label": STEPS[other],
                "state": "now" if other == slug else "done" if other in draft.steps_done else "ahead",
                "url": reverse("assessment_step", args=[draft.id, other]),
            }
            for other in slugs
        ],
    }


def _show(request: HttpRequest, opened: OpenedAnswers, asked: Step, form: StepForm) -> HttpResponse:
    found = {**_frame(opened, asked.slug), "form": form}
    return render(request, "assessments/step.html", found, status=422 if form.errors else 200)


def _save(request: HttpRequest, opened: OpenedAnswers, asked: Step, form: StepForm) -> HttpResponse:
    draft = opened.assessment
    try:
        saved = commands.save_answers(
            actor_of(request),
            assessment_id=draft.id,
            step=asked.slug,
            answers=form.answers(),
            expected_version=form.cleaned_data["expected_version"],
        )
    except EditConflict:
        began = StepForm.begun(opened.answers, draft.version)
        return conflict_page(request, form, saved=began, version=draft.version, back=request.path)
    if "leave" in request.POST:
        return redirect("case_profile", draft.case_id)
    slugs = _slugs(saved)
    return redirect("assessment_step", draft.id, slugs[slugs.index(asked.slug) + 1])


def _check(request: HttpRequest, opened: OpenedAnswers) -> HttpResponse:
    draft = opened.assessment
    form = FinishForm(posted(request), initial={"expected_version": draft.version})
    if form.is_valid():
        try:
            commands.finish_assessment(
                actor_of(request),
                assessment_id=draft.id,
                held_on=form.cleaned_data["held_on"],
                expected_version=form.cleaned_data["expected_version"],
            )
        except Refused:
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("The assessment is finished."))
            return redirect("case_profile", draft.case_id)
    silent = [QUESTIONS[code] for code in unanswered(_form(draft), opened.answers)]
    found = {**_frame(opened, CHECK), "form": form, "silent": silent, "answered": _answered(opened)}
    return render(request, "assessments/check.html", found, status=422 if form.errors else 200)


def _answered(opened: OpenedAnswers) -> list[dict[str, object]]:
    """Every question with its answer in words, by steps; what has none says why."""
    return [
        {
            "label": STEPS[one.slug],
            "rows": [_row(question, opened.answers.get(question.code, {})) for question in one.questions],
        }
        for one in _form(opened.assessment).steps
    ]


def _row(question: Question, given: Answer) -> dict[str, object]:
    row: dict[str, object] = {"question": QUESTIONS[question.code], "words": []}
    if "value" not in given:
        return row | {"why": MISSING.get(str(given.get("missing"))) or _("No answer yet")}
    told = given["value"]
    codes = told if isinstance(told, list) else [told]
    is_free = question.asked is Asked.TEXT
    return row | {"words": codes if is_free else [choice_words(question.code, str(code)) for code in codes]}
