"""Lists and search, from listing rows alone, by keyset so that the millionth row is as near as the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from homeward.access.actor import Actor
from homeward.cases.models import Listing, SavedView
from homeward.cases.queries.cases import own_listings
from homeward.cases.rules import Scope
from homeward.lib.identifiers import clean_reference
from homeward.lib.scripts import folded
from homeward.people.queries import persons_with_document

ListedCases = QuerySet[Listing]
PAGE = 25
SEARCH_LIMIT = 100
COUNT_LIMIT = 1000
ORDERS: Mapping[str, tuple[str, str]] = {
    "promise": ("next_step_on", "id"),
    "newest": ("-updated_at", "-id"),
}


@dataclass(frozen=True)
class CaseFilters:
    """What a case list is narrowed to. No field ever holds a name."""

    stage: str = ""
    return_country: str = ""
    host_country: str = ""
    place: str = ""
    programme_id: UUID | None = None
    tag: str = ""
    mine: bool = False
    late: bool = False
    shared_with_us: bool = False
    arriving_from: date | None = None
    arriving_until: date | None = None


@dataclass(frozen=True)
class Page:
    """A page of listings; `following` is the key the next page begins after, None on the last."""

    rows: list[Listing]
    following: str | None
    count: int
    count_is_more: bool


def listed_cases(actor: Actor, filters: CaseFilters, today: date) -> QuerySet[Listing]:
    """Listings within the actor's reach that fit the filters."""
    listings = own_listings(actor).exclude(scope=Scope.ARRIVAL)
    plain = {
        "stage": filters.stage,
        "return_country": filters.return_country,
        "host_country": filters.host_country,
        "return_place": filters.place,
        "programme_id": filters.programme_id,
        "worker_id": actor.user_id if filters.mine else None,
    }
    listings = listings.filter(**{name: value for name, value in plain.items() if value})
    if filters.tag:
        listings = listings.filter(tags__contains=[filters.tag])
    if filters.late:
        listings = listings.filter(next_step_on__lt=today)
    if filters.shared_with_us:
        listings = listings.filter(scope=Scope.PARTICIPANT)
    return listings.filter(_arriving(filters))


def page_of_listings(listings: QuerySet[Listing], order: str = "newest", after: str | None = None) -> Page:
    """One page in the given order, beginning after the key of the page before, with a capped count."""
    first, second = ORDERS[order]
    ordered = listings.order_by(first, second)
    rows = list(_beyond(ordered, order, after)[: PAGE + 1])
    following = str(rows[PAGE - 1].id) if len(rows) > PAGE else None
    return Page(rows[:PAGE], following, *count_up_to(listings))


def count_up_to(listings: QuerySet[Listing], most: int = COUNT_LIMIT) -> tuple[int, bool]:
    """How many there are, counted no farther than `most`, and whether there are more."""
    count = listings.order_by()[: most + 1].count()
    return min(count, most), count > most


def search_cases(actor: Actor, text: str) -> QuerySet[Listing]:
    """Listings by case reference, document number, or name in any script (part of it, or alike)."""
    listings = own_listings(actor).exclude(scope=Scope.ARRIVAL)
    reference = clean_reference(text)
    if reference:
        return listings.filter(reference=reference)
    persons = persons_with_document(actor, text)
    by_document = Q(person_id__in=persons) if persons else Q(pk__in=[])
    return listings.filter(Q(id__in=_found_by_name(text)) | by_document)


def listings_of_people(actor: Actor, person_ids: Iterable[UUID]) -> QuerySet[Listing]:
    """The cases of these people, as far as the actor works with them, newest first."""
    listings = own_listings(actor).exclude(scope=Scope.ARRIVAL)
    return listings.filter(person_id__in=set(person_ids)).order_by("-updated_at")


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """The actor's own saved views."""
    own = SavedView.objects.filter(organisation_id=actor.organisation_id, user_id=actor.user_id)
    return own.order_by("name")


def _found_by_name(text: str) -> list[UUID]:
    # Likeness is not leakproof, so under row-level security it could use no index: the database's own
    # function searches, within the current organisation only.
    with connection.cursor() as cursor:
        cursor.execute("SELECT listing_id FROM search_listings(%s, %s)", [folded(text), SEARCH_LIMIT])
        return [row[0] for row in cursor.fetchall()]


def _arriving(filters: CaseFilters) -> Q:
    within = Q()
    if filters.arriving_from:
        within &= Q(expected_on__gte=filters.arriving_from)
    if filters.arriving_until:
        within &= Q(expected_on__lte=filters.arriving_until)
    return within


def _beyond(ordered: QuerySet[Listing], order: str, after: str | None) -> QuerySet[Listing]:
    """Rows after the one whose id is `after`; rows without a promise come last."""
    last = ordered.filter(id=after).first() if after else None
    if last is None:
        return ordered
    if order == "newest":
        return ordered.filter(
            Q(updated_at__lt=last.updated_at) | Q(updated_at=last.updated_at, id__lt=last.id)
        )
    if last.next_step_on is None:
        return ordered.filter(next_step_on=None, id__gt=last.id)
    later = Q(next_step_on__gt=last.next_step_on) | Q(next_step_on=None)
    return ordered.filter(later | Q(next_step_on=last.next_step_on, id__gt=last.id))
