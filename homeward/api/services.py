"""REST: the directory of services as a signed-in organisation sees it; the public one is at `/hsds/`."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Country, Language, Short, Text, Word
from homeward.api.operations import creates, finds, reads
from homeward.services import commands, queries
from homeward.services.rules import Doubt, FitReason, ForWhom, Needs, PlaceReason, Status

router = Router(tags=["services"])
MOST = 200


class ServiceOut(Schema):
    """A service; null and empty mean not known."""

    id: UUID
    provider_id: UUID
    provider_name: str
    name: str
    description: str
    status: Status
    needs: list[str]
    countries: list[str]
    areas: list[str]
    languages: list[str]
    for_whom: ForWhom
    minimum_age: int | None
    maximum_age: int | None
    is_free: bool | None
    fees: str
    how_to_apply: str
    email: str
    url: str
    is_restricted: bool
    reply_days: int
    last_verified_on: date | None
    version: int

    @staticmethod
    def resolve_provider_name(one: Any) -> str:
        """The name of who runs it."""
        return str(one.provider.name)


class ServicePlaceOut(Schema):
    """Where a service is given."""

    id: UUID
    name: str
    address: str
    city: str
    region: str
    postcode: str
    country: str
    latitude: float | None
    longitude: float | None
    is_step_free: bool | None


class OpenedPlaceOut(Schema):
    """Where a restricted service is given."""

    id: UUID
    places: list[ServicePlaceOut]

    @staticmethod
    def resolve_places(one: Any) -> list[Any]:
        """The places themselves."""
        return [here.place for here in one.places]


class ServiceRoomOut(Schema):
    """How many there are of something and how many are free."""

    id: UUID
    service_id: UUID
    unit: str
    total: int
    available: int
    counted_at: datetime


class MatchedServiceOut(Schema):
    """A service that may answer a need: why, and what to ask first."""

    service: ServiceOut
    reasons: list[FitReason]
    doubts: list[Doubt]


class SoughtServicesIn(Schema):
    text: Annotated[str, Field(max_length=100, pattern=ANY)] = ""
    need: Word = ""
    country: Country = ""
    place: Short = ""
    language: Annotated[str, Field(max_length=3, pattern="^[a-z]{0,3}$")] = ""
    has_room: bool = False
    is_free: bool = False
    is_step_free: bool = False


class NeedsIn(Schema):
    """What is looked for; it says nothing of who needs it."""

    need: Word
    country: Country = ""
    place: Short = ""
    languages: Annotated[list[Language], Field(max_length=20)] = []
    sex: Annotated[str, Field(pattern="^(female|male)?$")] = ""
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    room_needed: Annotated[int, Field(ge=0, le=1000)] = 0
    needs_step_free: bool = False
    must_be_free: bool = False


class ServiceCountIn(Schema):
    unit: Annotated[str, Field(min_length=1, max_length=100, pattern=ANY)]
    total: Annotated[int, Field(ge=0, le=100_000)]
    available: Annotated[int, Field(ge=0, le=100_000)]


class ServiceProposalIn(Schema):
    words: Annotated[str, Field(min_length=1, max_length=4000, pattern=ANY)]


class ServiceProposalOut(Schema):
    id: UUID
    service_id: UUID
    words: str
    state: str


class FeedbackIn(Schema):
    """Words about the service, never about a person."""

    rating: Annotated[int, Field(ge=1, le=5)]
    words: Text = ""


class ServiceFeedbackOut(Schema):
    id: UUID
    service_id: UUID
    rating: int
    words: str
    state: str


class OpeningPlaceIn(Schema):
    reason: PlaceReason


@reads(router, "", Action.SERVICE_VIEW, list[ServiceOut])
def list_services(request: HttpRequest, asked: Query[SoughtServicesIn]) -> object:
    """Services that fit, by name; at most 200. Restricted ones where the role needs them."""
    found = queries.found_services(actor_of(request), queries.ServiceFilters(**asked.dict()))
    return found[:MOST]


@finds(router, "/matches", Action.SERVICE_VIEW, list[MatchedServiceOut])
def match_services(request: HttpRequest, body: NeedsIn) -> object:
    """Open services that can answer a need, the surest first, each with reasons and doubts."""
    told = body.dict()
    return queries.matching_services(
        actor_of(request), Needs(**{**told, "languages": tuple(told["languages"])})
    )


@reads(router, "/{uuid:service_id}", Action.SERVICE_VIEW, ServiceOut)
def view_service(request: HttpRequest, service_id: UUID) -> object:
    """One service."""
    return queries.get_service(actor_of(request), service_id)


@reads(router, "/{uuid:service_id}/places", Action.SERVICE_VIEW, list[ServicePlaceOut])
def list_service_places(request: HttpRequest, service_id: UUID) -> object:
    """Where a service is given; nothing of a restricted one."""
    actor = actor_of(request)
    service = queries.get_service(actor, service_id)
    return [here.place for here in queries.places_of(actor, service.id)[:MOST]]


@creates(router, "/{uuid:service_id}/openings", Action.SERVICE_OPEN_RESTRICTED, OpenedPlaceOut)
def open_service_place(request: HttpRequest, service_id: UUID, body: OpeningPlaceIn) -> object:
    """Show where a restricted service is; the reason is kept in the trail."""
    return commands.open_restricted_place(actor_of(request), service_id=service_id, **body.dict())


@reads(router, "/{uuid:service_id}/room", Action.SERVICE_VIEW, list[ServiceRoomOut])
def list_service_room(request: HttpRequest, service_id: UUID) -> object:
    """How much room a service has, by unit."""
    actor = actor_of(request)
    return queries.rooms_of(actor, queries.get_service(actor, service_id).id)[:MOST]


@creates(router, "/{uuid:service_id}/room", Action.SERVICE_COUNT_ROOM, ServiceRoomOut)
def count_service_room(request: HttpRequest, service_id: UUID, body: ServiceCountIn) -> object:
    """Say how much room there is now."""
    return commands.count_room(actor_of(request), service_id=service_id, **body.dict())


@creates(router, "/{uuid:service_id}/verifications", Action.SERVICE_EDIT, ServiceOut)
def verify_service(request: HttpRequest, service_id: UUID) -> object:
    """Say that all the entry says is true today."""
    return commands.verify_service(actor_of(request), service_id=service_id)


@creates(router, "/{uuid:service_id}/proposals", Action.SERVICE_PROPOSE, ServiceProposalOut)
def propose_service_change(request: HttpRequest, service_id: UUID, body: ServiceProposalIn) -> object:
    """Tell who keeps an entry what is different."""
    return commands.propose_change(actor_of(request), service_id=service_id, **body.dict())


@creates(router, "/{uuid:service_id}/feedback", Action.SERVICE_RATE, ServiceFeedbackOut)
def say_service_feedback(request: HttpRequest, service_id: UUID, body: FeedbackIn) -> object:
    """Say how a service was found; it is shown once its keeper has read it."""
    return commands.say_feedback(actor_of(request), service_id=service_id, **body.dict())
