"""Second step: who of the family is in this file. Each gets a case of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.header import CaseDetails
from homeward.cases.queries import cases_in_file
from homeward.cases.rules import RoleInFile
from homeward.lib.problems import Invalid
from homeward.people.commands import register_person, relate_people
from homeward.people.rules import RelationKind
from homeward.web.case_words import ROLES_IN_FILE
from homeward.web.journey.pages import CaseForm
from homeward.web.journey.steps.frame import Step
from homeward.web.journey.steps.person_fields import PersonFields, asked_as

if TYPE_CHECKING:
    from homeward.cases.models import Case

# What the member is to the principal applicant, as a relation between two people.
RELATIONS = {
    RoleInFile.SPOUSE: RelationKind.SPOUSE,
    RoleInFile.CHILD: RelationKind.CHILD,
    RoleInFile.PARENT: RelationKind.PARENT,
    RoleInFile.SIBLING: RelationKind.SIBLING,
    RoleInFile.DEPENDANT: RelationKind.RELATIVE,
}


class FamilyForm(PersonFields, CaseForm):
    """One more of the family; nothing typed means nobody more."""

    role_in_file = forms.ChoiceField(
        label=_("What they are to the principal applicant"),
        required=False,
        choices=[("", _("Choose")), *((str(role), ROLES_IN_FILE[role]) for role in RELATIONS)],
    )
    widths = {"role_in_file": "m"}
    field_order = ("given_names", "family_name", "native_name", "role_in_file")

    def prepare(self) -> None:
        self.offer_codes()
        for name in ("nationality_2", "nationality_3", "language_2", "language_3"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        answers |= dict.fromkeys(("nationality_2", "nationality_3", "language_2", "language_3"), "")
        told = answers.get("role_in_file") or answers.get("birth")
        if self.is_named() and not answers.get("role_in_file"):
            self.add_error("role_in_file", _("Say what they are to the principal applicant."))
        if told and not self.is_named():
            self.add_error("given_names", _("Enter at least one name, in any script."))
        return answers


def _save(form: FamilyForm) -> object:
    """Record the person, what they are to the principal, and their own case in the file."""
    if not form.is_named():
        return None
    principal, today = form.case, localdate()
    role = RoleInFile(form.cleaned_data["role_in_file"])
    try:
        person = register_person(form.actor, details=form.details())
    except Invalid as problem:
        raise asked_as(problem) from problem
    relate_people(form.actor, person_id=person.id, related_id=principal.person_id, kind=RELATIONS[role])
    route = CaseDetails(
        host_country=principal.host_country,
        return_country=principal.return_country,
        return_place=principal.return_place,
        return_type=principal.return_type,  # type: ignore[arg-type]
    )
    return commands.open_case(
        form.actor,
        person_id=person.id,
        opened_on=today,
        details=route,
        file_id=principal.file_id,
        role_in_file=role,
    )


def _members(actor: Actor, case: Case) -> dict[str, object]:
    found = cases_in_file(actor, case.file_id) if case.file_id else []
    return {"members": [one for one in found if one.id != case.id], "has_file": case.file_id is not None}


STEP = Step(
    slug="family",
    label=_("Family in this file"),
    lead=_(
        "Those who apply together. Each has a case of their own. Nobody else? Leave this empty and go on."
    ),
    form=FamilyForm,
    save=_save,
    template="journey/steps/family.html",
    more=_("Save and add another"),
    context=_members,
)
