"""The sign-in library's forms in our words; a code works once."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm as LibraryChangePasswordForm,
)
from allauth.account.forms import (
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as LibraryCodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import type_of_message

VERIFIED = "second_factor"
# Longer than the ninety seconds in which a code could be valid.
REMEMBER_CODE_SECONDS = 120


def in_our_words(form: forms.Form, **labels: type_of_message) -> None:
    """Label the fields; no placeholders, which vanish while one types, and no hints but ours."""
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = str(label)
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""


def use_once(user_id: object, code: str) -> None:
    """Refuse a code that the person used before, by whichever worker it was checked."""
    digits = "".join(sign for sign in code if sign.isalnum())
    if not cache.add(f"second-factor:{user_id}:{digits}", 1, REMEMBER_CODE_SECONDS):
        raise get_adapter().validation_error("incorrect_code")


def note_given(user: Any) -> None:
    """Who sets up a second factor has just shown it: this session needs no other proof for a while."""
    context.request.session[VERIFIED] = True
    record_authentication(context.request, user, "mfa", reauthenticated=True)


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, login=_("E-mail address"), password=_("Password"))


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, email=_("E-mail address"))


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, password1=_("New password"), password2=_("New password again"))
        self.fields["password1"].help_text = _("At least 12 signs. Three or four words are easy to remember.")


class ChangePasswordForm(LibraryChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(
            self,
            oldpassword=_("Present password"),
            password1=_("New password"),
            password2=_("New password again"),
        )
        self.fields["password1"].help_text = _("At least 12 signs. Three or four words are easy to remember.")


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, password=_("Password"))


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, code=_("Code"))
        self.fields["code"].widget.attrs["class"] = "w-s"

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            use_once(self.user.pk, code)
        return code


class CodeAgainForm(LibraryCodeAgainForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, code=_("Code"))
        self.fields["code"].widget.attrs["class"] = "w-s"

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            use_once(self.user.pk, code)
        return code


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app: whoever gives it has the second factor in hand."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, code=_("Code from the app"))
        self.fields["code"].widget.attrs["class"] = "w-s"

    def clean_code(self) -> str:
        code: str = super().clean_code()
        use_once(self.user.pk, code)
        note_given(self.user)
        return code


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key, just used in this browser."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, name=_("Name of this key"), passwordless=_("Sign in with it alone"))
        self.fields["name"].help_text = _("So that you know it again, for example “Office laptop”.")
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = _(
                "No password is asked for. The device must have a PIN, fingerprint or face recognition."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("credential") and not self.errors:
            note_given(self.user)
        return cleaned


class NamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        in_our_words(self, name=_("Name of this key"))
