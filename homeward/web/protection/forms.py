"""The officer's questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import SYSTEM_USER_ID
from homeward.privacy.rules import AskedBy, BreachRisk, BreachStepKind, RequestKind, RequestStepKind
from homeward.web.audit_forms import Calendar
from homeward.web.case_forms import long_text
from homeward.web.protection.words import ASKED_BY, BREACH_STEPS, KINDS, RISKS, STEPS

BY_HAND = (
    RequestStepKind.NOTED,
    RequestStepKind.HANDED_OVER,
    RequestStepKind.CORRECTED,
    RequestStepKind.RECIPIENTS_TOLD,
)
BREACH_BY_HAND = tuple(kind for kind in BreachStepKind if kind != BreachStepKind.FOUND)


class Moment(forms.DateTimeInput):
    """The browser's own day and time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def moment(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    """A day and time, as browsers write them."""
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(
        label=label, required=required, help_text=help_text, widget=Moment(), input_formats=formats
    )


class FindForm(forms.Form):
    """Whose data it is about."""

    reference = forms.CharField(
        label=_("Reference of a case"),
        max_length=40,
        help_text=_("Such as HW-7K3M-92QX-4. Small letters and missing dashes do not matter."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class RequestForm(forms.Form):
    """What a person asks."""

    kind = forms.ChoiceField(
        label=_("What the person asks for"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    asked_by = forms.ChoiceField(
        label=_("Who asks"),
        choices=list(ASKED_BY.items()),
        initial=AskedBy.PERSON,
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(
        label=_("When it came in"),
        help_text=_("The month to answer runs from this day, whoever was asked first."),
        widget=Calendar(),
    )
    words = forms.CharField(
        label=_("In their own words"), required=False, max_length=4000, widget=long_text(3)
    )

    def clean_kind(self) -> RequestKind:
        return RequestKind(self.cleaned_data["kind"])

    def clean_asked_by(self) -> AskedBy:
        return AskedBy(self.cleaned_data["asked_by"])


class NewRequestForm(FindForm, RequestForm):
    """What a person asks, and who they are."""


class HowForm(forms.Form):
    """How it is known who asks."""

    how = forms.CharField(
        label=_("How you know who asks"),
        help_text=_("Such as: passport shown at the office. Do not write down its number."),
        max_length=1000,
        widget=long_text(2),
    )


class WhyForm(forms.Form):
    """Why."""

    why = forms.CharField(label=_("Why"), max_length=4000, widget=long_text(4))


class BecauseForm(forms.Form):
    """Why it ends."""

    because = forms.CharField(label=_("Why"), max_length=4000, widget=long_text(3))


class AnswerForm(forms.Form):
    """What the person was told."""

    answer = forms.CharField(label=_("What the person was told"), max_length=4000, widget=long_text(4))


class StepForm(forms.Form):
    """What was done."""

    kind = forms.ChoiceField(
        label=_("What was done"),
        choices=[(kind.value, STEPS[kind]) for kind in BY_HAND],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=long_text(3))

    def clean_kind(self) -> RequestStepKind:
        return RequestStepKind(self.cleaned_data["kind"])


class HoldForm(forms.Form):
    """Why records must be kept."""

    reason = forms.CharField(
        label=_("Why these records must be kept, and who asks for them"), max_length=2000, widget=long_text(3)
    )
    review_on = forms.DateField(label=_("Look at it again on"), widget=Calendar())


class RestrictForm(forms.Form):
    """Why the use must stop."""

    reason = forms.CharField(
        label=_("Why the use of these records must stop"), max_length=2000, widget=long_text(3)
    )


class ExposedForm(forms.Form):
    """Whose account, and between which moments."""

    who = forms.ChoiceField(label=_("Whose account"))
    since = moment(_("From"))
    until = moment(_("Until"))

    def __init__(self, data: Any, people: Mapping[UUID, str], **given: Any) -> None:
        super().__init__(data, **given)
        named = sorted(((str(user_id), name) for user_id, name in people.items()), key=lambda one: one[1])
        choices = [("", _("Choose")), *named, (str(SYSTEM_USER_ID), "Homeward")]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The end must come after the beginning."))
        return cleaned


class ExposedAddress(forms.Form):
    """The same questions as an address carries them."""

    who = forms.UUIDField()
    since = moment("")
    until = moment("")


class BreachForm(forms.Form):
    """What happened."""

    what = forms.CharField(
        label=_("What happened"),
        help_text=_(
            "Do not name anybody concerned. The list of people exposed is made from the audit trail."
        ),
        max_length=4000,
        widget=long_text(3),
    )
    found_at = moment(_("Found at"), help_text=_("The clock runs from here."))
    risk = forms.ChoiceField(
        label=_("How likely it harms people"), choices=list(RISKS.items()), widget=forms.RadioSelect
    )
    account_id = forms.ChoiceField(label=_("Whose account was misused"), required=False)
    began_at = moment(_("Data were exposed from"), required=False)
    ended_at = moment(_("Data were exposed until"), required=False)

    def __init__(self, data: Any, people: Mapping[UUID, str], **given: Any) -> None:
        super().__init__(data, **given)
        named = sorted(((str(user_id), name) for user_id, name in people.items()), key=lambda one: one[1])
        self.fields["account_id"].choices = [("", _("No account, or not known")), *named]  # type: ignore[attr-defined]

    def clean_risk(self) -> BreachRisk:
        return BreachRisk(self.cleaned_data["risk"])

    def clean_account_id(self) -> UUID | None:
        told = self.cleaned_data["account_id"]
        return UUID(told) if told else None


class BreachStepForm(forms.Form):
    """What was done about a breach."""

    kind = forms.ChoiceField(
        label=_("What was done"),
        choices=[(kind.value, BREACH_STEPS[kind]) for kind in BREACH_BY_HAND],
        widget=forms.RadioSelect,
    )
    people_count = forms.IntegerField(
        label=_("How many people are concerned"), required=False, min_value=0, max_value=10_000_000
    )
    note = forms.CharField(label=_("Note"), max_length=4000, widget=long_text(3))

    def clean_kind(self) -> BreachStepKind:
        return BreachStepKind(self.cleaned_data["kind"])


def as_moment(value: datetime) -> str:
    """A moment as an address and a browser's own control write it."""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
