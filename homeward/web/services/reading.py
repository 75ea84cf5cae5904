"""Finding a service, reading it and its history; opening where a restricted one is."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.services.commands import open_restricted_place
from homeward.services.queries import (
    ServiceFilters,
    feedback_on,
    found_services,
    get_service,
    history_of,
    is_own,
    known_places,
    places_of,
    proposals_about,
    rating_of,
    rooms_by_service,
    rooms_of,
    towns_by_service,
)
from homeward.services.rules import PlaceReason, is_stale
from homeward.services.writing import opening_of
from homeward.web.case_search import keep, recall
from homeward.web.forms import posted
from homeward.web.services.forms import FindForm, OpenPlaceForm
from homeward.web.services.words import PROPOSAL_STATES

if TYPE_CHECKING:
    from homeward.services.models import Service

PAGE = 20
BY_ADDRESS = ("need", "place", "language", "country", "has_room", "is_free", "is_step_free")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The directory, narrowed by what is looked for."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_VIEW)
    key = request.GET.get("q", "")
    asked = request.GET.copy()
    asked["text"] = recall(request, key)
    return _listed(request, actor, asked, key)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session and lead to the list; codes go by the address."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_VIEW)
    parts = {name: value for name in BY_ADDRESS if (value := request.POST.get(name, ""))}
    text = request.POST.get("text", "").strip()[:100]
    if parts.get("place") and parts["place"] not in known_places(actor):
        parts.pop("place")
    if text:
        parts["q"] = keep(request, text)
    return redirect(f"{reverse('services')}?{urlencode(parts)}" if parts else "services")


def _listed(request: HttpRequest, actor: Actor, asked: QueryDict, key: str) -> HttpResponse:
    form = FindForm(known_places(actor), asked, auto_id="find_%s")
    filters = form.filters() if form.is_valid() else ServiceFilters()
    page = Paginator(found_services(actor, filters), PAGE).get_page(request.GET.get("page"))
    rows, today = list(page.object_list), localdate()
    rooms, towns = rooms_by_service(actor, rows), towns_by_service(actor, rows)
    parts = {name: request.GET[name] for name in (*BY_ADDRESS, "q") if request.GET.get(name)}
    shown = {
        "form": form,
        "page": page,
        "rows": [_row(one, rooms.get(one.id), towns.get(one.id, []), today) for one in rows],
        "parts": urlencode(parts),
        "is_narrowed": any(vars(filters).values()),
        "more_open": any((filters.country, filters.is_free, filters.is_step_free, filters.has_room)),
        "text": filters.text if key else "",
        **_may(actor),
    }
    return render(request, "services/list.html", shown)


def _row(one: "Service", room: tuple[int, int] | None, towns: list[str], today: Any) -> dict[str, Any]:
    return {
        "service": one,
        "room": room,
        "towns": towns or list(one.areas),
        "is_stale": is_stale(one.last_verified_on, today),
    }


def _may(actor: Actor) -> dict[str, bool]:
    return {
        "may_edit": actor.may(Action.SERVICE_EDIT),
        "may_propose": actor.may(Action.SERVICE_PROPOSE),
        "may_file": actor.may(Action.SERVICE_IMPORT),
    }


@require_safe
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """All the directory says of one service."""
    actor = actor_of(request)
    one = get_service(actor, service_id)
    return render(request, "services/service.html", shown_service(actor, one))


def shown_service(actor: Actor, one: "Service") -> dict[str, Any]:
    """What a page about one service needs."""
    mean, said = rating_of(actor, one.id)
    own = is_own(actor, one)
    return {
        "service": one,
        "opening": opening_of(one.schedules),
        "places": places_of(actor, one.id),
        "rooms": rooms_of(actor, one.id),
        "is_stale": is_stale(one.last_verified_on, localdate()),
        "feedback": feedback_on(actor, one.id)[:5],
        "mean": mean,
        "said": said,
        "is_own": own,
        "is_own_provider": is_own(actor, one.provider),
        "proposals": [
            {"one": told, "state": PROPOSAL_STATES[told.state]} for told in proposals_about(actor, one.id)[:5]
        ],
        "may_propose": actor.may(Action.SERVICE_PROPOSE) and not own,
        "may_rate": actor.may(Action.SERVICE_RATE),
        "may_open": one.is_restricted and actor.may(Action.SERVICE_OPEN_RESTRICTED),
        "may_count": actor.may(Action.SERVICE_COUNT_ROOM) and (own or one.account_id is None),
    }


@require_safe
def history(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What was changed of a service, newest first."""
    actor = actor_of(request)
    one = get_service(actor, service_id)
    page = Paginator(history_of(actor, one.id), PAGE).get_page(request.GET.get("page"))
    return render(request, "services/history.html", {"service": one, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Ask why, then show where a restricted service is, once."""
    actor = actor_of(request)
    actor.require(Action.SERVICE_OPEN_RESTRICTED)
    one = get_service(actor, service_id)
    form = OpenPlaceForm(posted(request))
    shown: dict[str, Any] = {"service": one, "form": form, "opened": None}
    if form.is_bound and form.is_valid():
        reason = PlaceReason(form.cleaned_data["reason"])
        shown["opened"] = open_restricted_place(actor, service_id=one.id, reason=reason).places
        shown["told"] = _("This look is on the record with your reason.")
    answer = render(request, "services/place.html", shown, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer
