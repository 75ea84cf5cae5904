"""Findings as they are read: the card with its parts and figures, chapters by criteria, checklists.

What was refused stands in its place with its reason; nothing is left out without a word.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from homeward.evaluation.cards import Card, card_of
from homeward.evaluation.checklists import Asked as Filling
from homeward.evaluation.checklists import checklists_of
from homeward.evaluation.wording.numbers import number
from homeward.reports.criteria import CRITERIA
from homeward.reports.documents import Block, BlockKind, Cell
from homeward.reports.figures.wording import Voice
from homeward.reports.gathering import Asked
from homeward.reports.rules import months_between
from homeward.reports.sections import Section
from homeward.reports.tracing import Writing

B = BlockKind


def findings_told(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """The card of each question of the wanted kinds."""
    wanted = section.get("kinds")
    asked = [one for one in writing.sources.asked if not wanted or one.kind in (*wanted, "")]
    if not asked:
        yield Block(B.NOTE, _("Nothing was asked of this extract that belongs here."))
    for one in asked:
        if one.question.title != writing.sources.report.title:
            yield Block(B.SECTION, one.question.title)
        yield from _finding(writing, one)


def chapters_told(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """The six criteria, each with what answers it; a criterion that nothing answers says so."""
    for criterion in CRITERIA:
        yield Block(B.SECTION, str(criterion.name))
        yield Block(B.NOTE, str(criterion.question))
        answered = [one for one in writing.sources.asked if criterion.is_answered_by(one.kind, one)]
        for one in answered:
            kind = B.PARAGRAPH if one.is_answer else B.REFUSAL
            yield Block(kind, _sentence(writing, one), traces=_trace_of(writing, one))
        if not answered:
            yield Block(B.REFUSAL, _("Nothing that was asked of this extract answers this yet."))


def checklist_told(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """The lists that readers of studies know, as far as plan, finding and extract fill them in."""
    found = [one for one in writing.sources.asked if one.found and not one.found["suppressed"]]
    if not found:
        yield Block(B.NOTE, _("There is no finding to hold against it."))
        return
    yield Block(
        B.PARAGRAPH,
        _("Filled in from the plan, the finding and the extract. What is left is for people to write."),
    )
    for one in found:
        for each in checklists_of(_filling(writing, one)):
            rows = tuple(
                (Cell(f"{item.place}. {item.asks}"), Cell(item.answer or _("To be written")))
                for item in each.items
            )
            yield Block(
                B.TABLE, f"{each.name}: {one.question.title}", head=(_("Item"), _("Answer")), rows=rows
            )


def _finding(writing: Writing, one: Asked) -> Iterator[Block]:
    """The card of a finding; without one, why there is none."""
    if one.answer is None:
        yield Block(B.REFUSAL, _("The answer is still being worked out."))
        return
    traces = _trace_of(writing, one)
    if not one.is_answer:
        yield Block(B.REFUSAL, _sentence(writing, one), traces=traces)
        if one.found:
            yield Block(B.LIST, _("What would be needed:"), items=_card(writing, one).next_best)
        return
    card = _card(writing, one)
    yield Block(B.LEAD, card.sentence, traces=traces)
    yield Block(B.FACTS, rows=tuple(_facts(card)))
    yield from _parts(writing, one, traces)
    for each in one.figures:
        if each.svg in writing.drawn:
            continue  # questions about the same people have the same flow: once is enough
        writing.drawn.add(each.svg)
        yield Block(B.PICTURE, f"{each.title}. {each.source}", svg=each.svg, alt=each.alt, traces=traces)


def _facts(card: Card) -> Iterator[tuple[Cell, Cell]]:
    """What stands beside the sentence on every card."""
    if card.value:
        shown = f"{card.value} ({card.low} – {card.high})" if card.low else card.value
        yield Cell(_("The number")), Cell(f"{shown}. {card.matters}")
    level = _("Level %(level)s of 5; %(grade)s") % {"level": card.level, "grade": card.grade}
    yield Cell(_("How strong the evidence is")), Cell(f"{level}. {_('Why not stronger:')} {card.not_higher}")
    told = {
        _("Whom it covers"): (card.covered,),
        _("What else changed there"): (card.context,),
        _("Cost"): (card.cost,),
        _("What would overturn it"): card.overturn,
        _("The next best data"): card.next_best,
    }
    for name, words in told.items():
        yield Cell(name), Cell(" ".join(words))


def _parts(writing: Writing, one: Asked, traces: tuple[int, ...]) -> Iterator[Block]:
    if one.found["parts"]:
        head = (_("Part"), _("Value"), _("Lower end"), _("Upper end"), _("People"))
        rows = tuple(_part(each, writing.language) for each in one.found["parts"])
        yield Block(B.TABLE, _("In parts"), head=head, rows=rows, traces=traces)
    if one.left_out:
        yield Block(B.NOTE, _("Parts that too few people stand behind are not shown."))


def _part(part: Mapping[str, Any], language: str) -> tuple[Cell, ...]:
    low, high = part["ci"] or (None, None)
    numbers = (part["estimate"], low, high, part["n"])
    told = [Cell("–") if one is None else Cell(number(one, language), float(one)) for one in numbers]
    return (Cell(Voice(language).name(str(part["label"]))), *told)


def _sentence(writing: Writing, one: Asked) -> str:
    """What a finding says, or why it says nothing."""
    if one.answer is None:
        return _("The answer is still being worked out.")
    if one.answer.trouble:
        return _("This question could not be put to the extract: %s") % one.answer.trouble
    if not one.found:
        return _("Not told: with what its readers have already, this would tell of a few people.")
    return _card(writing, one).sentence


def _card(writing: Writing, one: Asked) -> Card:
    return card_of(one.found, one.question.spec, writing.language)


def _filling(writing: Writing, one: Asked) -> Filling:
    extract = writing.sources.extract
    months = months_between(extract.opened_from, extract.opened_until)
    question = one.question
    return Filling(question.title, question.spec, question.spec_sha256, one.found, writing.language, months)


def _trace_of(writing: Writing, one: Asked) -> tuple[int, ...]:
    if one.answer is None:
        return ()
    return writing.annex.line(
        one.question.title,
        spec=one.question.spec_sha256,
        inputs=one.answer.inputs_sha256,
        code=one.answer.code_version,
    )
