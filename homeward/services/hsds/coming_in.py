"""HSDS objects as what the directory keeps. Contact persons are dropped, the rest is kept as it came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pycountry
from pydantic import ValidationError

from homeward.codelists.countries import is_country
from homeward.codelists.languages import OFTEN
from homeward.codelists.needs import NEEDS
from homeward.services.hsds.going_out import AREA_COUNTRY, FOR_WHOM, FREE, STEP_FREE, filled
from homeward.services.hsds.shapes import (
    LocationShape,
    OrganizationShape,
    ServiceAtLocationShape,
    ServiceShape,
)
from homeward.services.rules import ForWhom, Status

MOST_SERVICES = 20_000
NAMED_PEOPLE = ("contacts",)
# Tables say by these what a row belongs to; in a nested object it stands where it belongs.
LINKS = frozenset({"service_id", "location_id", "service_at_location_id", "organization_id", "contact_id"})


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file: in which service, at which property, in words of the checker."""

    number: int
    path: str
    message: str


@dataclass(frozen=True)
class Read:
    """A file as far as it can be read: its services as they stand there and as shapes, or what is wrong."""

    services: tuple[ServiceShape, ...] = ()
    faults: tuple[Fault, ...] = ()
    told: tuple[object, ...] = ()


@dataclass
class Told:
    """What a service's attributes say in our words; the others are kept."""

    needs: list[str] = field(default_factory=list)
    for_whom: ForWhom = ForWhom.EVERYONE
    is_free: bool | None = None
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)


def listed(content: object) -> list[object]:
    """The services in a file: a list, one page of an API, or a single service."""
    if isinstance(content, Mapping):
        contents = content.get("contents") or content.get("services")
        return list(contents) if isinstance(contents, list) else [content]
    return list(content) if isinstance(content, list) else [content]


def read(content: object) -> Read:
    """Every service of a file, strictly; each fault with its place."""
    found, faults = [], []
    told = listed(content)[: MOST_SERVICES + 1]
    for number, one in enumerate(told, start=1):
        try:
            found.append(ServiceShape.model_validate(one))
        except ValidationError as wrong:
            faults += [
                _fault(number, error) for error in wrong.errors(include_input=False, include_url=False)
            ]
    if len(found) > MOST_SERVICES:
        faults.append(Fault(MOST_SERVICES + 1, "", "more services than can be brought in at once"))
    return Read(tuple(found), tuple(faults), tuple(told))


def _fault(number: int, error: Mapping[str, Any]) -> Fault:
    return Fault(number, ".".join(map(str, error["loc"])), str(error["msg"]))


def provider_columns(one: OrganizationShape) -> dict[str, Any]:
    """What a provider's row says."""
    named = {"name": one.name[:300], "description": one.description}
    named |= {"alternate_name": one.alternate_name or "", "email": one.email or ""}
    return {**named, "website": one.website or "", "beyond": _beyond(one, {*named, "website", "locations"})}


def service_columns(one: ServiceShape) -> dict[str, Any]:
    """What a service's row says."""
    told = _told(one)
    columns = {
        "name": one.name[:300],
        "alternate_name": one.alternate_name or "",
        "description": one.description or "",
        "translations": told.translations,
        "status": Status(one.status.value.replace(" ", "_")),
        "needs": told.needs,
        "for_whom": told.for_whom,
        "is_free": told.is_free,
        "countries": _countries(one),
        "areas": [area.name[:200] for area in one.service_areas if area.name and not _is_country_area(area)],
        "languages": [code for code in map(_language, one.languages) if code],
        "interpretation": one.interpretation_services or "",
        "minimum_age": _age(one.minimum_age),
        "maximum_age": _age(one.maximum_age),
        "eligibility": one.eligibility_description or "",
        "fees": one.fees_description or one.fees or "",
        "how_to_apply": one.application_process or "",
        "waiting_time": (one.wait_time or "")[:300],
        "phones": [_plain(phone, LINKS) for phone in one.phones],
        "schedules": [_plain(schedule, LINKS) for schedule in one.schedules],
        "email": one.email or "",
        "url": one.url or "",
        "alert": one.alert or "",
        "last_verified_on": date.fromisoformat(one.assured_date) if one.assured_date else None,
    }
    beyond = _beyond(one, COLUMNS)
    return columns | {"beyond": filled({**beyond, "attributes": told.others})}


COLUMNS = {
    *("name", "alternate_name", "description", "url", "email", "status", "interpretation_services"),
    *("application_process", "fees_description", "wait_time", "eligibility_description", "minimum_age"),
    *("maximum_age", "assured_date", "assurer_email", "alert", "last_modified", "organization"),
    *("organization_id", "phones", "schedules", "languages", "service_areas", "capacities"),
    *("service_at_locations", "attributes"),
}
PLACE_COLUMNS = {
    *("location_type", "organization_id", "name", "transportation", "latitude", "longitude"),
    *("addresses", "accessibility"),
}


