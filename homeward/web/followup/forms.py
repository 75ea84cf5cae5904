"""Forms of following up."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.journey_rules import ContactWay
from homeward.followup.commands import Try
from homeward.followup.commands.business import BusinessSeen
from homeward.followup.queries import visitors
from homeward.followup.rules import BusinessState, ClosedBecause, NotNeeded, VisitOutcome
from homeward.people.queries import relatives_of
from homeward.surveys.queries import published_forms
from homeward.web.fields import OnDateField
from homeward.web.followup.words import BUSINESS_STATES, CLOSED_BECAUSE, NOT_NEEDED, OUTCOMES
from homeward.web.journey.pages import CaseForm, long_text, offer, one_line, one_of
from homeward.web.journey.words import CONTACT_WAYS, choices


class AttemptForm(forms.Form):
    """What came of one attempt at a visit."""

    on = OnDateField(label=_("Day"), not_future=True)
    way = one_of(_("How you tried"), choices(CONTACT_WAYS), initial=ContactWay.VISIT.value)
    outcome = one_of(_("What came of it"), choices(OUTCOMES))
    planned_on = OnDateField(label=_("Day agreed on for the next time"), required=False)
    note = forms.CharField(label=_("What was said"), required=False, max_length=4000, widget=long_text(3))

    def tried(self) -> Try:
        """The answers as the command takes them."""
        given = self.cleaned_data
        return Try(
            given["on"],
            ContactWay(given["way"]),
            VisitOutcome(given["outcome"]),
            given["note"],
            given["planned_on"] or None,
        )


class CallOffForm(forms.Form):
    """Why a visit is not needed."""

    because = one_of(_("Why"), [pair for pair in choices(NOT_NEEDED) if pair[0] != NotNeeded.SCHEDULE])
    note = forms.CharField(label=_("In a few words"), required=False, max_length=400, widget=long_text(2))
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class DayForm(forms.Form):
    """The day on which the person expects the visit."""

    planned_on = OnDateField(label=_("Day agreed on"))
    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class GiveForm(forms.Form):
    """Which colleague makes a visit."""

    membership_id = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "membership_id", [("", _("Choose a colleague")), *colleague_choices(actor)])


class AreaForm(GiveForm):
    """Who makes the visits in a place."""

    place = forms.CharField(label=_("Place"), max_length=200, widget=one_line())
    field_order = ("place", "membership_id")


class AskForm(CaseForm):
    """A visit beside the rounds."""

    due_on = OnDateField(label=_("By when"), not_past=True)
    closes_on = OnDateField(label=_("Until when it still makes sense"), not_past=True)
    instrument = forms.ChoiceField(label=_("What is asked"), required=False)
    member_id = forms.TypedChoiceField(label=_("Whom it is about"), required=False, empty_value=None)
    note = forms.CharField(
        label=_("What the colleague who goes needs to know"),
        required=False,
        max_length=400,
        widget=long_text(2),
    )
    widths = {"instrument": "m"}

    def prepare(self) -> None:
        forms_asked = [(one.instrument.code, one.title) for one in published_forms(self.actor)]
        offer(self, "instrument", [("", _("Nothing: to see how they are")), *forms_asked])
        family = [(str(one.other.id), one.other.name) for one in _family(self.actor, self.case.person_id)]
        offer(self, "member_id", [("", self.case.person.name), *family])

    @classmethod
    def saved(cls, actor: Actor, case: Any, **given: Any) -> dict[str, Any]:
        today = localdate()
        return {"due_on": today + timedelta(14), "closes_on": today + timedelta(30)}

    def told(self) -> dict[str, Any]:
        answers = super().told()
        return {**answers, "member_id": _uuid(answers["member_id"])}


class ExtendForm(CaseForm):
    """For how long somebody is followed up beyond what is asked."""

    months = forms.TypedChoiceField(
        label=_("Until how long after the arrival"),
        coerce=int,
        choices=[("18", _("18 months")), ("24", _("24 months")), ("36", _("36 months"))],
        widget=forms.RadioSelect,
    )


class BusinessForm(CaseForm):
    """How a business was on a day."""

    what = forms.CharField(label=_("What kind of business"), max_length=200, widget=one_line())
    on = OnDateField(label=_("Day on which you saw or heard it"), not_future=True)
    state = one_of(_("How it is"), choices(BUSINESS_STATES))
    workers = forms.IntegerField(
        label=_("How many people work there"), required=False, min_value=0, max_value=9999
    )
    began_on = OnDateField(label=_("Since when it exists"), required=False, not_future=True)
    ended_on = OnDateField(label=_("Since when it is closed"), required=False, not_future=True)
    reason = forms.ChoiceField(
        label=_("Why it is closed"),
        required=False,
        choices=[("", _("Choose a reason")), *choices(CLOSED_BECAUSE)],
    )
    words = forms.CharField(label=_("In their words"), required=False, max_length=2000, widget=long_text(3))
    voice = ("words",)
    widths = {"workers": "s"}

    @classmethod
    def saved(cls, actor: Actor, case: Any, **given: Any) -> dict[str, Any]:
        return {"on": localdate()}

    def seen(self) -> BusinessSeen:
        """The answers as the command takes them."""
        given = {**self.cleaned_data}
        given["state"] = BusinessState(given["state"])
        given["reason"] = ClosedBecause(given["reason"]) if given["reason"] else None
        for name in ("began_on", "ended_on"):
            given[name] = given[name] or None
        return BusinessSeen(**given)


def colleague_choices(actor: Actor) -> list[tuple[str, str]]:
    """Colleagues who make visits."""
    return [(str(one.id), one.user.name) for one in visitors(actor)]


def _family(actor: Actor, person_id: Any) -> Iterable[Any]:
    return [one for one in relatives_of(actor, person_id) if one.other]


def _uuid(text: str | None) -> Any:
    return UUID(text) if text else None
