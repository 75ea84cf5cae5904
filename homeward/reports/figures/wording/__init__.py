"""Words and numbers of figures in each language; en.json, fr.json and ar.json stand beside this."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from homeward.evaluation.wording.numbers import DECIMAL, THOUSANDS, number, share
from homeward.reports.figures.kinds import SMALLEST, Interval, Source
from homeward.reports.figures.scales import places_of
from homeward.reports.figures.sheet import RIGHT_TO_LEFT

MINUS, NARROW, HASH = "\u2212", "\u202f", 8
LEFT_TO_RIGHT, APART, DONE = "\u2066", "\u2068", "\u2069"


@cache
def words_in(language: str) -> Mapping[str, Any]:
    """Everything that figures say in one language."""
    read: Mapping[str, Any] = orjson.loads(files(__package__).joinpath(f"{language}.json").read_bytes())
    return read


class Voice:
    """One language: its words, and numbers that keep their order among words from right to left."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = words_in(language)

    def say(self, key: str, **values: str) -> str:
        """A sentence or label with its values."""
        return str(self.words["said"][key]).format(**values)

    def title(self, kind: str) -> str:
        """What a kind of figure is called."""
        return str(self.words["titles"][kind])

    def name(self, code: str) -> str:
        """What a column, a code or "column=code" is called; what nobody translated stays as it was given."""
        known = self.words["names"]
        if code in known:
            return str(known[code])
        column, equals, value = code.partition("=")
        if equals:
            return self.say("of_column", column=self.name(column), value=self.name(value))
        return f"{APART}{code.replace('_', ' ')}{DONE}" if self.language in RIGHT_TO_LEFT else code

    def num(self, value: float | None) -> str:
        """A number as people read it."""
        return "–" if value is None else self._kept(number(value, self.language).replace("-", MINUS))

    def count(self, n: int) -> str:
        """How many people, or that they are too few to be counted aloud."""
        return self.say("few", n=self.num(SMALLEST)) if 0 < n < SMALLEST else self.num(n)

    def share(self, value: float | None) -> str:
        """A share as a whole percent."""
        return "–" if value is None else self._kept(share(value, self.language).replace("-", MINUS))

    def ticks(self, values: Sequence[float]) -> list[str]:
        """Numbers of an axis, all with as many digits behind the point."""
        places = places_of(values)
        return [self._kept(self._fixed(one, places)) for one in values]

    def fixed(self, value: float | None, places: int) -> str:
        """A number with so many digits behind the point."""
        return "–" if value is None else self._kept(self._fixed(value, places))

    def between(self, interval: Interval | None) -> str:
        """An interval in words."""
        if interval is None:
            return "–"
        return self.say("between", low=self.num(interval[0]), high=self.num(interval[1]))

    def source(self, source: Source) -> str:
        """The line that says where numbers come from."""
        said = [
            self.say("n", n=self.num(source.n)) if source.n is not None else "",
            self.say("coverage", share=self.share(source.coverage)) if source.coverage is not None else "",
            self.say("horizon", months=self.num(source.horizon_months)) if source.horizon_months else "",
            self.name(source.place) if source.place else "",
            self._kept(source.period) if source.period else "",
            self.say("extract", hash=self._kept(source.extract[:HASH])) if source.extract else "",
            self.say("plan", hash=self._kept(source.spec[:HASH])) if source.spec else "",
        ]
        return " · ".join(one for one in said if one)

    def _fixed(self, value: float, places: int) -> str:
        text = f"{value + 0.0:,.{places}f}".replace("-", MINUS)
        swapped = text.replace(",", "\0").replace(".", DECIMAL[self.language])
        return swapped.replace("\0", THOUSANDS[self.language])

    def _kept(self, text: str) -> str:
        return f"{LEFT_TO_RIGHT}{text}{DONE}" if self.language in RIGHT_TO_LEFT else text
