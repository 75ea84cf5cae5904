"""Whether two groups are alike: the love plot with its balance table, propensities back to back."""

from collections.abc import Collection, Sequence

from homeward.evaluation.showing import hidden_places
from homeward.reports.figures.drawn import Drawn, Pen, Row, across, key_of, upward
from homeward.reports.figures.kinds import Balanced, Love, Overlap
from homeward.reports.figures.scales import Scale, scale_over
from homeward.reports.figures.sheet import Sheet, shortened
from homeward.reports.figures.wording import Voice

FINE, TOO_MUCH = 0.1, 0.25
EDGES = (0.1, 0.9)
NAMES, END, ROW = 222, 610, 26


def love(figure: Love, pen: Pen) -> Drawn:
    """How far both groups lie apart before (ring) and after weights (dot), beside 0.1 and 0.25."""
    voice = pen.voice
    values = [abs(one) for row in figure.rows for one in (row.raw, row.weighted)]
    scale, ticks = scale_over(values, NAMES, END, holds=(0.0, 0.3))
    bottom = 34 + ROW * len(figure.rows)
    sheet = pen.sheet(bottom + 70)
    across(sheet, voice, (scale, ticks), (24, bottom))
    for limit in (FINE, TOO_MUCH):
        sheet.line(((scale(limit), 24), (scale(limit), bottom)), "dash")
        sheet.number(scale(limit), 16, voice.fixed(limit, 2 if limit == TOO_MUCH else 1), "s")
    for at, row in enumerate(figure.rows):
        _apart(sheet, voice, scale, row, 42 + ROW * at)
    sheet.text((NAMES + END) / 2, bottom + 36, voice.say("smd_axis"), "", "middle")
    marks = (("dot", "ring", voice.say("before_weights")), ("dot", "dot", voice.say("after_weights")))
    key_of(sheet, 12, bottom + 58, marks)
    return Drawn(sheet, _balance_rows(figure.rows, voice), _balance_alt(figure.rows, voice))


def _apart(sheet: Sheet, voice: Voice, scale: Scale, row: Balanced, y: float) -> None:
    raw, weighted = abs(row.raw), abs(row.weighted)
    sheet.text(NAMES - 14, y + 4, shortened(voice.name(row.name), NAMES - 22), "t", "end")
    sheet.line(((scale(weighted), y), (scale(raw), y)), "g")
    sheet.dot(scale(raw), y, "ring", 4.5)
    sheet.dot(scale(weighted), y, "lateDot" if weighted > FINE else "dot", 5.5)


def _balance_rows(rows: Sequence[Balanced], voice: Voice) -> tuple[Row, ...]:
    head = (
        "condition",
        "mean_treated",
        "mean_control",
        "smd_before",
        "smd_after",
        "variance_before",
        "variance_after",
    )
    made = [
        (
            voice.name(one.name),
            voice.num(one.treated),
            voice.num(one.control),
            voice.fixed(one.raw, 2),
            voice.fixed(one.weighted, 2),
            voice.fixed(one.ratio_raw, 2),
            voice.fixed(one.ratio_weighted, 2),
        )
        for one in rows
    ]
    return (tuple(voice.say(one) for one in head), *made)


def _balance_alt(rows: Sequence[Balanced], voice: Voice) -> str:
    worst = max(rows, key=lambda one: abs(one.weighted), default=None)
    if worst is None:
        return voice.say("nothing")
    return voice.say(
        "alt_balance",
        n=voice.num(len(rows)),
        name=voice.name(worst.name),
        smd=voice.fixed(abs(worst.weighted), 2),
    )


FROM, TO, TOP, BOTTOM = 64, 620, 54, 330


def overlap(figure: Overlap, pen: Pen) -> Drawn:
    """Propensities of the assisted above, of the others below, and who lies outside 0.1 to 0.9."""
    voice = pen.voice
    sheet = pen.sheet(412)
    scale = Scale(0.0, 1.0, FROM, TO)
    hidden = [hidden_places(figure.treated), hidden_places(figure.control)]
    shares = [_shares(figure.treated, hidden[0]), _shares(figure.control, hidden[1])]
    reach, ticks = scale_over([one for both in shares for one in both], 0, 1, wanted=3, holds=(0.0, 0.1))
    middle = (TOP + BOTTOM) / 2
    height = Scale(-reach.high, reach.high, BOTTOM, TOP)
    upper = [-one for one in reversed(ticks[1:])]
    upward(sheet, [voice.share(abs(one)) for one in (*upper, *ticks)], (height, (*upper, *ticks)), (FROM, TO))
    for start, end in ((0.0, EDGES[0]), (EDGES[1], 1.0)):
        sheet.box(scale(start), TOP, scale(end) - scale(start), BOTTOM - TOP, "hatch")
    for at, (start, end) in enumerate(zip(figure.edges, figure.edges[1:], strict=False)):
        wide = scale(end) - scale(start) - 1.5
        for share, name in ((shares[0], "act"), (shares[1], "late")):
            high = abs(height(share[at]) - middle)
            top = middle - high if name == "act" else middle
            sheet.box(scale(start) + 0.75, top, wide, high, name)
    sheet.line(((FROM, middle), (TO, middle)), "axis")
    for value in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0):
        sheet.number(scale(value), BOTTOM + 18, voice.fixed(value, 1))
    sheet.lines(16, 18, _overlap_told(figure, voice), 600, "t")
    sheet.text((FROM + TO) / 2, BOTTOM + 40, voice.say("propensity_axis"), "", "middle")
    marks = (("box", "act", voice.name("treated")), ("box", "late", voice.name("untreated")))
    key_of(sheet, FROM, BOTTOM + 66, (*marks, ("box", "hatch", voice.say("outside_band"))))
    return Drawn(sheet, _overlap_table(figure, voice), _overlap_told(figure, voice))


def _shares(counts: Sequence[int], hidden: Collection[int]) -> list[float]:
    """Shares of a group; bins that are not told as if each held as many of theirs."""
    total = sum(counts) or 1
    each = sum(counts[at] for at in hidden) / max(len(hidden), 1)
    return [(each if at in hidden else one) / total for at, one in enumerate(counts)]


def _overlap_told(figure: Overlap, voice: Voice) -> str:
    told = [voice.say("outside", share=voice.share(figure.outside))] if figure.outside is not None else []
    if figure.ess_treated is not None and figure.ess_control is not None:
        treated, control = voice.num(round(figure.ess_treated)), voice.num(round(figure.ess_control))
        told.append(voice.say("effective", treated=treated, control=control))
    return " ".join(told)


def _overlap_table(figure: Overlap, voice: Voice) -> tuple[Row, ...]:
    head = (voice.say("propensity"), voice.name("treated"), voice.name("untreated"))
    bins = zip(figure.edges, figure.edges[1:], strict=False)
    named = [voice.say("between", low=voice.fixed(low, 2), high=voice.fixed(high, 2)) for low, high in bins]
    return (head, *zip(named, _told(figure.treated, voice), _told(figure.control, voice), strict=True))


def _told(counts: Sequence[int], voice: Voice) -> list[str]:
    hidden = hidden_places(counts)
    return [voice.say("too_few") if at in hidden else voice.num(n) for at, n in enumerate(counts)]
