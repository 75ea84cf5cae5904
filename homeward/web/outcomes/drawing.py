"""Where the lines and points of a figure stand: one side of life, round by round. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.outcomes.rules import RoundPicture, Side

WIDTH, HEIGHT = 350, 216
LEFT, RIGHT, TOP, BOTTOM = 44.0, 326.0, 10.0, 176.0
LINES = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Mark:
    """A line across the figure with its number."""

    y: float
    told: str
    is_ground: bool


@dataclass(frozen=True)
class Point:
    """One round: with a score, or without one."""

    x: float
    y: float | None
    value: float | None
    day: str
    when: str
    is_partial: bool
    is_last: bool


@dataclass(frozen=True)
class Figure:
    """One side of life as a figure. `links` join scores that one profile made, with none missing between."""

    marks: tuple[Mark, ...]
    points: tuple[Point, ...]
    links: tuple[str, ...]
    number_x: float
    number_anchor: str
    from_x: float
    to_x: float


def figure_of(
    rounds: Sequence[RoundPicture], side: Side, labels: Sequence[tuple[str, str]], *, is_rtl: bool
) -> Figure:
    """The figure of one side; right to left, time runs from the right."""
    columns = [_turned(_x(place, len(rounds)), is_rtl) for place in range(len(rounds))]
    scored = [place for place, one in enumerate(rounds) if one.sides[side].value is not None]
    points = tuple(
        _point(one, side, columns[place], labels[place], is_last=bool(scored) and place == scored[-1])
        for place, one in enumerate(rounds)
    )
    links = tuple(
        f"{points[i].x},{points[i].y} {points[i + 1].x},{points[i + 1].y}"
        for i in range(len(rounds) - 1)
        if {i, i + 1} <= set(scored) and rounds[i].profile_id == rounds[i + 1].profile_id
    )
    marks = tuple(Mark(_y(value), f"{value:g}", value == 0) for value in LINES)
    edge = _turned(24.0, is_rtl)
    return Figure(marks, points, links, edge, "start" if is_rtl else "end", *_ends(is_rtl))


def _ends(is_rtl: bool) -> tuple[float, float]:
    ends = sorted((_turned(30.0, is_rtl), _turned(338.0, is_rtl)))
    return ends[0], ends[1]


def _point(one: RoundPicture, side: Side, x: float, label: tuple[str, str], *, is_last: bool) -> Point:
    score = one.sides[side]
    y = None if score.value is None else _y(score.value)
    return Point(x, y, score.value, *label, is_partial=score.coverage < 1, is_last=is_last)


def _x(place: int, number: int) -> float:
    if number == 1:
        return (LEFT + RIGHT) / 2
    return round(LEFT + 14 + (RIGHT - LEFT - 28) * place / (number - 1), 1)


def _y(value: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value, 1)


def _turned(x: float, is_rtl: bool) -> float:
    return round(WIDTH - x, 1) if is_rtl else x
