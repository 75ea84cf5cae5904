"""How the sign-in library behaves in this house: accounts by invitation only, second factors kept sealed."""

import secrets
from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse

from homeward.lib.encryption import Place
from homeward.privacy.sealing import open_for_installation, seal_for_installation
from homeward.web.throttling import remember_browser

# The library seals before the row has a key: the place is the column, the same for every row.
FACTOR = Place("mfa_authenticator", "data", UUID(int=0))
NOT_SAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of people who were invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        """Remember the browser, speak the person's language, ask for no password again for a while."""
        record_authentication(request, user, method="password", reauthenticated=True)
        response: HttpResponse = super().post_login(request, user, **given)
        remember_browser(request, response, user.email)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **given: Any
    ) -> None:
        if message_template not in NOT_SAID:
            super().add_message(request, level, message_template, *args, **given)

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Who has a second factor confirms with it: a password seen over a shoulder changes no factor."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [method for method in methods if "mfa" in method["id"]] or methods

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Passwords of one account are counted by `throttling`, which knows browsers; here only by network.
        return secrets.token_hex(8)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes, sealed under the installation's key."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal_for_installation(FACTOR, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_for_installation(FACTOR, b64decode(encrypted_text)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays while one is required: first add another."""
        if not settings.REQUIRE_SECOND_FACTOR:
            return True
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=authenticator.user, type__in=kinds)
        return bool(others.exclude(pk=authenticator.pk).exists())


def client_address(request: HttpRequest) -> str | None:
    """The network address of who asks, past the proxies that the settings trust."""
    if not request.META.get("REMOTE_ADDR"):
        return None
    address: str = Accounts(request).get_client_ip(request)
    return address
