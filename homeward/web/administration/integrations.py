"""Programs that work for the organisation through the API."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.access.roles import Role
from homeward.organisations import commands
from homeward.organisations.queries import own_integrations
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.administration.forms import IntegrationForm


@require_safe
def integrations(request: HttpRequest) -> HttpResponse:
    """The programs, those at work first."""
    programs = own_integrations(actor_of(request))
    return page(request, "integrations", "integrations", integrations=programs, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def create_integration(request: HttpRequest) -> HttpResponse:
    """Let a program in."""
    actor = actor_of(request)
    actor.require(Action.INTEGRATION_CREATE)

    def create(answers: Answers) -> HttpResponse:
        issued = commands.create_integration(actor, name=answers["name"], role=Role(answers["role"]))
        return page(request, "token", "integrations", token=issued.secret)

    form = IntegrationForm(actor, sent(request))
    return form_page(request, "create_integration", "integrations", form, create)


@require_POST
def rotate_integration(request: HttpRequest, integration_id: UUID) -> HttpResponse:
    """Give a program a new token."""
    issued = commands.rotate_integration(actor_of(request), integration_id=integration_id)
    return page(request, "token", "integrations", token=issued.secret)


@require_POST
def end_integration(request: HttpRequest, integration_id: UUID) -> HttpResponse:
    """Shut a program out."""
    commands.end_integration(actor_of(request), integration_id=integration_id)
    messages.success(request, _("The program is shut out. Its token no longer works."))
    return redirect("integrations")
