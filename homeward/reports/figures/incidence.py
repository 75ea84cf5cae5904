"""Who left again, and by which cause: stacked at each month, with what the unreachable could change."""

from homeward.reports.figures.drawn import Drawn, Pen, Row, key_of, upward
from homeward.reports.figures.kinds import CumulativeIncidence, Incident
from homeward.reports.figures.scales import Scale, scale_over
from homeward.reports.figures.sheet import Sheet
from homeward.reports.figures.wording import Voice

FROM, TO, TOP, BOTTOM = 64, 616, 34, 316
FILLS = ("act", "latetint", "mid", "late", "soft", "tint")
MOST_WIDE = 58.0


def cumulative_incidence(figure: CumulativeIncidence, pen: Pen) -> Drawn:
    """Columns of causes, and a bracket from all unreachable stayed to all left."""
    voice, sheet = pen.voice, pen.sheet(418)
    totals = [sum(one.value for one in month.shares.values()) for month in figure.months]
    ends = [end for month in figure.months for end in (month.bounds or ())]
    up = scale_over([*totals, *ends], BOTTOM, TOP, holds=(0.0,))
    upward(sheet, [voice.share(one) for one in up[1]], up, (FROM, TO))
    step = (TO - FROM) / max(len(figure.months), 1)
    wide = min(MOST_WIDE, step * 0.5)
    for at, month in enumerate(figure.months):
        middle = FROM + step * (at + 0.5)
        _column(sheet, figure, month, (middle - wide / 2, wide), up[0])
        _bounds(sheet, month, middle + wide / 2 + 12, up[0])
        sheet.number(middle, BOTTOM + 18, voice.num(month.month))
    sheet.text(FROM, 16, voice.say("incidence_up"), "s")
    sheet.text((FROM + TO) / 2, BOTTOM + 40, voice.say("months_across"), "", "middle")
    marks = [("box", FILLS[at % len(FILLS)], voice.name(one)) for at, one in enumerate(figure.causes)]
    has_bounds = any(one.bounds for one in figure.months)
    marks += [("line", "thin", voice.say("bounds", cause=voice.name(figure.of)))] if has_bounds else []
    key_of(sheet, FROM - 40, BOTTOM + 66, marks)
    return Drawn(sheet, _table(figure, voice), _alt(figure, voice))


def _column(
    sheet: Sheet, figure: CumulativeIncidence, month: Incident, place: tuple[float, float], up: Scale
) -> None:
    """The cause that the bounds are about stands lowest, so that they share its foot."""
    base = 0.0
    for cause in sorted(figure.causes, key=lambda one: one != figure.of):
        share = month.shares[cause].value if cause in month.shares else 0.0
        name = FILLS[figure.causes.index(cause) % len(FILLS)]
        high = up(base) - up(base + share)
        sheet.box(place[0], up(base + share), place[1], max(high - 1, 0), name)
        base += share


def _bounds(sheet: Sheet, month: Incident, x: float, up: Scale) -> None:
    if month.bounds is None:
        return
    low, high = (up.within(one) for one in month.bounds)
    sheet.line(((x, low), (x, high)), "thin")
    for y in (low, high):
        sheet.line(((x - 5, y), (x + 5, y)), "thin")


def _table(figure: CumulativeIncidence, voice: Voice) -> tuple[Row, ...]:
    head = ("month", "cause", "share", "low", "high", "all_stayed", "all_left")
    made: list[Row] = [tuple(voice.say(one) for one in head)]
    for month in figure.months:
        for cause in figure.causes:
            one = month.shares.get(cause)
            if one is None:
                continue
            low, high = month.bounds or (None, None)
            ends = (voice.share(low), voice.share(high)) if cause == figure.of else ("–", "–")
            shares = (voice.share(one.value), voice.share(one.low), voice.share(one.high))
            made.append((voice.num(month.month), voice.name(cause), *shares, *ends))
    return tuple(made)


def _alt(figure: CumulativeIncidence, voice: Voice) -> str:
    last = figure.months[-1] if figure.months else None
    if last is None:
        return voice.say("nothing")
    told = (
        voice.say("pair", name=voice.name(one), n=voice.share(of.value)) for one, of in last.shares.items()
    )
    return voice.say("alt_incidence", month=voice.num(last.month), shares="; ".join(told))
