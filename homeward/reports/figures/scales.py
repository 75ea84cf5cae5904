"""Axes: where a value stands, and which values are written beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

STEPS = (1, 2, 2.5, 5, 10)
PLACES = 3


@dataclass(frozen=True)
class Scale:
    """From values between low and high to places between start and end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def within(self, value: float) -> float:
        """The place of a value, or the nearer end where it lies outside."""
        return self(min(max(value, self.low), self.high))


def scale_over(
    values: Iterable[float | None], start: float, end: float, *, wanted: int = 5, holds: Sequence[float] = ()
) -> tuple[Scale, tuple[float, ...]]:
    """A scale that holds all values, and those of `holds`, between round numbers; and its ticks."""
    known = [one for one in (*values, *holds) if one is not None and isfinite(one)] or [0.0, 1.0]
    ticks = ticks_over(min(known), max(known), wanted)
    return Scale(ticks[0], ticks[-1], start, end), ticks


def ticks_over(low: float, high: float, wanted: int = 5) -> tuple[float, ...]:
    """Round numbers from at or below low to at or above high, about as many as wanted."""
    if high <= low:
        spread = abs(low) * 0.1 or 1.0
        low, high = low - spread, high + spread
    rough = (high - low) / max(wanted - 1, 1)
    unit = 10.0 ** floor(log10(rough))
    step = next(one * unit for one in STEPS if one * unit >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(number * step, 12) for number in range(first, last + 1))


def places_of(ticks: Sequence[float]) -> int:
    """How many digits behind the point tell the ticks apart."""
    step = abs(ticks[1] - ticks[0]) if len(ticks) > 1 else abs(ticks[0]) or 1.0
    for places in range(PLACES + 1):
        if abs(round(step, places) - step) < step * 1e-6:
            return places
    return PLACES
