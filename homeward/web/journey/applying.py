"""Applying to a programme, and deciding about an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import Act
from homeward.cases.queries import cases_in_file
from homeward.cases.queries.journey import get_application
from homeward.casework import commands as casework
from homeward.lib.problems import NotFound
from homeward.programmes.queries import open_programmes
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text, offer, one_of

if TYPE_CHECKING:
    from homeward.cases.models import Application, Case


class ApplicationForm(CaseForm):
    """Which programme, for whom, and what is asked for."""

    programme_id = forms.TypedChoiceField(label=_("Programme"), coerce=UUID)
    with_case_ids = forms.TypedMultipleChoiceField(
        label=_("Who of the file applies too"),
        help_text=_("Adults need an informed decision of their own."),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    requested = forms.CharField(
        label=_("What help is asked for"),
        help_text=_("In the person’s words, if possible."),
        required=False,
        max_length=4000,
        widget=long_text(4),
    )
    submitted_on = OnDateField(label=_("Day of the application"), not_future=True)
    voice = ("requested",)
    widths = {"programme_id": "m"}

    def prepare(self) -> None:
        programmes = [(str(one.id), one.name) for one in open_programmes(self.actor, localdate())]
        offer(self, "programme_id", [("", _("Choose a programme")), *programmes])
        others = others_in_file(self.actor, self.case)
        if others:
            offer(self, "with_case_ids", others)
        else:
            del self.fields["with_case_ids"]

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"submitted_on": localdate(), "programme_id": case.programme_id}


class DecisionForm(CaseForm):
    """Accepted or rejected, and why."""

    accept = one_of(_("Decision"), [("yes", _("Accept")), ("no", _("Reject"))])
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("A rejection needs them. The counsellor reads them to the person."),
        required=False,
        max_length=4000,
        widget=long_text(4),
    )
    decided_on = OnDateField(label=_("Day of the decision"), not_future=True)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        application_of(actor, case, given["application_id"])
        return {"decided_on": localdate()}


def others_in_file(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """The other cases of the file, by name and reference."""
    if case.file_id is None:
        return []
    found = cases_in_file(actor, case.file_id).exclude(id=case.id)
    return [(str(one.id), f"{one.person.name}, {one.reference}") for one in found]


def application_of(actor: Actor, case: Case, application_id: UUID) -> Application:
    """The application, if it is this case's."""
    application = get_application(actor, application_id)
    if application.case_id != case.id:
        raise NotFound
    return application


def _decide(form: CaseForm, application_id: UUID) -> object:
    answers = form.cleaned_data
    return casework.decide_application(
        form.actor,
        application_id=application_of(form.actor, form.case, application_id).id,
        accept=answers["accept"] == "yes",
        reasons=answers["reasons"],
        decided_on=answers["decided_on"],
    )


submit = case_page(
    CasePage(
        heading=_("Apply to a programme"),
        save=_("Submit the application"),
        done=_("The application is submitted. Its decision shows on the case."),
        verb=Action.APPLICATION_SUBMIT,
        act=Act.APPLY,
        form=ApplicationForm,
        run=lambda form: commands.submit_application(form.actor, **form.told()),
    )
)

decide = case_page(
    CasePage(
        heading=_("Decide about the application"),
        lead=_("Those who applied together are decided together, as far as you see their cases."),
        save=_("Record the decision"),
        done=_("The decision is recorded."),
        verb=Action.APPLICATION_DECIDE,
        form=DecisionForm,
        run=_decide,
        before="journey/application_to_decide.html",
        context=lambda actor, case, given: {
            "application": application_of(actor, case, given["application_id"])
        },
    )
)
