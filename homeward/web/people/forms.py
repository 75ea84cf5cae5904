"""Forms about a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_choices, nationality_choices
from homeward.codelists.languages import language_choices, language_name
from homeward.people.rules import (
    ContactDetails,
    ContactKind,
    DocumentKind,
    NewDocument,
    PersonDetails,
    RelationKind,
    Sex,
)
from homeward.web.fields import OnDateField, PartialDateField
from homeward.web.people.words import CONTACTS, DOCUMENTS, ROLES, SEXES

if TYPE_CHECKING:
    from homeward.people.models import Contact, Person

NATIONALITIES = ("nationality_1", "nationality_2", "nationality_3")
Choices = Sequence[tuple[Any, str | Promise]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a choice field of a form its choices."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def name_box(**attrs: str) -> forms.TextInput:
    """A box for a name in any script; browsers neither correct nor remember it."""
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false", **attrs})


class PersonForm(forms.Form):
    """Who somebody is, as far as they told."""

    given_names = forms.CharField(
        label=_("Given names"),
        required=False,
        max_length=200,
        widget=name_box(),
        help_text=_("In Latin letters"),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        required=False,
        max_length=200,
        widget=name_box(),
        help_text=_("In Latin letters"),
    )
    native_name = forms.CharField(
        label=_("Whole name in their own script"), required=False, max_length=200, widget=name_box()
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()), widget=forms.RadioSelect)
    birth = PartialDateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Only what is known: a year alone, or about an age. Any digits; other calendars below."),
    )
    nationality_1 = forms.ChoiceField(label=_("Nationality"), required=False)
    nationality_2 = forms.ChoiceField(label=_("Second nationality"), required=False)
    nationality_3 = forms.ChoiceField(label=_("Third nationality"), required=False)
    birth_country = forms.ChoiceField(label=_("Country of birth"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages they speak well"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known_languages: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        nationalities = nationality_choices(language)
        offer(self, "birth_country", [("", gettext("Not known")), *country_choices(language)])
        for name in NATIONALITIES:
            none = gettext("Not known") if name == NATIONALITIES[0] else gettext("None")
            offer(self, name, [("", none), *nationalities])
        offered = dict(language_choices(language))
        others = {code: language_name(code, language) for code in known_languages if code not in offered}
        offer(self, "languages", [*offered.items(), *others.items()])

    @staticmethod
    def saved(person: Person) -> dict[str, Any]:
        """What is saved now, by field."""
        plain = ("given_names", "family_name", "native_name", "sex", "birth", "birth_country", "languages")
        found = {name: getattr(person, name) for name in plain}
        nationalities = [*person.nationalities, "", "", ""]
        return {
            **found,
            **dict(zip(NATIONALITIES, nationalities, strict=False)),
            "expected_version": person.version,
        }

    def details(self) -> PersonDetails:
        """The answers as the command takes them."""
        told = self.cleaned_data
        nationalities = dict.fromkeys(told[name] for name in NATIONALITIES if told[name])
        return PersonDetails(
            given_names=told["given_names"],
            family_name=told["family_name"],
            native_name=told["native_name"],
            sex=Sex(told["sex"]),
            birth=told["birth"],
            nationalities=tuple(nationalities),
            languages=tuple(told["languages"]),
            birth_country=told["birth_country"],
        )


class DocumentForm(forms.Form):
    """A paper."""

    kind = forms.ChoiceField(label=_("Kind of paper"), choices=list(DOCUMENTS.items()))
    number = forms.CharField(label=_("Number"), max_length=60, widget=name_box())
    country = forms.ChoiceField(label=_("Issued by"), required=False)
    issued_on = OnDateField(label=_("Issued on"), required=False, not_future=True, calendars=True)
    expires_on = OnDateField(label=_("Expires on"), required=False, calendars=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "country", [("", gettext("Not known")), *country_choices(get_language() or "en")])

    def document(self) -> NewDocument:
        """The answers as the command takes them."""
        return NewDocument(**{**self.cleaned_data, "kind": DocumentKind(self.cleaned_data["kind"])})


def hour_box() -> forms.TimeInput:
    """A box for an hour; typed as 18:00 where the browser offers nothing better."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ContactForm(forms.Form):
    """A way to reach somebody, and when and how it is safe."""

    kind = forms.ChoiceField(label=_("Way to reach them"), choices=list(CONTACTS.items()))
    value = forms.CharField(label=_("Number or address"), max_length=300, widget=name_box())
    belongs_to = forms.CharField(
        label=_("Whose it is, if not their own"), required=False, max_length=200, widget=name_box()
    )
    is_preferred = forms.BooleanField(label=_("They prefer this way"), required=False)
    may_call = forms.BooleanField(label=_("Calling is safe"), required=False)
    not_before = forms.TimeField(label=_("Do not call before"), required=False, widget=hour_box())
    not_after = forms.TimeField(label=_("Do not call after"), required=False, widget=hour_box())
    may_text = forms.BooleanField(label=_("Text messages are safe"), required=False)
    may_leave_message = forms.BooleanField(label=_("Leaving a message is safe"), required=False)
    safety_note = forms.CharField(
        label=_("What else to mind"),
        required=False,
        max_length=300,
        widget=name_box(),
        help_text=_("For instance: say you call from the shop. Everybody on the case reads this."),
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def saved(contact: Contact) -> dict[str, Any]:
        """What is saved now, by field."""
        names = [name for name in ContactForm.base_fields if name != "expected_version"]
        return {**{name: getattr(contact, name) for name in names}, "expected_version": contact.version}

    def details(self) -> ContactDetails:
        """The answers as the command takes them."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "expected_version"}
        return ContactDetails(**{**told, "kind": ContactKind(told["kind"])})


class EndForm(forms.Form):
    """Until when something was so."""

    on = OnDateField(label=_("Until"), not_future=True)
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"on": localdate(), **(options.get("initial") or {})}
        super().__init__(*args, **options)


class FindForm(forms.Form):
    """Somebody sought among the people on record; posted, so that no name stands in an address."""

    text = forms.CharField(
        label=_("Name in any script, reference or document number"),
        max_length=200,
        widget=name_box(type="search"),
    )


class RelateForm(forms.Form):
    """What somebody else is to this person."""

    related_id = forms.TypedChoiceField(label=_("Who"), coerce=UUID, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What they are to this person"), choices=list(ROLES.items()))
    since_on = OnDateField(label=_("Since"), required=False, not_future=True, calendars=True)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "related_id", people)

    def kind_given(self) -> RelationKind:
        """The kind as the command takes it."""
        return RelationKind(self.cleaned_data["kind"])
