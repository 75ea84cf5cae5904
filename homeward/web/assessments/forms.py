"""A step of an assessment as a form: built from the form's data, so that every version is asked as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.assessments.rules import Answer, Answers, Asked, Missing, Question, Step, missing, value
from homeward.web.assessments.words import MISSING, QUESTIONS, choice_words
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import long_text, one_of

WHY = "_why"  # the question beside one: why there is no answer
NO_ANSWER = [("", _("Answered, or not yet"))]


class StepForm(forms.Form):
    """The questions of one step. None has to be answered: what is left open waits, or counts as not asked."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, step: Step, **options: Any) -> None:
        super().__init__(*args, **options)
        self.step = step
        for question in step.questions:
            self.fields |= _fields_of(question)

    @classmethod
    def begun(cls, answers: Answers, version: int) -> dict[str, Any]:
        """What the form begins with: the answers as they are kept."""
        began: dict[str, Any] = {"expected_version": version}
        for code, answer in answers.items():
            if "missing" in answer:
                began |= {code: answer["missing"], code + WHY: answer["missing"]}
            else:
                began[code] = answer["value"]
        return began

    def answers(self) -> Answers:
        """The answers given, and why others were not."""
        found = {question.code: self._answer(question) for question in self.step.questions}
        return {code: answer for code, answer in found.items() if answer is not None}

    def _answer(self, question: Question) -> Answer | None:
        given = self.cleaned_data.get(question.code)
        if question.asked is Asked.ONE and given in set(Missing):
            return missing(Missing(given))
        if given:
            return value(given)
        why = self.cleaned_data.get(question.code + WHY)
        return missing(Missing(why)) if why else None


def _fields_of(question: Question) -> dict[str, forms.Field]:
    label: Any = QUESTIONS[question.code]
    why = list(MISSING.items())
    offered = [(choice.code, choice_words(question.code, choice.code)) for choice in question.choices]
    if question.asked is Asked.ONE:
        return {
            question.code: forms.ChoiceField(
                label=label, choices=[*offered, *why], widget=forms.RadioSelect, required=False
            )
        }
    asked: forms.Field = forms.CharField(label=label, required=False, max_length=4000, widget=long_text(3))
    if question.asked is Asked.SEVERAL:
        asked = forms.MultipleChoiceField(
            label=label, choices=offered, widget=forms.CheckboxSelectMultiple, required=False
        )
    no_answer = forms.ChoiceField(
        label=_("If there is no answer, why"), choices=[*NO_ANSWER, *why], required=False
    )
    return {question.code: asked, question.code + WHY: no_answer}


class FinishForm(forms.Form):
    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = OnDateField(label=_("On which day did you speak?"), not_future=True, initial=localdate)


class ProposalForm(forms.Form):
    answer = one_of(_("Is it so?"), [("confirm", _("Yes, note it")), ("decline", _("No"))])
    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("Needed when you say no."),
        required=False,
        max_length=400,
        widget=long_text(2),
    )
