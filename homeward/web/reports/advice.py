"""The register of recommendations, and the page of one with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import NotFound, Problem, Refused, WrongState
from homeward.reports.commands import advice as commands
from homeward.reports.queries import advice as queries
from homeward.reports.rules import WAITING, AdviceState
from homeward.reports.words_of_advice import STATES
from homeward.web.forms import posted, put_problem
from homeward.web.reports.forms import AdviceForm, AnswerAdviceForm, DoneForm

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.reports.models import Recommendation

ON_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def recommendations(request: HttpRequest) -> HttpResponse:
    """What was recommended by whom to whom, what is due first on top."""
    actor = actor_of(request)
    actor.require(Action.RECOMMENDATION_MAKE if request.method == "POST" else Action.RECOMMENDATION_VIEW)
    form = AdviceForm(posted(request), actor=actor) if actor.may(Action.RECOMMENDATION_MAKE) else None
    if form and form.is_valid():
        try:
            made = commands.recommend(actor, **form.cleaned_data)
        except (NotFound, Refused):
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            return redirect("recommendation", made.id)
    today = localdate()
    page = Paginator(queries.visible_recommendations(actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, STATES[one.state], one.state in WAITING and one.due_on < today) for one in page]
    status = 422 if form and form.is_bound else 200
    return render(
        request, "reports/recommendations.html", {"rows": rows, "page": page, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """One recommendation: answered, and told what was done, by the organisation it is given to."""
    actor = actor_of(request)
    one = queries.get_recommendation(actor, recommendation_id)
    forms = _forms(request, actor, one)
    if request.method == "POST":
        actor.require(Action.RECOMMENDATION_ANSWER)
        if _acted(actor, one, forms):
            return redirect("recommendation", one.id)
    steps = [(each, STATES[each.state]) for each in queries.steps_of_recommendation(actor, one)]
    shown = {"one": one, "words": STATES[one.state], "steps": steps, **forms}
    shown["is_late"] = one.state in WAITING and one.due_on < localdate()
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/recommendation.html", shown, status=status)


def _forms(request: HttpRequest, actor: Actor, one: Recommendation) -> dict[str, Any]:
    """What may be said next by this reader."""
    if one.given_to_id != actor.organisation_id or not actor.may(Action.RECOMMENDATION_ANSWER):
        return {}
    version = {"expected_version": one.version}
    given = posted(request)
    forms: dict[str, Any] = {}
    if one.state != AdviceState.DONE:
        start = {**version, "due_on": one.due_on, "owner_id": one.owner_id}
        forms["answering"] = AnswerAdviceForm(
            given if "reply" in request.POST else None, actor=actor, initial=start, prefix="answer"
        )
    if one.state in (AdviceState.ACCEPTED, AdviceState.PARTLY):
        start = {**version, "done_on": localdate()}
        forms["doing"] = DoneForm(given if "finish" in request.POST else None, initial=start, prefix="done")
    return forms


def _acted(actor: Actor, one: Recommendation, forms: dict[str, Any]) -> bool:
    for name, form in forms.items():
        if not form.is_valid():
            continue
        told = {**form.cleaned_data}
        try:
            if name == "doing":
                commands.complete_recommendation(actor, recommendation_id=one.id, **told)
            else:
                told["answer"] = AdviceState(told["answer"])
                commands.answer_recommendation(actor, recommendation_id=one.id, **told)
        except (Refused, WrongState):
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            return True
    return False
