"""Deciding eligibility, asking for an exception, answering one, and what the rules would say."""

from __future__ import annotations

from collections.abc import Mapping
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
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.queries import get_case
from homeward.cases.queries.eligibility import explanation_of, get_eligibility
from homeward.casework.commands import decide_eligibility
from homeward.casework.eligibility import asked_by, facts_of, unanswered, version_for, what_if
from homeward.lib.problems import NotFound
from homeward.programmes.queries import open_programmes, terms_of, version_in_force
from homeward.web.eligibility.fact_fields import add_fact_fields, told_facts
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text

if TYPE_CHECKING:
    from homeward.cases.models import Case, EligibilityDecision


class DecidingForm(CaseForm):
    """The facts that the rules ask for and that nothing on record says."""

    def prepare(self) -> None:
        version = version_for(self.actor, self.case.id)
        if version:
            facts = facts_of(self.actor, self.case.id)
            add_fact_fields(self, unanswered(self.actor, self.case.id, terms_of(version)), facts)


class ReasonForm(CaseForm):
    """Why somebody should be taken as eligible although the rules do not say so."""

    reason = forms.CharField(
        label=_("Reasons"),
        help_text=_("Who answers may see no more of the case than this: say what is special here."),
        max_length=4000,
        widget=long_text(5),
    )


class SupposingForm(forms.Form):
    """Which programme is asked about, and what is supposed."""

    programme = forms.TypedChoiceField(label=_("Programme"), coerce=UUID)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(str(one.id), one.name) for one in open_programmes(actor, localdate())]
        chosen = self.fields["programme"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", _("Choose a programme")), *offered]


def decision_of(actor: Actor, case: Case, decision_id: UUID) -> EligibilityDecision:
    """The decision, if it is this case's."""
    decision = get_eligibility(actor, decision_id)
    if decision.case_id != case.id:
        raise NotFound
    return decision


def _context(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    decision = decision_of(actor, case, given["decision_id"])
    return {"decision": decision, "explanation": explanation_of(decision)}


def _now(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    version = version_for(actor, case.id)
    return {"version": version, "found": what_if(actor, case.id, version.id) if version else None}


decide = case_page(
    CasePage(
        heading=_("Decide eligibility"),
        lead=_(
            "The rules answer by what is on record. Answer what the record does not say, as far as it is "
            "known; what stays open stays open and refuses nobody."
        ),
        save=_("Decide eligibility"),
        done=_("Eligibility is decided. Each line of it shows on the case."),
        verb=Action.ELIGIBILITY_DECIDE,
        form=DecidingForm,
        run=lambda form: decide_eligibility(
            form.actor, case_id=form.case.id, answers=told_facts(form.cleaned_data)
        ),
        before="eligibility/now.html",
        context=_now,
    )
)
ask = case_page(
    CasePage(
        heading=_("Ask for an exception"),
        lead=_("The rules stay as they are and stay on record. Two people can stand by another answer."),
        save=_("Ask for the exception"),
        done=_("The exception is asked for. It waits for who approves it."),
        verb=Action.OVERRIDE_ASK,
        form=ReasonForm,
        run=lambda form, decision_id: commands.ask_override(
            form.actor,
            decision_id=decision_of(form.actor, form.case, decision_id).id,
            reason=form.cleaned_data["reason"],
        ),
        before="eligibility/decided.html",
        context=_context,
    )
)


@require_http_methods(["GET", "HEAD", "POST"])
def suppose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What a programme's rules would say of this case; nothing is kept, no fact is in an address."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    asked = request.POST if request.method == "POST" else None
    form = SupposingForm(actor, asked, initial={"programme": case.programme_id})
    shown = _supposed(actor, case, form) if asked is not None and form.is_valid() else {}
    status = 422 if form.errors else 200
    return render(request, "eligibility/what_if.html", {"case": case, "form": form, **shown}, status=status)


def _supposed(actor: Actor, case: Case, form: SupposingForm) -> dict[str, object]:
    version = version_in_force(actor, form.cleaned_data["programme"], localdate())
    if version is None:
        return {"is_bare": True}
    add_fact_fields(form, asked_by(terms_of(version)), facts_of(actor, case.id))
    if form.data.get("again") != str(version.id):  # the first time, every fact is as the record has it
        form.is_bound = False
        form.initial["programme"] = form.cleaned_data["programme"]
        return {"found": what_if(actor, case.id, version.id)}
    form.full_clean()
    if form.errors:
        return {}
    supposing: dict[str, object] = dict.fromkeys(asked_by(terms_of(version)))
    supposing |= told_facts(form.cleaned_data)
    return {"found": what_if(actor, case.id, version.id, supposing=supposing)}
