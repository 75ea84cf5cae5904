"""One's own organisation, its offices and teams."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import EditConflict
from homeward.organisations import commands
from homeward.organisations.queries import (
    colleagues,
    get_own_office,
    get_own_team,
    own_offices,
    own_organisation,
    own_teams,
    waiting_resets,
)
from homeward.web.administration.answering import Answers, form_page, page, sent
from homeward.web.administration.forms import OfficeForm, OrganisationForm, TeamForm
from homeward.web.conflict import conflict_page

ASKED = ["GET", "HEAD", "POST"]


@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What the organisation is, and what waits for its administrator."""
    actor = actor_of(request)
    actor.require(Action.ORGANISATION_EDIT)
    return page(
        request,
        "organisation",
        "administration",
        organisation=own_organisation(actor),
        members=colleagues(actor).count(),
        waiting=waiting_resets(actor, timezone.now()).count(),
    )


@require_http_methods(ASKED)
def edit_organisation(request: HttpRequest) -> HttpResponse:
    """Correct the organisation's details."""
    actor = actor_of(request)
    actor.require(Action.ORGANISATION_EDIT)
    now = own_organisation(actor)
    saved = {
        "name": now.name,
        "country": now.country,
        "language": now.language,
        "contact_email": now.contact_email,
    }
    form = OrganisationForm(sent(request), initial={**saved, "expected_version": now.version})

    def save(answers: Answers) -> HttpResponse:
        try:
            commands.edit_organisation(actor, **answers)
        except EditConflict:
            back = reverse("administration")
            return conflict_page(request, form, saved=saved, version=now.version, back=back)
        messages.success(request, _("The details are saved."))
        return redirect("administration")

    return form_page(request, "edit_organisation", "administration", form, save)


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Offices and teams."""
    actor = actor_of(request)
    actor.require(Action.OFFICE_ADD)
    teams = own_teams(actor).select_related("office")
    return page(request, "offices", "offices", offices=own_offices(actor), teams=teams)


@require_http_methods(ASKED)
def add_office(request: HttpRequest) -> HttpResponse:
    """Add an office."""
    actor = actor_of(request)
    actor.require(Action.OFFICE_ADD)

    def add(answers: Answers) -> HttpResponse:
        commands.add_office(actor, name=answers["name"], place=answers["place"])
        messages.success(request, _("The office is added."))
        return redirect("offices")

    return form_page(
        request, "place_form", "offices", OfficeForm(sent(request)), add, title=_("Add an office")
    )


@require_http_methods(ASKED)
def edit_office(request: HttpRequest, office_id: UUID) -> HttpResponse:
    """Rename an office or correct its place."""
    actor = actor_of(request)
    actor.require(Action.OFFICE_EDIT)
    office = get_own_office(actor, office_id)
    saved = {"name": office.name, "place": office.place}
    form = OfficeForm(sent(request), initial={**saved, "expected_version": office.version})

    def save(answers: Answers) -> HttpResponse:
        version = answers["expected_version"] or 0
        try:
            commands.edit_office(
                actor,
                office_id=office.id,
                expected_version=version,
                name=answers["name"],
                place=answers["place"],
            )
        except EditConflict:
            back = reverse("offices")
            return conflict_page(request, form, saved=saved, version=office.version, back=back)
        messages.success(request, _("The office is saved."))
        return redirect("offices")

    return form_page(request, "place_form", "offices", form, save, title=_("Change the office"))


@require_http_methods(ASKED)
def add_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    actor = actor_of(request)
    actor.require(Action.TEAM_ADD)

    def add(answers: Answers) -> HttpResponse:
        commands.add_team(actor, name=answers["name"], office_id=answers["office"])
        messages.success(request, _("The team is added."))
        return redirect("offices")

    form = TeamForm(actor, sent(request))
    return form_page(request, "place_form", "offices", form, add, title=_("Add a team"))


@require_http_methods(ASKED)
def edit_team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Rename a team or move it to another office."""
    actor = actor_of(request)
    actor.require(Action.TEAM_EDIT)
    team = get_own_team(actor, team_id)
    saved = {"name": team.name, "office": team.office_id}
    form = TeamForm(actor, sent(request), initial={**saved, "expected_version": team.version})

    def save(answers: Answers) -> HttpResponse:
        version = answers["expected_version"] or 0
        try:
            commands.edit_team(
                actor,
                team_id=team.id,
                expected_version=version,
                name=answers["name"],
                office_id=answers["office"],
            )
        except EditConflict:
            back = reverse("offices")
            return conflict_page(request, form, saved=saved, version=team.version, back=back)
        messages.success(request, _("The team is saved."))
        return redirect("offices")

    return form_page(request, "place_form", "offices", form, save, title=_("Change the team"))
