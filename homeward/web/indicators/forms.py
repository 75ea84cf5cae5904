"""Forms of indicators: a new framework, a comment, whom to ask, which extract, which cells."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.indicators.catalogue import catalogue, catalogue_names
from homeward.indicators.rules import Definition, FrameworkPart
from homeward.web.fields import OnDateField
from homeward.web.indicators.words import DIMENSIONS, PARTS, VALUES, place_words, said
from homeward.web.journey.pages import long_text

Choices = Iterable[tuple[str, Any]]


class FrameworkForm(forms.Form):
    code = forms.SlugField(label=_("Short code"), max_length=40, help_text=_("Such as CORE-2026."))
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200)
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=200)
    from_catalogue = forms.ChoiceField(label=_("Begin from"), required=False)

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        shipped = [(name, said(catalogue(name).name)) for name in catalogue_names()]
        self.fields["from_catalogue"].choices = [("", _("nothing")), *shipped]  # type: ignore[attr-defined]

    def name(self) -> dict[str, str]:
        """The name in every language."""
        return {one: self.cleaned_data[f"name_{one}"] for one in ("en", "fr", "ar")}


class PartyForm(forms.Form):
    organisation_id = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    part = forms.TypedChoiceField(label=_("What it does"), choices=list(PARTS.items()), coerce=FrameworkPart)

    def __init__(self, given: Any, organisations: Choices) -> None:
        super().__init__(given)
        self.fields["organisation_id"].choices = list(organisations)  # type: ignore[attr-defined]


class ConsultForm(forms.Form):
    asked_until = OnDateField(label=_("Comments are hoped for until"), required=False)


class DefinitionsForm(forms.Form):
    definitions = forms.CharField(
        label=_("Indicators, as JSON"),
        help_text=_("Each with code, name, counts, leaves_out in three languages, measure, parameters."),
        widget=long_text(12),
    )
    what_changed = forms.CharField(
        label=_("What changes and why"), required=False, max_length=2000, widget=long_text(2)
    )

    def clean_definitions(self) -> object:
        try:
            return json.loads(self.cleaned_data["definitions"])
        except ValueError:
            raise forms.ValidationError(_("This is not JSON.")) from None


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("What your organisation thinks"),
        help_text=_("Partners who take part in this framework read it. Name nobody."),
        max_length=4000,
        widget=long_text(3),
    )
    indicator = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, given: Any, codes: Choices) -> None:
        super().__init__(given)
        self.fields["indicator"].choices = [("", _("the whole version")), *codes]  # type: ignore[attr-defined]


class TableForm(forms.Form):
    extract_id = forms.TypedChoiceField(label=_("Reckoned of which extract"), coerce=UUID)

    def __init__(self, given: Any, extracts: Choices) -> None:
        super().__init__(given)
        self.fields["extract_id"].choices = list(extracts)  # type: ignore[attr-defined]


class CellsForm(forms.Form):
    """Which cells of an indicator; what is unknown is passed over."""

    by = forms.ChoiceField(label=_("Told apart by"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    country = forms.ChoiceField(label=_("Country of return"), required=False)

    def __init__(self, given: Any, one: Definition, labels: Mapping[str, Iterable[str]]) -> None:
        super().__init__(given)
        self._choose("by", [(str(each), DIMENSIONS[each]) for each in one.disaggregations])
        periods = sorted(labels["period"], reverse=True)
        self._choose(
            "period", [("", _("all periods")), *((each, VALUES.get(each, each)) for each in periods)]
        )
        places = [(each, place_words("country", each)) for each in labels["country"]]
        self._choose("country", [("", _("all countries")), *places])

    def _choose(self, name: str, choices: Choices) -> None:
        """Offer these; nothing is asked where there is nothing to choose."""
        offered = list(choices)
        if len(offered) > 1:
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields[name]
