"""One gate before every page, written or yet to be: signed in, second factor given, a role held."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from homeward.organisations.queries import has_second_factor
from homeward.web.sign_in_forms import VERIFIED

Respond = Callable[[HttpRequest], HttpResponse]

BEFORE_SIGNING_IN = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_signup",
        "accept_invitation",
        "components",
        "demo",
        "health",
        "home",
        "invitation",
        "lost_factor",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "set_language",
    }
)
BEFORE_THE_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "health",
        "home",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_download_recovery_codes",
        "mfa_index",
        "mfa_view_recovery_codes",
        "set_language",
    }
)
WITHOUT_A_ROLE = BEFORE_SIGNING_IN | BEFORE_THE_SECOND_FACTOR | {"account", "account_change_password"}
# People on a page of their own have no account; the pages themselves ask for the visit.
OWN_PAGES = "my_"
# Programs bring a token with every request; their own door checks it.
DOORS_OF_PROGRAMS = ("api", "sync")


class Gate:
    """Stands inside `Acting`, so that it knows who is there."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *args: Any) -> HttpResponse | None:
        """Let the page through, or say what is missing first."""
        match = request.resolver_match
        if match is None or match.namespace.startswith(DOORS_OF_PROGRAMS):
            return None
        name = match.view_name
        if name.startswith(OWN_PAGES):
            return None
        if not request.user.is_authenticated:
            return None if name in BEFORE_SIGNING_IN else redirect_to_login(request.get_full_path())
        if settings.REQUIRE_SECOND_FACTOR and not was_given(request):
            return ask_for_second_factor(request, name)
        if getattr(request, "actor", None) is None and name not in WITHOUT_A_ROLE:
            return render(request, "account/no_role.html", status=403)
        return None


def ask_for_second_factor(request: HttpRequest, name: str) -> HttpResponse | None:
    """Send to the set-up; a session from before the set-up elsewhere has to sign in again."""
    user_id: UUID | None = request.user.pk
    if user_id and has_second_factor(user_id):
        logout(request)
        return redirect("account_login")
    return None if name in BEFORE_THE_SECOND_FACTOR else redirect("mfa_index")


def was_given(request: HttpRequest) -> bool:
    """True when this session gave a second factor at its beginning or in setting it up."""
    if request.session.get(VERIFIED):
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
