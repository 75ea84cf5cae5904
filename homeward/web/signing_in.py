"""The door: signing in, choosing a person of the demonstration, changing hats, taking up an invitation."""

from uuid import UUID

from allauth.account import views as accounts
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter as get_factors
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.views import remove_webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import system_actor
from homeward.lib.problems import NotFound, Problem
from homeward.organisations.commands import accept_invitation as accept
from homeward.organisations.commands import ask_for_factor_reset
from homeward.organisations.problems import InvitationOver, NobodyToConfirm
from homeward.organisations.queries import (
    actor_who_may_ask_for_reset,
    demo_cast,
    has_account,
    has_second_factor,
    invitation_by_token,
)
from homeward.web.forms import put_problem
from homeward.web.invitation_forms import NewAccountForm
from homeward.web.labels import WHAT_ROLES_DO
from homeward.web.middleware import MEMBERSHIP
from homeward.web.own.demonstration import own_pages_of, visit_own_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INVITATION = "invitation"


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for address and password; in the demonstration offer its people first."""
    if settings.DEMO and request.method == "GET" and "password" not in request.GET:
        return redirect("demo")
    response: HttpResponse = accounts.login(request)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people, by choosing; there is no such door outside it."""
    if not settings.DEMO:
        raise Http404
    hats = demo_cast()
    if request.method == "POST" and "own_page" in request.POST:
        return visit_own_page(request, hats)
    if request.method == "POST":
        chosen = next((hat for hat in hats if str(hat.id) == request.POST.get("membership")), None)
        if chosen is None:
            raise NotFound
        login(request, chosen.user, backend=BACKEND)
        request.session[MEMBERSHIP] = str(chosen.id)
        return redirect("home")
    first_hats = {hat.user_id: hat for hat in reversed(hats)}
    people = [
        {
            "hat": hat,
            "does": WHAT_ROLES_DO.get(hat.role, ""),
            "others": [other for other in hats if other.user_id == hat.user_id and other.id != hat.id],
        }
        for hat in reversed(first_hats.values())
    ]
    shown = {"people": people, "own_pages": [link for _actor, link in own_pages_of(hats)]}
    return render(request, "account/demo.html", shown)


@require_POST
@login_required
def switch_hat(request: HttpRequest) -> HttpResponse:
    """Wear another of one's hats from the next page on."""
    hats = getattr(request, "hats", [])
    chosen = next((hat for hat in hats if str(hat.id) == request.POST.get("membership")), None)
    if chosen is None:
        raise NotFound
    request.session.cycle_key()
    request.session[MEMBERSHIP] = str(chosen.id)
    return redirect("home")


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password, second factors, hats."""
    assert request.user.is_authenticated  # noqa: S101 - for the type checker
    actor = getattr(request, "actor", None)
    shown = {
        "has_factor": has_second_factor(request.user.id),
        "may_add_phones": actor is not None and actor.may(Action.PHONE_ADD),
    }
    return render(request, "account/index.html", shown)


@require_safe
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Nobody makes an account for themselves."""
    return render(request, "account/by_invitation.html", status=403)


@login_required
def no_password_here(request: HttpRequest) -> HttpResponse:
    """People of the demonstration have no password and get none."""
    messages.info(request, _("This account has no password."))
    return redirect("account")


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey, unless it is the last second factor while one is required."""
    key = Authenticator.objects.filter(pk=pk, user_id=request.user.pk).first()
    if key and not get_factors().can_delete_authenticator(key):
        messages.error(request, _("This is your only second factor. Add another one first."))
        return redirect("mfa_index")
    response: HttpResponse = remove_webauthn(request, pk=pk)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def lost_factor(request: HttpRequest) -> HttpResponse:
    """Between password and second factor: ask a colleague who administers to confirm who one is."""
    user = request._login_stage.login.user  # type: ignore[attr-defined]
    actor = actor_who_may_ask_for_reset(user.pk)
    if request.method != "POST":
        return render(request, "account/lost_factor.html", {"nobody": actor is None})
    if actor is None:
        raise NobodyToConfirm
    ask_for_factor_reset(actor, address=request.build_absolute_uri(reverse("home")))
    return render(request, "account/lost_factor_asked.html")


@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address before showing anything."""
    request.session[INVITATION] = token
    return redirect("accept_invitation")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Take up an invitation, with a new account or as who is signed in."""
    offered = invitation_by_token(request.session.get(INVITATION, ""), timezone.now())
    if offered is None:
        return problem_page(request, InvitationOver())
    sent = request.POST if request.method == "POST" else None
    form = NewAccountForm(sent, initial={"language": offered.organisation.language})
    page = {"offered": offered, "form": form, "has_account": has_account(offered.email)}
    is_new = not request.user.is_authenticated
    if request.method != "POST" or (is_new and not form.is_valid()):
        return render(request, "account/invitation.html", page)
    user_id: UUID | None = None if is_new else request.user.pk
    given = form.cleaned_data if is_new else {}
    try:
        membership = accept(
            system_actor(offered.organisation_id), invitation_id=offered.id, user_id=user_id, **given
        )
    except Problem as problem:
        if not is_new:
            raise
        put_problem(form, problem)
        return render(request, "account/invitation.html", page, status=problem.status)
    request.session.pop(INVITATION, None)
    if is_new:
        login(request, membership.user, backend=BACKEND)
        record_authentication(request, membership.user, method="password", reauthenticated=True)
    request.session[MEMBERSHIP] = str(membership.id)
    return redirect("home")


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A problem met where nobody acts yet, so that no frame turns it into its page."""
    return render(request, "problem.html", {"problem": problem}, status=problem.status)
