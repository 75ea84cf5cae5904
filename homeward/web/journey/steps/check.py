"""Last step: everything once more, what is missing and where to give it, and the submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import Act, obstacle_in_decisions
from homeward.cases.obstacles import WORDS, obstacle_for
from homeward.cases.queries import cases_in_file
from homeward.cases.queries.journey import counselling_of_case, decisions_of_case, live_draft
from homeward.lib.problems import Problem, Refused
from homeward.people.queries import contacts_of, documents_of
from homeward.web.fields import OnDateField
from homeward.web.forms import put_problem
from homeward.web.journey.pages import CaseForm, Words
from homeward.web.journey.steps.frame import Step, show

if TYPE_CHECKING:
    from homeward.cases.models import Case


class CheckForm(CaseForm):
    """The day it is submitted."""

    submitted_on = OnDateField(label=_("Day of the application"), not_future=True)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"submitted_on": localdate()}


def submit(request: HttpRequest, form: CheckForm) -> HttpResponse:
    """Submit what was filled in."""
    draft = live_draft(form.actor, form.case.id)
    if draft is None or draft.programme_id is None:
        return show(request, STEP, form, status=422)
    try:
        commands.submit_application(
            form.actor,
            case_id=form.case.id,
            programme_id=draft.programme_id,
            submitted_on=form.cleaned_data["submitted_on"],
            requested=draft.requested,
            with_case_ids=draft.with_case_ids,
        )
    except Refused:
        raise
    except Problem as problem:
        put_problem(form, problem)
        return show(request, STEP, form)
    messages.success(request, gettext("The application is submitted. Its decision shows on the case."))
    return redirect("case", form.case.id)


def _everything(actor: Actor, case: Case) -> dict[str, object]:
    draft = live_draft(actor, case.id)
    members = list(cases_in_file(actor, case.file_id)) if case.file_id else []
    chosen = set(draft.with_case_ids) if draft else set()
    return {
        "person": case.person,
        "members": [one for one in members if one.id != case.id],
        "going_along": [one for one in members if one.id in chosen],
        "papers": documents_of(actor, case.person_id).count(),
        "ways": contacts_of(actor, case.person_id).count(),
        "sessions": list(counselling_of_case(actor, case.id)),
        "wish": draft,
        "missing": _missing(actor, case, has_programme=bool(draft and draft.programme_id)),
    }


def _missing(actor: Actor, case: Case, *, has_programme: bool) -> list[tuple[Words, str]]:
    """What keeps the application from being submitted, and the step where it is given."""
    found: list[tuple[Words, str]] = []
    obstacle = obstacle_for(case, Act.APPLY) or obstacle_in_decisions(decisions_of_case(actor, case.id))
    if obstacle:
        found.append((WORDS[obstacle], "counselling"))
    if not has_programme:
        found.append((_("Choose the programme to apply to."), "wish"))
    return found


STEP = Step(
    slug="check",
    label=_("Check and submit"),
    lead=_("Read it to the person. They can change everything here, and withdraw later."),
    form=CheckForm,
    save=lambda form: None,
    template="journey/steps/check.html",
    context=_everything,
)
