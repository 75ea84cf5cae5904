"""At what cost: the plane of cost and effect, and how likely the effect is worth it."""

from homeward.reports.figures.drawn import Drawn, Pen, Row, key_of, upward
from homeward.reports.figures.kinds import Acceptability, CostPlane, Estimate
from homeward.reports.figures.scales import Scale, scale_over
from homeward.reports.figures.sheet import Sheet
from homeward.reports.figures.wording import Voice

FROM, TO, TOP, BOTTOM = 84, 616, 44, 356
MOST_DRAWS = 400
QUADRANTS = ("dearer_better", "dominant", "dominated", "cheaper_worse")


def cost_plane(figure: CostPlane, pen: Pen) -> Drawn:
    """The cloud of what is possible, and how much of it lies in each quadrant."""
    voice, sheet = pen.voice, pen.sheet(440)
    draws = figure.draws[:MOST_DRAWS]
    along = scale_over([one for one, _cost in draws], FROM, TO, holds=(0.0, figure.effect.value))
    up = scale_over([one for _effect, one in draws], BOTTOM, TOP, holds=(0.0, figure.cost.value))
    upward(sheet, voice.ticks(up[1]), up, (FROM, TO))
    for value, words in zip(along[1], voice.ticks(along[1]), strict=True):
        place = along[0](value)
        sheet.line(((place, TOP), (place, BOTTOM)), "axis" if value == 0 else "g")
        sheet.number(place, BOTTOM + 18, words)
    for effect, cost in draws:
        sheet.dot(along[0](effect), up[0](cost), "cloud", 2.6)
    sheet.dot(along[0](figure.effect.value), up[0](figure.cost.value), "lateDot", 6)
    _quadrants(sheet, voice, figure, along[0], up[0])
    sheet.text(FROM, 16, voice.say("cost_up", currency=voice.name(figure.currency or "currency")), "s")
    sheet.text((FROM + TO) / 2, BOTTOM + 40, voice.say("effect_across"), "", "middle")
    marks = (("dot", "cloud", voice.say("draws")), ("dot", "lateDot", voice.say("estimate")))
    key_of(sheet, FROM, BOTTOM + 66, marks)
    return Drawn(sheet, _plane_table(figure, voice), _plane_alt(figure, voice))


def _quadrants(sheet: Sheet, voice: Voice, figure: CostPlane, along: Scale, up: Scale) -> None:
    """Each share in its corner, where that corner is on the sheet."""
    left, right = along.low < 0, along.high > 0
    above, below = up.high > 0, up.low < 0
    corners = {
        "dearer_better": (right and above, TO - 8, TOP + 18, "end"),
        "dominated": (left and above, FROM + 8, TOP + 18, "start"),
        "dominant": (right and below, TO - 8, BOTTOM - 10, "end"),
        "cheaper_worse": (left and below, FROM + 8, BOTTOM - 10, "start"),
    }
    for name, (is_here, x, y, anchor) in corners.items():
        if is_here:
            share = voice.share(figure.shares.get(name, 0.0))
            sheet.text(x, y, voice.say("pair", name=voice.say(name), n=share), "b s", anchor)


def _plane_table(figure: CostPlane, voice: Voice) -> tuple[Row, ...]:
    head = (voice.say("part"), voice.say("value"), voice.say("low"), voice.say("high"))
    rows: list[Row] = [
        _line(voice.say("effect_across"), figure.effect, voice),
        _line(
            voice.say("cost_up", currency=voice.name(figure.currency or "currency")),
            figure.cost,
            voice,
        ),
    ]
    low, high = figure.ratio_interval or (None, None)
    rows.append((voice.say("ratio"), _or_unbounded(figure, voice), voice.num(low), voice.num(high)))
    shares = [(voice.say(one), voice.share(figure.shares.get(one, 0.0)), "–", "–") for one in QUADRANTS]
    return (head, *rows, *shares)


def _or_unbounded(figure: CostPlane, voice: Voice) -> str:
    return voice.say("unbounded") if figure.ratio is None else voice.num(figure.ratio)


def _line(name: str, one: Estimate, voice: Voice) -> Row:
    return (name, voice.num(one.value), voice.num(one.low), voice.num(one.high))


def _plane_alt(figure: CostPlane, voice: Voice) -> str:
    told = (
        voice.say("pair", name=voice.say(one), n=voice.share(figure.shares.get(one, 0))) for one in QUADRANTS
    )
    return voice.say("alt_plane", shares="; ".join(told))


def acceptability(figure: Acceptability, pen: Pen) -> Drawn:
    """The chance that assistance is worth its cost, by what one point is worth."""
    voice, sheet = pen.voice, pen.sheet(366)
    points = sorted(figure.points)
    along = scale_over([worth for worth, _chance in points], FROM, TO, holds=(0.0,))
    up = (Scale(0.0, 1.0, 290, 34), (0.0, 0.25, 0.5, 0.75, 1.0))
    upward(sheet, [voice.share(one) for one in up[1]], up, (FROM, TO))
    for value, words in zip(along[1], voice.ticks(along[1]), strict=True):
        sheet.number(along[0](value), 308, words)
    sheet.line(((FROM, up[0](0.5)), (TO, up[0](0.5))), "dash")
    sheet.line([(along[0](worth), up[0](chance)) for worth, chance in points], "curve")
    sheet.text(FROM, 16, voice.say("chance_up"), "s")
    currency = voice.name(figure.currency or "currency")
    sheet.text((FROM + TO) / 2, 332, voice.say("worth_across", currency=currency), "", "middle")
    rows = [(voice.num(worth), voice.share(chance)) for worth, chance in _some(points)]
    half = next((worth for worth, chance in points if chance >= 0.5), None)
    alt = (
        voice.say("alt_accept", worth=voice.num(half)) if half is not None else voice.say("alt_accept_never")
    )
    return Drawn(sheet, ((voice.say("worth"), voice.say("chance")), *rows), alt)


def _some(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Every so many, for a table that is read."""
    step = max(1, len(points) // 10)
    return points[::step]
