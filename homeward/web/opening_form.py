"""Why a sealed field is opened: asked on every page that opens one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem
from homeward.privacy.opening import LONGEST_WORDS, Why, check_reason

Words = str | Promise


class OpeningForm(forms.Form):
    """A reason of a list, and words of one's own where the list has none that fits."""

    reason = forms.ChoiceField(label=_("Why do you open it?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Needed for another reason. It is kept sealed, with the record of your opening it."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, reasons: Mapping[str, Words], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = [(str(code), text) for code, text in reasons.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another reason is none until it is said."""
        given = super().clean() or self.cleaned_data
        try:
            check_reason(Why(given.get("reason", ""), given.get("words", "")))
        except Problem as problem:
            for name, text in problem.fields.items():
                self.add_error(name, str(text))
        return given
