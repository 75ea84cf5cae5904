"""What drawing hands back, and what every figure is drawn with."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reports.figures.kinds import Source
from homeward.reports.figures.scales import Scale
from homeward.reports.figures.sheet import Medium, Sheet
from homeward.reports.figures.wording import Voice
from homeward.reports.rules import FigureKind

Row = tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """A figure as people get it. table: its first row the heads; alt: for who does not see."""

    kind: FigureKind
    title: str
    svg: str
    table: tuple[Row, ...]
    source: str
    alt: str


@dataclass(frozen=True)
class Drawn:
    """What one kind of figure makes before it has a title and a source."""

    sheet: Sheet
    table: tuple[Row, ...]
    alt: str


@dataclass(frozen=True)
class Pen:
    """In which language and on what is drawn."""

    voice: Voice
    medium: Medium

    def sheet(self, height: float) -> Sheet:
        """An empty sheet of so many units."""
        return Sheet(height, self.voice.language, self.medium)

    def finished(self, kind: FigureKind, drawn: Drawn, source: Source) -> Drawing:
        """The figure with its title and its source line."""
        title = self.voice.title(kind)
        return Drawing(
            kind, title, drawn.sheet.svg(title, drawn.alt), drawn.table, self.voice.source(source), drawn.alt
        )


def across(
    sheet: Sheet, voice: Voice, axis: tuple[Scale, Sequence[float]], between: tuple[float, float]
) -> None:
    """An axis of values from the side where reading starts, with its lines."""
    scale, ticks = axis
    top, bottom = between
    for value, words in zip(ticks, voice.ticks(ticks), strict=True):
        sheet.line(((scale(value), top), (scale(value), bottom)), "axis" if value == 0 else "g")
        sheet.number(scale(value), bottom + 17, words)


def upward(
    sheet: Sheet, words: Sequence[str], axis: tuple[Scale, Sequence[float]], between: tuple[float, float]
) -> None:
    """An axis of values from below, written at the side where reading starts."""
    scale, ticks = axis
    start, end = between
    for value, told in zip(ticks, words, strict=True):
        sheet.line(((start, scale(value)), (end, scale(value))), "axis" if value == 0 else "g")
        sheet.number(start - 8, scale(value) + 4, told, anchor="end")


def key_of(sheet: Sheet, x: float, y: float, marks: Sequence[tuple[str, str, str]]) -> None:
    """A key below a figure: (shape, class, words), in lines as wide as the sheet."""
    at = x
    for shape, name, words in marks:
        wide = 40 + 7.2 * len(words)
        if at > x and at + wide > sheet.width - 8:
            at, y = x, y + 20
        _shape(sheet, shape, name, at, y)
        sheet.text(at + 26, y + 4, words, "s")
        at += wide


def _shape(sheet: Sheet, shape: str, name: str, x: float, y: float) -> None:
    if shape == "dot":
        sheet.dot(x + 10, y, name)
    elif shape == "line":
        sheet.line(((x, y), (x + 20, y)), name)
    elif shape == "diamond":
        sheet.diamond(x + 10, y, 8, 6, name)
    else:
        sheet.box(x, y - 7, 20, 13, name)
