"""Everything a report is made from, read once: findings with their figures, counts, recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from homeward.access.actor import Actor
from homeward.evaluation.queries import answer_of, visible_questions
from homeward.extracts.queries import frames_of, get_extract
from homeward.organisations.queries import own_organisation
from homeward.reports.counting import Count, counts_of
from homeward.reports.models import FigureDrawing, Recommendation, Report
from homeward.reports.queries import drawings_of, visible_recommendations
from homeward.reports.rules import ReportAudience
from homeward.reports.safety import Safety, safety_of
from homeward.reports.sections import Section, SectionKind

if TYPE_CHECKING:
    from homeward.evaluation.models import Answer, Question
    from homeward.extracts.models import Extract

MOST_RECOMMENDATIONS = 100


@dataclass(frozen=True)
class Asked:
    """A question of the extract, what came of it, and its figures in the language of the report."""

    question: Question
    answer: Answer | None
    drawings: tuple[FigureDrawing, ...]


@dataclass(frozen=True)
class Sources:
    """What sections are written from."""

    report: Report
    organisation: str
    extract: Extract
    asked: tuple[Asked, ...]
    counts: Mapping[int, Count]
    safety: Safety
    recommendations: tuple[Recommendation, ...]

    @property
    def is_outside(self) -> bool:
        """Whether whoever reads it is bound by nothing."""
        return self.report.audience == ReportAudience.OUTSIDE

    @property
    def sections(self) -> Sequence[Section]:
        """What the template says."""
        found: Sequence[Section] = self.report.plan["sections"]
        return found


def gather(actor: Actor, report: Report) -> Sources:
    """Read all that the template asks for; counts are already under disclosure control."""
    counts = _counts(actor, report)
    return Sources(
        report=report,
        organisation=own_organisation(actor).name,
        extract=get_extract(actor, report.extract_id),
        asked=tuple(_asked(actor, report)),
        counts=counts,
        safety=safety_of(actor, report, list(counts.values())),
        recommendations=tuple(visible_recommendations(actor)[:MOST_RECOMMENDATIONS]),
    )


def _asked(actor: Actor, report: Report) -> list[Asked]:
    found = visible_questions(actor).filter(extract_id=report.extract_id)
    only: Any = report.plan.get("question_id")
    if only:
        found = found.filter(id=UUID(only))
    return [
        Asked(one, answer_of(one), tuple(drawings_of(actor, one.id, report.language)))
        for one in found.order_by("registered_at", "id")
    ]


def _counts(actor: Actor, report: Report) -> dict[int, Count]:
    wanted = [
        (number, one)
        for number, one in enumerate(report.plan["sections"], 1)
        if one["kind"] == SectionKind.COUNTS
    ]
    if not wanted:
        return {}
    frames = frames_of(actor, report.extract_id, verified=True)
    return counts_of(frames, wanted, (report.period_from, report.period_until))
