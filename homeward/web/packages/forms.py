"""The form of a package."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TypedDict
from uuid import UUID

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.casework.packages import FIELDS, usual_fields
from homeward.organisations.queries import known_organisations
from homeward.sharing.rules import Basis, Condition, Purpose
from homeward.web.case_forms import offer
from homeward.web.fields import OnDateField
from homeward.web.ground_fields import basis_field, chosen_condition, condition_field, necessity_field
from homeward.web.sharing_words import CATEGORIES, PURPOSES

SHOWN_FOR = timedelta(days=90)


class Given(TypedDict):
    """What the command needs to know."""

    organisation_id: UUID
    purpose: Purpose
    field_codes: list[str]
    basis: Basis
    condition: Condition | None
    necessity: str
    until: datetime | None


class PackageForm(forms.Form):
    """To whom, for what, which fields, on what ground, how long."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    purpose = forms.ChoiceField(label=_("What for"), choices=list(PURPOSES.items()))
    fields_shown = forms.MultipleChoiceField(
        label=_("What they will see"),
        choices=[(field.code, field.label) for field in FIELDS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only this, as it is today; later changes are not shown to them."),
    )
    basis = basis_field()
    condition = condition_field()
    necessity = necessity_field()
    until = OnDateField(
        label=_("Until"),
        required=False,
        not_past=True,
        help_text=_("It closes by itself at the end of this day; after a year at the latest."),
    )

    def __init__(self, *args: object, actor: Actor, purpose: Purpose, **options: object) -> None:
        begun = {
            "purpose": purpose.value,
            "fields_shown": usual_fields(purpose),
            "until": localdate() + SHOWN_FOR,
        }
        options.setdefault("initial", begun)
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.partners = {
            str(one.id): one.name
            for one in known_organisations(actor)
            if one.id != actor.organisation_id and not one.is_enforcement
        }
        offer(self, "organisation", [("", gettext("Choose")), *self.partners.items()])
        grouped = [
            (words, [(field.code, field.label) for field in FIELDS if field.category == code])
            for code, words in CATEGORIES.items()
            if any(field.category == code for field in FIELDS)
        ]
        shown = self.fields["fields_shown"]
        assert isinstance(shown, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        shown.choices = grouped

    def given(self) -> Given:
        """The answers as the command takes them."""
        answers = self.cleaned_data
        until = answers["until"]
        return {
            "organisation_id": answers["organisation"],
            "purpose": Purpose(answers["purpose"]),
            "field_codes": answers["fields_shown"],
            "basis": Basis(answers["basis"]),
            "condition": chosen_condition(answers["condition"]),
            "necessity": answers["necessity"],
            "until": make_aware(datetime.combine(until, time.max)) if until else None,
        }

    @property
    def partner(self) -> str:
        """The chosen organisation by name."""
        return self.partners[str(self.cleaned_data["organisation"])]
