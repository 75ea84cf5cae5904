"""Counts as tables: codes of the last dimension along the head, totals where they may be shown."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from homeward.evaluation.wording.numbers import number
from homeward.reports.counting import Count, Key, Place
from homeward.reports.documents import Block, BlockKind, Cell
from homeward.reports.sections import Section, in_language
from homeward.reports.tracing import Writing
from homeward.reports.words import codes_in_order, column_words, value_words, who_is_counted

B = BlockKind


def counts_told(writing: Writing, place: int, section: Section) -> Iterator[Block]:
    """The table of a section, or why there is none."""
    count, safety = writing.sources.counts.get(place), writing.sources.safety
    if count is None or not count.cells:
        yield Block(B.NOTE, _("The extract holds nothing of this in this period."))
        return
    if count.name in safety.withheld:
        yield Block(
            B.NOTE,
            _(
                "Not shown: its readers have the same for months that overlap with these, and the "
                "difference could tell of a few people."
            ),
        )
        return
    is_hidden = [not safety.is_told(count, key) for key in count.cells]
    if not all(is_hidden):
        what = in_language(section.get("title"), writing.language) or column_words(section["by"][0])
        traces = writing.annex.line(
            what, spec=writing.sources.report.plan_sha256, inputs="", code=writing.code_version
        )
        yield _table_of(writing, count, traces)
    if any(is_hidden):
        yield Block(
            B.NOTE, _("What is not shown would tell of a few people, or would give away a number that does.")
        )
    if not count.is_whole:
        yield Block(
            B.NOTE, _("A case is counted once in each line that it belongs to, so lines do not add up.")
        )


def _table_of(writing: Writing, count: Count, traces: tuple[int, ...]) -> Block:
    language = writing.language
    codes = [codes_in_order(count.frame, by, count.codes(at), language) for at, by in enumerate(count.by)]
    is_crossed = len(count.by) > 1
    across: list[Place] = [(one,) for one in codes[-1]] if is_crossed else [()]
    down = _down(count, codes[:-1] if is_crossed else codes)
    if count.is_whole:
        across += [(None,)] if is_crossed else []
        down += [(None,) * len(down[0])]
    names = count.by[: len(down[0])]
    rows = tuple(
        (*_labels(names, key, language), *(_cell(writing, count, (*key, *one)) for one in across))
        for key in down
    )
    told = [_value(count.by[-1], one[0], language) for one in across] if is_crossed else [_("Cases")]
    caption = _("%(who)s, by %(what)s") % {
        "who": who_is_counted(count.frame, count.month),
        "what": ", ".join(column_words(one) for one in count.by),
    }
    return Block(
        B.TABLE,
        caption,
        head=(*map(column_words, names), *told),
        rows=rows,
        traces=traces,
        is_summed=count.is_whole,
    )


def _down(count: Count, codes: Sequence[Sequence[str]]) -> list[Place]:
    """The lines, in the order of their codes."""
    order = [{one: place for place, one in enumerate(each)} for each in codes]
    size = len(codes)

    def place(key: Key) -> tuple[int, ...]:
        return tuple(order[at][one] for at, one in enumerate(key))

    return [(*one,) for one in sorted({key[:size] for key in count.cells}, key=place)]


def _labels(names: Sequence[str], key: Place, language: str) -> Iterator[Cell]:
    if all(one is None for one in key):
        yield Cell(_("Total"))
        yield from [Cell("")] * (len(key) - 1)
        return
    yield from (Cell(_value(name, one, language)) for name, one in zip(names, key, strict=True))


def _value(name: str, code: str | None, language: str) -> str:
    return _("Total") if code is None else value_words(name, code, language)


def _cell(writing: Writing, count: Count, place: Place) -> Cell:
    if not writing.sources.safety.is_told(count, place):
        return Cell(_("not shown"))
    value = count.together(place)
    return Cell(number(value, writing.language), float(value))
