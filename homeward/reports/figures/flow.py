"""Participant flow and the path of cases: boxes and ribbons as wide as the people in them."""

from homeward.reports.figures.drawn import Drawn, Pen, Row, key_of
from homeward.reports.figures.kinds import ParticipantFlow, Passage, Stages
from homeward.reports.figures.sheet import WIDTH, Sheet, shortened, wrapped
from homeward.reports.figures.wording import Voice

LEFT, WIDE, OUT = 16, 268, 350
HIGH, GAP = 44, 24


def participant_flow(figure: ParticipantFlow, pen: Pen) -> Drawn:
    """Boxes going down, and beside each who left there and why."""
    voice = pen.voice
    boxes = _boxes(figure)
    left = [_reasons(left, voice) for _name, _n, left in boxes]
    heights = [max(HIGH, 18 * len(lines) + 12) if lines else HIGH for lines in left]
    split = HIGH + GAP if figure.arms else 0
    sheet = pen.sheet(16 + sum(heights) + GAP * (len(boxes) - 1) + split + 14)
    y = 12.0
    for at, (name, n, _left) in enumerate(boxes):
        is_last = at == len(boxes) - 1
        _box(sheet, voice, (LEFT, y, WIDE), name, n, "boxact" if is_last else "box")
        _leaving(sheet, left[at], y, heights[at])
        if not is_last:
            below = y + heights[at] + GAP
            sheet.line(((LEFT + WIDE / 2, y + HIGH), (LEFT + WIDE / 2, below - 2)), "axis", arrow=True)
            y = below
    if figure.arms:
        _arms(sheet, voice, figure, y + HIGH)
    alt = voice.say("alt_flow", entered=voice.num(figure.entered), analysed=voice.num(figure.analysed))
    return Drawn(sheet, _flow_table(figure, voice), alt)


def _boxes(figure: ParticipantFlow) -> list[tuple[str, int, dict[str, int]]]:
    made, now = [], figure.entered
    for name, left in figure.steps:
        made.append((name, now, {reason: n for reason, n in left.items() if n}))
        now -= sum(left.values())
    return [*made, ("analysed", figure.analysed, {})]


def _reasons(left: dict[str, int], voice: Voice) -> list[str]:
    told = [voice.say("pair", name=voice.name(reason), n=voice.count(n)) for reason, n in left.items()]
    return [line for one in told for line in wrapped(one, WIDTH - OUT - 32)]


def _box(sheet: Sheet, voice: Voice, place: tuple[float, float, float], name: str, n: int, kind: str) -> None:
    x, y, wide = place
    sheet.box(x, y, wide, HIGH, kind, round_=4)
    sheet.text(x + 12, y + 27, shortened(voice.name(name), wide - 78), "t")
    sheet.number(x + wide - 12, y + 27, voice.count(n), "b", "end")


def _leaving(sheet: Sheet, lines: list[str], y: float, high: float) -> None:
    if not lines:
        return
    tall = 18 * len(lines) + 12 if len(lines) > 1 else 32
    top = y + HIGH / 2 - 16
    sheet.line(((LEFT + WIDE, y + HIGH / 2), (OUT - 2, y + HIGH / 2)), "axis", arrow=True)
    sheet.box(OUT, top, WIDTH - OUT - 12, min(tall, high + 16), "latetint", round_=4)
    for number, words in enumerate(lines):
        sheet.text(OUT + 10, top + 20 + 18 * number, words, "t")


def _arms(sheet: Sheet, voice: Voice, figure: ParticipantFlow, y: float) -> None:
    many = len(figure.arms)
    wide = (WIDTH - 2 * LEFT - 20 * (many - 1)) / many
    for at, (name, n) in enumerate(figure.arms):
        x = LEFT + at * (wide + 20)
        ways = ((LEFT + WIDE / 2, y), (LEFT + WIDE / 2, y + 10), (x + wide / 2, y + 10))
        sheet.line((*ways, (x + wide / 2, y + GAP - 2)), "axis", arrow=True)
        _box(sheet, voice, (x, y + GAP, wide), name, n, "boxact")


