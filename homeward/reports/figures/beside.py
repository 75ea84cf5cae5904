"""Groups beside one another: forest, funnel, bars. None is a list from best to worst."""

from collections.abc import Sequence

from homeward.reports.figures.drawn import Drawn, Pen, Row, across, key_of, upward
from homeward.reports.figures.kinds import (
    Bar,
    Districts,
    Estimate,
    Forest,
    ForestRow,
    Funnel,
    FunnelPoint,
)
from homeward.reports.figures.scales import Scale, scale_over
from homeward.reports.figures.sheet import Sheet, shortened
from homeward.reports.figures.wording import Voice

NAMES, START, END, NUMBERS, ROW = 176, 232, 470, 632, 34


def forest(figure: Forest, pen: Pen) -> Drawn:
    """Each group's own number thin, what is left of it beside the others bold, all together a diamond."""
    voice = pen.voice
    axis = scale_over(_reach(figure), START, END, wanted=4, holds=(0.0,))
    scale = axis[0]
    extra = (figure.whole is not None) + (figure.prediction is not None)
    bottom = 40 + ROW * (len(figure.rows) + extra)
    sheet = pen.sheet(bottom + 82)
    across(sheet, voice, axis, (30, bottom))
    if figure.sesoi and scale.low <= figure.sesoi <= scale.high:
        sheet.line(((scale(figure.sesoi), 24), (scale(figure.sesoi), bottom)), "dash")
        sheet.text(scale(figure.sesoi), 18, voice.say("matters_from"), "s", "middle")
    sheet.text(NAMES + 42, 18, voice.say("people"), "s", "end")
    for at, row in enumerate(figure.rows):
        _forest_row(sheet, voice, scale, row, 52 + ROW * at)
    _for_all(sheet, voice, scale, figure)
    sheet.text(8, bottom + 44, _between_words(figure, voice), "s")
    key_of(sheet, 8, bottom + 66, _forest_key(figure, voice))
    return Drawn(sheet, _forest_table(figure, voice), _forest_alt(figure, voice))


def _for_all(sheet: Sheet, voice: Voice, scale: Scale, figure: Forest) -> None:
    y = 52 + ROW * len(figure.rows)
    if figure.whole:
        _whole(sheet, voice, scale, figure.whole, y)
        y += ROW
    if figure.prediction:
        low, high = figure.prediction
        sheet.text(NAMES - 4, y + 4, voice.say("prediction"), "t", "end")
        sheet.line(((scale.within(low), y), (scale.within(high), y)), "other")
        sheet.text(NUMBERS, y + 4, voice.between(figure.prediction), "s", "end")


def _forest_key(figure: Forest, voice: Voice) -> list[tuple[str, str, str]]:
    has_shrunk = any(one.shrunk for one in figure.rows)
    marks = [("line", "thin", voice.say("own_number"))]
    marks += [("line", "bold", voice.say("shrunk"))] if has_shrunk else []
    return marks + ([("dot", "dot", voice.say("planned"))] if any(one.planned for one in figure.rows) else [])


def _reach(figure: Forest) -> list[float | None]:
    every = [one for row in figure.rows for one in (row.raw, row.shrunk) if one]
    every += [figure.whole] if figure.whole else []
    return [value for one in every for value in (one.value, one.low, one.high)] + list(
        figure.prediction or ()
    )


def _forest_row(sheet: Sheet, voice: Voice, scale: Scale, row: ForestRow, y: float) -> None:
    if row.planned:
        sheet.dot(10, y, "dot", 3.5)
    sheet.text(20, y + 4, shortened(voice.name(row.label), NAMES - 34), "t")
    sheet.number(NAMES + 42, y + 4, voice.count(row.n) if row.n is not None else "–", "s", "end")
    lower = y + 5 if row.shrunk else y
    _whisker(sheet, scale, row.raw, y - 5 if row.shrunk else y, "thin")
    sheet.dot(scale(row.raw.value), y - 5 if row.shrunk else y, "ring", 4)
    if row.shrunk:
        _whisker(sheet, scale, row.shrunk, lower, "bold")
        sheet.dot(scale(row.shrunk.value), lower, "dot", 5.5)
    sheet.text(NUMBERS, y + 4, _told(row.shrunk or row.raw, voice), "s t", "end")


