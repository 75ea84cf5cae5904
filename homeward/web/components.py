"""The living component page: every component, every state, both directions."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from homeward.lib.dates import PartialDate
from homeward.web.component_words import WORDS, Words
from homeward.web.fields import OnDateField, PartialDateField

TODAY = date(2026, 3, 16)


@dataclass(frozen=True)
class Section:
    """One component: its name, the rule for its use, and the template that shows its states."""

    id: str
    title: str | Promise
    rule: str | Promise

    @property
    def template(self) -> str:
        return f"components/{self.id}.html"


SECTIONS = (
    Section(
        "type",
        _("Type and voice"),
        _("The serif belongs to the person: only words someone said are set in it."),
    ),
    Section("name", _("Name, reference, date"), _("A name stands in the reader's script first.")),
    Section("button", _("Button"), _("A verb. One filled button a page; the rest are quiet or text.")),
    Section("tag", _("Tag"), _("A word about state. Unknown has a dashed edge and says who could answer.")),
    Section("clock", _("Reply clock"), _("The ring fills as the promise runs out. A tick: kept.")),
    Section("banner", _("Banner"), _("One a page at most. Says what happened and what to do next.")),
    Section(
        "state", _("Saving, offline, working"), _("Work says how it stands. Nothing typed is ever lost.")
    ),
    Section("stage", _("Stage bar"), _("The path home. On a phone the labels fold into the sentence below.")),
    Section("task", _("Task row"), _("Verb first, then why it waits, then the promise.")),
    Section("summary", _("Summary list"), _("Term and description. Unknown is written out.")),
    Section(
        "panel", _("Panel and aside"), _("Work on paper, context on sand. Lower panels fold on a phone.")
    ),
    Section(
        "table", _("Table, views, filters"), _("Text starts, numbers end. Rows become cards on a phone.")
    ),
    Section("bulk", _("Acting on several rows"), _("Choose, then act; the bar stays in sight.")),
    Section("form", _("Form field"), _("Label, hint, error, control, in that order. What was typed stays.")),
    Section("upload", _("File"), _("Says which files, how large, and what became of the last one.")),
    Section("steps", _("Steps"), _("Where someone is in a long form or a long job.")),
    Section("conflict", _("Saved by somebody else"), _("Both texts side by side; nothing is overwritten.")),
    Section("timeline", _("Timeline"), _("Newest first. Filled moves the case. Square: late or sealed.")),
    Section("sealed", _("Sealed field"), _("Closed until someone gives a reason. Opening is logged.")),
    Section("progress", _("Progress and empty state"), _("Long work can be left. Empty says what to do.")),
    Section("why", _("Why"), _("Every derived thing opens to the rule, its date and the facts used.")),
    Section("cover", _("The blanked page"), _("Esc twice, or the button. The title of the tab goes too.")),
)


class SampleForm(forms.Form):
    """Each kind of question there is."""

    def __init__(self, words: Words, typed: dict[str, str] | None = None, prefix: str = "") -> None:
        super().__init__(typed, prefix=prefix)
        answers = [("yes", words["yes"]), ("no", words["no"]), ("unknown", words["does_not_know"])]
        self.fields = {
            "phone": forms.CharField(label=words["phone"], help_text=words["phone_hint"]),
            "goal": forms.CharField(label=words["goal"], widget=forms.Textarea, required=False),
            "works": forms.CharField(label=words["works"], required=False),
            "district": forms.ChoiceField(
                label=words["district"], choices=[("", words["any"]), ("s", words["saltfield"])]
            ),
            "arrived": OnDateField(label=words["arrived"], help_text=words["date_hint"]),
            "born": PartialDateField(label=words["born"], help_text=words["born_hint"]),
            "debt": forms.ChoiceField(label=words["debt"], choices=answers, widget=forms.RadioSelect),
            "needs": forms.MultipleChoiceField(
                label=words["needs"],
                choices=[("h", words["housing"]), ("w", words["work"])],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "read": forms.BooleanField(label=words["read_aloud"], help_text=words["read_hint"]),
            "sheet": forms.FileField(label=words["sheet"], help_text=words["sheet_hint"], required=False),
        }


WRONG = {"arrived_day": "31", "arrived_month": "2", "arrived_year": "2026", "born_year": "٢٠٩٩", "phone": ""}


def sample(language: str, direction: str) -> dict[str, object]:
    """What the sections show in one language."""
    words = WORDS[language]
    typed = {f"{language}2-{name}": text for name, text in WRONG.items()}
    wrong = SampleForm(words, typed, prefix=f"{language}2")
    wrong.is_valid()
    stages = words["stages"].split("|")
    return {
        "language": language,
        "dir": direction,
        "w": words,
        "form": SampleForm(words, prefix=f"{language}1"),
        "wrong": wrong,
        "stages": [
            {"label": label, "state": "done" if n < 8 else "now" if n == 8 else "ahead"}
            | ({"on": date(2025, 1 + n, 2)} if n <= 8 else {})
            for n, label in enumerate(stages)
        ],
        "places": [
            {"name": name, "stages": span}
            for name, span in zip(words["places"].split("|"), (5, 1, 5), strict=True)
        ],
        "steps": [
            {"label": label, "state": state, "url": "#steps" if state == "done" else ""}
            for label, state in zip(words["steps"].split("|"), ("done", "done", "now", "ahead"), strict=True)
        ],
        "conflict": [
            {"label": words["phone"], "yours": "0555 41", "saved": "0555 42", "differs": True},
            {"label": words["works"], "yours": words["phone_repair"], "saved": words["phone_repair"]},
            {"label": words["debt_word"], "yours": words["none_owed"], "saved": "", "differs": True},
        ],
        "views": [
            {"label": words["my_cases"], "url": "#table", "count": 38, "is_current": True},
            {"label": words["something_late"], "url": "#table", "count": 5},
        ],
        "chips": [{"label": words["saltfield"], "url": "#table"}],
        "page": Paginator(range(38), 8).page(2),
        "today": TODAY,
        "dates": (
            PartialDate.of_day(date(1991, 6, 7)),
            PartialDate.of_month(1991, 6),
            PartialDate.of_year(1991),
            PartialDate.about_age(34, TODAY),
        ),
    }


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component; holds no record of anybody, so nobody is asked who they are."""
    samples = [sample("en", "ltr"), sample("ar", "rtl")]
    return render(request, "components.html", {"sections": SECTIONS, "samples": samples})
