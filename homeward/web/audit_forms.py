"""Narrowing the trail: what was typed becomes an address without names."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import SYSTEM_USER_ID
from homeward.audit.trail import TrailFilters
from homeward.web.audit_words import ACTIONS


class Calendar(forms.DateInput):
    """The browser's own calendar; what it sends does not depend on the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TrailForm(forms.Form):
    """The questions as an officer sees them."""

    who = forms.ChoiceField(label=_("Who acted"), required=False)
    case = forms.CharField(label=_("Case reference"), required=False, max_length=40)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=Calendar())
    until = forms.DateField(label=_("Until"), required=False, widget=Calendar())
    refused = forms.BooleanField(label=_("Only what was refused"), required=False)

    def __init__(self, data: Any, people: Mapping[UUID, str], **given: Any) -> None:
        super().__init__(data, **given)
        anyone = [("", _("Anyone"))]
        named = [(str(user_id), name) for user_id, name in people.items()]
        actions = sorted(((code, str(words)) for code, words in ACTIONS.items()), key=lambda one: one[1])
        self.fields["who"].choices = [*anyone, *named, (str(SYSTEM_USER_ID), "Homeward")]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", _("Anything")), *actions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day cannot be before the first"))
        return cleaned


class TrailAddress(forms.Form):
    """The same questions as an address carries them; a part that makes no sense is left out."""

    who = forms.UUIDField(required=False)
    case = forms.UUIDField(required=False)
    action = forms.CharField(required=False, max_length=60)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    refused = forms.BooleanField(required=False)


def address_of(cleaned: Mapping[str, Any], case_id: UUID | None) -> str:
    """The part after `?` for what a valid TrailForm holds."""
    parts = {**cleaned, "case": case_id, "refused": "1" if cleaned["refused"] else ""}
    return urlencode({name: value for name, value in parts.items() if value})


def asked_by(address: QueryDict) -> dict[str, Any]:
    """What an address asks for, each part checked."""
    form = TrailAddress(address)
    form.is_valid()
    return form.cleaned_data


def filters_of(asked: Mapping[str, Any]) -> TrailFilters:
    """The search that an address stands for; days are days of the current time zone."""
    since, until = asked.get("since"), asked.get("until")
    return TrailFilters(
        actor_id=asked.get("who"),
        case_id=asked.get("case"),
        action=asked.get("action", ""),
        since=_start_of(since) if since else None,
        until=_start_of(until + timedelta(days=1)) if until else None,
        refused=bool(asked.get("refused")),
    )


def _start_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
