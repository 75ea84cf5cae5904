"""Third step: papers, and how to reach the person without bringing them into danger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.codelists.countries import country_choices
from homeward.lib.problems import Invalid
from homeward.people.commands import add_contact, add_document
from homeward.people.queries import contacts_of, documents_of
from homeward.people.rules import ContactKind, DocumentKind
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import CaseForm, offer, one_line
from homeward.web.journey.steps.frame import Step

if TYPE_CHECKING:
    from homeward.cases.models import Case

PAPERS: Mapping[str, str | Promise] = {
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.NATIONAL_ID: _("Identity card"),
    DocumentKind.TRAVEL_DOCUMENT: _("Travel document"),
    DocumentKind.BIRTH_CERTIFICATE: _("Birth certificate"),
    DocumentKind.RESIDENCE_PERMIT: _("Residence permit"),
    DocumentKind.PARTNER_REFERENCE: _("A partner’s own number"),
    DocumentKind.OTHER: _("Other"),
}
WAYS: Mapping[str, str | Promise] = {
    ContactKind.PHONE: _("Telephone"),
    ContactKind.MESSAGING: _("Messages"),
    ContactKind.EMAIL: _("E-mail"),
    ContactKind.ADDRESS: _("Address"),
}
WAY = (
    *("way_kind", "value", "belongs_to", "may_call", "may_text", "may_leave_message"),
    *("not_before", "not_after", "safety_note", "is_preferred"),
)
HOURS = {"input_formats": ["%H:%M", "%H.%M", "%H"], "required": False}


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Enter a time, such as 18:00")},
        **HOURS,  # type: ignore[arg-type]
    )


class ReachForm(CaseForm):
    """One paper and one way to reach the person; nothing typed means none more."""

    paper_kind = forms.ChoiceField(
        label=_("Kind of paper"), required=False, choices=[("", _("None to add")), *PAPERS.items()]
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=60)
    country = forms.ChoiceField(label=_("Issued by"), required=False)
    expires_on = OnDateField(label=_("Valid until"), required=False)
    way_kind = forms.ChoiceField(
        label=_("Way to reach them"), required=False, choices=[("", _("None to add")), *WAYS.items()]
    )
    value = forms.CharField(label=_("Number or address"), required=False, max_length=300, widget=one_line())
    belongs_to = forms.CharField(
        label=_("Whose it is, if not their own"), required=False, max_length=200, widget=one_line()
    )
    may_call = forms.BooleanField(label=_("Calling is safe"), required=False)
    may_text = forms.BooleanField(label=_("Writing is safe"), required=False)
    may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    not_before = _hour(_("Not before"))
    not_after = _hour(_("Not after"))
    safety_note = forms.CharField(
        label=_("What else to mind"),
        help_text=_("For example who else may answer, and what must not be said."),
        required=False,
        max_length=300,
        widget=one_line(),
    )
    is_preferred = forms.BooleanField(label=_("They prefer this way"), required=False)

    def prepare(self) -> None:
        offer(self, "country", [("", _("Not known")), *country_choices(get_language() or "en")])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("number") and not answers.get("paper_kind"):
            self.add_error("paper_kind", _("Say what kind of paper it is."))
        if answers.get("paper_kind") and not answers.get("number"):
            self.add_error("number", _("Enter the number as it stands on the paper."))
        if answers.get("value") and not answers.get("way_kind"):
            self.add_error("way_kind", _("Say what kind of way it is."))
        if answers.get("way_kind") and not answers.get("value"):
            self.add_error("value", _("Enter the number or the address."))
        return answers


def _save(form: ReachForm) -> object:
    answers, person_id = form.cleaned_data, form.case.person_id
    if answers["paper_kind"]:
        add_document(
            form.actor,
            person_id=person_id,
            kind=DocumentKind(answers["paper_kind"]),
            number=answers["number"],
            country=answers["country"],
            expires_on=answers["expires_on"],
        )
    if answers["way_kind"]:
        rules = {name: answers[name] for name in WAY if name != "way_kind"}
        try:
            add_contact(form.actor, person_id=person_id, kind=ContactKind(answers["way_kind"]), **rules)
        except Invalid as problem:
            fields = {("way_kind" if name == "kind" else name): text for name, text in problem.fields.items()}
            raise Invalid(problem.message, fields=fields) from problem
    return None


def _recorded(actor: Actor, case: Case) -> dict[str, object]:
    papers = [(PAPERS[paper.kind], paper) for paper in documents_of(actor, case.person_id)]
    return {"papers": papers, "contacts": contacts_of(actor, case.person_id)}


STEP = Step(
    slug="reach",
    label=_("Documents and contacts"),
    lead=_("Ask how it is safe to reach them. A call at the wrong hour can harm somebody."),
    form=ReachForm,
    save=_save,
    template="journey/steps/reach.html",
    more=_("Save and add another"),
    context=_recorded,
)
