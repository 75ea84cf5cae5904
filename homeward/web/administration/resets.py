"""Colleagues who lost a second factor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.organisations import commands
from homeward.organisations.queries import get_waiting_reset, waiting_resets
from homeward.organisations.rules import IdentityCheck
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.administration.forms import ResetForm


@require_safe
def factor_resets(request: HttpRequest) -> HttpResponse:
    """Who waits for somebody to confirm who they are."""
    resets = waiting_resets(actor_of(request), timezone.now())
    return page(request, "resets", "factor_resets", resets=resets)


@require_http_methods(["GET", "HEAD", "POST"])
def factor_reset(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    """Confirm who a colleague is; their second factors are removed."""
    actor = actor_of(request)
    actor.require(Action.FACTOR_RESET_DECIDE)
    reset = get_waiting_reset(actor, reset_id, timezone.now())

    def confirm(answers: Answers) -> HttpResponse:
        check = IdentityCheck(answers["identity_check"])
        commands.confirm_factor_reset(actor, reset_id=reset.id, identity_check=check, note=answers["note"])
        messages.success(request, _("The second factor is removed. The person was told by mail."))
        return redirect("factor_resets")

    form = ResetForm(sent(request))
    return form_page(request, "reset", "factor_resets", form, confirm, reset=reset)


@require_POST
def decline_factor_reset(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    """Leave a colleague's second factors as they are."""
    commands.decline_factor_reset(actor_of(request), reset_id=reset_id)
    messages.success(request, _("The second factor stays as it is."))
    return redirect("factor_resets")
