"""Forms of an invitation."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class NewAccountForm(forms.Form):
    """What a person who was invited tells about themselves."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, help_text=_("As colleagues and partners know you.")
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 signs. Three or four words are easy to remember."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
