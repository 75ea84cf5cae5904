"""Everything a report is made from, read once: findings with their figures, counts, recommendations.

What its readers may not have is taken out here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from homeward.access.actor import Actor
from homeward.evaluation.queries import answer_of, shown_finding, visible_questions
from homeward.extracts.queries import frames_of, get_extract
from homeward.organisations.queries import own_organisation
from homeward.reports.counting import Count, counts_of
from homeward.reports.figures.drawing import draw
from homeward.reports.figures.drawn import Drawing
from homeward.reports.figures.kinds import DoesNotReconcile
from homeward.reports.figures.of_findings import figures_of
from homeward.reports.figures.sheet import Medium
from homeward.reports.measuring import Measured, measured, tables_of
from homeward.reports.measuring import told_outside as told_values
from homeward.reports.models import Recommendation, Report
from homeward.reports.people_behind import Behind, behind, told_outside
from homeward.reports.queries import visible_recommendations
from homeward.reports.rules import ReportAudience, months_between
from homeward.reports.safety import Safety, safety_of
from homeward.reports.sections import Section, SectionKind

if TYPE_CHECKING:
    from homeward.evaluation.models import Answer, Question
    from homeward.extracts.models import Extract

MOST_RECOMMENDATIONS = 100


@dataclass(frozen=True)
class Asked:
    """A question of the extract, what readers may have of its finding, and its figures in their language.

    found: nothing where there is no finding, or none of it may be told; left_out: how many parts are not.
    """

    question: Question
    answer: Answer | None
    found: Mapping[str, Any]
    left_out: int = 0
    figures: tuple[Drawing, ...] = ()

    @property
    def kind(self) -> str:
        """What sort of question it answers; nothing where there is no answer yet."""
        return str(self.answer.finding.get("kind", "")) if self.answer else ""

    @property
    def is_answer(self) -> bool:
        """Whether there is a finding that may be said as an answer."""
        return bool(self.found) and not self.found["suppressed"] and self.found["claim"] == "allowed"


@dataclass(frozen=True)
class Advice:
    """A recommendation, with the words that its readers may have."""

    given: Recommendation
    answer_reason: str
    done: str


@dataclass(frozen=True)
class Sources:
    """What sections are written from."""

    report: Report
    organisation: str
    extract: Extract
    asked: tuple[Asked, ...]
    counts: Mapping[int, Count]
    measured: Measured | None
    safety: Safety
    advice: tuple[Advice, ...]
    all_advice: int

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
    """Read all that the template asks for; counts and findings are already under disclosure control."""
    is_outside = report.audience == ReportAudience.OUTSIDE
    counts, questions = _counts(actor, report), _questions(actor, report)
    people = {
        one.id: behind(f"finding {number}", one.spec, one.spec_sha256, _shown(answer_of(one)))
        for number, one in enumerate(questions, 1)
        if is_outside and _is_found(answer_of(one))
    }
    indicators = measured(actor, report)
    tables = [table for one in people.values() for table in one.tables]
    tables += tables_of(indicators) if indicators and is_outside else []
    safety = safety_of(actor, report, list(counts.values()), tables)
    if indicators and is_outside:
        indicators = replace(indicators, values=told_values(indicators.values, safety.is_shown))
    extract, advice = get_extract(actor, report.extract_id), list(_advice(actor, report))
    months = months_between(extract.opened_from, extract.opened_until)
    return Sources(
        report=report,
        organisation=own_organisation(actor).name,
        extract=extract,
        asked=tuple(_asked(one, people.get(one.id), safety, months, report.language) for one in questions),
        counts=counts,
        measured=indicators,
        safety=safety,
        advice=tuple(advice[:MOST_RECOMMENDATIONS]),
        all_advice=len(advice),
    )


def _questions(actor: Actor, report: Report) -> list[Question]:
    kinds = {one["kind"] for one in report.plan["sections"]}
    if not kinds & {SectionKind.FINDINGS, SectionKind.CHAPTERS, SectionKind.CHECKLIST}:
        return []
    found = visible_questions(actor).filter(extract_id=report.extract_id)
    only: Any = report.plan.get("question_id")
    if only:
        found = found.filter(id=UUID(only))
    return list(found.order_by("registered_at", "id"))


def _shown(answer: Answer | None) -> dict[str, Any]:
    return shown_finding(answer) if answer else {}


def _is_found(answer: Answer | None) -> bool:
    return bool(answer and answer.finding and not answer.is_suppressed)


def _asked(one: Question, people: Behind | None, safety: Safety, months: str, language: str) -> Asked:
    """`people`: those behind a finding that goes outside."""
    answer = answer_of(one)
    if not answer or not answer.finding or answer.is_suppressed:
        return Asked(one, answer, answer.finding if answer else {})
    found: dict[str, Any] | None = _shown(answer)
    if people is not None:
        found = told_outside(_shown(answer), people, safety.is_shown)
    if not found:
        return Asked(one, answer, {})
    left_out = len(answer.finding["parts"]) - len(found["parts"]) if found["claim"] == "allowed" else 0
    return Asked(one, answer, found, left_out, _figures(found, answer.finding, months, language))


def _figures(
    found: Mapping[str, Any], whole: Mapping[str, Any], months: str, language: str
) -> tuple[Drawing, ...]:
    """Drawn anew for paper, of what its readers may have; none where numbers do not add up.

    Bars of propensities are joined by the drawing itself, for which it needs all of them.
    """
    details = dict(found["details"])
    if details.get("propensities"):
        details["propensities"] = whole["details"]["propensities"]
    try:
        figures = figures_of({**found, "details": details}, period=months)
        return tuple(draw(one, language=language, medium=Medium.PRINT) for one in figures)
    except DoesNotReconcile:
        return ()


def _advice(actor: Actor, report: Report) -> Iterator[Advice]:
    """Outside go the organisation's own words only: what others said or answered is theirs to tell."""
    if not any(one["kind"] == SectionKind.RECOMMENDATIONS for one in report.plan["sections"]):
        return
    own = report.organisation_id
    for one in visible_recommendations(actor):
        if report.audience == ReportAudience.INSIDE:
            yield Advice(one, one.answer_reason, one.done)
        elif one.organisation_id == own:
            is_ours = one.given_to_id == own
            yield Advice(one, one.answer_reason if is_ours else "", one.done if is_ours else "")


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
