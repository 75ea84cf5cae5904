"""What readers of the public directory ask for in the address, and the envelope that lists come in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Invalid
from homeward.services.hsds.going_out import TAXONOMY, as_uuid, need_of_term
from homeward.services.queries import PublicFilters

PAGE, MOST_A_PAGE, MOST_LINES = 50, 200, 20_000
EARTH_METRES = 6_371_000


class Countable(Protocol):
    """A queryset, or a list."""

    def __getitem__(self, part: slice, /) -> Iterable[Any]: ...


def whole(request: HttpRequest, name: str, otherwise: int) -> int:
    """A whole number from one on."""
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 1_000_000:
        raise Invalid(fields={name: _("Give a whole number from 1 on.")})
    return int(text)


def yes(request: HttpRequest, name: str, *, otherwise: bool = False) -> bool:
    """True or false."""
    text = request.GET.get(name, "").lower()
    if text not in ("", "true", "false", "1", "0"):
        raise Invalid(fields={name: _("Give true or false.")})
    return text in ("true", "1") if text else otherwise


def identifier(request: HttpRequest, name: str) -> UUID | None:
    """A UUID."""
    text = request.GET.get(name, "")
    found = as_uuid(text) if text else None
    if text and found is None:
        raise Invalid(fields={name: _("Give a UUID.")})
    return found


def filters(request: HttpRequest) -> PublicFilters:
    """The filters of a list; all of them have to hold."""
    return PublicFilters(
        search=request.GET.get("search", "").strip()[:100],
        needs=_needs(request),
        organization_id=identifier(request, "organization_id"),
        modified_after=_moment(request.GET.get("modified_after", "")),
    )


def _needs(request: HttpRequest) -> tuple[str, ...] | None:
    """The need a term stands for; of a taxonomy that is not ours no service has any."""
    term_id, taxonomy_id = identifier(request, "taxonomy_term_id"), identifier(request, "taxonomy_id")
    if taxonomy_id and taxonomy_id != TAXONOMY:
        return ()
    return (need_of_term(str(term_id)),) if term_id else None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        told = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise Invalid(fields={"modified_after": _("Give a day or a moment after ISO 8601.")}) from None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def page(request: HttpRequest, count: int, rows: Countable, shape: Callable[[Any], Any]) -> object:
    """One page in HSDS's envelope; with `format=ndjson` everything, a line each."""
    form = request.GET.get("format", "json")
    if form not in ("json", "ndjson"):
        raise Invalid(fields={"format": _("Give json or ndjson.")})
    if form == "ndjson":
        return [shape(one) for one in rows[slice(0, MOST_LINES)]]
    size = min(whole(request, "per_page", PAGE), MOST_A_PAGE)
    number, pages = whole(request, "page", 1), max(ceil(count / size), 1)
    contents = [shape(one) for one in rows[slice((number - 1) * size, number * size)]]
    return {
        "total_items": count,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def near(
    points: Sequence[tuple[Any, str, float | None, float | None]], postcode: str, metres: int | None
) -> set[Any]:
    """Ids of places with a postcode, or within so many metres of the middle of the places that have it."""
    here = [
        (lat, long)
        for _id, code, lat, long in points
        if code == postcode and lat is not None and long is not None
    ]
    if metres is None or not here:
        return {place_id for place_id, code, _lat, _long in points if code == postcode}
    middle = (sum(lat for lat, _long in here) / len(here), sum(long for _lat, long in here) / len(here))
    return {
        place_id
        for place_id, _code, lat, long in points
        if lat is not None and long is not None and _metres(middle, (lat, long)) <= metres
    }


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance over the ground, by the haversine of the angle between two points."""
    (lat1, long1), (lat2, long2) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((long2 - long1) / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(half))
