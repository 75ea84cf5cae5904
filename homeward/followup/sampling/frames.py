"""The frame of a sample: visits of one round, of the people whom a rule takes in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import visible_cases
from homeward.followup.models import Visit
from homeward.followup.rules import VisitState, Why
from homeward.followup.sampling.rules import MOST_IN_A_FRAME, FrameRule, TellApart, told_apart
from homeward.lib.dates import months_later

COLUMNS: Mapping[TellApart, str] = {
    TellApart.PLACE: "place",
    TellApart.PROGRAMME: "case__programme__name",
    TellApart.PARTNER: "case__lead_organisation__name",
    TellApart.SEX: "case__person__sex",
    TellApart.RETURN_TYPE: "case__return_type",
}


@dataclass(frozen=True)
class Unit:
    """One visit of a frame, by its opaque key; `group` is what it is told apart by."""

    visit_id: UUID
    case_id: UUID
    key: str
    group: str


@dataclass(frozen=True)
class Preview:
    """How many belong, and by group; None when they are too few to be told, and then no group either."""

    count: int | None
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Choices:
    """What rules can name: rounds, and places, programmes and partners with enough people."""

    rounds: tuple[str, ...]
    places: tuple[str, ...]
    programmes: tuple[tuple[UUID, str], ...]
    partners: tuple[tuple[UUID, str], ...]


def units_of(actor: Actor, rule: FrameRule, by: TellApart, today: date) -> list[Unit]:
    """Everybody in the frame, with small groups put together; at most one more than a frame may have."""
    columns = ("id", "case_id", "key", COLUMNS[by])
    rows = list(_frame(actor, rule, today).order_by("id").values_list(*columns)[: MOST_IN_A_FRAME + 1])
    names = told_apart(Counter(str(row[3] or "") for row in rows), settings.FEWEST_IN_A_GROUP)
    return [Unit(row[0], row[1], str(row[2]), names[str(row[3] or "")]) for row in rows]


def preview(actor: Actor, rule: FrameRule, by: TellApart, today: date) -> Preview:
    """How many a rule takes in, and how many of each group; small numbers are not told."""
    actor.require(Action.SAMPLE_VIEW)
    rows = _frame(actor, rule, today).values_list(COLUMNS[by]).annotate(Count("id")).order_by()
    counts: Counter[str] = Counter()
    for name, count in rows:
        counts[str(name or "")] += count
    if counts.total() < settings.FEWEST_IN_A_GROUP:
        return Preview(None)
    names = told_apart(counts, settings.FEWEST_IN_A_GROUP)
    together: Counter[str] = Counter()
    for name, count in counts.items():
        together[names[name]] += count
    return Preview(counts.total(), tuple(sorted(together.items(), key=lambda one: (not one[0], one[0]))))


def choices(actor: Actor) -> Choices:
    """What a rule can name; what only a few people have is not offered."""
    actor.require(Action.SAMPLE_VIEW)
    visits = _countable(actor)
    return Choices(
        rounds=tuple(name for (name,) in _many(visits, "round")),
        places=tuple(name for (name,) in _many(visits.exclude(place=""), "place")),
        programmes=_named(visits, "case__programme_id", "case__programme__name"),
        partners=_named(visits, "case__lead_organisation_id", "case__lead_organisation__name"),
    )


def _named(visits: QuerySet[Visit], key: str, name: str) -> tuple[tuple[UUID, str], ...]:
    known = _many(visits.exclude(**{f"{key}__isnull": True}), key, name)
    return tuple((one[0], one[1]) for one in known)


def _many(visits: QuerySet[Visit], *columns: str) -> Sequence[tuple[Any, ...]]:
    counted = visits.values(*columns).annotate(n=Count("case_id", distinct=True))
    found = counted.filter(n__gte=settings.FEWEST_IN_A_GROUP).order_by(columns[-1])
    return list(found.values_list(*columns))


def _countable(actor: Actor) -> QuerySet[Visit]:
    """Visits of rounds; seeing somebody because of what they went through stands in no list and no table."""
    own = Visit.objects.filter(
        organisation_id=actor.organisation_id, case__in=visible_cases(actor), member=None
    )
    return own.exclude(state=VisitState.NOT_NEEDED).exclude(instrument="").exclude(why=Why.ASKED)


def _frame(actor: Actor, rule: FrameRule, today: date) -> QuerySet[Visit]:
    asked = Q(round=rule.round)
    if rule.from_months:
        asked &= Q(case__arrived_on__lte=months_later(today, -rule.from_months))
    if rule.to_months is not None:
        asked &= Q(case__arrived_on__gt=months_later(today, -rule.to_months - 1))
    if rule.programme_id:
        asked &= Q(case__programme_id=rule.programme_id)
    if rule.partner_id:
        asked &= Q(case__lead_organisation_id=rule.partner_id)
    for column, given in (
        ("place", rule.places),
        ("case__person__sex", rule.sexes),
        ("case__return_type", rule.return_types),
    ):
        if given:
            asked &= Q(**{f"{column}__in": given})
    return _countable(actor).filter(asked)