def _whisker(sheet: Sheet, scale: Scale, one: Estimate, y: float, name: str) -> None:
    if one.low is not None and one.high is not None:
        sheet.line(((scale.within(one.low), y), (scale.within(one.high), y)), name)


def _whole(sheet: Sheet, voice: Voice, scale: Scale, whole: Estimate, y: float) -> None:
    low = whole.value if whole.low is None else whole.low
    high = whole.value if whole.high is None else whole.high
    sheet.line(((START - 52, y - ROW / 2), (END, y - ROW / 2)), "g")
    sheet.text(NAMES - 4, y + 4, voice.say("together"), "b", "end")
    points = ((scale.within(low), y), (scale(whole.value), y - 7))
    sheet.area((*points, (scale.within(high), y), (scale(whole.value), y + 7)), "act")
    sheet.text(NUMBERS, y + 4, _told(whole, voice), "s b", "end")


def _told(one: Estimate, voice: Voice) -> str:
    if one.low is None or one.high is None:
        return voice.num(one.value)
    return voice.say(
        "with_interval", d=voice.num(one.value), low=voice.num(one.low), high=voice.num(one.high)
    )


def _between_words(figure: Forest, voice: Voice) -> str:
    told = []
    if figure.q is not None:
        df, p = voice.num(figure.q_df), voice.num(figure.q_p)
        told.append(voice.say("q_test", q=voice.num(figure.q), df=df, p=p))
    if figure.i2 is not None:
        told.append(voice.say("i_squared", share=voice.share(figure.i2)))
    return " ".join(told)


def _forest_table(figure: Forest, voice: Voice) -> tuple[Row, ...]:
    head = tuple(voice.say(one) for one in ("group", "people", "own_number", "shrunk_to", "planned"))
    made: list[Row] = [head]
    for one in figure.rows:
        n = voice.count(one.n) if one.n is not None else "–"
        shrunk = _told(one.shrunk, voice) if one.shrunk else "–"
        planned = voice.say("yes") if one.planned else "–"
        made.append((voice.name(one.label), n, _told(one.raw, voice), shrunk, planned))
    if figure.whole:
        n = voice.num(figure.source.n)
        made.append((voice.say("together"), n, _told(figure.whole, voice), "–", "–"))
    if figure.prediction:
        made.append((voice.say("prediction"), "–", voice.between(figure.prediction), "–", "–"))
    return tuple(made)


def _forest_alt(figure: Forest, voice: Voice) -> str:
    whole = _told(figure.whole, voice) if figure.whole else "–"
    told = voice.say("alt_forest", n=voice.num(len(figure.rows)), whole=whole)
    return f"{told} {_between_words(figure, voice)}".strip()


FROM, TO, TOP, BOTTOM = 74, 612, 26, 330


def funnel(figure: Funnel, pen: Pen) -> Drawn:
    """Providers by how many people stand behind them, within the limits that chance allows."""
    voice, points = pen.voice, sorted(figure.points, key=lambda one: one.n)
    sheet = pen.sheet(436)
    along = scale_over([one.n for one in points], FROM, TO, holds=(0.0,))
    reach = [value for one in points for value in (one.value, *one.outer)]
    up = scale_over(reach, BOTTOM, TOP)
    upward(sheet, voice.ticks(up[1]), up, (FROM, TO))
    for value, words in zip(along[1], voice.ticks(along[1]), strict=True):
        sheet.number(along[0](value), BOTTOM + 18, words)
    _limits(sheet, points, along[0], up[0])
    sheet.line(((FROM, up[0](figure.target)), (TO, up[0](figure.target))), "axis")
    for one in points:
        place, where = along[0](one.n), _where(one)
        sheet.dot(place, up[0](one.value), "dot" if where == "inside" else "lateDot", 5)
        if where in ("very_high", "very_low"):
            anchor = "end" if place > TO - 110 else "start"
            away = -10 if anchor == "end" else 10
            sheet.text(
                place + away, up[0](one.value) - 8, shortened(voice.name(one.name), 130), "s t", anchor
            )
    sheet.text(FROM, 14, voice.say("funnel_up"), "s")
    sheet.text((FROM + TO) / 2, BOTTOM + 40, voice.say("funnel_across"), "", "middle")
    marks = [("line", "curve", voice.say("limits_95")), ("line", "other", voice.say("limits_998"))]
    marks += [("dot", "dot", voice.say("inside")), ("dot", "lateDot", voice.say("outside_limits"))]
    key_of(sheet, FROM - 60, BOTTOM + 68, marks)
    out = sum(_where(one) != "inside" for one in points)
    alt = voice.say("alt_funnel", n=voice.num(len(points)), out=voice.num(out))
    return Drawn(sheet, _funnel_table(figure, voice), alt)


