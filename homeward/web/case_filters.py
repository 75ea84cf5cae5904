"""What a case list is narrowed to: the form, the address that carries it, its chips and views.

Addresses carry codes, days and ids only. A place enters one only if some case in reach has it, so that a name
typed into the wrong box never does; what was searched for stays in the session (see `case_search`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.cases.rules import Stage
from homeward.codelists.countries import country_choices, country_name, is_country
from homeward.web import case_words

Given = Mapping[str, str]


def read_filters(given: Given) -> CaseFilters:
    """The filters that an address or a saved view spells out; what makes no sense is left aside."""
    return CaseFilters(
        stage=given["stage"] if given.get("stage") in set(Stage) else "",
        return_country=_country(given.get("return_country", "")),
        host_country=_country(given.get("host_country", "")),
        place=given.get("place", ""),
        programme_id=read_id(given.get("programme_id", "")),
        tag=given["tag"] if given.get("tag") in case_words.TAGS else "",
        mine=bool(given.get("mine")),
        late=bool(given.get("late")),
        shared_with_us=bool(given.get("shared_with_us")),
        arriving_from=_day(given.get("arriving_from", "")),
        arriving_until=_day(given.get("arriving_until", "")),
    )


def spelled_out(filters: CaseFilters) -> dict[str, str]:
    """The filters as an address carries them."""
    kept = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return {name: "1" if value is True else str(value) for name, value in kept.items() if value}


def address(base: str, parts: Given) -> str:
    """An address with the parts that say something."""
    told = {name: value for name, value in parts.items() if value}
    return f"{base}?{urlencode(told)}" if told else base


@dataclass(frozen=True)
class View:
    """A view that every reader has: its name, and the filters it stands for today."""

    code: str
    label: str | Promise
    has_count: bool = True
    order: str = "newest"

    def filters(self, today: date) -> CaseFilters:
        """What the view shows today."""
        first = today.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return {
            "mine": CaseFilters(mine=True),
            "late": CaseFilters(late=True),
            "arriving": CaseFilters(arriving_from=first, arriving_until=last),
            "lost": CaseFilters(stage=Stage.LOST_CONTACT),
            "shared": CaseFilters(shared_with_us=True),
            "all": CaseFilters(),
        }[self.code]


# Counts stand only where an index answers them at a million cases.
VIEWS = (
    View("mine", _("My cases"), order="promise"),
    View("late", _("Something late"), order="promise"),
    View("arriving", _("Arriving this month")),
    View("lost", _("Contact lost")),
    View("shared", _("Shared with us"), has_count=False),
    View("all", _("All"), has_count=False),
)


def together(base: CaseFilters, narrower: CaseFilters) -> CaseFilters:
    """A view narrowed further by what was chosen on top of it."""
    chosen = {name: getattr(narrower, name) for name in spelled_out(narrower)}
    return replace(base, **chosen)


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    url: str


def chip_words(name: str, filters: CaseFilters) -> str:
    """One filter in words."""
    value = getattr(filters, name)
    language = get_language() or "en"
    if name in ("return_country", "host_country"):
        value = country_name(value, language)
    if name in ("arriving_from", "arriving_until"):
        value = date_format(value, "j M Y")
    words: dict[str, str] = {
        "stage": gettext("Stage: %s") % case_words.STAGES.get(filters.stage, ""),
        "return_country": gettext("Return to: %s") % value,
        "host_country": gettext("Comes from: %s") % value,
        "place": gettext("Place: %s") % value,
        "programme_id": gettext("One programme"),
        "tag": str(case_words.tag_words(filters.tag)),
        "mine": gettext("My cases"),
        "late": gettext("Something late"),
        "shared_with_us": gettext("Shared with us"),
        "arriving_from": gettext("Arriving from %s") % value,
        "arriving_until": gettext("Arriving until %s") % value,
    }
    return words[name]


class FindForm(forms.Form):
    """Search and filters in one form. It is posted: what is typed into it never stands in an address."""

    text = forms.CharField(
        label=_("Name, reference or document number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    return_country = forms.ChoiceField(label=_("Return to"), required=False)
    late = forms.ChoiceField(label=_("Promise"), required=False)
    host_country = forms.ChoiceField(label=_("Comes from"), required=False)
    place = forms.CharField(label=_("Place of return"), required=False, max_length=200)

    def __init__(self, *given: object, actor: Actor, today: date, **options: object) -> None:
        super().__init__(*given, **options)  # type: ignore[arg-type]
        self.actor, self.today = actor, today
        countries = country_choices(get_language() or "en")
        self._offer("stage", gettext("Any stage"), list(case_words.STAGES.items()))
        self._offer("return_country", gettext("Any country"), countries)
        self._offer("host_country", gettext("Any country"), countries)
        self._offer("late", gettext("Any"), [("1", gettext("Late"))])

    def _offer(self, name: str, any_of_them: str, choices: object) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", any_of_them), *choices]  # type: ignore[misc]

    def clean_place(self) -> str:
        """The place as cases in reach have it; anything else would put what was typed into an address."""
        place = str(self.cleaned_data["place"]).strip()
        if place and not listed_cases(self.actor, CaseFilters(place=place), self.today).exists():
            raise forms.ValidationError(gettext("None of your cases has exactly this place of return."))
        return place


def _country(code: str) -> str:
    return code if is_country(code) else ""


def read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
