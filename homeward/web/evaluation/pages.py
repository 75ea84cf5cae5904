"""The list of questions, a new one, and the page of one: the plan as it was registered and its answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.evaluation import commands
from homeward.evaluation.asking import spec_of
from homeward.evaluation.cards import card_of
from homeward.evaluation.checklists import Asked as AskedOf
from homeward.evaluation.checklists import checklists_of
from homeward.evaluation.queries import answer_of, get_question, shown_finding, visible_questions
from homeward.evaluation.rules import LANGUAGES, State
from homeward.evaluation.specs import as_given
from homeward.extracts.queries import visible_extracts
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import Problem
from homeward.reports.queries import drawings_of, get_drawing, has_figures
from homeward.web.evaluation.forms import QuestionForm
from homeward.web.evaluation.words import STATES
from homeward.web.forms import posted, put_problem

ON_A_PAGE = 50
STYLED_ONLY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Everything that was asked, the newest first."""
    actor = actor_of(request)
    page = Paginator(visible_questions(actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, answer_of(one)) for one in page]
    shown = {"rows": rows, "page": page, "may_ask": actor.may(Action.EVALUATION_REGISTER)}
    return render(request, "evaluation/questions.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a question, which nobody can change afterwards."""
    actor = actor_of(request)
    actor.require(Action.EVALUATION_REGISTER)
    extracts = _ready_extracts(actor)
    form = QuestionForm(posted(request), extracts)
    if form.is_valid():
        try:
            return _registered(request, actor, form)
        except Problem as problem:
            put_problem(form, problem)
    status = 422 if form.is_bound else 200
    return render(request, "evaluation/new.html", {"form": form, "extracts": extracts}, status=status)


@require_safe
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question: the plan as it was registered, and the card of its answer."""
    actor = actor_of(request)
    one = get_question(actor, question_id)
    answer = answer_of(one)
    card = card_of(answer.finding, one.spec, _language()) if answer and answer.finding else None
    checks = [(STATES[State(state)], state, words) for state, words in card.checks] if card else []
    drawings = list(drawings_of(actor, one.id, _language())) if card else []
    shown = {
        "question": one,
        "answer": answer,
        "card": card,
        "checks": checks,
        "dots": range(1, 6),
        "drawings": drawings,
        "is_being_drawn": bool(answer and not drawings and has_figures(answer.finding)),
        "checklists": checklists_of(_asked(one, shown_finding(answer))) if answer else (),
    }
    return render(request, "evaluation/question.html", shown)


@require_safe
def figure(request: HttpRequest, drawing_id: UUID) -> HttpResponse:
    """One figure as a picture, or with ?keep as a file; nothing in it runs, and nothing is fetched for it."""
    drawing = get_drawing(actor_of(request), drawing_id)
    response = HttpResponse(drawing.svg, content_type="image/svg+xml; charset=utf-8")
    name = f"{drawing.kind}-{drawing.language}.svg"
    response["Content-Disposition"] = content_disposition_header("keep" in request.GET, name) or "inline"
    response["Content-Security-Policy"] = STYLED_ONLY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(one: Any, found: dict[str, Any]) -> AskedOf:
    return AskedOf(one.title, one.spec, one.spec_sha256, found, _language())


def _registered(request: HttpRequest, actor: Actor, form: QuestionForm) -> HttpResponse:
    given = form.cleaned_data
    asked, side = form.choices()
    spec = spec_of(
        asked,
        side,
        given["horizon"],
        sesoi=given["sesoi"],
        place=given["place"],
        is_confirmatory=given["is_confirmatory"],
    )
    made = commands.register_question(
        actor, title=given["title"], extract_id=given["extract_id"], spec=as_given(spec)
    )
    messages.success(request, _("The question is registered. The answer comes by itself."))
    return redirect("question", question_id=made.id)


def _ready_extracts(actor: Actor) -> list[tuple[str, str]]:
    ready = visible_extracts(actor).filter(state=ExtractState.READY)[:ON_A_PAGE]
    return [(str(one.id), f"{date_format(one.asked_at, 'j M Y, H:i')}: {one.why}") for one in ready]


def _language() -> str:
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGES else "en"
