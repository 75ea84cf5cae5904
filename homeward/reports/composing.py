"""From sources to a document: each section written by its kind, then the annex that says where from."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeward.reports.documents import Block, BlockKind, Cell, Document, printable
from homeward.reports.gathering import Advice, Sources
from homeward.reports.sections import Section, SectionKind, in_language
from homeward.reports.telling_counts import counts_told
from homeward.reports.telling_findings import chapters_told, checklist_told, findings_told
from homeward.reports.telling_indicators import indicators_told
from homeward.reports.tracing import Annex, Writing
from homeward.reports.words_of_advice import STATES

B = BlockKind


def compose(sources: Sources, made_at: datetime, code_version: str, done: Callable[[int], None]) -> Document:
    """The whole document in its language; `done` hears how many sections are written."""
    report = sources.report
    with override(report.language):
        writing = Writing(sources, Annex(sources), code_version)
        blocks: list[Block] = []
        for place, section in enumerate(sources.sections, 1):
            blocks += _section(writing, place, section)
            done(place)
        blocks += writing.annex.told()
        document = Document(
            title=report.title,
            organisation=sources.organisation,
            language=report.language,
            period=_("From %(start)s to %(end)s")
            % {"start": _day(report.period_from), "end": _day(report.period_until)},
            made_on=_("Made on %(day)s") % {"day": _day(localtime(made_at))},
            kept_by=_("Report %(id)s") % {"id": report.id},
            blocks=tuple(blocks),
            traces=tuple(writing.annex.lines),
            for_whom=_for_whom(sources),
        )
    return printable(document)


def _for_whom(sources: Sources) -> str:
    if sources.is_outside:
        return ""
    told = _("For use inside %(organisation)s: it shows smaller numbers than may leave.")
    return told % {"organisation": sources.organisation}


def _section(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    title = in_language(section.get("title"), writing.language)
    if title:
        yield Block(B.CHAPTER, title)
    yield from TELLERS[SectionKind(section["kind"])](writing, place, section)


def _text(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    words = in_language(section["words"], writing.language)
    for one in words.replace("\r\n", "\n").split("\n\n"):
        if one.strip():
            yield Block(B.PARAGRAPH, one.strip())


def _recommendations(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    sources = writing.sources
    if not sources.advice:
        yield Block(B.NOTE, _("Nothing was recommended yet."))
        return
    head = (_("Recommendation"), _("Given to"), _("Answer"), _("Until"), _("What was done"))
    rows = tuple(_advice(one) for one in sources.advice)
    yield Block(B.TABLE, _("Recommendations and what became of them"), head=head, rows=rows)
    if sources.all_advice > len(sources.advice):
        told = _("The first %(shown)s of %(all)s, by the day until which they are to be done.")
        yield Block(B.NOTE, told % {"shown": len(sources.advice), "all": sources.all_advice})


def _advice(one: Advice) -> tuple[Cell, ...]:
    words = str(STATES[one.given.state])
    return (
        Cell(one.given.text),
        Cell(one.given.given_to.name),
        Cell(f"{words}. {one.answer_reason}" if one.answer_reason else words),
        Cell(_day(one.given.due_on)),
        Cell(one.done or "–"),
    )


def _day(value: Any) -> str:
    return date_format(value, "j M Y")


Teller = Callable[[Writing, int, Section], Iterator[Block]]
TELLERS: Mapping[SectionKind, Teller] = {
    SectionKind.TEXT: _text,
    SectionKind.COUNTS: counts_told,
    SectionKind.FINDINGS: findings_told,
    SectionKind.INDICATORS: indicators_told,
    SectionKind.CHAPTERS: chapters_told,
    SectionKind.CHECKLIST: checklist_told,
    SectionKind.RECOMMENDATIONS: _recommendations,
}
