"""The directory as HSDS objects. What is empty is left out; ids of parts are made from what they are part of.

Never among them: contact persons, who verified an entry, where a restricted service is.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pycountry

from homeward.codelists.needs import NEEDS, need_name
from homeward.services.models import Place, Provider, Room, Service, ServicePlace
from homeward.services.rules import ForWhom

Made = dict[str, Any]
TAXONOMY = uuid5(NAMESPACE_URL, "urn:homeward:needs")
TAXONOMY_NAME = "Homeward needs"
STEP_FREE = {True: "Step-free access", False: "Steps at the entrance"}
FOR_WHOM = "for whom"
FREE = "free of charge"
AREA_COUNTRY = "urn:iso:std:iso:3166:"


def made_id(of: object, *what: object) -> str:
    """The id of a part that has no row of its own: the same each time it goes out."""
    return str(uuid5(TAXONOMY, ":".join(map(str, (of, *what)))))


def taxonomy() -> Made:
    """The list of needs, as HSDS knows lists."""
    told = "What a person who returned may need a service for."
    return {"id": str(TAXONOMY), "name": TAXONOMY_NAME, "description": told, "version": "1"}


def term(code: str) -> Made:
    """One need."""
    return {
        "id": made_id("need", code),
        "code": code,
        "name": need_name(code, "en"),
        "description": " / ".join(NEEDS.get(code, {}).values()) or code,
        "taxonomy": TAXONOMY_NAME,
        "taxonomy_detail": taxonomy(),
    }


def terms() -> list[Made]:
    """Every need."""
    return [term(code) for code in NEEDS]


def need_of_term(term_id: str) -> str:
    """The need behind an id that went out, or none."""
    return next((code for code in NEEDS if made_id("need", code) == term_id), "")


def organization(one: Provider) -> Made:
    """Who runs services."""
    return filled(
        {
            **one.beyond,
            "id": str(one.id),
            "name": one.name,
            "description": one.description or one.name,
            "alternate_name": one.alternate_name,
            "email": one.email,
            "website": one.website,
        }
    )


def service(one: Service, *, full: bool = True) -> Made:
    """One service; in full with everything below it, which its queryset has fetched already."""
    told = {**one.beyond} if full else {}
    told |= {
        "id": str(one.id),
        "organization_id": str(one.provider_id),
        "name": one.name,
        "alternate_name": one.alternate_name,
        "description": one.description,
        "url": one.url,
        "email": one.email,
        "status": one.status.replace("_", " "),
        "interpretation_services": one.interpretation,
        "application_process": one.how_to_apply,
        "fees_description": one.fees,
        "wait_time": one.waiting_time,
        "eligibility_description": one.eligibility,
        "minimum_age": one.minimum_age,
        "maximum_age": one.maximum_age,
        "assured_date": one.last_verified_on and one.last_verified_on.isoformat(),
        "alert": one.alert,
        "last_modified": one.updated_at.isoformat(timespec="milliseconds"),
        "organization": organization(one.provider),
    }
    return filled(told | (_below(one) if full else {}))


def _below(one: Service) -> Made:
    return {
        "phones": one.phones,
        "schedules": one.schedules,
        "languages": [_language(one, code) for code in one.languages],
        "service_areas": list(_areas(one)),
        "capacities": [_capacity(room) for room in one.rooms.all()],
        "service_at_locations": [service_at_location(here) for here in one.at_places.all()],
        "attributes": [*one.beyond.get("attributes", []), *_attributes(one)],
    }


def service_at_location(here: ServicePlace, *, with_service: bool = False) -> Made:
    """A service at a place."""
    told = {
        **here.beyond,
        "id": str(here.id),
        "service_id": str(here.service_id),
        "location_id": str(here.place_id),
        "description": here.description,
        "schedules": here.schedules,
        "location": location(here.place),
    }
    return filled(told | ({"service": service(here.service)} if with_service else {}))


def location(place: Place) -> Made:
    """A place with its address, and whether there are steps."""
    return filled(
        {
            **place.beyond,
            "id": str(place.id),
            "location_type": place.kind,
            "organization_id": str(place.provider_id),
            "name": place.name,
            "transportation": place.directions,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "addresses": [_postal(place)] if place.city or place.address else [],
            "accessibility": [*place.beyond.get("accessibility", []), *_accessibility(place)],
        }
    )


def _postal(place: Place) -> Made:
    return {
        "id": made_id(place.id, "address"),
        "location_id": str(place.id),
        "address_1": place.address,
        "city": place.city,
        "state_province": place.region,
        "postal_code": place.postcode,
        "country": place.country,
        "address_type": place.kind,
    }


def _accessibility(place: Place) -> Iterable[Made]:
    if place.is_step_free is not None:
        told = STEP_FREE[place.is_step_free]
        yield {"id": made_id(place.id, "steps"), "location_id": str(place.id), "description": told}


def _language(one: Service, code: str) -> Made:
    found = pycountry.languages.get(alpha_2=code) if len(code) == 2 else None
    told = str(getattr(found, "alpha_3", code))
    name = str(getattr(found or pycountry.languages.get(alpha_3=code), "name", code))
    return {"id": made_id(one.id, "language", code), "service_id": str(one.id), "code": told, "name": name}


def _areas(one: Service) -> Iterable[Made]:
    for name in one.areas:
        yield {"id": made_id(one.id, "area", name), "service_id": str(one.id), "name": name}
    for code in one.countries:
        told = {"name": code, "uri": f"{AREA_COUNTRY}{code}"}
        yield {"id": made_id(one.id, "country", code), "service_id": str(one.id), **told}


def _capacity(room: Room) -> Made:
    return filled(
        {
            "id": str(room.id),
            "service_id": str(room.service_id),
            "unit": {"id": made_id("unit", room.unit), "name": room.unit},
            "available": room.available,
            "maximum": room.total,
            "description": room.description,
            "updated": room.counted_at.isoformat(timespec="milliseconds"),
        }
    )


def _attributes(one: Service) -> Iterable[Made]:
    """Needs, and what HSDS has no column for: for whom, cost or none, the words in other languages."""
    for code in one.needs:
        linked = _linked(one, "need", code)
        yield linked | {"taxonomy_term_id": made_id("need", code), "taxonomy_term": term(code)}
    if one.for_whom != ForWhom.EVERYONE:
        yield _linked(one, FOR_WHOM) | {"label": FOR_WHOM, "value": one.for_whom}
    if one.is_free is not None:
        yield _linked(one, FREE) | {"label": FREE, "value": "yes" if one.is_free else "no"}
    for language, words in one.translations.items():
        for field, text in words.items():
            yield _linked(one, field, language) | {"label": f"{field} ({language})", "value": text}


def _linked(one: Service, *what: str) -> Made:
    linked = {"link_id": str(one.id), "link_entity": "service"}
    return {"id": made_id(one.id, *what), **linked, "link_type": what[0].replace(" ", "_")}


def filled(told: Mapping[str, Any]) -> Made:
    """Without what is empty: HSDS knows no null."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def as_uuid(text: str) -> UUID | None:
    """An id somebody asked for, or None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
