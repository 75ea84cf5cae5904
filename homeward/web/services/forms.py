"""Forms of the directory: looking for a service, writing one, its places and its room."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_choices
from homeward.codelists.languages import language_choices
from homeward.codelists.needs import need_choices
from homeward.services.queries import ServiceFilters
from homeward.services.rules import (
    ForWhom,
    Opening,
    PlaceDetails,
    PlaceKind,
    PlaceReason,
    RoomDetails,
    ServiceDetails,
    Status,
)
from homeward.services.writing import DAYS
from homeward.web.services import words

ANY = ("", _("Any"))
YES_NO = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))
ANSWERS: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}


def _line(label: Any, hint: Any = "", *, longest: int = 300, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=longest, required=more.pop("required", False), **more
    )


def _text(label: Any, hint: Any = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        widget=area,
        required=more.pop("required", False),
        **more,
    )


def _choice(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False)


def _boxes(label: Any, choices: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=more.pop("least", 0),
        max_value=more.pop("most", 120),
        required=more.pop("required", False),
        **more,
    )


class FindForm(forms.Form):
    """What is looked for. The text goes by the session, the codes by the address."""

    text = _line(_("Search"), longest=100)
    need = _choice(_("Helps with"), ())
    place = _choice(_("Place"), ())
    language = _choice(_("Language"), ())
    country = _choice(_("Country"), ())
    has_room = forms.BooleanField(label=_("Has room"), required=False)
    is_free = forms.BooleanField(label=_("Free of charge"), required=False)
    is_step_free = forms.BooleanField(label=_("Without steps"), required=False)

    def __init__(self, places: list[str], asked: QueryDict | None = None, **more: Any) -> None:
        super().__init__(asked, **more)
        reader = get_language() or "en"
        self._offer("need", need_choices(reader))
        self._offer("place", [(name, name) for name in places])
        self._offer("language", language_choices(reader))
        self._offer("country", country_choices(reader))

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [ANY, *choices]

    def filters(self) -> ServiceFilters:
        return ServiceFilters(**self.cleaned_data)


class ServiceForm(forms.Form):
    """Everything a service says of itself, but its places and its room."""

    name = _line(_("Name"), required=True)
    description = _text(_("What it does"), _("In words that can be read aloud."))
    name_fr = _line(_("Name in French"))
    description_fr = _text(_("What it does, in French"))
    name_ar = _line(_("Name in Arabic"))
    description_ar = _text(_("What it does, in Arabic"))
    status = _choice(_("State"), [(str(one), words.STATUSES[one]) for one in Status])
    alert = _text(_("Notice"), _("Something people should know now, such as a move."), rows=2)
    needs = _boxes(_("Helps with"), ())
    eligibility = _text(_("Who may come"))
    for_whom = _choice(_("For whom"), [(str(one), words.FOR_WHOM[one]) for one in ForWhom])
    minimum_age = _number(_("From the age of"))
    maximum_age = _number(_("Up to the age of"))
    languages = _boxes(_("Languages spoken"), ())
    interpretation = _text(_("Interpreting"), rows=2)
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        help_text=_("Where the people live whom it helps."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    areas = _text(_("Towns and districts it serves"), _("One a line; empty means the whole country."))
    is_free = _choice(_("Free of charge"), YES_NO)
    fees = _text(_("Cost"), rows=2)
    how_to_apply = _text(_("How to get in"))
    waiting_time = _line(_("Waiting time"))
    reply_days = _number(_("Days to answer a referral"), least=1, most=90, initial=5)
    phone = _line(_("Telephone"), longest=60)
    email = forms.EmailField(label=_("Email"), required=False)
    url = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    is_restricted = forms.BooleanField(
        label=_("Restricted: a shelter or safe house"),
        help_text=_("Only who sends people there sees it, and its place only with a reason. Never public."),
        required=False,
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, asked: QueryDict | None = None, *, known: ServiceDetails | None = None) -> None:
        super().__init__(asked, initial=_shown(known) if known else {"status": Status.ACTIVE})
        reader = get_language() or "en"
        for name, choices in (
            ("needs", need_choices(reader)),
            ("languages", _languages(reader, known)),
            ("countries", country_choices(reader)),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for day in DAYS:
            self.fields[f"{day}_opens"] = self._hour(_("%s, opens at"), day)
            self.fields[f"{day}_closes"] = self._hour(_("%s, closes at"), day)

    def _hour(self, label: Any, day: str) -> forms.TimeField:
        shown = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        return forms.TimeField(label=label % words.DAYS[day], required=False, widget=shown)

    def days(self) -> list[tuple[str, Any, Any]]:
        """A row for each day: its name, when it opens, when it closes."""
        return [(str(words.DAYS[day]), self[f"{day}_opens"], self[f"{day}_closes"]) for day in DAYS]

    def clean(self) -> dict[str, Any] | None:
        """Hours come in pairs, the first before the second."""
        for day in DAYS:
            opens, closes = self.cleaned_data.get(f"{day}_opens"), self.cleaned_data.get(f"{day}_closes")
            if bool(opens) != bool(closes) or (opens and closes and opens >= closes):
                self.add_error(f"{day}_closes", _("Give both hours, the earlier first."))
        return self.cleaned_data

    def details(self) -> ServiceDetails:
        """The answers as the domain takes them."""
        told = dict(self.cleaned_data)
        told.pop("expected_version", None)
        told["translations"] = {
            language: said
            for language in ("fr", "ar")
            if (said := _said(told.pop(f"name_{language}"), told.pop(f"description_{language}")))
        }
        told["opening"] = self._opening(told)
        told["areas"] = tuple(line.strip() for line in told["areas"].splitlines() if line.strip())
        told["is_free"] = ANSWERS[told["is_free"]]
        told["reply_days"] = told["reply_days"] or 5
        told["status"] = Status(told["status"] or Status.ACTIVE)
        told["for_whom"] = ForWhom(told["for_whom"] or ForWhom.EVERYONE)
        for name in ("needs", "languages", "countries"):
            told[name] = tuple(told[name])
        return ServiceDetails(**told)

    def _opening(self, told: dict[str, Any]) -> tuple[Opening, ...]:
        """Days with the same hours together, in the order of the week."""
        by_hours: dict[tuple[str, str], list[str]] = {}
        for day in DAYS:
            opens, closes = told.pop(f"{day}_opens"), told.pop(f"{day}_closes")
            if opens and closes:
                by_hours.setdefault((f"{opens:%H:%M}", f"{closes:%H:%M}"), []).append(day)
        return tuple(Opening(tuple(days), *hours) for hours, days in by_hours.items())


def _said(name: str, description: str) -> dict[str, str]:
    told = {"name": name.strip(), "description": description.strip()}
    return {key: value for key, value in told.items() if value}


def _shown(known: ServiceDetails) -> dict[str, Any]:
    shown: dict[str, Any] = dict(vars(known))
    for language in ("fr", "ar"):
        said = known.translations.get(language, {})
        shown |= {f"name_{language}": said.get("name"), f"description_{language}": said.get("description")}
    for one in known.opening:
        for day in one.days:
            shown |= {f"{day}_opens": one.opens_at, f"{day}_closes": one.closes_at}
    shown["areas"] = "\n".join(known.areas)
    shown["is_free"] = {None: "", True: "yes", False: "no"}[known.is_free]
    for name in ("needs", "languages", "countries"):
        shown[name] = list(shown[name])
    return shown


def _languages(reader: str, known: ServiceDetails | None) -> list[tuple[str, str]]:
    """The languages met often, and those this service has already."""
    offered = dict(language_choices(reader))
    more = {code: code for code in (known.languages if known else ()) if code not in offered}
    return [*offered.items(), *more.items()]


class PlaceForm(forms.Form):
    """One place where the service is given."""

    id = forms.UUIDField(widget=forms.HiddenInput(), required=False)
    name = _line(_("Name of the place"), required=True)
    kind = _choice(_("Kind"), [(str(one), words.PLACE_KINDS[one]) for one in PlaceKind])
    address = _line(_("Street and number"), longest=500)
    city = _line(_("Town"), longest=200)
    region = _line(_("District"), longest=200)
    postcode = _line(_("Postcode"), longest=40)
    country = _choice(_("Country"), ())
    directions = _text(_("How to get there"), rows=2)
    is_step_free = _choice(_("Without steps"), YES_NO)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [("", _("Not known")), *country_choices(get_language() or "en")]
        self.fields["country"].choices = offered  # type: ignore[attr-defined]

    def details(self, kept: PlaceDetails | None) -> PlaceDetails:
        told = {**vars(kept or PlaceDetails("")), **self.cleaned_data}
        told.pop("DELETE", None)
        told["kind"] = PlaceKind(told["kind"] or PlaceKind.PHYSICAL)
        told["is_step_free"] = ANSWERS[told["is_step_free"]]
        return PlaceDetails(**told)


class RoomForm(forms.Form):
    """One thing that is counted."""

    unit = _line(_("What is counted"), _("Such as bed, seat or hour."), longest=100, required=True)
    total = _number(_("How many there are"), most=100_000, required=True)
    available = _number(_("How many are free"), most=100_000, required=True)

    def clean(self) -> dict[str, Any] | None:
        """No more free than there are."""
        told = self.cleaned_data
        if {"available", "total"} <= told.keys() and told["available"] > told["total"]:
            self.add_error("available", _("There cannot be more free than there are."))
        return told

    def details(self) -> RoomDetails:
        told = self.cleaned_data
        return RoomDetails(told["unit"].strip(), told["total"], told["available"])


PlaceForms = formset_factory(PlaceForm, extra=1, max_num=20, can_delete=True)
RoomForms = formset_factory(RoomForm, extra=1, max_num=10, can_delete=True)


class CountForm(forms.Form):
    """How much room there is now."""

    unit = forms.CharField(widget=forms.HiddenInput())
    total = _number(_("How many there are"), most=100_000, required=True)
    available = _number(_("How many are free"), most=100_000, required=True)


class ProviderForm(forms.Form):
    """Who runs the service: one that is known, or a new one."""

    provider_id = _choice(_("Run by"), ())
    provider_name = _line(_("Or a new organisation"), _("Its name, when it is not in the list."))

    def __init__(self, providers: list[tuple[str, str]], asked: QueryDict | None = None) -> None:
        super().__init__(asked)
        self.fields["provider_id"].choices = [("", _("A new organisation")), *providers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """One of the two is needed."""
        if not self.cleaned_data.get("provider_id") and not self.cleaned_data.get("provider_name"):
            self.add_error("provider_name", _("Say who runs the service."))
        return self.cleaned_data


class OpenPlaceForm(forms.Form):
    """Why the place of a restricted service is looked at."""

    reason = forms.ChoiceField(
        label=_("Why do you need to know where it is?"),
        choices=[(str(one), words.OPENING_REASONS[one]) for one in PlaceReason],
        widget=forms.RadioSelect,
    )


class ProposalForm(forms.Form):
    """What is wrong or missing in an entry."""

    words = _text(
        _("What is different?"),
        _("About the service only: nothing about a person who was sent there."),
        rows=5,
        required=True,
    )


class MissingForm(forms.Form):
    """A service the directory does not know."""

    keeper_id = forms.ChoiceField(label=_("Who should add it"))
    name = _line(_("Name"), required=True)
    words = _text(
        _("What it offers, where, and how to reach it"),
        _("About the service only: nothing about a person who was sent there."),
        rows=5,
        required=True,
    )

    def __init__(self, keepers: list[tuple[str, str]], asked: QueryDict | None = None) -> None:
        super().__init__(asked)
        self.fields["keeper_id"].choices = keepers  # type: ignore[attr-defined]


class FeedbackForm(forms.Form):
    """How the service was found."""

    rating = forms.TypedChoiceField(
        label=_("How was it?"),
        coerce=int,
        choices=[
            ("5", _("Very good")),
            ("4", _("Good")),
            ("3", _("Neither good nor bad")),
            ("2", _("Bad")),
            ("1", _("Very bad")),
        ],
        widget=forms.RadioSelect,
    )
    words = _text(
        _("What should others know?"),
        _("About the service only: nothing about a person who was sent there."),
    )
