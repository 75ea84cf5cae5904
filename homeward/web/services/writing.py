"""Adding and changing a service, verifying it, counting room; proposals and feedback."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.lib.problems import Invalid, Problem
from homeward.organisations.queries import known_organisations
from homeward.organisations.rules import OrganisationClass
from homeward.services import commands
from homeward.services.problems import NotYours
from homeward.services.queries import (
    get_service,
    is_own,
    own_providers,
    places_of,
    rooms_of,
    stale_services,
    waiting_feedback,
    waiting_proposals,
)
from homeward.services.rules import PlaceDetails, PlaceKind, ProviderDetails, RoomDetails
from homeward.services.writing import PLACE_FIELDS, details_of
from homeward.web.forms import posted, put_problem
from homeward.web.services.forms import (
    CountForm,
    FeedbackForm,
    MissingForm,
    PlaceForms,
    ProposalForm,
    ProviderForm,
    RoomForms,
    ServiceForm,
)

if TYPE_CHECKING:
    from homeward.services.models import Place

ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED)
def add(request: HttpRequest) -> HttpResponse:
    """Put a service into the directory."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_EDIT)
    providers = [(str(one.id), one.name) for one in own_providers(actor)]
    who, form = ProviderForm(providers, posted(request)), ServiceForm(posted(request))
    places, rooms = PlaceForms(posted(request), prefix="place"), RoomForms(posted(request), prefix="room")
    asked = (who, form, places, rooms)
    if who.is_bound and _all_valid(*asked):
        try:
            provider_id = who.cleaned_data["provider_id"] or _new_provider(actor, who).id
            made = commands.add_service(
                actor,
                provider_id=UUID(str(provider_id)),
                details=form.details(),
                places=_places(places, {}),
                rooms=_rooms(rooms),
            )
        except Invalid as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("The service is in the directory."))
            return redirect("service", made.id)
    return _asked(request, form, places, rooms, who=who)


def _all_valid(*asked: Any) -> bool:
    """Ask every form, so that each shows what is wrong in it."""
    return not [one for one in asked if not one.is_valid()]


def _new_provider(actor: Actor, who: ProviderForm) -> Any:
    return commands.add_provider(actor, details=ProviderDetails(who.cleaned_data["provider_name"]))


