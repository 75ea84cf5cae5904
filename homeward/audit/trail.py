"""Reading the trail. Plain ids come out; who and what they are is told by those who know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.aggregates import Count

from homeward.audit.models import Entry, Pending, Verification

PAGE = 50

Entries = Iterable[Entry]


@dataclass(frozen=True)
class TrailFilters:
    """What a search is narrowed to; `until` is the first moment no longer included."""

    actor_id: UUID | None = None
    case_id: UUID | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    refused: bool = False


@dataclass(frozen=True)
class TrailPage:
    """One page, newest first; `older` is the key the next page begins after, empty on the last."""

    entries: list[Entry]
    older: str


@dataclass(frozen=True)
class TrailState:
    """How far an organisation's entries are sealed, and when the whole chain was last verified."""

    waiting: int
    waiting_since: datetime | None
    verified_at: datetime | None
    is_sound: bool


def search(organisation_id: UUID, filters: TrailFilters) -> QuerySet[Entry]:
    """Entries of one organisation; for one case also those of others, as far as the database shows them."""
    scope = Q(case_id=filters.case_id) if filters.case_id else Q(organisation_id=organisation_id)
    if filters.actor_id:
        scope &= Q(actor_id=filters.actor_id)
    if filters.action:
        scope &= Q(action=filters.action)
    if filters.since:
        scope &= Q(at__gte=filters.since)
    if filters.until:
        scope &= Q(at__lt=filters.until)
    if filters.refused:
        scope &= Q(refused=True)
    return Entry.objects.filter(scope).defer("details").order_by("-at", "-id")


def page_of(entries: QuerySet[Entry], after: str = "", size: int = PAGE) -> TrailPage:
    """One page, beginning after the key of the page before; the millionth row is as near as the first."""
    key = _parsed(after)
    if key:
        at, entry_id = key
        entries = entries.filter(Q(at__lt=at) | Q(at=at, id__lt=entry_id))
    found = list(entries[: size + 1])
    shown = found[:size]
    return TrailPage(shown, key_of(shown[-1]) if len(found) > size else "")


def key_of(entry: Entry) -> str:
    """Where a page ends, in signs that an address may hold."""
    return f"{entry.at.isoformat()}_{entry.id}"


def state_of(organisation_id: UUID) -> TrailState:
    """How the trail of one organisation stands."""
    waiting = Pending.objects.filter(organisation_id=organisation_id).aggregate(
        count=Count("entry_id"), since=Min("since")
    )
    last = Verification.objects.order_by("-at").first()
    return TrailState(
        waiting["count"], waiting["since"], last.at if last else None, last.is_sound if last else True
    )


def _parsed(key: str) -> tuple[datetime, UUID] | None:
    moment, _, entry_id = key.partition("_")
    try:
        return datetime.fromisoformat(moment.replace(" ", "+")), UUID(entry_id)
    except ValueError:
        return None


@dataclass(frozen=True)
class Acts:
    """What one account did to one subject, how often, first and last; without a subject it was a list."""

    case_id: UUID | None
    subject_id: UUID | None
    action: str
    times: int
    first: datetime
    last: datetime


def acts_of(account_id: UUID, since: datetime, until: datetime) -> list[Acts]:
    """What an account did in a window of time, one row per subject and kind of act; refusals are none."""
    done = Entry.objects.filter(actor_id=account_id, at__gte=since, at__lt=until, refused=False)
    counted = done.order_by().values("case_id", "subject_id", "action")
    rows = counted.annotate(times=Count("id"), first=Min("at"), last=Max("at"))
    return [Acts(**row) for row in rows]
