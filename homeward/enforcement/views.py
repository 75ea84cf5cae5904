"""Sign in with password and code, read the notices of one's own body, sign out. There is nothing else."""

import secrets
from time import time

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.enforcement import database, factor
from homeward.enforcement.forms import JoinForm, SignInForm

COOKIE = "enforcement"
SALT = "homeward.enforcement.invitation"
AN_HOUR = 3_600
STATUS = {
    "held": _("Held"),
    "applied_for": _("Applied for"),
    "missing": _("Missing"),
    "not_needed": _("Not needed"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """All three at once, so that nobody learns which of them was wrong."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        secret = _session_for(form.cleaned_data)
        if secret:
            return _with_cookie(redirect("notices"), secret)
        form.add_error(
            None, gettext("This is not right, or was tried too often. Check all three, or wait a while.")
        )
    status = 422 if form.is_bound else 200
    return render(request, "enforcement/sign_in.html", {"form": form}, status=status)


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices made for the reader's body."""
    secret = request.COOKIES.get(COOKIE, "")
    who = database.signed_in(secret)
    if who is None:
        return redirect("sign_in")
    rows = [
        (one, STATUS.get(one.document_status, one.document_status)) for one in database.notices_for(secret)
    ]
    return render(request, "enforcement/notices.html", {"who": who, "rows": rows})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and in the database."""
    database.end_session(request.COOKIES.get(COOKIE, ""))
    response = redirect("sign_in")
    response.delete_cookie(COOKIE)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation up: a password of one's own, and the authenticator app."""
    invited = database.invitation_of(token)
    if invited is None:
        return render(request, "enforcement/gone.html", status=404)
    form = JoinForm(request.POST if request.method == "POST" else None)
    kept = _kept_secret(request) or factor.new_secret()
    if form.is_valid() and _accepted(form, token, kept):
        return redirect("sign_in")
    shown = {
        "form": form,
        "invited": invited,
        "secret": kept,
        "kept": signing.dumps(kept, salt=SALT),
        "picture": factor.picture_of(kept, invited.email),
    }
    return render(request, "enforcement/join.html", shown, status=422 if form.is_bound else 200)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For a supervisor: the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whatever else is asked for."""
    return render(request, "enforcement/gone.html", status=404)


def _session_for(given: dict[str, str]) -> str:
    """The secret of a new session, or nothing."""
    account = database.account_of(given["email"])
    if account is None:
        make_password(given["password"])  # as long as comparing takes
        return ""
    is_right = check_password(given["password"], account.password)
    counter = factor.matching_counter(factor.opened(account.factor), given["code"], time())
    if not is_right or counter is None or account.is_closed:
        database.note_failure(account.id)
        return ""
    secret = secrets.token_urlsafe(32)
    return secret if database.begin_session(account.id, counter, secret) else ""


def _kept_secret(request: HttpRequest) -> str:
    """The secret shown before, from the form that carries it, signed."""
    try:
        return str(signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=AN_HOUR))
    except signing.BadSignature:
        return ""


def _accepted(form: JoinForm, token: str, secret: str) -> bool:
    if factor.matching_counter(secret, form.cleaned_data["code"], time()) is None:
        form.add_error("code", gettext("This is not the code your app shows now."))
        return False
    return database.accept(token, make_password(form.cleaned_data["password"]), factor.sealed(secret))


def _with_cookie(response: HttpResponseRedirect, secret: str) -> HttpResponse:
    response.set_cookie(COOKIE, secret, secure=settings.HTTPS, httponly=True, samesite="Strict")
    return response