def place_columns(one: LocationShape) -> dict[str, Any]:
    """What a place's row says; its first address is the one that is shown."""
    steps = [each for each in one.accessibility if each.description in STEP_FREE.values()]
    others = [_plain(each) for each in one.accessibility if each not in steps]
    columns: dict[str, Any] = {
        "name": (one.name or one.alternate_name or "")[:300],
        "kind": one.location_type,
        "directions": one.transportation or "",
        "latitude": one.latitude if one.longitude is not None else None,
        "longitude": one.longitude if one.latitude is not None else None,
        "is_step_free": steps[0].description == STEP_FREE[True] if steps else None,
        "beyond": filled({**_beyond(one, PLACE_COLUMNS), "accessibility": others}),
    }
    postal = one.addresses[0] if one.addresses else None
    if postal:
        lines = ", ".join(filter(None, (postal.address_1, postal.address_2)))
        columns |= {"address": lines[:500], "city": postal.city[:200], "postcode": postal.postal_code[:40]}
        columns |= {"region": (postal.state_province or postal.region or "")[:200]}
        columns |= {"country": postal.country.upper() if is_country(postal.country.upper()) else ""}
    return columns


def link_columns(one: ServiceAtLocationShape) -> dict[str, Any]:
    """What a service at a place says of its own."""
    named = {"service_id", "location_id", "description", "schedules", "location", "service"}
    schedules = [_plain(schedule, LINKS) for schedule in one.schedules]
    return {"description": one.description or "", "schedules": schedules, "beyond": _beyond(one, named)}


def room_columns(one: ServiceShape) -> Iterable[dict[str, Any]]:
    """How much room a service has; without a maximum, what is free is all there is."""
    for capacity in one.capacities:
        available = max(int(capacity.available), 0)
        yield {
            "id": capacity.id,
            "unit": capacity.unit.name[:100],
            "available": available,
            "total": max(int(capacity.maximum or 0), available),
            "description": (capacity.description or "")[:500],
            "counted_at": _moment(capacity.updated),
        }


def _moment(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _told(one: ServiceShape) -> Told:
    told = Told()
    for each in one.attributes:
        term = each.taxonomy_term
        need = _need(term.code if term else "", term.name if term else "")
        if need:
            told.needs += [need] if need not in told.needs else []
        elif each.label == FOR_WHOM and each.value in set(ForWhom):
            told.for_whom = ForWhom(str(each.value))
        elif each.label == FREE and each.value in ("yes", "no"):
            told.is_free = each.value == "yes"
        elif not _translation(told, each.label or "", each.value or ""):
            told.others.append(_plain(each))
    return told


def _need(code: str | None, name: str) -> str:
    """One of our needs, by its code or its English name; other people's terms are kept as they are."""
    if code in NEEDS:
        return str(code)
    return next((ours for ours, words in NEEDS.items() if words["en"].casefold() == name.casefold()), "")


def _translation(told: Told, label: str, value: str) -> bool:
    field_name, _space, language = label.partition(" ")
    if field_name not in ("name", "description") or language not in ("(fr)", "(ar)"):
        return False
    told.translations.setdefault(language.strip("()"), {})[field_name] = value
    return True


def _countries(one: ServiceShape) -> list[str]:
    stated = [
        str(area.uri).removeprefix(AREA_COUNTRY) for area in one.service_areas if _is_country_area(area)
    ]
    postal = [
        address.country.upper()
        for here in one.service_at_locations
        if here.location
        for address in here.location.addresses
    ]
    found = stated or ([] if one.service_areas else postal)
    return [code for code in dict.fromkeys(found) if is_country(code)]


def _is_country_area(area: Any) -> bool:
    return bool(area.uri and area.uri.startswith(AREA_COUNTRY))


def _language(one: Any) -> str:
    """The code by which people's languages are kept here: of two letters where there is one."""
    told = (one.code or one.name or "").strip()
    if told in OFTEN:
        return str(told)
    found = pycountry.languages.get(alpha_3=told) or pycountry.languages.get(alpha_2=told)
    found = found or pycountry.languages.get(name=told)
    return str(getattr(found, "alpha_2", getattr(found, "alpha_3", "")))


def _age(told: float | None) -> int | None:
    return None if told is None else max(0, min(int(told), 150))


def _beyond(one: Any, columns: Iterable[str]) -> dict[str, Any]:
    """What we have no column for, without named people."""
    return filled(_plain(one, {*columns, "id", *NAMED_PEOPLE}))


def _plain(one: Any, without: Iterable[str] = ()) -> dict[str, Any]:
    made: dict[str, Any] = one.model_dump(mode="json", exclude=set(without), exclude_defaults=True)
    return {**({"id": str(one.id)} if "id" not in set(without) else {}), **_unpeopled(made)}


def _unpeopled(value: Any) -> Any:
    """Contact persons are dropped wherever they stand."""
    if isinstance(value, dict):
        return {name: _unpeopled(part) for name, part in value.items() if name not in NAMED_PEOPLE}
    return [_unpeopled(part) for part in value] if isinstance(value, list) else value


def organisations_in(services: Sequence[ServiceShape]) -> dict[UUID, OrganizationShape]:
    """Every organisation that a file tells of, once."""
    return {one.organization.id: one.organization for one in services if one.organization}
