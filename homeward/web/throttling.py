"""How often signing in may be tried, without letting strangers lock anybody out.

Ten wrong passwords close an account for fifteen minutes to browsers it does not know. A browser that its
owner has signed in from before keeps a count of its own, so that strangers' guesses do not reach the owner.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "known_to"
KNOWN_FOR_SECONDS = 180 * 24 * 60 * 60
AT_MOST = 5  # accounts that one browser is known to


def account_digest(email: str) -> str:
    """An account's name in counts and cookies, from which its address cannot be read."""
    return salted_hmac("homeward.web.throttling", email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def attempted_account(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Which account an attempt to sign in is about."""
    given = credentials or {}
    email = given.get("email") or given.get("username") or request.POST.get("login", "")
    return account_digest(str(email))


def lockout_parameters(
    request: HttpRequest, credentials: Mapping[str, Any] | None = None
) -> list[str | list[str]]:
    """Count by account alone, or by account and address of the network in a browser the account knows."""
    known = attempted_account(request, credentials) in known_accounts(request)
    return [["username", "ip_address"]] if known else ["username"]


def known_accounts(request: HttpRequest) -> list[str]:
    """The accounts that signed in from this browser before."""
    try:
        kept = TimestampSigner(salt=COOKIE).unsign(request.COOKIES.get(COOKIE, ""), max_age=KNOWN_FOR_SECONDS)
    except BadSignature:
        return []
    return kept.split(".")


def remember_browser(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Note in the browser that this account signed in from it."""
    mine = account_digest(email)
    kept = [mine, *(other for other in known_accounts(request) if other != mine)][:AT_MOST]
    response.set_cookie(
        COOKIE,
        TimestampSigner(salt=COOKIE).sign(".".join(kept)),
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
