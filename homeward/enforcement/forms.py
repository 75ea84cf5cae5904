"""What somebody at an enforcement body fills in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"})
    )
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label=_("Code of your authenticator app"), max_length=10, widget=forms.TextInput(attrs=CODE)
    )


class JoinForm(forms.Form):
    password = forms.CharField(
        label=_("A password of your own"),
        help_text=_("Twelve signs or more."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = forms.CharField(
        label=_("Code of your authenticator app"), max_length=10, widget=forms.TextInput(attrs=CODE)
    )
    kept = forms.CharField(widget=forms.HiddenInput)

    def clean_password(self) -> Any:
        """As strong as the passwords of everybody else."""
        given = self.cleaned_data["password"]
        try:
            validate_password(given)
        except ValidationError as weak:
            raise forms.ValidationError(weak.messages) from None
        return given
