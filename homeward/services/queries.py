"""Reading the directory: what a role may see of it, what answers a need, what is old or waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Avg, Count, Prefetch, Q, QuerySet, Sum
from django.utils.timezone import localdate

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound
from homeward.services.models import Change, Feedback, Proposal, Provider, Room, Service, ServicePlace
from homeward.services.problems import NotYours
from homeward.services.rules import (
    VERIFIED_FOR,
    Doubt,
    Facts,
    FeedbackState,
    FitReason,
    ForWhom,
    Judgement,
    Needs,
    ProposalState,
    Status,
    judge,
)

MOST_MATCHES = 50


@dataclass(frozen=True)
class MatchedService:
    """A service that may answer a need: why, and what to ask first."""

    service: Service
    reasons: tuple[FitReason, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class ServiceFilters:
    """What somebody looks for in the directory; empty means anything."""

    text: str = ""
    need: str = ""
    country: str = ""
    place: str = ""
    language: str = ""
    has_room: bool = False
    is_free: bool = False
    is_step_free: bool = False


def visible_services(actor: Actor) -> QuerySet[Service]:
    """The services an actor may know of: restricted ones only where their role needs them, or their own."""
    actor.require(Action.SERVICE_VIEW)
    found = Service.objects.select_related("provider")
    if actor.may(Action.SERVICE_SEE_RESTRICTED):
        return found
    own = Q(organisation_id=actor.organisation_id) | Q(account_id=actor.organisation_id)
    return found.filter(Q(is_restricted=False) | own)


def get_service(actor: Actor, service_id: UUID) -> Service:
    """One service with its provider."""
    found = visible_services(actor).filter(id=service_id).first()
    if found is None:
        raise NotFound
    return found


def service_for_edit(actor: Actor, service_id: UUID, expected_version: int | None = None) -> Service:
    """A service the actor keeps or runs, locked, as they last saw it."""
    shown = get_service(actor, service_id)
    if not is_own(actor, shown):
        raise NotYours
    locked = Service.objects.select_for_update(of=("self",)).select_related("provider").get(id=service_id)
    if expected_version is not None and locked.version != expected_version:
        raise EditConflict
    return locked


def is_own(actor: Actor, entry: Service | Provider) -> bool:
    """True when the actor's organisation keeps the entry or runs what it describes, and their role edits."""
    return actor.may(Action.SERVICE_EDIT) and actor.organisation_id in (
        entry.organisation_id,
        entry.account_id,
    )


def found_services(actor: Actor, filters: ServiceFilters) -> QuerySet[Service]:
    """Services that fit the filters, by name; those that closed for good are left out."""
    found = visible_services(actor).exclude(status=Status.DEFUNCT)
    for chosen, condition in _conditions(filters):
        if chosen:
            found = found.filter(condition)
    return found.order_by("name", "id")


def _conditions(filters: ServiceFilters) -> Iterable[tuple[object, Q]]:
    text, place = filters.text.strip(), filters.place.strip()
    yield text, _says(text)
    yield filters.need, Q(needs__contains=[filters.need])
    yield filters.country, Q(countries__contains=[filters.country]) | Q(countries=[])
    yield place, Q(id__in=_given_at(place)) | Q(areas__icontains=place)
    yield filters.language, Q(languages__contains=[filters.language])
    yield filters.has_room, Q(id__in=Room.objects.filter(available__gt=0).values("service_id"))
    yield filters.is_free, Q(is_free=True)
    yield filters.is_step_free, Q(id__in=_step_free())


def _says(text: str) -> Q:
    return (
        Q(name__icontains=text)
        | Q(alternate_name__icontains=text)
        | Q(description__icontains=text)
        | Q(provider__name__icontains=text)
        | Q(translations__icontains=text)
    )


def _given_at(place: str) -> QuerySet[ServicePlace, UUID]:
    here = Q(place__city__icontains=place) | Q(place__region__icontains=place)
    return ServicePlace.objects.filter(here).values_list("service_id", flat=True)


def _step_free() -> QuerySet[ServicePlace, UUID]:
    return ServicePlace.objects.filter(place__is_step_free=True).values_list("service_id", flat=True)


