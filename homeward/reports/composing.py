"""From sources to a document: one function for each kind of section, and the annex that says where from.

What was refused stands in its place with its reason; nothing is left out without a word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeward.evaluation.cards import card_of
from homeward.evaluation.wording.numbers import number
from homeward.reports.counting import Count
from homeward.reports.criteria import CHECKLIST, CRITERIA
from homeward.reports.documents import Block, BlockKind, Cell, Document, Trace
from homeward.reports.gathering import Asked, Sources
from homeward.reports.sections import Section, SectionKind, in_language
from homeward.reports.words import column_words, value_words
from homeward.reports.words_of_advice import STATES

B = BlockKind
SMALLEST, SMALLEST_SEALED = 10, 20
SHORT = 12  # letters of a hash in the printed annex; the whole stands in the workbook and in JSON


@dataclass
class Annex:
    """Lines that say where numbers come from, numbered in the order in which they are needed."""

    sources: Sources
    lines: list[Trace] = field(default_factory=list)

    def line(self, what: str, *, spec: str, inputs: str, code: str) -> tuple[int, ...]:
        """A new line, or the one that says the same."""
        extract = self.sources.extract
        known = next((one for one in self.lines if (one.what, one.spec_sha256) == (what, spec)), None)
        if known is None:
            known = Trace(
                len(self.lines) + 1, what, str(extract.id), extract.manifest_sha256, spec, inputs, code
            )
            self.lines.append(known)
        return (known.number,)


@dataclass(frozen=True)
class Writing:
    """What every section's function is given."""

    sources: Sources
    annex: Annex
    code_version: str

    @property
    def language(self) -> str:
        """In which the report is written."""
        return self.sources.report.language


def compose(sources: Sources, made_at: datetime, code_version: str, done: Callable[[int], None]) -> Document:
    """The whole document in its language; `done` hears how many sections are written."""
    report = sources.report
    with override(report.language):
        writing = Writing(sources, Annex(sources), code_version)
        blocks: list[Block] = []
        for place, section in enumerate(sources.sections, 1):
            blocks += _section(writing, place, section)
            done(place)
        blocks += _annex(writing.annex)
        return Document(
            title=report.title,
            organisation=sources.organisation,
            language=report.language,
            period=_("From %(start)s to %(end)s")
            % {"start": _day(report.period_from), "end": _day(report.period_until)},
            made_on=_("Made on %(day)s") % {"day": _day(localtime(made_at))},
            kept_by=_("Report %(id)s") % {"id": report.id},
            blocks=tuple(blocks),
            traces=tuple(writing.annex.lines),
        )


