"""How details become rows, and what of them changed; used by commands and by bringing in files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from django.db.models import Model
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.codelists.countries import is_country
from homeward.codelists.needs import is_need
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, type_of_message
from homeward.services.models import Change, Place, Room, Service, ServicePlace
from homeward.services.rules import (
    ChangeKind,
    ForWhom,
    Opening,
    PlaceDetails,
    RoomDetails,
    ServiceDetails,
    Status,
)

PLAIN = (
    *("name", "description", "alternate_name", "status", "interpretation", "for_whom", "minimum_age"),
    *("maximum_age", "eligibility", "is_free", "fees", "how_to_apply", "waiting_time", "email", "url"),
    *("alert", "reply_days", "is_restricted"),
)
LISTS = ("needs", "countries", "areas", "languages")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLACE_FIELDS = (
    *("name", "kind", "address", "city", "region", "postcode", "country", "latitude", "longitude"),
    *("directions", "is_step_free"),
)
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_details(details: ServiceDetails) -> None:
    """Raise Invalid naming each answer that needs another look."""
    wrong = dict(_wrong(details))
    if wrong:
        raise Invalid(fields=wrong)


def _wrong(details: ServiceDetails) -> Iterable[tuple[str, type_of_message]]:
    if not details.name.strip():
        yield "name", _("Give the service a name.")
    if not details.needs or not all(map(is_need, details.needs)):
        yield "needs", _("Say what the service helps with.")
    if not all(map(is_country, details.countries)):
        yield "countries", _("Choose countries from the list.")
    if _in_wrong_order(details.minimum_age, details.maximum_age):
        yield "maximum_age", _("The highest age is below the lowest.")
    if details.reply_days < 1:
        yield "reply_days", _("Give at least one day to reply.")
    if not all(map(_is_possible, details.opening)):
        yield "opening", _("Give days and hours, such as 09:00 to 16:30.")


def _in_wrong_order(lowest: int | None, highest: int | None) -> bool:
    return lowest is not None and highest is not None and lowest > highest


def _is_possible(opening: Opening) -> bool:
    hours = (opening.opens_at, opening.closes_at)
    known = set(opening.days) <= set(DAYS) and all(HOUR.fullmatch(hour) for hour in hours)
    return known and time.fromisoformat(hours[0]) < time.fromisoformat(hours[1])


def check_rooms(rooms: Sequence[RoomDetails]) -> None:
    """Raise Invalid when a count cannot be."""
    if any(not 0 <= one.available <= one.total for one in rooms):
        raise Invalid(fields={"available": _("There cannot be more free than there are.")})
    if len({one.unit for one in rooms}) < len(rooms):
        raise Invalid(fields={"unit": _("Count each thing once.")})


def apply_details(service: Service, details: ServiceDetails) -> dict[str, list[Any]]:
    """Write details into a service that is not saved yet; what changed, before and after, by field."""
    wanted: dict[str, Any] = {name: getattr(details, name) for name in PLAIN}
    wanted |= {name: list(getattr(details, name)) for name in LISTS}
    wanted["translations"] = {language: dict(words) for language, words in details.translations.items()}
    wanted["phones"] = _phones(service.phones, details.phone)
    wanted["schedules"] = _schedules(service.schedules, details.opening)
    return set_fields(service, wanted)


def details_of(service: Service) -> ServiceDetails:
    """What a service says of itself, as it can be written again."""
    told: dict[str, Any] = {name: getattr(service, name) for name in PLAIN}
    told |= {name: tuple(getattr(service, name)) for name in LISTS}
    told["status"], told["for_whom"] = Status(service.status), ForWhom(service.for_whom)
    told["translations"] = service.translations
    told["phone"] = str(service.phones[0].get("number", "")) if service.phones else ""
    return ServiceDetails(**told, opening=opening_of(service.schedules))


def set_fields(row: Model, wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set what differs and tell it, as text that can be kept."""
    changed = {}
    for name, value in wanted.items():
        before = getattr(row, name)
        if before != value:
            changed[name] = [_kept(before), _kept(value)]
            setattr(row, name, value)
    return changed


def _kept(value: Any) -> Any:
    return value if isinstance(value, bool | int | list | dict) or value is None else str(value)


