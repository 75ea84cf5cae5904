"""Handing a person their own page, and answering what they say there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.consent.rules import LANGUAGES
from homeward.feedback import commands
from homeward.feedback.queries import (
    complaints_to_answer,
    get_link,
    get_question,
    open_complaint,
    questions_to_answer,
    visible_complaints,
)
from homeward.lib.problems import NotFound, Problem
from homeward.web.case_header import form_page
from homeward.web.case_words import latin_name
from homeward.web.consents.forms import LanguageForm, ReplyForm
from homeward.web.forms import posted, put_problem
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask


@form_page
def offer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a link and a code, shown this once."""
    actor = actor_of(request)
    actor.require(Action.OWN_PAGE_OFFER)
    case = get_case(actor, case_id)
    spoken = next((one for one in case.person.languages if one in LANGUAGES), "en")
    form = LanguageForm(posted(request), initial={"language": spoken})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.offer_own_page(actor, case_id=case.id, language=form.cleaned_data["language"])
        except Problem as problem:
            put_problem(form, problem)
        else:
            link = request.build_absolute_uri(reverse("my_door", args=[made.token]))
            shown = {"case": case, "made": made, "link": link, "code": f"{made.code[:3]} {made.code[3:]}"}
            return render(request, "consents/offered.html", shown)
    shown = {"case": case, "form": form}
    return render(request, "consents/offer.html", shown, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, case_id: UUID, link_id: UUID) -> HttpResponse:
    """Make the link worthless at once."""
    actor = actor_of(request)
    actor.require(Action.OWN_PAGE_END)
    if get_link(actor, link_id).case_id != case_id:
        raise NotFound
    commands.end_own_page(actor, link_id=link_id)
    messages.success(request, gettext("The link has ended."))
    return redirect(reverse("case", args=[case_id]) + "#consents")


@form_page
def reply(request: HttpRequest, case_id: UUID, question_id: UUID) -> HttpResponse:
    """Answer what the person asked."""
    actor = actor_of(request)
    actor.require(Action.QUESTION_ANSWER)
    case, question = get_case(actor, case_id), get_question(actor, case_id, question_id)
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_question(
                actor, case_id=case.id, question_id=question.id, answer=form.cleaned_data["answer"]
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The answer is on the person’s own page."))
            return redirect(reverse("case", args=[case.id]) + "#consents")
    shown = {"case": case, "question": question, "form": form}
    return render(request, "consents/reply.html", shown, status=422 if form.errors else 200)


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints that the reader looks into: open ones first, no words before one is opened."""
    actor = actor_of(request)
    return render(request, "consents/complaints.html", {"complaints": list(visible_complaints(actor)[:200])})


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """Read one complaint and answer it."""
    actor = actor_of(request)
    opened = open_complaint(actor, complaint_id=complaint_id)
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_complaint(actor, complaint_id=opened.id, answer=form.cleaned_data["answer"])
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The answer is on the person’s own page."))
            return redirect("complaints")
    shown = {"opened": opened, "form": form, "may_answer": actor.may(Action.COMPLAINT_ANSWER)}
    return render(request, "consents/complaint.html", shown, status=422 if form.errors else 200)


def waiting_questions(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Questions of people whom the reader leads."""
    if not actor.may(Action.QUESTION_ANSWER):
        return
    for one in questions_to_answer(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            _("Answer a question"),
            reverse("answer_question", args=[one.case_id, one.id]),
            "talk",
            when=one.due_on,
            reference=one.case.reference,
            name=latin_name(one.case.person),
            native_name=one.case.person.native_name,
        )


def waiting_complaints(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Complaints that the reader looks into; the task names nobody."""
    if not actor.may(Action.COMPLAINT_VIEW):
        return
    for one in complaints_to_answer(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            _("Look into a complaint"), reverse("complaint", args=[one.id]), "alert", when=one.due_on
        )
