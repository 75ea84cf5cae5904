"""Partner organisations and how a new one comes in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.organisations import commands
from homeward.organisations.queries import known_organisations
from homeward.organisations.rules import OrganisationClass
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.administration.forms import PartnerForm
from homeward.web.administration.members import address_of_invitations


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every organisation on this installation."""
    actor = actor_of(request)
    actor.require(Action.ORGANISATION_CREATE)
    return page(request, "partners", "partners", organisations=known_organisations(actor))


@require_http_methods(["GET", "HEAD", "POST"])
def introduce_partner(request: HttpRequest) -> HttpResponse:
    """Bring in a partner and invite its first administrator."""
    actor = actor_of(request)
    actor.require(Action.ORGANISATION_CREATE)

    def introduce(answers: Answers) -> HttpResponse:
        address = address_of_invitations(request)
        made = commands.create_organisation(
            actor,
            name=answers["name"],
            organisation_class=OrganisationClass(answers["organisation_class"]),
            country=answers["country"],
            language=answers["language"],
            administrator_email=answers["administrator_email"],
            invitation_address=address,
        )
        return page(request, "link", "partners", link=address + made.invitation.secret)

    form = PartnerForm(actor, sent(request))
    return form_page(request, "introduce_partner", "partners", form, introduce)
