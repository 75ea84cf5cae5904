"""What every step shares: the questions, saving, where one is, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.queries.journey import live_draft
from homeward.lib.problems import EditConflict, Problem, Refused
from homeward.web.conflict import conflict_page
from homeward.web.forms import put_problem
from homeward.web.journey.pages import CaseForm, Words

if TYPE_CHECKING:
    from homeward.cases.models import Case


@dataclass(frozen=True)
class Step:
    """One page of the step form. `save` writes what was answered through the stages' commands."""

    slug: str
    label: Words
    lead: Words
    form: type[CaseForm]
    save: Callable[[Any], object]
    template: str = "journey/steps/step.html"
    more: Words = ""  # a second button that saves and stays, for one more of the same
    context: Callable[[Actor, Case], Mapping[str, object]] | None = None


LABELS: tuple[tuple[str, Words], ...] = (
    ("who", _("Who is applying")),
    ("family", _("Family in this file")),
    ("reach", _("Documents and contacts")),
    ("route", _("Return and route")),
    ("counselling", _("Counselling and decision")),
    ("wish", _("Application")),
    ("check", _("Check and submit")),
)
SLUGS = tuple(slug for slug, _label in LABELS)


def where(slug: str, case: Case | None, done: list[str]) -> dict[str, object]:
    """The list of steps as one step sees it, and its neighbours."""
    at = SLUGS.index(slug)

    def address(other: str) -> str:
        return reverse("application_step", args=[case.id, other]) if case else ""

    steps = [
        {
            "label": label,
            "state": "now" if other == slug else "done" if other in done else "ahead",
            "url": address(other),
        }
        for other, label in LABELS
    ]
    back = address(SLUGS[at - 1]) if at else ""
    return {"steps": steps, "number": at + 1, "back": back}


def show(request: HttpRequest, step: Step, form: CaseForm, *, status: int | None = None) -> HttpResponse:
    """The page of a step."""
    draft = live_draft(form.actor, form.case.id)
    found = {
        "step": step,
        "form": form,
        "case": form.case,
        "draft": draft,
        **where(step.slug, form.case, draft.steps_done if draft else []),
        **(step.context(form.actor, form.case) if step.context else {}),
    }
    return render(request, step.template, found, status=status or (422 if form.errors else 200))


def save(request: HttpRequest, step: Step, form: CaseForm) -> HttpResponse:
    """Save the answers and go where the pressed button leads; keep what was typed when it cannot be saved."""
    case = form.case
    try:
        step.save(form)
        commands.save_step_done(form.actor, case_id=case.id, step=step.slug)
    except Refused:
        raise
    except EditConflict:
        saved = form.saved(form.actor, case)
        back = reverse("application_step", args=[case.id, step.slug])
        return conflict_page(request, form, saved=saved, version=saved["expected_version"], back=back)
    except Problem as problem:
        put_problem(form, problem)
        return show(request, step, form)
    return onward(request, step.slug, case)


def onward(request: HttpRequest, slug: str, case: Case) -> HttpResponse:
    """The same step for one more, the case for who leaves, else the next step."""
    if "leave" in request.POST:
        return redirect("case", case.id)
    following = slug if "more" in request.POST else SLUGS[SLUGS.index(slug) + 1]
    return redirect("application_step", case.id, following)