def _phones(known: list[dict[str, Any]], number: str) -> list[dict[str, Any]]:
    """The first telephone replaced, the others as they are."""
    if not number:
        return known[1:]
    first = known[0] if known else {"id": str(new_id())}
    return [{**first, "number": number}, *known[1:]]


def _schedules(known: list[dict[str, Any]], opening: Sequence[Opening]) -> list[dict[str, Any]]:
    """Weekly hours as HSDS has them, ids kept; what is told in other ways (by the month) stays."""
    weekly = [one for one in known if is_weekly(one)]
    others = [one for one in known if not is_weekly(one)]
    made = [_schedule(weekly[place] if place < len(weekly) else {}, one) for place, one in enumerate(opening)]
    return made + others


def _schedule(kept: Mapping[str, Any], one: Opening) -> dict[str, Any]:
    told = {
        **kept,
        "id": kept.get("id") or str(new_id()),
        "freq": "WEEKLY",
        "byday": ",".join(day for day in DAYS if day in one.days),
        "opens_at": one.opens_at,
        "closes_at": one.closes_at,
    }
    return told | ({"description": one.note} if one.note else {})


def is_weekly(schedule: Mapping[str, Any]) -> bool:
    """Whether an entry is plain hours of the week, as the pages show and change them."""
    days = str(schedule.get("byday") or "").split(",")
    return bool(schedule.get("opens_at") and schedule.get("closes_at")) and set(days) <= set(DAYS)


def opening_of(schedules: Sequence[Mapping[str, Any]]) -> tuple[Opening, ...]:
    """Weekly hours as people read them; what is said in other ways stays in the file."""
    return tuple(
        Opening(
            tuple(str(one.get("byday", "")).split(",")),
            str(one["opens_at"])[:5],
            str(one["closes_at"])[:5],
            str(one.get("description") or ""),
        )
        for one in schedules
        if is_weekly(one)
    )


def put_places(actor: Actor, service: Service, places: Sequence[PlaceDetails]) -> list[str]:
    """Have a service given at exactly these places; the names of those that came, left or changed."""
    told, kept = [], []
    for details in places:
        place, is_new = _place_for(service, details)
        wanted = {name: getattr(details, name) for name in PLACE_FIELDS}
        wanted["is_restricted"] = service.is_restricted or place.is_restricted
        changed = set_fields(place, wanted)
        place.save()
        _link, is_linked = ServicePlace.objects.get_or_create(
            service=service, place=place, defaults={"organisation_id": actor.organisation_id}
        )
        kept.append(place.id)
        if is_new or changed or is_linked:
            told.append("" if place.is_restricted else place.name)
    gone = ServicePlace.objects.filter(service=service).exclude(place_id__in=kept)
    told += ["" if one.place.is_restricted else one.place.name for one in gone.select_related("place")]
    gone.delete()
    return told


def _place_for(service: Service, details: PlaceDetails) -> tuple[Place, bool]:
    """The place named, of the same provider, or a new one that the keeper and its own people see."""
    known = Place.objects.filter(id=details.id, provider=service.provider).first() if details.id else None
    made = Place(
        provider=service.provider, organisation_id=service.organisation_id, account_id=service.account_id
    )
    return known or made, known is None


def put_rooms(actor: Actor, service: Service, rooms: Sequence[RoomDetails]) -> dict[str, list[Any]]:
    """Make a service's room exactly this, counted now; what changed, by unit."""
    known = {one.unit: one for one in Room.objects.select_for_update().filter(service=service)}
    changed: dict[str, list[Any]] = {}
    for details in rooms:
        room = known.pop(details.unit, None) or Room(
            service=service, organisation_id=actor.organisation_id, unit=details.unit
        )
        before = None if room.total is None else f"{room.available}/{room.total}"
        room.total, room.available, room.description = details.total, details.available, details.description
        room.counted_at = now()
        room.save()
        after = f"{room.available}/{room.total}"
        if before != after:
            changed[details.unit] = [before, after]
    for left in known.values():
        changed[left.unit] = [f"{left.available}/{left.total}", None]
        left.delete()
    return changed


def tell(actor: Actor, service: Service, kind: ChangeKind, changed: Mapping[str, Any]) -> None:
    """Add a line to a service's history."""
    Change.objects.create(
        organisation_id=actor.organisation_id,
        service=service,
        kind=kind,
        changed=dict(changed),
        by_name=actor.name,
    )
