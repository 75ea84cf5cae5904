"""The questions every form asks that shows somebody to another organisation: on what ground, and why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.sharing.rules import Condition
from homeward.web.sharing_words import BASES, CONDITIONS


def basis_field() -> forms.ChoiceField:
    """The legal basis."""
    return forms.ChoiceField(label=_("On what basis"), choices=list(BASES.items()), widget=forms.RadioSelect)


def condition_field() -> forms.ChoiceField:
    """The condition that special categories need beside it."""
    return forms.ChoiceField(
        label=_("Second condition"),
        required=False,
        choices=[("", _("None needed")), *CONDITIONS.items()],
        help_text=_("Needed for vulnerability, health and protection."),
    )


def necessity_field() -> forms.CharField:
    """Why the other organisation needs it."""
    return forms.CharField(
        label=_("Why they need it"),
        max_length=500,
        help_text=_("Whoever is asked later must understand it: “Reception and first needs in Saltfield”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def chosen_condition(answer: str) -> Condition | None:
    """The condition that was chosen, or None."""
    return Condition(answer) if answer else None
