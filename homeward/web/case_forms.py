"""Forms about a case as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.rules import ReturnType
from homeward.codelists.countries import country_choices
from homeward.organisations.queries import actor_for, colleagues
from homeward.web.case_words import RETURN_TYPES
from homeward.web.fields import OnDateField
from homeward.web.labels import ROLE_LABELS

if TYPE_CHECKING:
    from homeward.cases.models import Case

TRANSIT = ("transit_1", "transit_2", "transit_3")
Choices = Sequence[tuple[object, str | Promise]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a choice field of a form its choices."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def long_text(rows: int) -> forms.Textarea:
    """A box for a few sentences in any script."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class HeaderForm(forms.Form):
    """The summary of a case."""

    own_words = forms.CharField(
        label=_("What they want, in their own words"), required=False, max_length=4000, widget=long_text(3)
    )
    promised = forms.CharField(
        label=_("What was promised"), required=False, max_length=4000, widget=long_text(3)
    )
    take_care = forms.CharField(
        label=_("What a colleague must mind"), required=False, max_length=4000, widget=long_text(3)
    )
    return_type = forms.ChoiceField(label=_("Type of return"), choices=list(RETURN_TYPES.items()))
    host_country = forms.ChoiceField(label=_("Country they come from"), required=False)
    transit_1 = forms.ChoiceField(label=_("On the way via"), required=False)
    transit_2 = forms.ChoiceField(label=_("Then via"), required=False)
    transit_3 = forms.ChoiceField(label=_("Then via"), required=False)
    return_country = forms.ChoiceField(label=_("Country of return"), required=False)
    return_place = forms.CharField(label=_("Place of return"), required=False, max_length=200)
    how_heard = forms.CharField(label=_("How they heard of the programme"), required=False, max_length=200)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        countries = [("", gettext("Not known")), *country_choices(get_language() or "en")]
        for name in ("host_country", "return_country", *TRANSIT):
            offer(self, name, countries)
        for name in TRANSIT:
            offer(self, name, [("", gettext("None")), *countries[1:]])

    @staticmethod
    def saved(case: Case) -> dict[str, object]:
        """What is saved now, by field."""
        plain = ("own_words", "promised", "take_care", "return_type", "host_country", "return_country")
        found = {name: getattr(case, name) for name in (*plain, "return_place", "how_heard")}
        transit = [*case.transit_countries, "", "", ""]
        return {**found, **dict(zip(TRANSIT, transit, strict=False)), "expected_version": case.version}

    def details(self) -> CaseDetails:
        """The answers as the command takes them."""
        answers = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in (*TRANSIT, "expected_version")
        }
        answers["return_type"] = ReturnType(answers["return_type"])
        transit = tuple(self.cleaned_data[name] for name in TRANSIT if self.cleaned_data[name])
        return CaseDetails(transit_countries=transit, **answers)


class NextStepForm(forms.Form):
    """A promise."""

    next_step = forms.CharField(
        label=_("What happens next"),
        required=False,
        max_length=200,
        help_text=_("A verb first: “Call the consulate about the passport”. Empty when nothing is promised."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    next_step_on = OnDateField(label=_("By when"), required=False, not_past=True)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def saved(case: Case) -> dict[str, object]:
        """What is saved now, by field."""
        return {
            "next_step": case.next_step,
            "next_step_on": case.next_step_on,
            "expected_version": case.version,
        }


class AssignForm(forms.Form):
    """A colleague who works with cases."""

    membership = forms.TypedChoiceField(label=_("Colleague"), coerce=UUID)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.who = [one for one in colleagues(actor) if actor_for(one).may(Action.CASE_VIEW)]
        named = [(str(one.id), f"{one.user.name} · {ROLE_LABELS[actor_for(one).role]}") for one in self.who]
        offer(self, "membership", [("", gettext("Choose")), *named])


class CaseloadForm(AssignForm):
    """From whom to whom."""

    from_user = forms.TypedChoiceField(label=_("From"), coerce=UUID)
    field_order = ("from_user", "membership")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, actor=actor, **options)
        self.fields["membership"].label = gettext("To")
        people = {str(one.user_id): one.user.name for one in self.who}
        offer(self, "from_user", [("", gettext("Choose")), *people.items()])

    def clean(self) -> dict[str, object]:
        """Nobody hands their cases to themselves."""
        given = super().clean() or {}
        to = next((one.user_id for one in self.who if one.id == given.get("membership")), None)
        if to is not None and to == given.get("from_user"):
            self.add_error("membership", gettext("Choose somebody else."))
        return given
