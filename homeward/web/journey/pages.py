"""One page for one thing that can be recorded of a case: its questions, its words, the command it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.journey_rules import Act, Obstacle
from homeward.cases.obstacles import WORDS, obstacle_for
from homeward.cases.queries import get_case
from homeward.codelists.languages import language_choices
from homeward.lib.problems import EditConflict, Problem, Refused
from homeward.web.conflict import conflict_page
from homeward.web.forms import put_problem

if TYPE_CHECKING:
    from homeward.cases.models import Case

Words = str | Promise
View = Callable[..., HttpResponse]

# Where what is missing can be given.
REMEDIES: Mapping[Obstacle, tuple[str, Words]] = {
    Obstacle.NOT_COUNSELLED: ("record_counselling", _("Record a counselling session")),
    Obstacle.NO_INFORMED_DECISION: ("record_counselling", _("Record a counselling session")),
    Obstacle.DECIDED_TO_STAY: ("record_counselling", _("Record a counselling session")),
    Obstacle.NOT_DECIDED_YET: ("record_counselling", _("Record a counselling session")),
    Obstacle.NO_TRAVEL_PLANNED: ("plan_travel", _("Plan the journey")),
    Obstacle.NOT_TRAVELLED: ("plan_travel", _("Plan the journey")),
    Obstacle.TRAVEL_PLANNED: ("change_travel", _("Change the planned journey")),
    Obstacle.NOT_CONFIRMED: ("confirm_travel", _("Confirm travel")),
    Obstacle.NOT_ARRIVED: ("confirm_arrival", _("Confirm the arrival")),
    Obstacle.NOT_PLANNING: ("begin_plan", _("Begin the plan")),
    Obstacle.REJECTED: ("submit_application", _("Apply again")),
    Obstacle.CLOSED: ("reopen_case", _("Reopen the case")),
    Obstacle.WITHDRAWN: ("reopen_case", _("Reopen the case")),
    Obstacle.REMIGRATED: ("reopen_case", _("Reopen the case")),
}


class CaseForm(forms.Form):
    """Questions about one case; subclasses learn their choices from it."""

    voice: tuple[str, ...] = ()  # the person's own words
    sealed: Mapping[str, Words] = {}  # who may open the answer
    widths: Mapping[str, str] = {}

    def __init__(self, *args: Any, actor: Actor, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor, self.case = actor, case
        self.prepare()

    def prepare(self) -> None:
        """Offer what this actor may choose of this case."""

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: Any) -> dict[str, Any]:
        """What the form begins with: the answers as they are recorded now."""
        return {}

    def told(self) -> dict[str, Any]:
        """The answers as the command takes them, with the case."""
        return {"case_id": self.case.id, **self.cleaned_data}

    def rows(self) -> list[dict[str, object]]:
        """Each visible question with the way it is drawn."""
        return [
            {
                "field": bound,
                "voice": "yes" if bound.name in self.voice else "",
                "sealed": self.sealed.get(bound.name, ""),
                "width": self.widths.get(bound.name, ""),
            }
            for bound in self.visible_fields()
        ]


@dataclass(frozen=True)
class CasePage:
    """A page about one case. `run` calls the command with the answers of a valid form."""

    heading: Words
    save: Words
    verb: Action
    form: type[CaseForm]
    run: Callable[..., object]
    done: Words
    act: Act | None = None
    lead: Words = ""
    before: str = ""  # a template above the form, with what `context` finds for it
    context: Callable[[Actor, Case, Mapping[str, Any]], Mapping[str, object]] | None = None
    template: str = "journey/act.html"
    back: str = "case"  # the page of the case that follows, and that "Cancel" leads to


def case_page(page: CasePage) -> View:
    """The view of a page: asks, keeps what was typed, says what is missing, leads back to the case."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, case_id: UUID, **given: Any) -> HttpResponse:
        actor = actor_of(request)
        actor.require(page.verb)
        case = get_case(actor, case_id)
        obstacle = obstacle_for(case, page.act) if page.act else None
        if obstacle and request.method != "POST":
            return _obstacle(request, page, case, obstacle)
        form = _form(request, page, actor, case, given)
        if request.method == "POST" and form.is_valid():
            answer = _submit(request, page, form, given)
            if answer:
                return answer
        return _asked(request, page, form, given)

    return view


def _form(
    request: HttpRequest, page: CasePage, actor: Actor, case: Case, given: Mapping[str, Any]
) -> CaseForm:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return page.form(*posted, actor=actor, case=case, initial=page.form.saved(actor, case, **given))


def _submit(
    request: HttpRequest, page: CasePage, form: CaseForm, given: Mapping[str, Any]
) -> HttpResponse | None:
    case = form.case
    try:
        page.run(form, **given)
    except Refused:
        raise
    except EditConflict:
        saved = form.saved(form.actor, case, **given)
        back = reverse(page.back, args=[case.id])
        return conflict_page(request, form, saved=saved, version=saved["expected_version"], back=back)
    except Problem as problem:
        put_problem(form, problem)
        return None
    messages.success(request, str(page.done))
    return redirect(page.back, case.id)


def _asked(request: HttpRequest, page: CasePage, form: CaseForm, given: Mapping[str, Any]) -> HttpResponse:
    before = page.context(form.actor, form.case, given) if page.context else {}
    found = {"page": page, "case": form.case, "form": form, "back": _back(page, form.case), **before}
    return render(request, page.template, found, status=422 if form.errors else 200)


def _back(page: CasePage, case: Case) -> str:
    return reverse(page.back, args=[case.id])


def _obstacle(request: HttpRequest, page: CasePage, case: Case, obstacle: Obstacle) -> HttpResponse:
    """Say politely what is missing and where it can be given."""
    remedy = REMEDIES.get(obstacle)
    found = {
        "page": page,
        "case": case,
        "back": _back(page, case),
        "obstacle": WORDS[obstacle],
        "remedy": (reverse(remedy[0], args=[case.id]), remedy[1]) if remedy else None,
    }
    return render(request, "journey/act.html", found, status=409)


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a choice field of a form its choices."""
    chosen = form.fields[name]
    if isinstance(chosen, forms.ChoiceField):
        chosen.choices = choices


def languages_to_choose() -> list[tuple[str, Words]]:
    """Spoken languages in the reader's words, after an empty line."""
    return [("", _("Not recorded")), *language_choices(get_language() or "en")]


def long_text(rows: int = 4) -> forms.Textarea:
    """A box for a few sentences in any script."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def one_line() -> forms.TextInput:
    """A line in any script."""
    return forms.TextInput(attrs={"dir": "auto"})


def one_of(label: Any, choices: list[tuple[str, Words]], **options: Any) -> forms.ChoiceField:
    """A question with a few answers, all in sight."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)
