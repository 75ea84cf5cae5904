"""A form field for each fact that somebody may answer for, and back to plain values."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_choices, nationality_choices
from homeward.programmes.facts import BY_NAME, Fact, FactKind, Span, Value
from homeward.web.programmes.words import code_words

PREFIX = "fact_"
MOST = 9999


def add_fact_fields(form: forms.Form, names: Iterable[str], facts: Mapping[str, Value | None]) -> None:
    """Ask for each of these facts, beginning with what is known."""
    for name in names:
        form.fields[PREFIX + name] = field_for(BY_NAME[name])
        form.initial.setdefault(PREFIX + name, _shown(facts.get(name)))


def told_facts(answers: Mapping[str, Any]) -> dict[str, object]:
    """The facts that were answered, as plain values; what was left open is left out."""
    told: dict[str, object] = {}
    for key, answer in answers.items():
        name = key.removeprefix(PREFIX)
        if key.startswith(PREFIX) and name in BY_NAME:
            value = _plain(BY_NAME[name], answer)
            if value is not None:
                told[name] = value
    return told


def field_for(fact: Fact) -> forms.Field:
    """The question for one fact; leaving it open is always possible."""
    language, label = get_language() or "en", cast(Any, fact.label)
    if fact.kind is FactKind.NUMBER:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)
    if fact.kind is FactKind.YES_NO:
        choices: list[tuple[str, Any]] = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]
        return forms.ChoiceField(
            label=label, required=False, choices=choices, widget=forms.RadioSelect, initial=""
        )
    if fact.kind is FactKind.CODES:
        if fact.is_country:
            return forms.MultipleChoiceField(
                label=label, required=False, choices=nationality_choices(language)
            )
        codes_of = [(code, code_words(fact.name, code)) for code in fact.codes]
        return forms.MultipleChoiceField(
            label=label, required=False, choices=codes_of, widget=forms.CheckboxSelectMultiple
        )
    codes = (
        country_choices(language) if fact.is_country else [(c, code_words(fact.name, c)) for c in fact.codes]
    )
    return forms.ChoiceField(label=label, required=False, choices=[("", _("Not known")), *codes])


def _plain(fact: Fact, answer: Any) -> object:
    if answer in (None, "", []):
        return None
    if fact.kind is FactKind.YES_NO:
        return answer == "yes"
    if fact.kind is FactKind.CODES:
        return sorted(answer)
    return answer


def _shown(value: Value | None) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return value.least
    return sorted(value) if isinstance(value, frozenset) else value
