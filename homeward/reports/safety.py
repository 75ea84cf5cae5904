"""Which counts of a report may be shown: a few people are never told of, alone or by subtraction.

Disclosure control looks at all tables of the report at once, and at what its readers have already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from homeward.access.actor import Actor
from homeward.lib.problems import Problem
from homeward.privacy.problems import TablesDisagree, TooManyCells, WouldDisclose
from homeward.privacy.releases.commands import Released, release_tables
from homeward.privacy.releases.rules import INSIDE, PUBLIC
from homeward.reports.counting import YES, Count, Key, tables_of
from homeward.reports.models import Report
from homeward.reports.rules import ReportAudience

REFUSALS: tuple[type[Problem], ...] = (WouldDisclose, TablesDisagree, TooManyCells)


@dataclass(frozen=True)
class Safety:
    """What may be shown of each count, and the line in the log of what leaves."""

    shown: Mapping[str, frozenset[Key]]
    release_id: UUID | None

    def is_shown(self, count: Count, key: Key) -> bool:
        """Whether one cell may be shown."""
        return key in self.shown[count.name]


def safety_of(actor: Actor, report: Report, counts: Sequence[Count]) -> Safety:
    """What may be shown of the counts; one of REFUSALS when nothing that would be left is safe."""
    if not counts:
        return Safety({}, None)
    released = release_tables(
        actor,
        tables=tables_of(counts),
        audience=INSIDE if report.audience == ReportAudience.INSIDE else PUBLIC,
        subject="cases",
        extract_id=report.extract_id,
        why=f"Report {report.id}",
        made_from={"plan": report.plan_sha256},
    )
    shown = {one.name: frozenset(key for key in one.cells if _is_shown(one, key, released)) for one in counts}
    return Safety(shown, released.id)


def _is_shown(one: Count, key: Key, released: Released) -> bool:
    if one.is_whole:
        return released.is_shown(one.name, key)
    return released.is_shown(f"{one.name}:{key[0]}", (YES,))
