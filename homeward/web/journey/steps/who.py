"""First step: who applies. Before somebody is recorded anew, those who may be the same are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.casework.queries import likely_matches
from homeward.lib.problems import Invalid
from homeward.people.commands import change_person, register_person
from homeward.people.queries import LikelyMatch
from homeward.web.forms import put_problem
from homeward.web.journey.pages import CaseForm
from homeward.web.journey.steps.frame import Step, onward, where
from homeward.web.journey.steps.person_fields import PersonFields, answers_of, asked_as

if TYPE_CHECKING:
    from homeward.cases.models import Case

SOMEBODY_ELSE = "new"


class NewPersonForm(PersonFields):
    """Somebody who may be on record already."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_codes()

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if not self.errors and not self.is_named():
            self.add_error("given_names", _("Enter at least one name, in any script."))
        return answers

    def ask_whether_known(self, matches: list[LikelyMatch]) -> None:
        """Add one more question: whether it is one of these people."""
        known = [(str(match.person.id), _words(match)) for match in matches]
        self.fields["same_as"] = forms.ChoiceField(
            label=_("Is it one of these people?"),
            help_text=_("A new case can be opened for somebody who is known already."),
            choices=[*known, (SOMEBODY_ELSE, _("No, it is somebody else"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Say whether it is one of the people who are known already")},
        )
        self.order_fields(["same_as"])
        self.full_clean()


class WhoForm(PersonFields, CaseForm):
    """The person of a case, corrected."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.offer_codes()
        self.birth_country = self.case.person.birth_country  # not asked here, and kept

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {**answers_of(case.person), "expected_version": case.person.version}


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Open a case from nothing: the person first, then the case as an enquiry."""
    actor = actor_of(request)
    actor.require(Action.CASE_OPEN)
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        matches = likely_matches(actor, form.details())
        if matches:
            form.ask_whether_known(matches)
        if form.is_valid():
            return _open(request, actor, form)
    found = {"form": form, "step": STEP, **where("who", None, [])}
    return render(request, "journey/steps/begin.html", found, status=422 if form.errors else 200)


def _open(request: HttpRequest, actor: Actor, form: NewPersonForm) -> HttpResponse:
    today = localdate()
    same_as = form.cleaned_data.get("same_as") or SOMEBODY_ELSE
    try:
        person_id = (
            register_person(actor, details=form.details()).id if same_as == SOMEBODY_ELSE else UUID(same_as)
        )
    except Invalid as problem:
        put_problem(form, asked_as(problem))
        found = {"form": form, "step": STEP, **where("who", None, [])}
        return render(request, "journey/steps/begin.html", found, status=422)
    file = commands.start_file(actor, opened_on=today)
    case = commands.open_case(actor, person_id=person_id, opened_on=today, file_id=file.id)
    commands.save_step_done(actor, case_id=case.id, step="who")
    return onward(request, "who", case)


def _words(match: LikelyMatch) -> str:
    person = match.person
    born = str(person.birth.earliest.year) if person.birth else ""
    names = " ".join(part for part in (person.name, person.native_name) if part)
    return " · ".join(part for part in (names, born, *match.references) if part)


def _save(form: WhoForm) -> object:
    try:
        return change_person(
            form.actor,
            person_id=form.case.person_id,
            expected_version=form.cleaned_data["expected_version"],
            details=form.details(),
        )
    except Invalid as problem:
        raise asked_as(problem) from problem


STEP = Step(
    slug="who",
    label=_("Who is applying"),
    lead=_("At least one name, in any script. What is not known stays empty; it can be told later."),
    form=WhoForm,
    save=_save,
    template="journey/steps/who.html",
)
