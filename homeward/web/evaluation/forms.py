"""The form that makes a question out of plain choices."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.evaluation.asking import Asked, Side
from homeward.web.evaluation.words import ASKED, HORIZON_CHOICES, SIDES


class QuestionForm(forms.Form):
    title = forms.CharField(
        label=_("The question, as a sentence"),
        max_length=200,
        help_text=_("As you would ask a colleague. Name nobody."),
    )
    asked = forms.ChoiceField(label=_("What is asked"), choices=list(ASKED.items()))
    side = forms.ChoiceField(label=_("About which side of life"), choices=list(SIDES.items()))
    horizon = forms.TypedChoiceField(label=_("Months after return"), choices=HORIZON_CHOICES, coerce=int)
    sesoi = forms.FloatField(
        label=_("The smallest difference that would matter"),
        min_value=0.001,
        max_value=1,
        initial=0.05,
        help_text=_("On the score from 0 to 1. Say it now: afterwards everything looks as if it mattered."),
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=80,
        required=False,
        help_text=_("A district or country of origin as it stands in the extract; empty for all."),
    )
    extract_id = forms.TypedChoiceField(label=_("Asked of which extract"), coerce=UUID)
    is_confirmatory = forms.BooleanField(
        label=_("Nobody here has seen this outcome yet"),
        required=False,
        initial=True,
        help_text=_(
            "Checked are answers, files and people to compare with, of extracts of the same time; what was "
            "seen elsewhere nobody can check. Without this the answer is called exploratory: a lead, not a "
            "proof."
        ),
    )

    def __init__(self, given: object, extracts: Iterable[tuple[str, str]]) -> None:
        super().__init__(given)  # type: ignore[arg-type]
        self.fields["extract_id"].choices = list(extracts)  # type: ignore[attr-defined]

    def choices(self) -> tuple[Asked, Side]:
        """What is asked, and of which side."""
        return Asked(self.cleaned_data["asked"]), Side(self.cleaned_data["side"])
