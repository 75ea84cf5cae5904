"""Bringing a read file into the directory: entries kept elsewhere are left alone and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from homeward.access.actor import Actor
from homeward.lib.identifiers import new_id
from homeward.services.hsds import coming_in
from homeward.services.hsds.shapes import (
    LocationShape,
    OrganizationShape,
    ServiceAtLocationShape,
    ServiceShape,
)
from homeward.services.models import Place, Provider, Room, Service, ServicePlace
from homeward.services.rules import ChangeKind
from homeward.services.writing import set_fields, tell


@dataclass(frozen=True)
class BroughtIn:
    """How many entries were added, changed, found the same, or left because others keep them."""

    id: UUID
    added: int = 0
    changed: int = 0
    same: int = 0
    kept_elsewhere: int = 0
    without_provider: int = 0


def bring(actor: Actor, services: Sequence[ServiceShape]) -> BroughtIn:
    """Write what a file tells, each entry under the id it has there."""
    providers = {
        found_id: _provider(actor, one) for found_id, one in coming_in.organisations_in(services).items()
    }
    outcomes = [_service(actor, one, providers) for one in services]
    return BroughtIn(new_id(), *(outcomes.count(kind) for kind in OUTCOMES))


OUTCOMES = ("added", "changed", "same", "kept_elsewhere", "without_provider")


def _provider(actor: Actor, told: OrganizationShape) -> Provider | None:
    known = Provider.objects.filter(id=told.id).first()
    if known and not _is_own(actor, known):
        return known
    provider = known or Provider(id=told.id, organisation_id=actor.organisation_id)
    if set_fields(provider, coming_in.provider_columns(told)) or not known:
        provider.save()
    return provider


def _is_own(actor: Actor, entry: Provider | Service) -> bool:
    return actor.organisation_id in (entry.organisation_id, entry.account_id)


def _service(actor: Actor, told: ServiceShape, providers: dict[UUID, Provider | None]) -> str:
    known = Service.objects.select_for_update().filter(id=told.id).first()
    if known is None and Service.objects.filter(id=told.id).exists():
        return "kept_elsewhere"
    if known and not _is_own(actor, known):
        return "kept_elsewhere"
    provider = _provider_of(told, providers)
    if provider is None:
        return "without_provider"
    service = known or Service(
        id=told.id, organisation_id=actor.organisation_id, account_id=provider.account_id
    )
    service.provider = provider
    changed = set_fields(service, coming_in.service_columns(told))
    if changed or not known:
        service.version += 1 if known else 0
        service.save()
    below = [_below(service, here) for here in told.service_at_locations] + [_rooms(service, told)]
    if known and not changed and not any(below):
        return "same"
    tell(actor, service, ChangeKind.IMPORTED, changed if known else {})
    return "changed" if known else "added"


def _provider_of(told: ServiceShape, providers: dict[UUID, Provider | None]) -> Provider | None:
    named = told.organization.id if told.organization else told.organization_id
    if named in providers:
        return providers[named]
    return Provider.objects.filter(id=named).first() if named else None


def _below(service: Service, told: ServiceAtLocationShape) -> bool:
    """A place and that the service is given there; True when something was written."""
    place, is_changed = _place(service, told.location) if told.location else (None, False)
    if place is None and told.location_id:
        place = Place.objects.filter(id=told.location_id, provider=service.provider).first()
    if place is None:
        return is_changed
    link = ServicePlace.objects.filter(service=service, place=place).first()
    made = link or ServicePlace(
        id=told.id, organisation_id=service.organisation_id, service=service, place=place
    )
    if set_fields(made, coming_in.link_columns(told)) or link is None:
        made.save()
        return True
    return is_changed


def _place(service: Service, told: LocationShape) -> tuple[Place | None, bool]:
    known = Place.objects.filter(id=told.id).first()
    if known and known.provider_id != service.provider_id:
        return None, False
    place = known or Place(
        id=told.id,
        provider=service.provider,
        organisation_id=service.organisation_id,
        account_id=service.account_id,
        is_restricted=service.is_restricted,
    )
    if set_fields(place, coming_in.place_columns(told)) or not known:
        place.save()
        return place, True
    return place, False


def _rooms(service: Service, told: ServiceShape) -> bool:
    """Room as the file counts it, unless it was counted here later."""
    is_changed = False
    for columns in coming_in.room_columns(told):
        known = Room.objects.select_for_update().filter(service=service, unit=columns["unit"]).first()
        if known and known.counted_at >= columns["counted_at"]:
            continue
        room = known or Room(id=columns["id"], service=service, organisation_id=service.organisation_id)
        is_changed |= bool(set_fields(room, {name: columns[name] for name in columns if name != "id"}))
        room.save()
    return is_changed