@require_http_methods(ASKED)
def edit(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Change what the directory says of a service."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_EDIT)
    one = get_service(actor, service_id)
    if not is_own(actor, one):
        raise NotYours
    known = {here.place.id: _place_details(here.place) for here in places_of(actor, one.id)}
    form = ServiceForm(posted(request), known=details_of(one))
    form.initial["expected_version"] = one.version
    places = PlaceForms(
        posted(request), prefix="place", initial=[_place_shown(place) for place in known.values()]
    )
    counted = [{"unit": r.unit, "total": r.total, "available": r.available} for r in rooms_of(actor, one.id)]
    rooms = RoomForms(posted(request), prefix="room", initial=counted)
    if form.is_bound and _all_valid(form, places, rooms):
        try:
            commands.edit_service(
                actor,
                service_id=one.id,
                expected_version=form.cleaned_data["expected_version"] or 0,
                details=form.details(),
                places=_places(places, known),
                rooms=_rooms(rooms),
            )
        except Invalid as problem:
            put_problem(form, problem)
        else:
            messages.success(request, _("The entry is changed. Verify it when all of it is true today."))
            return redirect("service", one.id)
    return _asked(request, form, places, rooms, service=one)


def _asked(request: HttpRequest, form: ServiceForm, places: Any, rooms: Any, **more: Any) -> HttpResponse:
    who = more.get("who")
    wrong = bool(form.errors or (who and who.errors)) or any(places.errors) or any(rooms.errors)
    shown = {"form": form, "places": places, "rooms": rooms, "service": None, "who": None, **more}
    return render(request, "services/edit.html", shown, status=422 if wrong else 200)


def _place_details(place: "Place") -> PlaceDetails:
    told = {name: getattr(place, name) for name in PLACE_FIELDS}
    return PlaceDetails(**{**told, "kind": PlaceKind(place.kind)}, id=place.id)


def _place_shown(place: PlaceDetails) -> dict[str, Any]:
    return {**vars(place), "is_step_free": {None: "", True: "yes", False: "no"}[place.is_step_free]}


def _places(forms: Any, known: dict[UUID, PlaceDetails]) -> list[PlaceDetails]:
    kept = [one for one in forms if one.has_changed() or one.initial]
    return [
        one.details(known.get(one.cleaned_data["id"]))
        for one in kept
        if one.cleaned_data and not one.cleaned_data.get("DELETE")
    ]


def _rooms(forms: Any) -> list[RoomDetails]:
    kept = [one for one in forms if one.has_changed() or one.initial]
    return [one.details() for one in kept if one.cleaned_data and not one.cleaned_data.get("DELETE")]


@require_POST
def verify(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """All of it is true today."""
    one = commands.verify_service(actor_of(request), service_id=service_id)
    messages.success(request, _("Verified today. Thank you."))
    back = request.POST.get("back") == "keeping"
    return redirect("service_keeping") if back else redirect("service", one.id)


@require_POST
def count(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Say how much room there is now."""
    form = CountForm(request.POST)
    if not form.is_valid():
        actor_of(request).require(Action.SERVICE_COUNT_ROOM)
        messages.error(request, _("Give both numbers."))
        return redirect("service", service_id)
    try:
        commands.count_room(actor_of(request), service_id=service_id, **form.cleaned_data)
    except Invalid as problem:
        messages.error(request, str(next(iter(problem.fields.values()), problem)))
    else:
        messages.success(request, _("The room is counted."))
    return redirect("service", service_id)


@require_http_methods(ASKED)
def propose(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Tell who keeps an entry what is different."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_PROPOSE)
    one = get_service(actor, service_id)
    form = ProposalForm(posted(request))
    if form.is_bound and form.is_valid():
        commands.propose_change(actor, service_id=one.id, **form.cleaned_data)
        messages.success(request, _("Your proposal waits for who keeps this entry."))
        return redirect("service", one.id)
    shown = {"form": form, "service": one}
    return render(request, "services/propose.html", shown, status=422 if form.errors else 200)


@require_http_methods(ASKED)
def missing(request: HttpRequest) -> HttpResponse:
    """Tell of a service that the directory does not know."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_PROPOSE)
    form = MissingForm(_keepers(actor), posted(request))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        commands.propose_service(
            actor, keeper_id=UUID(told["keeper_id"]), name=told["name"], words=told["words"]
        )
        messages.success(request, _("Your proposal is sent."))
        return redirect("services")
    return render(request, "services/missing.html", {"form": form}, status=422 if form.errors else 200)


def _keepers(actor: Actor) -> list[tuple[str, str]]:
    """Who keeps directories: the authorities of countries of return."""
    found = known_organisations(actor).filter(organisation_class=OrganisationClass.ORIGIN_AUTHORITY)
    return [(str(one.id), one.name) for one in found]


@require_http_methods(ASKED)
def rate(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Say how a service was found."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_RATE)
    one = get_service(actor, service_id)
    form = FeedbackForm(posted(request))
    if form.is_bound and form.is_valid():
        commands.say_feedback(actor, service_id=one.id, **form.cleaned_data)
        messages.success(request, _("Thank you. It is shown once somebody has read it."))
        return redirect("service", one.id)
    shown = {"form": form, "service": one}
    return render(request, "services/rate.html", shown, status=422 if form.errors else 200)


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """What waits for who keeps the directory: proposals, feedback to read, entries nobody verified."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_EDIT)
    old = stale_services(actor, localdate())
    shown = {
        "proposals": waiting_proposals(actor)[:50],
        "feedback": waiting_feedback(actor)[:50],
        "stale": [(one, is_own(actor, one)) for one in old[:100]],
    }
    return render(request, "services/keeping.html", shown)


@require_POST
def answer(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Take a proposal up or leave it."""
    is_taken = request.POST.get("answer") == "taken"
    try:
        made = commands.answer_proposal(actor_of(request), proposal_id=proposal_id, is_taken=is_taken)
    except Problem as problem:
        if problem.status != 409:
            raise
        messages.error(request, str(problem))
        return redirect("service_keeping")
    messages.success(request, _("The proposal is answered."))
    if is_taken and made.service_id:
        return redirect("edit_service", made.service_id)
    return redirect("add_service" if is_taken else "service_keeping")


@require_POST
def read(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Show feedback to everybody, or keep it back."""
    is_shown = request.POST.get("answer") == "show"
    commands.read_feedback(actor_of(request), feedback_id=feedback_id, is_shown=is_shown)
    messages.success(request, _("The feedback is shown.") if is_shown else _("The feedback is kept back."))
    return redirect("service_keeping")
