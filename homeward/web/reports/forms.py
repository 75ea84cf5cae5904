"""Forms of reports and recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from homeward.evaluation.queries import visible_questions
from homeward.extracts.queries import visible_extracts
from homeward.extracts.rules import ExtractState
from homeward.organisations.queries import colleagues, known_organisations
from homeward.reports.queries.made import choosable_templates
from homeward.reports.rules import LANGUAGES
from homeward.reports.sections import MOST_LETTERS
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import long_text
from homeward.web.reports.words import (
    ANSWERS,
    AUDIENCES,
    FORMATS,
    FREQUENCIES,
    LANGUAGE_NAMES,
    MEANS,
)

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.extracts.models import Extract

MOST = 50


def _templates(actor: Actor) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in choosable_templates(actor, (get_language() or "en")[:2])]


def _named(extract: Extract) -> str:
    return f"{date_format(extract.asked_at, 'j M Y')} · {extract.why}"


class MakeForm(forms.Form):
    """What a report is made of."""

    template = forms.ChoiceField(label=_("Template"))
    extract_id = forms.TypedChoiceField(label=_("Made of which extract"), coerce=UUID)
    question_id = forms.TypedChoiceField(
        label=_("About one question only"), required=False, coerce=UUID, empty_value=None
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=list(LANGUAGE_NAMES.items()))
    period_from = OnDateField(label=_("From"))
    period_until = OnDateField(
        label=_("Until"), help_text=_("Whole months: until the last day of one. An extract knows no days.")
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        ready = visible_extracts(actor).filter(state=ExtractState.READY)[:MOST]
        asked = visible_questions(actor).exclude(answer=None)[:MOST]
        self._choose("template", _templates(actor))
        self._choose("extract_id", [(str(one.id), _named(one)) for one in ready])
        self._choose("question_id", [("", gettext("None")), *((str(one.id), one.title) for one in asked)])

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class RegularForm(forms.Form):
    """A report that is made by itself."""

    template = forms.ChoiceField(label=_("Template"))
    language = forms.ChoiceField(label=_("Language of the report"), choices=list(LANGUAGE_NAMES.items()))
    frequency = forms.ChoiceField(label=_("How often"), choices=list(FREQUENCIES.items()))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["template"].choices = _templates(actor)  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """A template made one's own."""

    template = forms.ChoiceField(label=_("Template to begin from"))
    name = forms.CharField(label=_("Name of your own template"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["template"].choices = _templates(actor)  # type: ignore[attr-defined]


class WithdrawReportForm(forms.Form):
    why = forms.CharField(label=_("Why it is taken back"), max_length=400, widget=long_text(2))


class HandingForm(forms.Form):
    """To whom a report was handed."""

    kind = forms.ChoiceField(label=_("Which file"), choices=list(FORMATS.items()))
    recipient = forms.CharField(
        label=_("Who received it"),
        max_length=200,
        help_text=_("An office or an organisation; a person only where the office is one person."),
    )
    means = forms.ChoiceField(label=_("How"), choices=list(MEANS.items()))
    handed_on = OnDateField(label=_("On which day"), not_future=True)


class AdviceForm(forms.Form):
    """A recommendation."""

    text = forms.CharField(
        label=_("What should be done"),
        max_length=1000,
        widget=long_text(3),
        help_text=_("One thing that can be done. Name nobody."),
    )
    given_to_id = forms.TypedChoiceField(label=_("By which organisation"), coerce=UUID)
    due_on = OnDateField(label=_("Until when"), not_past=True)
    question_id = forms.TypedChoiceField(
        label=_("The finding it rests on"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(str(one.id), one.name) for one in known_organisations(actor).order_by("name")]
        asked = [(str(one.id), one.title) for one in visible_questions(actor).exclude(answer=None)[:MOST]]
        self.fields["given_to_id"].choices = known  # type: ignore[attr-defined]
        self.fields["question_id"].choices = [("", gettext("None")), *asked]  # type: ignore[attr-defined]


class AnswerAdviceForm(forms.Form):
    """What is answered to a recommendation."""

    answer = forms.ChoiceField(label=_("Answer"), choices=list(ANSWERS.items()))
    reason = forms.CharField(label=_("Why, or how far"), max_length=1000, required=False, widget=long_text(2))
    owner_id = forms.TypedChoiceField(
        label=_("Who sees to it"), required=False, coerce=UUID, empty_value=None
    )
    due_on = OnDateField(label=_("Until when"), required=False)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        people = {str(one.user_id): one.user.name for one in colleagues(actor)}
        self.fields["owner_id"].choices = [("", gettext("None")), *people.items()]  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """What was done."""

    done = forms.CharField(label=_("What was done"), max_length=1000, widget=long_text(3))
    done_on = OnDateField(label=_("On which day"), not_future=True)
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class TemplateForm(forms.Form):
    """An own template: each section kept or not, in which place, under which title, with which words."""

    name = forms.CharField(label=_("Name"), max_length=120)
    audience = forms.ChoiceField(label=_("Who reads it"), choices=list(AUDIENCES.items()))
    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sections: Sequence[Mapping[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sections = [*sections, {"kind": "text", "title": {}, "words": {}}]
        for number, one in enumerate(self.sections):
            self._add(number, one, is_new=number == len(sections))

    def _add(self, number: int, one: Mapping[str, Any], *, is_new: bool) -> None:
        place = forms.IntegerField(
            label=_("Place"), min_value=0, max_value=99, initial=0 if is_new else number + 1
        )
        place.help_text = _("0 leaves it out.")
        self.fields[f"place_{number}"] = place
        for language in LANGUAGES:
            self.fields[f"title_{number}_{language}"] = self._box("title", one, language, rows=1)
            if one["kind"] == "text":
                self.fields[f"words_{number}_{language}"] = self._box("words", one, language, rows=4)

    def _box(self, name: str, one: Mapping[str, Any], language: str, rows: int) -> forms.CharField:
        words = {"title": _("Title"), "words": _("Words")}[name]
        told = f"{words} ({LANGUAGE_NAMES[language]})"
        kept = (one.get(name) or {}).get(language, "")
        return forms.CharField(
            label=told, required=False, initial=kept, max_length=MOST_LETTERS, widget=long_text(rows)
        )

    def groups(self) -> list[tuple[Mapping[str, Any], list[Any]]]:
        """Each section with its boxes."""
        names = ("place", "title", "words")
        return [
            (
                one,
                [self[name] for name in self.fields if name.split("_")[0] in names and _of(name) == number],
            )
            for number, one in enumerate(self.sections)
        ]

    def told(self) -> list[dict[str, Any]]:
        """The sections as they were put in order, those without a place left out."""
        given = self.cleaned_data
        placed = [(given[f"place_{number}"], number) for number in range(len(self.sections))]
        return [self._told(number) for place, number in sorted(placed) if place > 0]

    def _told(self, number: int) -> dict[str, Any]:
        one = {**self.sections[number]}
        for name in ("title", "words"):
            boxes = {
                language: self.cleaned_data.get(f"{name}_{number}_{language}", "").strip()
                for language in LANGUAGES
            }
            said = {language: words for language, words in boxes.items() if words}
            if name == "title" or one["kind"] == "text":
                one[name] = said
        return one


def _of(name: str) -> int:
    return int(name.split("_")[1])
