"""Recording a counselling session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import Act, Decision, Interpreting, Topic
from homeward.cases.queries.journey import counselling_of_case
from homeward.people.rules import may_be_minor
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import (
    CaseForm,
    CasePage,
    case_page,
    languages_to_choose,
    long_text,
    offer,
    one_line,
    one_of,
)
from homeward.web.journey.words import DECISIONS, INTERPRETING, TOPICS, choices

if TYPE_CHECKING:
    from homeward.cases.models import Case


class CounsellingForm(CaseForm):
    """What was spoken of, in which language, and what the person decided."""

    held_on = OnDateField(label=_("Day of the talk"), not_future=True)
    topics = forms.MultipleChoiceField(
        label=_("What you spoke of"), choices=choices(TOPICS), widget=forms.CheckboxSelectMultiple
    )
    materials = forms.CharField(
        label=_("Leaflets, films or addresses you gave"), required=False, max_length=400, widget=one_line()
    )
    language = forms.ChoiceField(label=_("Language of the talk"), required=False)
    interpreting = one_of(_("Was there an interpreter?"), choices(INTERPRETING))
    present = forms.CharField(
        label=_("Who else was there"),
        help_text=_("For example a spouse, a guardian, a friend."),
        required=False,
        max_length=300,
        widget=one_line(),
    )
    summary = forms.CharField(label=_("What was said"), required=False, max_length=8000, widget=long_text(5))
    decision = one_of(
        _("What has the person decided so far?"),
        choices(DECISIONS),
        help_text=_("To stay is as good an answer as to return."),
    )
    is_informed = forms.BooleanField(
        label=_("This is an informed decision"),
        help_text=_(
            "The person is free to decide, able to decide, and knows the facts and what follows from them."
        ),
        required=False,
    )
    child_heard_by = forms.CharField(
        label=_("Who spoke with the child"),
        help_text=_("By themselves where that is good for the child: name and function."),
        required=False,
        max_length=200,
        widget=one_line(),
    )
    is_suited_to_age = forms.BooleanField(
        label=_("It was done in a way suited to the child’s age"),
        help_text=_("The child was told what may happen, could ask, and could say what they think of it."),
        required=False,
    )
    sealed = {"summary": _("Opened by caseworkers on this case only, one session at a time, on the record.")}
    widths = {"language": "m"}

    def prepare(self) -> None:
        offer(self, "language", languages_to_choose())
        birth = self.case.person.birth
        if birth is None or not may_be_minor(birth, localdate()):
            del self.fields["child_heard_by"], self.fields["is_suited_to_age"]

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        """Begin where the last session ended."""
        last = counselling_of_case(actor, case.id).first()
        return {
            "held_on": localdate(),
            "language": last.language if last else (case.person.languages or [""])[0],
            "interpreting": last.interpreting if last else "",
            "decision": last.decision if last else "",
        }

    def told(self) -> dict[str, Any]:
        answers = super().told()
        return {
            **answers,
            "topics": [Topic(topic) for topic in answers["topics"]],
            "interpreting": Interpreting(answers["interpreting"]),
            "decision": Decision(answers["decision"]),
        }


record = case_page(
    CasePage(
        heading=_("Record a counselling session"),
        lead=_(
            "Neutral information, freely decided. Several sessions are usual; each is recorded by itself."
        ),
        save=_("Record the session"),
        done=_("The session is recorded."),
        verb=Action.COUNSELLING_RECORD,
        act=Act.COUNSEL,
        form=CounsellingForm,
        run=lambda form: commands.record_counselling(form.actor, **form.told()),
    )
)
