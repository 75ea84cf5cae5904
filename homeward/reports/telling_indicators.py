"""Indicators as a table: value with its interval, people behind it, how many are known, what was aimed at."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from homeward.evaluation.wording.numbers import number, share
from homeward.indicators.rules import Unit
from homeward.reports.documents import Block, BlockKind, Cell
from homeward.reports.measuring import Measured, Value
from homeward.reports.sections import Section, in_language
from homeward.reports.tracing import Writing
from homeward.reports.words import UNITS

B = BlockKind


def indicators_told(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """The values of the wanted indicators, or why there are none."""
    found = writing.sources.measured
    if found is None:
        yield Block(B.NOTE, _("No table of indicators was made of this extract."))
        return
    wanted = section.get("indicators") or ()
    values = [one for one in found.values if not wanted or one.definition.code in wanted]
    if not values:
        yield Block(B.NOTE, _("The table of indicators holds nothing of this."))
        return
    yield _table_of(writing, found, values)
    if any(one.told.value is None for one in values):
        yield Block(
            B.NOTE, _("What is not shown rests on too few people, or would give away a number that does.")
        )


def _table_of(writing: Writing, found: Measured, values: list[Value]) -> Block:
    framework = in_language(found.version.framework.name, writing.language)
    told = _("%(framework)s, version %(number)s") % {"framework": framework, "number": found.version.number}
    traces = writing.annex.line(
        told,
        spec=found.version.definitions_sha256,
        inputs=found.table.inputs_sha256,
        code=found.table.code_version,
    )
    has_targets = any(one.target for one in values)
    head = [_("Indicator"), _("Period"), _("Value"), _("Lower end"), _("Upper end"), _("People"), _("Known")]
    rows = tuple(tuple(_cells(one, writing.language, has_target=has_targets)) for one in values)
    return Block(
        B.TABLE, told, head=(*head, *([_("Target")] if has_targets else [])), rows=rows, traces=traces
    )


def _cells(one: Value, language: str, *, has_target: bool) -> Iterator[Cell]:
    name, unit = in_language(one.definition.name, language), UNITS.get(one.definition.unit)
    yield Cell(f"{name} ({unit})" if unit else name)
    yield Cell(one.told.period or _("all"))
    hidden = _("not shown")
    for value in (one.told.value, one.told.low, one.told.high):
        yield _number(value, one.definition.unit, language, hidden)
    yield Cell(hidden) if one.told.n is None else Cell(number(one.told.n, language), float(one.told.n))
    yield _number(one.told.coverage, Unit.SHARE, language, "–")
    if has_target:
        yield _number(one.target.value if one.target else None, one.definition.unit, language, "–")


def _number(value: float | None, unit: str, language: str, otherwise: str) -> Cell:
    if value is None:
        return Cell(otherwise)
    return Cell(share(value, language) if unit == Unit.SHARE else number(value, language), float(value))
