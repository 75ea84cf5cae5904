"""Reading frameworks, what partners said, and values: hidden cells keep their numbers to themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.indicators.definitions import stored_definitions
from homeward.indicators.models import (
    Framework,
    FrameworkComment,
    FrameworkParty,
    FrameworkValidation,
    FrameworkVersion,
    IndicatorTable,
    IndicatorValue,
)
from homeward.indicators.rules import (
    AGREED,
    Definition,
    Dimension,
    FrameworkPart,
    FrameworkState,
    Point,
    Segment,
    Shown,
    TableState,
    Versioned,
    joined,
)
from homeward.lib.problems import EditConflict, NotFound

DIMENSIONS = tuple(str(one) for one in Dimension)
NUMBERS = ("n", "coverage", "value", "low", "high")


@dataclass(frozen=True)
class ValueFilters:
    """Which cells: a name given is wanted, '' is the total over it, None is any."""

    indicator: str | None = None
    period: str | None = None
    programme: str | None = None
    country: str | None = None
    partner: str | None = None
    sex: str | None = None
    age_band: str | None = None
    group: str | None = None

    def wanted(self) -> dict[str, str]:
        """The columns that are given."""
        return {name: value for name, value in vars(self).items() if value is not None}


TOTAL = ValueFilters(programme="", country="", partner="", sex="", age_band="", group="")


@dataclass(frozen=True)
class ShownValue:
    """One cell as it may be told: one that is hidden, or a small one, has its place and nothing else."""

    indicator: str
    programme: str
    country: str
    partner: str
    sex: str
    age_band: str
    group: str
    period: str
    n: int | None
    coverage: float | None
    value: float | None
    low: float | None
    high: float | None
    shown: str  # shown, count, band, hidden


def visible_frameworks(actor: Actor) -> QuerySet[Framework]:
    """Every framework on the installation, with who owns it."""
    actor.require(Action.INDICATOR_VIEW)
    return Framework.objects.select_related("organisation").order_by("code", "id")


def get_framework(actor: Actor, framework_id: UUID) -> Framework:
    """One framework."""
    found = visible_frameworks(actor).filter(id=framework_id).first()
    if found is None:
        raise NotFound
    return found


def own_framework(actor: Actor, framework_id: UUID) -> Framework:
    """A framework that the actor's organisation owns, locked."""
    own = Framework.objects.filter(id=framework_id, organisation_id=actor.organisation_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    return found


def parties_of(actor: Actor, framework_id: UUID) -> QuerySet[FrameworkParty]:
    """Who is asked about a framework and who owns it too, by name."""
    found = FrameworkParty.objects.filter(framework_id=framework_id).select_related("party")
    return found.order_by("part", "party__name")


def visible_versions(actor: Actor) -> QuerySet[FrameworkVersion]:
    """Versions: agreed ones are everybody's, one under consultation its partners', a draft its owner's."""
    actor.require(Action.INDICATOR_VIEW)
    return FrameworkVersion.objects.select_related("framework__organisation").order_by("-number", "id")


def versions_of(actor: Actor, framework_id: UUID) -> QuerySet[FrameworkVersion]:
    """The versions of a framework that the actor may see, the newest first, without what they say."""
    return visible_versions(actor).filter(framework_id=framework_id).defer("definitions")


def get_version(actor: Actor, version_id: UUID) -> FrameworkVersion:
    """One version with all it says."""
    found = visible_versions(actor).filter(id=version_id).first()
    if found is None:
        raise NotFound
    return found


def version_in_force(actor: Actor, framework_id: UUID) -> FrameworkVersion | None:
    """The version that a framework goes by today."""
    found = visible_versions(actor).filter(framework_id=framework_id, state=FrameworkState.IN_FORCE)
    return found.first()


def indicators_of(version: FrameworkVersion) -> tuple[Definition, ...]:
    """What a version defines, in its order."""
    return stored_definitions(version.definitions)


def indicator_of(version: FrameworkVersion, code: str) -> Definition:
    """One indicator of a version."""
    found = next((one for one in indicators_of(version) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def version_before(actor: Actor, version: FrameworkVersion) -> FrameworkVersion | None:
    """The agreed version that a version follows."""
    found = visible_versions(actor).filter(framework_id=version.framework_id, number__lt=version.number)
    return found.filter(state__in=[str(one) for one in AGREED]).first()


def version_for_edit(actor: Actor, version_id: UUID, expected_version: int | None = None) -> FrameworkVersion:
    """A version of the actor's own organisation, locked, as they last saw it."""
    own = FrameworkVersion.objects.filter(id=version_id, organisation_id=actor.organisation_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def comments_of(actor: Actor, version_id: UUID) -> QuerySet[FrameworkComment]:
    """What partners said of a version, in order; those who take part in it see it."""
    actor.require(Action.INDICATOR_VIEW)
    return FrameworkComment.objects.filter(version_id=version_id).select_related("organisation")


def validations_of(actor: Actor, version: FrameworkVersion) -> QuerySet[FrameworkValidation]:
    """Who said yes to what the version says now."""
    actor.require(Action.INDICATOR_VIEW)
    found = FrameworkValidation.objects.filter(version=version, definitions_sha256=version.definitions_sha256)
    return found.select_related("organisation")


def missing_validations(actor: Actor, version: FrameworkVersion) -> dict[UUID, str]:
    """Owners of whom nobody has validated what the version says now, by id with their names."""
    given = set(validations_of(actor, version).values_list("organisation_id", flat=True))
    parties = parties_of(actor, version.framework_id).filter(part=FrameworkPart.CO_OWNER)
    owners = {one.party_id: one.party.name for one in parties}
    owners[version.organisation_id] = version.framework.organisation.name
    return {organisation_id: name for organisation_id, name in owners.items() if organisation_id not in given}


def may_comment(actor: Actor, version: FrameworkVersion) -> bool:
    """Whether the actor's organisation is asked what it thinks of this version."""
    if not actor.may(Action.INDICATOR_COMMENT) or version.state != FrameworkState.CONSULTATION:
        return False
    is_asked = parties_of(actor, version.framework_id).filter(party_id=actor.organisation_id).exists()
    return version.organisation_id == actor.organisation_id or is_asked


def may_validate(actor: Actor, version: FrameworkVersion) -> bool:
    """Whether the actor's organisation has to validate this version."""
    if not actor.may(Action.INDICATOR_VALIDATE) or version.state != FrameworkState.CONSULTATION:
        return False
    return actor.organisation_id in missing_validations(actor, version)


def visible_tables(actor: Actor) -> QuerySet[IndicatorTable]:
    """The organisation's tables of values, the newest first."""
    actor.require(Action.INDICATOR_VIEW)
    own = IndicatorTable.objects.filter(organisation_id=actor.organisation_id)
    return own.select_related("version__framework").defer("version__definitions").order_by("-asked_at", "-id")


def get_table(actor: Actor, table_id: UUID) -> IndicatorTable:
    """One table of the organisation."""
    found = visible_tables(actor).filter(id=table_id).first()
    if found is None:
        raise NotFound
    return found


def latest_table(actor: Actor, version_id: UUID) -> IndicatorTable | None:
    """The newest ready table of a version."""
    return visible_tables(actor).filter(version_id=version_id, state=TableState.READY).first()


def tables_to_compute(actor: Actor, stale_before: datetime) -> QuerySet[IndicatorTable]:
    """Those that wait for the worker, and those that a crash left: no sign of life since that moment."""
    left = Q(state=TableState.COMPUTING.value, active_at__lt=stale_before)
    waiting = visible_tables(actor).filter(Q(state=TableState.ASKED.value) | left)
    return waiting.order_by("asked_at", "id")


def values_of(
    actor: Actor, table_id: UUID, filters: ValueFilters | None = None, *, most: int | None = None
) -> tuple[ShownValue, ...]:
    """The cells of a ready table, at most so many, small and hidden ones without their numbers."""
    return tuple(_shown(one) for one in _cells(actor, table_id, filters)[:most])


def counts_of(
    actor: Actor, table_id: UUID, filters: ValueFilters | None = None
) -> Iterator[Mapping[str, Any]]:
    """Cells with how many people stand behind each, hidden or not: for a release, which hides them anew."""
    actor.require(Action.INDICATOR_COMPUTE)
    for one in _cells(actor, table_id, filters):
        named = {name: getattr(one, name) for name in DIMENSIONS}
        yield {**named, "indicator": one.indicator, "period": one.period, "n": one.n}


def labels_of(actor: Actor, table_id: UUID, code: str, *names: str) -> dict[str, list[str]]:
    """The values that these dimensions, or the period, have in an indicator of a table."""
    cells = _cells(actor, table_id, ValueFilters(indicator=code))
    return {
        name: list(cells.exclude(**{name: ""}).values_list(name, flat=True).order_by(name).distinct())
        for name in names
    }


def series_of(
    actor: Actor, framework_id: UUID, code: str, filters: ValueFilters = TOTAL
) -> tuple[Segment, ...]:
    """An indicator over its periods, joined over versions only as far as each version allows it.

    What the definitions call broken is never in one segment; what they bridge is reckoned by their rule.
    """
    versions = visible_versions(actor).filter(framework_id=framework_id).order_by("number")
    agreed = versions.filter(state__in=[str(one) for one in AGREED])
    parts = []
    for version in agreed:
        defined = next((one for one in indicators_of(version) if one.code == code), None)
        if defined:
            points = _points(actor, version, replace(filters, indicator=code, period=None))
            parts.append(Versioned(version.number, defined.comparability, points))
    return joined(parts)


def _points(actor: Actor, version: FrameworkVersion, filters: ValueFilters) -> tuple[Point, ...]:
    table = latest_table(actor, version.id)
    cells = values_of(actor, table.id, filters) if table else ()
    return tuple(_point(one, version.number) for one in cells if one.period)


def _cells(actor: Actor, table_id: UUID, filters: ValueFilters | None) -> QuerySet[IndicatorValue]:
    table = get_table(actor, table_id)
    if table.state != TableState.READY:
        raise NotFound
    found = IndicatorValue.objects.filter(table=table, **(filters or ValueFilters()).wanted())
    return found.order_by("indicator", *DIMENSIONS, "period")


def _shown(cell: IndicatorValue) -> ShownValue:
    """What may be told: of a small cell no number, of a hidden one not even whether it is small."""
    told: dict[str, Any] = {name: getattr(cell, name) for name in ("indicator", *DIMENSIONS, "period")}
    known = {name: getattr(cell, name) for name in NUMBERS}
    if cell.shown in (Shown.HIDDEN, Shown.BAND):
        known = dict.fromkeys(NUMBERS)
    elif cell.shown == Shown.COUNT:
        known |= dict.fromkeys(("value", "low", "high"))
    return ShownValue(**told, **known, shown=cell.shown)


def _point(one: ShownValue, version: int) -> Point:
    return Point(one.period, version, one.shown, one.n, one.coverage, one.value, one.low, one.high)