def matching_services(actor: Actor, needs: Needs, *, today: date | None = None) -> tuple[MatchedService, ...]:
    """Open services that can answer a need, the best first, each with its reasons and doubts."""
    open_now = visible_services(actor).filter(status=Status.ACTIVE, needs__contains=[needs.need])
    on = today or localdate()
    judged = [(judge(facts_of(one), needs, on), one) for one in open_now.prefetch_related(*WITH_PLACES)]
    fitting = [(judgement, one) for judgement, one in judged if judgement is not None]
    fitting.sort(key=lambda pair: (pair[0].rank, pair[1].name))
    return tuple(_matched(one, judgement) for judgement, one in fitting[:MOST_MATCHES])


# A place that the database keeps back falls out of the join.
WITH_PLACES = ("rooms", Prefetch("at_places", ServicePlace.objects.select_related("place")))


def _matched(service: Service, judgement: Judgement) -> MatchedService:
    return MatchedService(service, judgement.reasons, judgement.doubts)


def facts_of(service: Service) -> Facts:
    """What is compared with needs; a place that the database keeps back is simply not among them."""
    rooms, places = (
        list(service.rooms.all()),
        [here.place for here in service.at_places.all() if here.place_id],
    )
    known = [one.is_step_free for one in places if one.is_step_free is not None]
    named = {one.city for one in places} | {one.region for one in places} | set(service.areas)
    countries = set(service.countries) | {one.country for one in places if one.country}
    return Facts(
        needs=frozenset(service.needs),
        countries=frozenset(countries),
        places=frozenset(name.casefold().strip() for name in named if name),
        languages=frozenset(service.languages),
        for_whom=ForWhom(service.for_whom),
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        is_free=service.is_free,
        is_step_free=any(known) if known else None,
        is_restricted=service.is_restricted,
        available=sum(one.available for one in rooms) if rooms else None,
        counted_on=min(localdate(one.counted_at) for one in rooms) if rooms else None,
        verified_on=service.last_verified_on,
    )


def places_of(actor: Actor, service_id: UUID) -> QuerySet[ServicePlace]:
    """Where a service is given, as far as this actor may see without opening anything."""
    found = ServicePlace.objects.filter(service_id=service_id).select_related("place")
    return found.order_by("place__city", "place__name")


def rooms_of(actor: Actor, service_id: UUID) -> QuerySet[Room]:
    """How much room a service has, by unit."""
    return Room.objects.filter(service_id=service_id)


def history_of(actor: Actor, service_id: UUID) -> QuerySet[Change]:
    """What was changed of a service, newest first."""
    get_service(actor, service_id)
    return Change.objects.filter(service_id=service_id).order_by("-at", "-id")


def feedback_on(actor: Actor, service_id: UUID) -> QuerySet[Feedback]:
    """What partners said of a service and somebody read, newest first."""
    return Feedback.objects.filter(service_id=service_id, state=FeedbackState.SHOWN).order_by("-said_at")


def rating_of(actor: Actor, service_id: UUID) -> tuple[float | None, int]:
    """The mean of the stars and how many gave them."""
    shown = feedback_on(actor, service_id).order_by()
    row = shown.aggregate(mean=Avg("rating"), n=Count("id"))
    return row["mean"], row["n"]


def stale_services(actor: Actor, today: date) -> QuerySet[Service]:
    """Services nobody made sure of for half a year, the longest forgotten first."""
    old = Q(last_verified_on=None) | Q(last_verified_on__lt=today - VERIFIED_FOR)
    live = visible_services(actor).exclude(status=Status.DEFUNCT)
    return live.filter(old).order_by("last_verified_on", "name")


def waiting_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Proposals that the actor's organisation has to answer, oldest first."""
    found = Proposal.objects.filter(keeper_id=actor.organisation_id, state=ProposalState.WAITING)
    return found.select_related("service", "organisation").order_by("made_at")


def waiting_feedback(actor: Actor) -> QuerySet[Feedback]:
    """Feedback on entries that the actor's organisation keeps and nobody read yet."""
    own = Feedback.objects.filter(service__organisation_id=actor.organisation_id)
    return own.filter(state=FeedbackState.WAITING).select_related("service").order_by("said_at")