def _section(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    title = in_language(section.get("title"), writing.language)
    if title:
        yield Block(B.CHAPTER, title)
    yield from WRITERS[SectionKind(section["kind"])](writing, place, section)


def _text(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    words = in_language(section["words"], writing.language)
    for one in words.replace("\r\n", "\n").split("\n\n"):
        if one.strip():
            yield Block(B.PARAGRAPH, one.strip())


def _counts(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    count = writing.sources.counts.get(place)
    if count is None or not count.cells:
        yield Block(B.NOTE, _("The extract holds nothing of this in this period."))
        return
    what = in_language(section.get("title"), writing.language) or column_words(section["by"][0])
    traces = writing.annex.line(
        what, spec=writing.sources.report.plan_sha256, inputs="", code=writing.code_version
    )
    yield _table_of(writing, count, traces)
    if any(not writing.sources.safety.is_shown(count, key) for key in count.cells):
        yield Block(
            B.NOTE, _("What is not shown would tell of a few people, or would give away a number that does.")
        )


def _table_of(writing: Writing, count: Count, traces: tuple[int, ...]) -> Block:
    """Codes of the last dimension stand along the head when there are two or more."""
    across = count.labels(len(count.by) - 1) if len(count.by) > 1 else ()
    down = sorted({key[:-1] if across else key for key in count.cells}, key=_order(count))
    names = count.by[:-1] if across else count.by
    told = [value_words(count.by[-1], one, writing.language) for one in across] or [_("Cases")]
    rows = []
    for key in down:
        labels = [
            Cell(value_words(name, one, writing.language)) for name, one in zip(names, key, strict=True)
        ]
        keys = [(*key, one) for one in across] or [key]
        rows.append((*labels, *(_cell(writing, count, one) for one in keys)))
    caption = _("Cases by %(what)s") % {"what": ", ".join(column_words(one) for one in count.by)}
    head = (*(column_words(one) for one in names), *told)
    return Block(B.TABLE, caption, head=head, rows=tuple(rows), traces=traces)


def _order(count: Count) -> Callable[[tuple[str, ...]], tuple[int, ...]]:
    places = [
        {one: place for place, one in enumerate(count.labels(number))} for number in range(len(count.by))
    ]
    return lambda key: tuple(places[number][one] for number, one in enumerate(key))


def _cell(writing: Writing, count: Count, key: tuple[str, ...]) -> Cell:
    if not writing.sources.safety.is_shown(count, key):
        return Cell(_("not shown"))
    value = count.cells[key]
    return Cell(number(value, writing.language), float(value))


def _findings(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    wanted = section.get("kinds")
    asked = [one for one in writing.sources.asked if not wanted or _kind(one) in (*wanted, "")]
    if not asked:
        yield Block(B.NOTE, _("Nothing was asked of this extract that belongs here."))
    for one in asked:
        yield Block(B.SECTION, one.question.title)
        yield from _finding(writing, one)


def _finding(writing: Writing, one: Asked) -> Iterator[Block]:
    """The card of a finding; without one, why there is none."""
    if one.answer is None:
        yield Block(B.REFUSAL, _("The answer is still being worked out."))
        return
    if one.answer.trouble:
        yield Block(B.REFUSAL, _("This question could not be put to the extract: %s") % one.answer.trouble)
        return
    found, spec = one.answer.finding, one.question.spec
    card = card_of(found, spec, writing.language, smallest=_smallest(spec))
    traces = _trace_of(writing, one)
    if card.is_suppressed or card.is_refused:
        yield Block(B.REFUSAL, card.sentence, traces=traces)
        yield Block(B.LIST, _("What would be needed:"), items=card.next_best)
        return
    yield Block(B.LEAD, card.sentence, traces=traces)
    if card.value:
        shown = f"{card.value} ({card.low} – {card.high})" if card.low else card.value
        yield Block(B.PARAGRAPH, _("The number: %s.") % shown + " " + card.matters, traces=traces)
    level = _("Strength of the evidence: level %(level)s of 5.") % {"level": card.level}
    yield Block(B.PARAGRAPH, f"{level} {_('Why not stronger:')} {card.not_higher}")
    yield Block(B.PARAGRAPH, card.covered)
    yield Block(B.NOTE, f"{_('What would overturn it')}: {card.overturn}")
    yield from _parts(writing, one, traces)
    yield from (
        Block(B.PICTURE, each.title, svg=each.svg, alt=each.alt, traces=traces) for each in one.drawings
    )


def _parts(writing: Writing, one: Asked, traces: tuple[int, ...]) -> Iterator[Block]:
    smallest = _smallest(one.question.spec)
    parts = _all_parts(one)
    shown = [each for each in parts if each["n"] is None or each["n"] >= smallest]
    if shown:
        head = (_("Part"), _("Number"), _("From"), _("To"), _("People"))
        rows = tuple(_part(each, writing.language) for each in shown)
        yield Block(B.TABLE, _("In parts"), head=head, rows=rows, traces=traces)
    if len(shown) < len(parts):
        yield Block(B.NOTE, _("Parts that too few people stand behind are not shown."))


def _all_parts(one: Asked) -> list[Mapping[str, Any]]:
    return list(one.answer.finding.get("parts", ())) if one.answer else []


def _part(part: Mapping[str, Any], language: str) -> tuple[Cell, ...]:
    low, high = part["ci"] or (None, None)
    numbers = (part["estimate"], low, high, part["n"])
    told = [Cell("–") if one is None else Cell(number(one, language), float(one)) for one in numbers]
    return (Cell(str(part["label"])), *told)


def _trace_of(writing: Writing, one: Asked) -> tuple[int, ...]:
    if one.answer is None:
        return ()
    return writing.annex.line(
        one.question.title,
        spec=one.question.spec_sha256,
        inputs=one.answer.inputs_sha256,
        code=one.answer.code_version,
    )


def _smallest(spec: Mapping[str, Any]) -> int:
    """Parts by a group with special protection need more people behind them."""
    named = {str(spec.get("group")), *map(str, spec.get("by") or ()), *map(str, spec.get("subgroups") or ())}
    return SMALLEST_SEALED if "sealed_group" in named else SMALLEST


def _kind(one: Asked) -> str:
    return str(one.answer.finding.get("kind", "")) if one.answer else ""


def _chapters(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """The six criteria, each with what answers it; a criterion that nothing answers says so."""
    for criterion in CRITERIA:
        yield Block(B.SECTION, str(criterion.name))
        yield Block(B.NOTE, str(criterion.question))
        answered = [one for one in writing.sources.asked if criterion.is_answered_by(_kind(one), one)]
        for one in answered:
            yield _sentence(writing, one)
        if not answered:
            yield Block(B.REFUSAL, _("Nothing that was asked of this extract answers this yet."))


def _sentence(writing: Writing, one: Asked) -> Block:
    card = card_of(one.answer.finding, one.question.spec, writing.language) if one.answer else None
    if card is None:
        return Block(B.REFUSAL, one.question.title)
    is_refused = card.is_refused or card.is_suppressed
    return Block(B.REFUSAL if is_refused else B.PARAGRAPH, card.sentence, traces=_trace_of(writing, one))


def _checklist(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """What a careful reader asks of a study, answered as far as the findings themselves say."""
    findings = [one for one in writing.sources.asked if one.answer and one.answer.finding]
    if not findings:
        yield Block(B.NOTE, _("There is no finding to hold against it."))
        return
    words = {True: _("yes"), False: _("no"), None: _("not applicable")}
    rows = []
    for item, holds in CHECKLIST:
        told = [holds(one) for one in findings]
        yes, asked = sum(one is True for one in told), sum(one is not None for one in told)
        said = words[None] if not asked else f"{yes} / {asked}"
        rows.append((Cell(str(item)), Cell(said)))
    head = (_("What a reader should be able to see"), _("Findings for which it holds"))
    yield Block(B.TABLE, _("Checklist after STROBE and TREND"), head=head, rows=tuple(rows))


def _recommendations(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    found = writing.sources.recommendations
    if not found:
        yield Block(B.NOTE, _("Nothing was recommended yet."))
        return
    head = (_("Recommendation"), _("Given to"), _("Answer"), _("Until"), _("What was done"))
    rows = tuple(
        (
            Cell(one.text),
            Cell(one.given_to.name),
            Cell(_answer(one)),
            Cell(_day(one.due_on)),
            Cell(one.done or _("not yet told")),
        )
        for one in found
    )
    yield Block(B.TABLE, _("Recommendations and what became of them"), head=head, rows=rows)


def _answer(one: Any) -> str:
    words = str(STATES[one.state])
    return f"{words}: {one.answer_reason}" if one.answer_reason else words


def _indicators(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    yield Block(B.NOTE, _("No table of indicators was made of this extract."))


def _annex(annex: Annex) -> Iterable[Block]:
    if not annex.lines:
        return
    yield Block(B.CHAPTER, _("Where each number comes from"))
    head = (_("No."), _("What"), _("Extract"), _("Manifest"), _("Plan"), _("Data"), _("Code"))
    rows = tuple(
        (
            Cell(str(one.number)),
            Cell(one.what),
            *(
                Cell(each[:SHORT] or "–")
                for each in (
                    one.extract_id,
                    one.manifest_sha256,
                    one.spec_sha256,
                    one.inputs_sha256,
                    one.code_version,
                )
            ),
        )
        for one in annex.lines
    )
    yield Block(
        B.TABLE, _("Extract, digests and version of the code behind each number"), head=head, rows=rows
    )


def _day(value: Any) -> str:
    return date_format(value, "j M Y")


Writer = Callable[[Writing, int, Section], Iterator[Block]]
WRITERS: Mapping[SectionKind, Writer] = {
    SectionKind.TEXT: _text,
    SectionKind.COUNTS: _counts,
    SectionKind.FINDINGS: _findings,
    SectionKind.INDICATORS: _indicators,
    SectionKind.CHAPTERS: _chapters,
    SectionKind.CHECKLIST: _checklist,
    SectionKind.RECOMMENDATIONS: _recommendations,
}
