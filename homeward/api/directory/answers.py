"""What the public directory answers at each address."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse

from homeward.api.directory import openapi
from homeward.api.directory.asking import public
from homeward.api.directory.paging import filters, near, page, whole, yes
from homeward.lib.problems import NotFound
from homeward.services.hsds import VERSION, going_out
from homeward.services.queries import (
    open_services,
    public_links,
    public_providers,
    public_services,
    with_everything,
)

PROFILE = "https://docs.openreferral.org/en/3.1/"


@public
def root(request: HttpRequest) -> object:
    """Which version this is, and where it is described."""
    described = request.build_absolute_uri(reverse("api_directory:openapi"))
    return {"version": VERSION, "profile": PROFILE, "openapi_url": described}


@public
def described(request: HttpRequest) -> object:
    """The description after OpenAPI 3.1."""
    return openapi.description(request.build_absolute_uri(reverse("api_directory:root")).rstrip("/"))


@public
def services(request: HttpRequest) -> object:
    """Services; minimal for ids and days, full for everything below them."""
    found, full = public_services(filters(request)), yes(request, "full")
    if yes(request, "minimal"):
        return page(request, found.count(), found, _minimal)
    rows = with_everything(found) if full else found
    return page(request, found.count(), rows, lambda one: going_out.service(one, full=full))


def _minimal(one: Any) -> dict[str, str]:
    moment = one.updated_at.isoformat(timespec="milliseconds")
    return {"id": str(one.id), "modified_date": moment, "last_modified": moment}


@public
def service(request: HttpRequest, service_id: UUID) -> object:
    """One service with everything below it."""
    found = with_everything(open_services(None).filter(id=service_id)).first()
    if found is None:
        raise NotFound
    return going_out.service(found)


@public
def organizations(request: HttpRequest) -> object:
    """Organisations that have an open service; with full_service, their services too."""
    found, full = public_providers(filters(request).search), yes(request, "full_service")
    if not full:
        return page(request, found.count(), found, going_out.organization)
    below = Prefetch("services", with_everything(open_services(None)))
    return page(request, found.count(), found.prefetch_related(below), _with_services)


def _with_services(provider: Any) -> object:
    told = [going_out.service(one) for one in provider.services.all()]
    return going_out.organization(provider) | {"services": told}


@public
def organization(request: HttpRequest, organization_id: UUID) -> object:
    """One organisation."""
    found = public_providers().filter(id=organization_id).first()
    if found is None:
        raise NotFound
    return going_out.organization(found)


@public
def service_at_locations(request: HttpRequest) -> object:
    """Services at places; near a postcode, if asked."""
    found, full = public_links(filters(request)), yes(request, "full")
    postcode = request.GET.get("postcode", "").strip()[:40]
    if postcode:
        metres = whole(request, "proximity", 1) if request.GET.get("proximity") else None
        rows = found.values_list("place_id", "place__postcode", "place__latitude", "place__longitude")
        found = found.filter(place_id__in=near(list(rows), postcode, metres))
    return page(request, found.count(), found, lambda one: _at(one, full=full))


def _at(here: Any, *, full: bool) -> object:
    told = going_out.service_at_location(here)
    return told | {"service": going_out.service(here.service, full=False)} if full else told


@public
def service_at_location(request: HttpRequest, link_id: UUID) -> object:
    """One service at one place, with both."""
    found = public_links(filters(request)).filter(id=link_id).first()
    if found is None:
        raise NotFound
    return _at(found, full=True)


@public
def taxonomies(request: HttpRequest) -> object:
    """The lists of terms: one, of needs."""
    return page(request, 1, [going_out.taxonomy()], lambda one: one)


@public
def taxonomy(request: HttpRequest, taxonomy_id: UUID) -> object:
    """One list of terms."""
    if taxonomy_id != going_out.TAXONOMY:
        raise NotFound
    return going_out.taxonomy()


@public
def taxonomy_terms(request: HttpRequest) -> object:
    """The needs; they have no order above or below each other."""
    asked = filters(request)
    none = asked.needs == () or bool(request.GET.get("parent_id"))
    rows = [] if none else [one for one in going_out.terms() if _is_named(one, asked.search)]
    return page(request, len(rows), rows, lambda one: one)


def _is_named(term: dict[str, Any], search: str) -> bool:
    return search.casefold() in f"{term['name']} {term['description']} {term['code']}".casefold()


@public
def taxonomy_term(request: HttpRequest, term_id: UUID) -> object:
    """One need."""
    code = going_out.need_of_term(str(term_id))
    if not code:
        raise NotFound
    return going_out.term(code)


@public
def nothing(request: HttpRequest) -> object:
    """What the directory answers at every other address."""
    raise NotFound
