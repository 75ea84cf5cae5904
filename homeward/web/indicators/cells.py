"""How a cell reads: its number with limits, its place on a scale that its table shares, what to beware of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from homeward.indicators.declared import is_counted
from homeward.indicators.queries import ShownValue
from homeward.indicators.rules import ENOUGH, Better, Definition, Point, Shown, Unit
from homeward.web.indicators import words
from homeward.web.indicators.words import Word

Cell = ShownValue | Point
MANY_KNOWN, HALF_KNOWN = 0.8, 0.4  # below it many, most are not known


@dataclass(frozen=True)
class Scale:
    """From where to where a table's numbers are drawn, in the indicator's unit."""

    least: float
    most: float

    def place(self, number: float) -> int:
        """Where a number lies, from 3 to 97 per cent of the width: a mark at the end is not cut off."""
        return 3 + round(94 * min(max((number - self.least) / (self.most - self.least), 0.0), 1.0))


@dataclass(frozen=True)
class Mark:
    """A value on the scale with its limits, as places; `width` is that from nought, for what is counted."""

    value: int
    low: int | None
    high: int | None
    target: int | None
    start: int
    width: int


@dataclass(frozen=True)
class Row:
    """A cell in words; `mark` is None where no number is told."""

    name: Word
    shown: str
    value: str
    low: str
    high: str
    n: int | None
    coverage: str
    care: tuple[str, ...]
    mark: Mark | None
    version: int = 0
    is_bridged: bool = False


def scale_of(cells: Iterable[Cell], unit: Unit, target: float | None = None) -> Scale:
    """Shares from none to all; everything else from nought to the highest limit, or from below nought."""
    if unit is Unit.SHARE:
        return Scale(0.0, 1.0)
    numbers = [one for cell in cells for one in (cell.value, cell.low, cell.high) if one is not None]
    known = [0.0, *numbers, *([] if target is None else [target])]
    return Scale(min(known), max(known) if max(known) > min(known) else min(known) + 1.0)


def row_of(name: Word, cell: Cell, one: Definition, scale: Scale, target: float | None = None) -> Row:
    """The cell of an indicator as it is read."""
    unit, in_full = one.unit, is_counted(one.measure)
    low, high = (None, None) if in_full else (cell.low, cell.high)
    return Row(
        name=name,
        shown=cell.shown,
        value=words.told_value(cell.value, unit),
        low=words.told_value(low, unit),
        high=words.told_value(high, unit),
        n=cell.n,
        coverage=words.told_value(cell.coverage, Unit.SHARE),
        care=_care(cell, in_full=in_full),
        mark=None if cell.value is None else _mark(cell.value, low, high, scale, target),
        version=getattr(cell, "version", 0),
        is_bridged=getattr(cell, "is_bridged", False),
    )


def reached(one: Definition, cell: Cell, target: float) -> str:
    """Whether a target is reached, as far as the limits of the value allow saying so."""
    if cell.value is None or one.better is Better.NEITHER:
        return ""
    low = cell.value if cell.low is None else cell.low
    high = cell.value if cell.high is None else cell.high
    sure, never = (low >= target, high < target)
    if one.better is Better.LOWER:
        sure, never = (high <= target, low > target)
    if sure:
        return _("the target is reached")
    return _("the target is not reached") if never else _("these data cannot tell whether it is reached")


def _care(cell: Cell, *, in_full: bool) -> tuple[str, ...]:
    """What to beware of in a number that is told."""
    if cell.shown != Shown.SHOWN or in_full:
        return ()
    told = [_("few cases")] if cell.n is not None and cell.n < ENOUGH else []
    if cell.coverage is not None and cell.coverage < HALF_KNOWN:
        told.append(_("most are not known"))
    elif cell.coverage is not None and cell.coverage < MANY_KNOWN:
        told.append(_("many are not known"))
    return tuple(told)


def _mark(value: float, low: float | None, high: float | None, scale: Scale, target: float | None) -> Mark:
    at, nought = scale.place(value), scale.place(0.0)
    return Mark(
        value=at,
        low=None if low is None else scale.place(low),
        high=None if high is None else scale.place(high),
        target=None if target is None else scale.place(target),
        start=min(at, nought),
        width=abs(at - nought),
    )
