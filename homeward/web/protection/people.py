"""One person as an officer sees them: cases, requests, holds and restrictions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.casework.people import person_of_reference, references_of_person
from homeward.lib.problems import NotFound
from homeward.people.queries import get_person
from homeward.privacy import commands
from homeward.privacy.queries import (
    copies_of,
    holds_of,
    live_holds,
    live_restrictions,
    notices_about,
    requests_of,
    require_subject,
    restriction_of,
)
from homeward.privacy.rules import ExportState
from homeward.web.forms import posted
from homeward.web.protection.acts import ActPage, act_page
from homeward.web.protection.forms import BecauseForm, FindForm, HoldForm, RestrictForm
from homeward.web.protection.words import COPY_STATES, KINDS, NOTICES, STATES

form_page = require_http_methods(["GET", "HEAD", "POST"])

HOLD = ActPage(
    _("Keep these records"),
    _("Keep them"),
    _("Nobody erases these records until you release them."),
    _("A hold stands against every retention rule and every request for erasure, until it is released."),
)
RELEASE = ActPage(_("Release the hold"), _("Release the hold"), _("The hold is released."))
RESTRICT = ActPage(
    _("Stop the use of these records"),
    _("Stop the use"),
    _("From now on nobody but officers sees these records."),
    _("The records are kept, and show to data protection officers only, from the next request on."),
    warning=_(
        "Colleagues lose the case from their lists at once; promised visits, payments and reminders stop. "
        "Speak with who works on it first."
    ),
)
LIFT = ActPage(
    _("Let these records be used again"),
    _("Let them be used again"),
    _("The records are back in use."),
    _("The person has to be told before."),
)


@form_page
def find(request: HttpRequest) -> HttpResponse:
    """Find a person by the reference of a case."""
    actor = actor_of(request)
    actor.require(Action.PROTECTION_VIEW)
    form = FindForm(posted(request))
    if request.method == "POST" and form.is_valid():
        person_id = person_of_reference(actor, form.cleaned_data["reference"])
        if person_id:
            return redirect("data_person", person_id)
        form.add_error("reference", gettext("No case of yours has this reference. Check it sign by sign."))
    return render(request, "protection/find.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What an officer may do about one person, and what stands already."""
    actor = actor_of(request)
    actor.require(Action.PROTECTION_VIEW)
    person = get_person(actor, person_id)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=person.id)
    holds, copies = list(holds_of(actor, person.id)), list(copies_of(actor, person.id)[:5])
    shown = {
        "person": person,
        "references": references_of_person(actor, person.id),
        "requests": [
            {"request": one, "kind": KINDS[one.kind], "state": STATES[one.state]}
            for one in requests_of(actor, [person.id])
        ],
        "hold": next((one for one in holds if one.released_at is None), None),
        "released": [one for one in holds if one.released_at is not None],
        "restriction": restriction_of(actor, person.id),
        "copies": [{"copy": one, "state": COPY_STATES[one.state]} for one in copies],
        "is_copying": any(one.state == ExportState.RUNNING for one in copies),
        "notices": [{"notice": one, "what": NOTICES[one.kind]} for one in notices_about(actor, person.id)],
    }
    return render(request, "protection/person.html", shown)


@form_page
def hold(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keep a person's records from being erased."""
    actor = actor_of(request)
    actor.require(Action.HOLD_SET)
    require_subject(actor, person_id)

    def run(**given: Any) -> None:
        commands.set_hold(actor, subject_id=person_id, **given)

    return _act(request, person_id, HOLD, HoldForm(posted(request)), run)


@form_page
def restrict(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Stop the use of a person's records."""
    actor = actor_of(request)
    actor.require(Action.RESTRICTION_SET)
    require_subject(actor, person_id)

    def run(**given: Any) -> None:
        commands.restrict(actor, subject_id=person_id, **given)

    return _act(request, person_id, RESTRICT, RestrictForm(posted(request)), run)


@form_page
def release(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Let a hold go."""
    actor = actor_of(request)
    actor.require(Action.HOLD_RELEASE)
    found = live_holds(actor).filter(id=hold_id).first()
    if found is None:
        raise NotFound

    def run(**given: Any) -> None:
        commands.release_hold(actor, hold_id=found.id, **given)

    return _act(request, found.subject_id, RELEASE, BecauseForm(posted(request)), run)


@form_page
def lift(request: HttpRequest, restriction_id: UUID) -> HttpResponse:
    """Let restricted records be used again."""
    actor = actor_of(request)
    actor.require(Action.RESTRICTION_LIFT)
    found = live_restrictions(actor).filter(id=restriction_id).first()
    if found is None:
        raise NotFound

    def run(**given: Any) -> None:
        commands.lift_restriction(actor, restriction_id=found.id, **given)

    return _act(request, found.subject_id, LIFT, BecauseForm(posted(request)), run)


def _act(request: HttpRequest, person_id: UUID, page: ActPage, form: Any, run: Any) -> HttpResponse:
    back = reverse("data_person", args=[person_id])
    return act_page(request, page, form, run, way_back=(back, _("The person")))
