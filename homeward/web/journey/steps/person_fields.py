"""Questions about a person, for whoever is new in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import nationality_choices
from homeward.codelists.languages import language_choices
from homeward.lib.problems import Invalid
from homeward.people.rules import PersonDetails, Sex
from homeward.web.fields import PartialDateField
from homeward.web.journey.pages import one_line, one_of

if TYPE_CHECKING:
    from homeward.people.models import Person

SEXES: Mapping[str, str | Promise] = {
    Sex.FEMALE: _("Female"),
    Sex.MALE: _("Male"),
    Sex.OTHER: _("Other"),
    Sex.UNKNOWN: _("Not known"),
}
NATIONALITIES = ("nationality_1", "nationality_2", "nationality_3")
LANGUAGES = ("language_1", "language_2", "language_3")
# What the domain calls a field, and the question it belongs to.
ASKED_AS = {"nationalities": "nationality_1", "languages": "language_1"}


class PersonFields(forms.Form):
    """Names in any script, birth as it was told, sex, nationalities, languages."""

    given_names = forms.CharField(label=_("Given names"), required=False, max_length=200, widget=one_line())
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=200, widget=one_line())
    native_name = forms.CharField(
        label=_("Full name in the person’s own script"), required=False, max_length=200, widget=one_line()
    )
    birth = PartialDateField(
        label=_("Born"),
        help_text=_("As much as is known: a day, a month, a year, or about how old."),
        required=False,
    )
    sex = one_of(_("Sex"), [(str(code), label) for code, label in SEXES.items()], required=False)
    nationality_1 = forms.ChoiceField(label=_("Nationality"), required=False)
    nationality_2 = forms.ChoiceField(label=_("Second nationality"), required=False)
    nationality_3 = forms.ChoiceField(label=_("Third nationality"), required=False)
    language_1 = forms.ChoiceField(label=_("Language they speak best"), required=False)
    language_2 = forms.ChoiceField(label=_("Second language"), required=False)
    language_3 = forms.ChoiceField(label=_("Third language"), required=False)

    def offer_codes(self) -> None:
        """Countries and languages in the reader's words."""
        reader = get_language() or "en"
        countries = [("", gettext("Not known")), *nationality_choices(reader)]
        languages = [("", gettext("Not known")), *language_choices(reader)]
        for names, codes in ((NATIONALITIES, countries), (LANGUAGES, languages)):
            for name in names:
                self.fields[name].choices = codes  # type: ignore[attr-defined]

    def details(self) -> PersonDetails:
        """The answers as the command takes them."""
        answers = self.cleaned_data
        return PersonDetails(
            given_names=answers["given_names"],
            family_name=answers["family_name"],
            native_name=answers["native_name"],
            sex=Sex(answers["sex"] or Sex.UNKNOWN),
            birth=answers["birth"],
            nationalities=_given(answers, NATIONALITIES),
            languages=_given(answers, LANGUAGES),
            birth_country=getattr(self, "birth_country", ""),
        )

    def is_named(self) -> bool:
        """True when any name was typed."""
        return any(self.cleaned_data.get(name) for name in ("given_names", "family_name", "native_name"))


def answers_of(person: Person) -> dict[str, Any]:
    """What is recorded of a person, by question."""
    plain = ("given_names", "family_name", "native_name", "sex", "birth")
    found: dict[str, Any] = {name: getattr(person, name) for name in plain}
    for names, codes in ((NATIONALITIES, person.nationalities), (LANGUAGES, person.languages)):
        found |= dict(zip(names, [*codes, "", "", ""], strict=False))
    return found


def asked_as(problem: Invalid) -> Invalid:
    """The same problem with its fields named as the questions are."""
    return Invalid(
        problem.message, fields={ASKED_AS.get(name, name): text for name, text in problem.fields.items()}
    )


def _given(answers: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answers[name] for name in names if answers[name]))
