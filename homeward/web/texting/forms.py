"""Forms of messages."""

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.texting.commands import ChannelDetails
from homeward.texting.queries import Number
from homeward.texting.rules import GatewayKind, YesWay
from homeward.web.texting.words import ASKED_BY_OFFICERS, KINDS, LANGUAGES, YES_WAYS

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def zones() -> list[tuple[str, str]]:
    """The time zones of the world, by region and town."""
    named = sorted(one for one in available_timezones() if one.startswith(REGIONS))
    return [("", _("Choose")), *((one, one.replace("_", " ")) for one in ("UTC", *named))]  # type: ignore[list-item]


class ChannelForm(forms.Form):
    """A gateway that is to carry messages."""

    name = forms.CharField(
        label=_("Name of the channel"), max_length=100, help_text=_("Such as “Line in Saltfield”.")
    )
    kind = forms.ChoiceField(label=_("Kind of gateway"), choices=list(KINDS.items()))
    address = forms.CharField(
        label=_("Address it takes messages at"),
        max_length=300,
        help_text=_("Beginning with https. RapidPro and TextIt: ending in /api/v2/broadcasts.json."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    token = forms.CharField(
        label=_("Its token"),
        max_length=500,
        help_text=_("Kept sealed, and shown to nobody again."),
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    number = forms.CharField(
        label=_("Number people see"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    for_numbers = forms.CharField(
        label=_("For numbers that begin with"),
        max_length=8,
        required=False,
        help_text=_("Such as +216. Empty: for all numbers."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone of the people it reaches"), help_text=_("Safe hours are reckoned in it.")
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["time_zone"].choices = zones()  # type: ignore[attr-defined]

    def details(self) -> ChannelDetails:
        """The answers as the command takes them."""
        given = {**self.cleaned_data}
        given["prefix"] = given.pop("for_numbers")
        return ChannelDetails(**{**given, "kind": GatewayKind(given["kind"])})


class TryForm(forms.Form):
    """A number to try a channel with."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("One of your own, with + and the code of its country. It is forgotten once it is sent."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}),
    )


class PermitForm(forms.Form):
    """At which number, in which language, and how the person said yes."""

    contact_id = forms.ChoiceField(label=_("Number"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    way = forms.ChoiceField(
        label=_("How they said so"),
        choices=[(one.value, YES_WAYS[one]) for one in ASKED_BY_OFFICERS],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, actor: Actor, numbers: list[Number], **given: Any) -> None:
        super().__init__(*args, **given)
        offered = [(str(one.contact_id), one.value) for one in numbers if one.may_text]
        self.fields["contact_id"].choices = offered  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """The answers as the command takes them."""
        given = self.cleaned_data
        return {
            "contact_id": UUID(given["contact_id"]),
            "language": given["language"],
            "way": YesWay(given["way"]),
        }
