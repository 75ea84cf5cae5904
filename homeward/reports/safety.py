"""Which numbers of a report may be shown: a few people are never told of, alone or by subtraction.

Disclosure control looks at all tables of the report at once, and at what its readers have already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from homeward.access.actor import Actor
from homeward.estimators.linked_cells import Counted
from homeward.estimators.spans import overlapping
from homeward.lib.problems import Problem
from homeward.privacy.problems import TablesDisagree, TooManyCells, WouldDisclose
from homeward.privacy.releases.commands import release_tables
from homeward.privacy.releases.queries import releases_known_to
from homeward.privacy.releases.rules import INSIDE, PUBLIC
from homeward.reports.counting import YES, Count, Place, table_of, tables_of
from homeward.reports.models import Report
from homeward.reports.rules import ReportAudience

REFUSALS: tuple[type[Problem], ...] = (WouldDisclose, TablesDisagree, TooManyCells)
SUBJECT = "cases"
PERIODS = "periods"  # in the log of releases: which rows of cases were counted in which months


@dataclass(frozen=True)
class Safety:
    """What may be shown, and the line in the log of what leaves.

    withheld: counts whose readers have the same for months that overlap: a case may be in both, so that no
    sum says what the difference tells.
    """

    shown: Mapping[str, frozenset[Place]]
    withheld: frozenset[str] = frozenset()
    release_id: UUID | None = None

    def is_shown(self, table: str, place: Place) -> bool:
        """Whether one cell of a table may be shown."""
        return place in self.shown.get(table, frozenset())

    def is_told(self, count: Count, place: Place) -> bool:
        """Whether one cell or margin of a section's count may be shown."""
        if count.is_whole:
            return self.is_shown(count.name, place)
        key = [one for one in place if one is not None]
        return len(key) == len(place) and self.is_shown(table_of(count, tuple(key)), (YES,))


def safety_of(
    actor: Actor, report: Report, counts: Sequence[Count], others: Iterable[Counted] = ()
) -> Safety:
    """What may be shown of counts and other tables; one of REFUSALS when nothing left would be safe."""
    audience = INSIDE if report.audience == ReportAudience.INSIDE else PUBLIC
    withheld = _overlapping(actor, audience, counts)
    leaving = [one for one in counts if one.name not in withheld]
    tables = [*(table for one in leaving for table in tables_of(one)), *others]
    if not tables:
        return Safety({}, withheld)
    released = release_tables(
        actor,
        tables=tables,
        audience=audience,
        subject=SUBJECT,
        extract_id=report.extract_id,
        why=f"Report {report.id}",
        kind="report",
        made_from={"plan": report.plan_sha256, PERIODS: ";".join(filter(None, map(_counted, leaving)))},
    )
    shown = {
        name: frozenset(place for place, n in cells.items() if n is not None)
        for name, cells in released.tables.items()
    }
    return Safety(shown, withheld, released.id)


def _counted(one: Count) -> str:
    return "" if one.is_whole or not one.month else f"{one.frame}.{one.month}.{one.by[0]} {one.period}"


def _overlapping(actor: Actor, audience: str, counts: Sequence[Count]) -> frozenset[str]:
    asked = {one.name: _counted(one) for one in counts if _counted(one)}
    if not asked:
        return frozenset()
    earlier = {
        each
        for release in releases_known_to(actor, audience, SUBJECT)
        for each in release.made_from.get(PERIODS, "").split(";")
        if each
    }
    return frozenset(name for name, told in asked.items() if any(_overlap(told, one) for one in earlier))


def _overlap(told: str, earlier: str) -> bool:
    (what, period), (other, before) = told.rsplit(" ", 1), earlier.rsplit(" ", 1)
    return what == other and period != before and overlapping("period", [period, before])