def _limits(sheet: Sheet, points: Sequence[FunnelPoint], along: Scale, up: Scale) -> None:
    if len(points) < 2:
        return
    for name, side in (("other", "outer"), ("curve", "inner")):
        for end in (0, 1):
            ways = [(along(one.n), up.within(getattr(one, side)[end])) for one in points]
            sheet.line(ways, name)


def _where(one: FunnelPoint) -> str:
    if not one.outer[0] <= one.value <= one.outer[1]:
        return "very_high" if one.value > one.outer[1] else "very_low"
    if not one.inner[0] <= one.value <= one.inner[1]:
        return "high" if one.value > one.inner[1] else "low"
    return "inside"


def _funnel_table(figure: Funnel, voice: Voice) -> tuple[Row, ...]:
    """By name: whoever looks for an order of merit finds none."""
    head = ("provider", "people", "adjusted_mean", "limits_95", "limits_998", "where")
    made = [
        (
            voice.name(one.name),
            voice.num(one.n),
            voice.num(one.value),
            voice.between(one.inner),
            voice.between(one.outer),
            voice.say(f"where_{_where(one)}"),
        )
        for one in sorted(figure.points, key=lambda one: one.name)
    ]
    return (tuple(voice.say(one) for one in head), *made)


def districts(figure: Districts, pen: Pen) -> Drawn:
    """Bars from nothing, with intervals; who too few people stand behind is named without a number."""
    voice, bars = pen.voice, sorted(figure.bars, key=lambda one: one.name)
    values = [value for one in bars for value in (one.value, one.low, one.high)]
    axis = scale_over(values, START - 40, END, wanted=5, holds=(0.0,))
    bottom = 36 + ROW * len(bars)
    sheet = pen.sheet(bottom + 34)
    words = [voice.share(one) for one in axis[1]] if figure.is_share else voice.ticks(axis[1])
    for value, told in zip(axis[1], words, strict=True):
        place = axis[0](value)
        sheet.line(((place, 24), (place, bottom)), "axis" if value == 0 else "g")
        sheet.number(place, bottom + 17, told)
    sheet.text(NUMBERS, 16, voice.say("people"), "s", "end")
    for at, one in enumerate(bars):
        _bar(sheet, voice, axis[0], one, 46 + ROW * at, is_share=figure.is_share)
    shown = [one for one in bars if one.value is not None]
    alt = voice.say("alt_districts", n=voice.num(len(bars)), shown=voice.num(len(shown)))
    return Drawn(sheet, _districts_table(bars, voice, is_share=figure.is_share), alt)


def _bar(sheet: Sheet, voice: Voice, scale: Scale, one: Bar, y: float, *, is_share: bool) -> None:
    sheet.text(START - 52, y + 4, shortened(voice.name(one.name), START - 60), "t", "end")
    if one.value is None:
        sheet.text(START - 30, y + 4, voice.say("too_few"), "s")
        return
    zero = scale.within(0.0)
    start, end = sorted((zero, scale(one.value)))
    sheet.box(start, y - 9, end - start, 18, "mid")
    if one.low is not None and one.high is not None:
        sheet.line(((scale.within(one.low), y), (scale.within(one.high), y)), "curve")
    sheet.dot(scale(one.value), y, "dot", 4.5)
    sheet.number(NUMBERS, y + 4, voice.count(one.n) if one.n is not None else "–", "s", "end")
    told = voice.share(one.value) if is_share else voice.num(one.value)
    sheet.number(END + 42, y + 4, told, "t", "middle")


def _districts_table(bars: Sequence[Bar], voice: Voice, *, is_share: bool) -> tuple[Row, ...]:
    told = voice.share if is_share else voice.num
    made: list[Row] = [tuple(voice.say(one) for one in ("place", "value", "low", "high", "people"))]
    for one in bars:
        if one.value is None:
            made.append((voice.name(one.name), voice.say("too_few"), "–", "–", "–"))
        else:
            n = voice.count(one.n) if one.n is not None else "–"
            made.append((voice.name(one.name), told(one.value), told(one.low), told(one.high), n))
    return tuple(made)