def own_provider(actor: Actor, provider_id: UUID) -> Provider:
    """A provider whose entry the actor keeps, or which the actor's organisation is."""
    found = Provider.objects.filter(id=provider_id).first()
    if found is None:
        raise NotFound
    if not is_own(actor, found):
        raise NotYours
    return found


def provider_for_edit(actor: Actor, provider_id: UUID, expected_version: int) -> Provider:
    """The same, locked, as the actor last saw it."""
    shown = own_provider(actor, provider_id)
    locked = Provider.objects.select_for_update().get(id=shown.id)
    if locked.version != expected_version:
        raise EditConflict
    return locked


def own_providers(actor: Actor) -> QuerySet[Provider]:
    """Providers to choose from when adding a service."""
    own = Q(organisation_id=actor.organisation_id) | Q(account_id=actor.organisation_id)
    return Provider.objects.filter(own)


def known_places(actor: Actor) -> list[str]:
    """Towns and regions in which services are known, to choose from."""
    shown = ServicePlace.objects.filter(service__in=visible_services(actor).values("id"))
    rows = shown.values_list("place__city", "place__region")
    areas = visible_services(actor).values_list("areas", flat=True)
    named = {name for row in rows for name in row} | {name for listed in areas for name in listed}
    return sorted(name for name in named if name)


def rooms_by_service(actor: Actor, services: Iterable[Service]) -> dict[UUID, tuple[int, int]]:
    """Free and all places of each of these services that keeps a count."""
    counted = Room.objects.filter(service__in=[one.id for one in services]).order_by()
    rows = counted.values_list("service_id").annotate(Sum("available"), Sum("total"))
    return {service_id: (available, total) for service_id, available, total in rows}


def towns_by_service(actor: Actor, services: Iterable[Service]) -> dict[UUID, list[str]]:
    """The towns in which each of these services is given, as far as this actor may see."""
    found: dict[UUID, list[str]] = {}
    shown = ServicePlace.objects.filter(service__in=[one.id for one in services])
    for service_id, city in shown.values_list("service_id", "place__city").order_by("place__city"):
        if city and city not in found.setdefault(service_id, []):
            found[service_id].append(city)
    return found


def proposals_about(actor: Actor, service_id: UUID) -> QuerySet[Proposal]:
    """What the actor's organisation proposed about a service, or was asked to answer; newest first."""
    return Proposal.objects.filter(service_id=service_id).order_by("-made_at", "-id")


def open_services(actor: Actor | None) -> QuerySet[Service]:
    """Services that anybody may know of; without an actor the database shows no other."""
    return Service.objects.filter(is_restricted=False).select_related("provider")


def with_everything(services: QuerySet[Service]) -> QuerySet[Service]:
    """The services with all that goes out with them, in a fixed number of questions."""
    return services.select_related("provider").prefetch_related(*WITH_PLACES)


@dataclass(frozen=True)
class PublicFilters:
    """What a reader of the public directory asks for; all of it has to hold."""

    search: str = ""
    needs: tuple[str, ...] | None = None
    organization_id: UUID | None = None
    modified_after: datetime | None = None


def public_services(filters: PublicFilters) -> QuerySet[Service]:
    """Open services that fit, by id, so that pages do not shift while somebody reads them."""
    found = open_services(None)
    if filters.search:
        found = found.filter(_says(filters.search))
    if filters.needs is not None:
        found = found.filter(needs__overlap=list(filters.needs))
    if filters.organization_id:
        found = found.filter(provider_id=filters.organization_id)
    if filters.modified_after:
        found = found.filter(updated_at__gte=filters.modified_after)
    return found.order_by("id")


def public_providers(search: str = "") -> QuerySet[Provider]:
    """Organisations with at least one open service."""
    found = Provider.objects.filter(id__in=open_services(None).values("provider_id"))
    return (found.filter(name__icontains=search) if search else found).order_by("id")


def public_links(filters: PublicFilters) -> QuerySet[ServicePlace]:
    """Open services at places that fit."""
    fitting = public_services(filters).order_by().values("id")
    found = ServicePlace.objects.filter(service__in=fitting).select_related("place", "service__provider")
    return found.order_by("id")
