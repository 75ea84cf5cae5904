"""The three sides of life: a spider, and beside it what a spider hides."""

from math import cos, pi, sin

from homeward.reports.figures.drawn import Drawn, Pen, Row, key_of
from homeward.reports.figures.kinds import Profile, ProfileLine
from homeward.reports.figures.scales import Scale
from homeward.reports.figures.sheet import Point, Sheet
from homeward.reports.figures.wording import Voice

SIDES = ("economic", "social", "psychosocial")
ANGLES = tuple(-pi / 2 + 2 * pi * at / 3 for at in range(3))
MIDDLE, DOWN, REACH = 150.0, 176.0, 116.0
LINES = ("area", "other", "dashact")
WHISKERS = ("bold", "other", "dashact")
DOTS = ("dot", "lateDot", "ring")
START, END = 372, 622


def profile(figure: Profile, pen: Pen) -> Drawn:
    """Three axes from 0 to 1, and the same numbers with their intervals."""
    voice = pen.voice
    sheet = pen.sheet(372)
    for share in (0.25, 0.5, 0.75, 1.0):
        ring = [_at(angle, share) for angle in ANGLES]
        sheet.line((*ring, ring[0]), "g")
        if share in (0.5, 1.0):
            sheet.number(MIDDLE + 5, DOWN - share * REACH + 4, voice.fixed(share, 1), "s", "start")
    for angle, side in zip(ANGLES, SIDES, strict=True):
        sheet.line(((MIDDLE, DOWN), _at(angle, 1.0)), "axis")
        x, y = _at(angle, 1.0)
        sheet.text(x, y + (-10 if angle < 0 else 22), voice.name(side), "t", "middle")
    for at, line in enumerate(figure.lines[:3]):
        corners = [_at(angle, one.value) for angle, one in zip(ANGLES, line.sides, strict=True)]
        sheet.area(corners, LINES[at])
    _beside(sheet, voice, figure)
    marks = [("line", WHISKERS[at], voice.name(one.who)) for at, one in enumerate(figure.lines[:3])]
    key_of(sheet, 12, 346, marks)
    return Drawn(sheet, _table(figure, voice), " ".join(_alt(line, voice) for line in figure.lines[:3]))


def _alt(line: ProfileLine, voice: Voice) -> str:
    told = {side: voice.num(one.value) for side, one in zip(SIDES, line.sides, strict=True)}
    return voice.say("alt_profile", who=voice.name(line.who), **told)


def _at(angle: float, share: float) -> Point:
    return (MIDDLE + REACH * share * cos(angle), DOWN + REACH * share * sin(angle))


def _beside(sheet: Sheet, voice: Voice, figure: Profile) -> None:
    scale = Scale(0.0, 1.0, START, END)
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        sheet.line(((scale(value), 34), (scale(value), 300)), "axis" if value == 0 else "g")
        sheet.number(scale(value), 318, voice.fixed(value, 2), "s")
    for number, side in enumerate(SIDES):
        y = 52 + 88 * number
        sheet.text(START, y - 4, voice.name(side), "b")
        for at, line in enumerate(figure.lines[:3]):
            _bar(sheet, scale, line, number, y + 16 + 20 * at, at)


def _bar(sheet: Sheet, scale: Scale, line: ProfileLine, side: int, y: float, at: int) -> None:
    one = line.sides[side]
    if one.low is not None and one.high is not None:
        sheet.line(((scale.within(one.low), y), (scale.within(one.high), y)), WHISKERS[at])
    sheet.dot(scale.within(one.value), y, DOTS[at], 5)


def _table(figure: Profile, voice: Voice) -> tuple[Row, ...]:
    head = (voice.say("group"), voice.say("side"), voice.say("value"), voice.say("low"), voice.say("high"))
    rows = [
        (
            voice.name(line.who),
            voice.name(side),
            voice.num(one.value),
            voice.num(one.low),
            voice.num(one.high),
        )
        for line in figure.lines
        for side, one in zip(SIDES, line.sides, strict=True)
    ]
    return (head, *rows)
