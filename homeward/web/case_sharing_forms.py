"""Forms about who else sees a case."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TypedDict
from uuid import UUID

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.rules import SHARE_DAYS, Scope
from homeward.organisations.queries import known_organisations
from homeward.sharing.rules import ALWAYS_SHOWN, MINIMUM, Basis, Category, Condition, Purpose
from homeward.web.case_forms import offer
from homeward.web.fields import OnDateField
from homeward.web.ground_fields import basis_field, chosen_condition, condition_field, necessity_field
from homeward.web.sharing_words import CATEGORIES, PURPOSES, words_of

WHOLE = _("The case as it goes on: who it is, the summary, the journey, and what you choose below")
ARRIVAL = _("The expected arrival only: reference, day, place and stage. No name, nothing about the person")


class Given(TypedDict):
    """What the command needs to know."""

    organisation_id: UUID
    scope: Scope
    purpose: Purpose
    categories: list[Category]
    basis: Basis
    condition: Condition | None
    necessity: str
    until: datetime | None


class ShareForm(forms.Form):
    """With whom, how much, on what ground, for what, how long."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    scope = forms.ChoiceField(
        label=_("What they will see"),
        choices=[(Scope.PARTICIPANT.value, WHOLE), (Scope.ARRIVAL.value, ARRIVAL)],
        widget=forms.RadioSelect,
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", _("Choose")), *PURPOSES.items()])
    categories = forms.MultipleChoiceField(
        label=_("What they will see of the case"),
        required=False,
        choices=[(code, words) for code, words in CATEGORIES.items() if code not in ALWAYS_SHOWN],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you leave out stays closed to them: the page tells them so."),
    )
    basis = basis_field()
    condition = condition_field()
    necessity = necessity_field()
    until = OnDateField(
        label=_("Until"),
        required=False,
        not_past=True,
        help_text=_("Sharing ends by itself at the end of this day. Empty: until somebody ends it."),
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        usual = [code for code in CATEGORIES if code in MINIMUM[Purpose.REINTEGRATION_ASSISTANCE]]
        until = localdate() + timedelta(days=SHARE_DAYS)
        options.setdefault("initial", {"until": until, "categories": usual})
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.partners = {
            str(one.id): one.name
            for one in known_organisations(actor)
            if one.id != actor.organisation_id and not one.is_enforcement
        }
        offer(self, "organisation", [("", gettext("Choose")), *self.partners.items()])

    def given(self) -> Given:
        """The answers as the command takes them."""
        answers = self.cleaned_data
        until = answers["until"]
        return {
            "organisation_id": answers["organisation"],
            "scope": Scope(answers["scope"]),
            "purpose": Purpose(answers["purpose"]),
            "categories": [Category(code) for code in answers["categories"]],
            "basis": Basis(answers["basis"]),
            "condition": chosen_condition(answers["condition"]),
            "necessity": answers["necessity"],
            "until": make_aware(datetime.combine(until, time.max)) if until else None,
        }

    @property
    def shown(self) -> list[str]:
        """What they will see of the case, in words."""
        return [str(words) for words in words_of(self.cleaned_data["categories"], CATEGORIES)]

    @property
    def partner(self) -> str:
        """The chosen organisation by name."""
        return self.partners[str(self.cleaned_data["organisation"])]
