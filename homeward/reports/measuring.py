"""Indicators of the extract that a report is made of, over everybody, as far as its readers may have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from homeward.access.actor import Actor
from homeward.estimators.linked_cells import Counted
from homeward.estimators.spans import span
from homeward.estimators.suppression import YES, of_shares
from homeward.indicators.declared import SEALED, TELLING
from homeward.indicators.measures import EVENTS
from homeward.indicators.queries import (
    TOTAL,
    ShownValue,
    get_version,
    indicators_of,
    values_of,
    visible_tables,
)
from homeward.indicators.rules import Definition, Shown, TableState, Target, target_for
from homeward.reports.people_behind import IsShown
from homeward.reports.sections import SectionKind

if TYPE_CHECKING:
    from homeward.indicators.models import FrameworkVersion, IndicatorTable
    from homeward.reports.models import Report

SMALLEST = 10
DIGITS = 16


@dataclass(frozen=True)
class Value:
    """One indicator in one period: what may be told of it, and what was aimed at."""

    definition: Definition
    told: ShownValue
    target: Target | None

    @property
    def name(self) -> str:
        """What its table is called in the log of releases."""
        return f"indicator {self.definition.code} {self.told.period}".strip()

    @property
    def is_telling(self) -> bool:
        """Whether who is so, and who is not, has to be enough."""
        return self.definition.measure in TELLING and self.told.value is not None


@dataclass(frozen=True)
class Measured:
    """The newest table of values that was reckoned of the extract."""

    table: IndicatorTable
    version: FrameworkVersion
    values: tuple[Value, ...]


def measured(actor: Actor, report: Report) -> Measured | None:
    """Values over everybody in the periods that lie in the report's; of what has none, over all periods."""
    sections = [one for one in report.plan["sections"] if one["kind"] == SectionKind.INDICATORS]
    if not sections:
        return None
    ready = visible_tables(actor).filter(extract_id=report.extract_id, state=TableState.READY)
    table = ready.first()
    if table is None:
        return None
    version = get_version(actor, table.version_id)
    cells: dict[str, list[ShownValue]] = {}
    for one in values_of(actor, table.id, TOTAL):
        cells.setdefault(one.indicator, []).append(one)
    months = f"{report.period_from:%Y-%m}/{report.period_until:%Y-%m}"
    values = [
        Value(definition, told, target_for(definition.targets, "", told.period))
        for definition in indicators_of(version)
        for told in _within(cells.get(definition.code, []), months)
    ]
    return Measured(table, version, tuple(values))


def tables_of(found: Measured) -> Iterator[Counted]:
    """The people behind each value; where the answer itself tells of somebody, who is so and who is not."""
    for one in found.values:
        if one.told.n is None:
            continue
        given = _given(found.version.definitions_sha256, one)
        sealed = frozenset({()}) if one.definition.measure in SEALED else frozenset()
        table = Counted(one.name, (), {(): one.told.n}, sealed=sealed, given=given)
        yield of_shares(table, {(): round((one.told.value or 0) * one.told.n)}) if one.is_telling else table


def told_outside(values: Sequence[Value], is_shown: IsShown) -> tuple[Value, ...]:
    """Values as readers outside may have them: hidden ones keep their place."""
    return tuple(replace(one, told=_outside(one, is_shown)) for one in values)


def _outside(one: Value, is_shown: IsShown) -> ShownValue:
    told = one.told
    whole = (None,) if one.is_telling else ()
    if told.n is None or not is_shown(one.name, whole) or (one.is_telling and not is_shown(one.name, (YES,))):
        return replace(told, shown=Shown.HIDDEN, n=None, value=None, low=None, high=None, coverage=None)
    missing = round(told.n / told.coverage) - told.n if told.coverage else 0
    return replace(told, coverage=None) if 0 < missing < SMALLEST else told


def _given(version_sha256: str, one: Value) -> Mapping[str, str]:
    """Periods add up to their year where each case is in one of them only."""
    name = f"indicator {one.definition.code} {version_sha256[:DIGITS]}"
    if one.definition.measure in EVENTS:
        return {f"{name} {one.told.period}".strip(): YES}
    return {name: YES, **({"period": one.told.period} if one.told.period else {})}


def _within(cells: Sequence[ShownValue], months: str) -> list[ShownValue]:
    outer = span("period", months)
    found = []
    for one in cells:
        inner = span("period", one.period)
        if inner and outer and outer[0] <= inner[0] and inner[1] <= outer[1]:
            found.append(one)
    return found or [one for one in cells if not one.period]