def _flow_table(figure: ParticipantFlow, voice: Voice) -> tuple[Row, ...]:
    rows: list[Row] = [(voice.say("step"), voice.say("people"), voice.say("left_here"))]
    for name, n, left in _boxes(figure):
        why = "; ".join(_told(left, voice)) or "–"
        rows.append((voice.name(name), voice.count(n), why))
    return (*rows, *((voice.name(name), voice.count(n), "–") for name, n in figure.arms))


def _told(left: dict[str, int], voice: Voice) -> list[str]:
    return [voice.say("pair", name=voice.name(one), n=voice.count(n)) for one, n in left.items()]


ROW, BAR, FROM, TO = 66, 16, 190, 560


def stages(figure: Stages, pen: Pen) -> Drawn:
    """Bars as wide as the people who came, ribbons as wide as those who went on, days beside them."""
    voice = pen.voice
    most = max((figure.came(name) for name in figure.order), default=0) or 1
    unit = (TO - FROM) / most
    sheet = pen.sheet(ROW * len(figure.order) + 20)
    sheet.text(WIDTH - 12, 14, voice.say("people_in_tens"), "s", "end")
    rows = {name: 26.0 + ROW * at for at, name in enumerate(figure.order)}
    _ribbons(sheet, figure, rows, unit)
    for name, y in rows.items():
        sheet.box(FROM, y, figure.came(name) * unit, BAR, "act")
        stay = figure.came(name) - figure.gone(name)
        if stay:
            sheet.box(FROM + figure.gone(name) * unit, y, stay * unit, BAR, "hatch")
        sheet.text(FROM - 12, y + 13, shortened(voice.name(name), FROM - 70), "t", "end")
        sheet.number(WIDTH - 12, y + 13, voice.num(figure.came(name)), "b", "end")
    for one in _onward(figure):
        middle = rows[one.origin] + BAR + (ROW - BAR) / 2 + 4
        days = voice.say("days", days=voice.num(round(one.median_days)))
        sheet.text(FROM - 12, middle, days, "s", "end")
    marks = [("box", "hatch", voice.say("here")), ("box", "ribbonlate", voice.say("skipping"))]
    key_of(sheet, 16, ROW * len(figure.order) + 4, marks)
    alt = voice.say("alt_stages", n=voice.num(most), stages=voice.num(len(figure.order)))
    return Drawn(sheet, _stages_table(figure, voice), alt)


def _onward(figure: Stages) -> list[Passage]:
    """The passages to the very next stage, whose days are written between both."""
    following = dict(zip(figure.order, figure.order[1:], strict=False))
    return [one for one in figure.passages if following.get(one.origin) == one.destination]


def _ribbons(sheet: Sheet, figure: Stages, rows: dict[str, float], unit: float) -> None:
    place = {name: at for at, name in enumerate(figure.order)}
    out, into = dict.fromkeys(figure.order, 0.0), dict.fromkeys(figure.order, 0.0)
    ordered = sorted(figure.passages, key=lambda one: place[one.destination] - place[one.origin])
    for one in ordered:
        if place[one.destination] < place[one.origin]:
            continue  # back: in the table, and in the number of those who came
        wide = one.people * unit
        above = (FROM + out[one.origin], rows[one.origin] + BAR, wide)
        below = (FROM + into[one.destination], rows[one.destination], wide)
        is_next = place[one.destination] - place[one.origin] == 1
        sheet.ribbon(above, below, "ribbon" if is_next else "ribbonlate")
        out[one.origin] += wide
        into[one.destination] += wide


def _stages_table(figure: Stages, voice: Voice) -> tuple[Row, ...]:
    head = (voice.say("from"), voice.say("to"), voice.say("people_in_tens"), voice.say("median_days"))
    moved = [
        (
            voice.name(one.origin),
            voice.name(one.destination),
            voice.num(one.people),
            voice.num(round(one.median_days)),
        )
        for one in figure.passages
    ]
    here = voice.say("here")
    stay = [(voice.name(name), here, figure.came(name) - figure.gone(name)) for name in figure.order]
    return (head, *moved, *((name, to, voice.num(n), "–") for name, to, n in stay if n))
