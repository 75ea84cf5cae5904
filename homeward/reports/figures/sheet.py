"""The sheet that figures are drawn on: logical sides, so that it reads from right to left where people do.

Horizontal places count from the side where reading starts; the sheet turns them round for Arabic. Colours
stand in a style sheet inside the drawing, which knows light, dark and paper; colour alone tells nothing.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import escape

WIDTH = 640
RIGHT_TO_LEFT = {"ar"}
Point = tuple[float, float]


class Medium(StrEnum):
    """What a drawing is for: a screen, which may be dark, or paper."""

    SCREEN = "screen"
    PRINT = "print"


LIGHT = {
    "paper": "#fffdf9",
    "ink": "#1b2625",
    "soft": "#55605c",
    "line": "#ddd4c2",
    "edge": "#857c6a",
    "act": "#0b5a61",
    "mid": "#8fbfbb",
    "tint": "#e0edea",
    "late": "#9c3f10",
    "latetint": "#f3c9ad",
}
DARK = {
    "paper": "#172120",
    "ink": "#ece7dc",
    "soft": "#a8b3ae",
    "line": "#31403d",
    "edge": "#7b8985",
    "act": "#82cbc7",
    "mid": "#3f7a76",
    "tint": "#17312f",
    "late": "#f2a67e",
    "latetint": "#6b3c22",
}
PAPER = {**LIGHT, "paper": "#ffffff"}
FONTS = {
    Medium.SCREEN: 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",sans-serif',
    Medium.PRINT: '"Noto Sans","Noto Sans Arabic","DejaVu Sans",sans-serif',
}
ARABIC_FIRST = {
    Medium.SCREEN: '"Noto Sans Arabic",system-ui,"Segoe UI",Tahoma,"Noto Sans",sans-serif',
    Medium.PRINT: '"Noto Sans Arabic","Noto Sans","DejaVu Sans",sans-serif',
}
RULES = (
    (".bg", "fill:{paper}"),
    ("text", "fill:{soft};font-size:13px"),
    (".t", "fill:{ink}"),
    (".b", "fill:{ink};font-weight:600"),
    (".s", "font-size:12px"),
    (".on", "fill:{paper}"),
    (".warn", "fill:{late};font-weight:600"),
    (".g", "stroke:{line};stroke-width:1;fill:none"),
    (".axis", "stroke:{edge};stroke-width:1;fill:none"),
    (".dash", "stroke:{edge};stroke-width:1;stroke-dasharray:4 3;fill:none"),
    (".dashact", "stroke:{act};stroke-width:1.5;stroke-dasharray:6 4;fill:none"),
    (".thin", "stroke:{edge};stroke-width:1.5;fill:none"),
    (".bold", "stroke:{act};stroke-width:4;fill:none"),
    (".curve", "stroke:{act};stroke-width:2;fill:none"),
    (".other", "stroke:{late};stroke-width:2;stroke-dasharray:7 3;fill:none"),
    (".dot", "fill:{act};stroke:{paper};stroke-width:1"),
    (".ring", "fill:{paper};stroke:{edge};stroke-width:1.75"),
    (".lateDot", "fill:{late};stroke:{paper};stroke-width:1"),
    (".cloud", "fill:{act};fill-opacity:.32"),
    (".box", "fill:{paper};stroke:{edge};stroke-width:1"),
    (".boxact", "fill:{tint};stroke:{act};stroke-width:1.5"),
    (".act", "fill:{act}"),
    (".mid", "fill:{mid}"),
    (".tint", "fill:{tint}"),
    (".late", "fill:{late}"),
    (".latetint", "fill:{latetint}"),
    (".soft", "fill:{soft}"),
    (".ribbon", "fill:{mid};fill-opacity:.62"),
    (".ribbonlate", "fill:{latetint};fill-opacity:.75"),
    (".area", "fill:{mid};fill-opacity:.28;stroke:{act};stroke-width:2"),
    (".hatch", "fill:url(#hatch);stroke:{edge};stroke-width:1"),
    (".hatchline", "stroke:{edge};stroke-width:1.4"),
)
LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
IN_ARABIC = re.compile(f"([{LETTERS}]+)")
NOT_IN_ARABIC = re.compile(f"([^{LETTERS}\\s\u2066-\u2069]+)")
TURNED, DONE = "\u2067", "\u2069"
MINUS, DASH = "\u2212", "\u2013"  # many fonts have no minus of their own
VOWELS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatchline" d="M0 0V6"/></pattern>'
)
ARROW = (
    '<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
)
ARROW += '<path class="soft" d="M0 0L8 4L0 8z"/></marker>'
ACROSS = 0.53
"""How wide a letter is on average, in its own size; a little more than in most fonts."""


class Sheet:
    """Marks are put on it one after the other; `svg` is the whole drawing."""

    def __init__(self, height: float, language: str, medium: Medium, *, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        self.language, self.medium = language, medium
        self.turned = language in RIGHT_TO_LEFT
        self.marks: list[str] = []

    def x(self, at: float) -> float:
        """A place counted from the side where reading starts, as the drawing counts it."""
        return self.width - at if self.turned else at

    def box(self, x: float, y: float, wide: float, high: float, name: str, *, round_: float = 0) -> None:
        """A rectangle; x is the side where reading starts."""
        left = self.x(x + wide) if self.turned else x
        corner = f' rx="{_n(round_)}"' if round_ else ""
        size = f'width="{_n(max(wide, 0))}" height="{_n(max(high, 0))}"'
        self.marks.append(f'<rect class="{name}" x="{_n(left)}" y="{_n(y)}" {size}{corner}/>')

    def line(self, points: Sequence[Point], name: str, *, arrow: bool = False) -> None:
        """A line through the points."""
        end = ' marker-end="url(#arrow)"' if arrow else ""
        self.marks.append(f'<path class="{name}" d="{self._way(points)}"{end}/>')

    def area(self, points: Sequence[Point], name: str) -> None:
        """What the points go round."""
        self.marks.append(f'<path class="{name}" d="{self._way(points)}Z"/>')

    def dot(self, x: float, y: float, name: str, radius: float = 5) -> None:
        """A circle."""
        place = f'cx="{_n(self.x(x))}" cy="{_n(y)}"'
        self.marks.append(f'<circle class="{name}" {place} r="{_n(radius)}"/>')

    def diamond(self, x: float, y: float, wide: float, high: float, name: str) -> None:
        """A diamond about a place."""
        self.area(((x - wide, y), (x, y - high), (x + wide, y), (x, y + high)), name)

    def ribbon(self, above: tuple[float, float, float], below: tuple[float, float, float], name: str) -> None:
        """A band from (x, y, width) down to (x, y, width), as wide as what flows."""
        (x0, y0, w0), (x1, y1, w1) = above, below
        middle = (y0 + y1) / 2
        ways = (
            f"M{self._p(x0, y0)}C{self._p(x0, middle)} {self._p(x1, middle)} {self._p(x1, y1)}",
            f"L{self._p(x1 + w1, y1)}C{self._p(x1 + w1, middle)} {self._p(x0 + w0, middle)}",
            f" {self._p(x0 + w0, y0)}Z",
        )
        self.marks.append(f'<path class="{name}" d="{"".join(ways)}"/>')

    def text(self, x: float, y: float, words: str, name: str = "", anchor: str = "start") -> None:
        """Words in the reader's direction; start and end are those of reading."""
        self._words(x, y, words, name, anchor, "rtl" if self.turned else "ltr")

    def number(self, x: float, y: float, words: str, name: str = "", anchor: str = "middle") -> None:
        """Numbers and codes, which run from left to right everywhere."""
        turned = {"start": "end", "end": "start"}.get(anchor, anchor) if self.turned else anchor
        self._words(x, y, words, name, turned, "ltr")

    def lines(
        self, x: float, y: float, words: str, wide: float, name: str = "", anchor: str = "start"
    ) -> int:
        """Words broken into as many lines as they need; how many."""
        broken = wrapped(words, wide)
        for number, one in enumerate(broken):
            self.text(x, y + 16 * number, one, name, anchor)
        return len(broken)

    def svg(self, title: str, alt: str) -> str:
        """The whole drawing, described for who does not see it."""
        size = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}" width="{_n(self.width)}"'
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} height="{_n(self.height)}" role="img" '
            f'lang="{self.language}" aria-labelledby="title desc">'
        )
        told = f'<title id="title">{escape(title)}</title><desc id="desc">{escape(alt)}</desc>'
        ground = f'<rect class="bg" width="{_n(self.width)}" height="{_n(self.height)}"/>'
        style = f"<style>{style_of(self.medium, self.language)}</style>"
        return f"{opening}{told}{style}<defs>{HATCH}{ARROW}</defs>{ground}{''.join(self.marks)}</svg>"

    def _words(self, x: float, y: float, words: str, name: str, anchor: str, direction: str) -> None:
        place = f'x="{_n(self.x(x))}" y="{_n(y)}"'
        is_turned = direction == "rtl"
        if is_turned and self.medium is Medium.PRINT:  # typesetters know no direction: sides of the page
            anchor, words = {"start": "end", "end": "start"}.get(anchor, anchor), f"{TURNED}{words}{DONE}"
            is_turned = False
        more = "" if anchor == "start" else f' text-anchor="{anchor}"'
        more += ' direction="rtl"' if is_turned else ""
        named = f' class="{name}"' if name else ""
        self.marks.append(f"<text{named} {place}{more}>{self._in_fonts(words)}</text>")

    def _in_fonts(self, words: str) -> str:
        """On paper each script in a font of its own, without signs of vowels.

        Who sets a page takes one font for all of a text where another lacks letters, and loses what this one
        lacks. A sign above a letter is no letter of its own, and a page for readers who listen may hold none.
        """
        if self.medium is not Medium.PRINT:
            return escape(words, quote=False)
        apart, name = (NOT_IN_ARABIC, "latin") if self.turned else (IN_ARABIC, "arabic")
        runs = enumerate(apart.split(VOWELS.sub("", words).replace(MINUS, DASH)))
        return "".join(
            f'<tspan class="{name}">{escape(one, quote=False)}</tspan>'
            if at % 2
            else escape(one, quote=False)
            for at, one in runs
        )

    def _way(self, points: Iterable[Point]) -> str:
        return "M" + "L".join(self._p(x, y) for x, y in points)

    def _p(self, x: float, y: float) -> str:
        return f"{_n(self.x(x))} {_n(y)}"


def style_of(medium: Medium, language: str) -> str:
    """Colours and type of a drawing; dark where the reader's screen is, never on paper."""
    fonts = ARABIC_FIRST if language in RIGHT_TO_LEFT else FONTS
    family = f"text{{font-family:{fonts[medium]};font-variant-numeric:tabular-nums}}"
    if medium is Medium.PRINT:
        scripts = f".latin{{font-family:{FONTS[medium]}}}.arabic{{font-family:{ARABIC_FIRST[medium]}}}"
        return family + scripts + _rules(PAPER)
    dark = f"@media screen and (prefers-color-scheme:dark){{{_rules(DARK)}}}"
    return family + _rules(LIGHT) + dark


def wrapped(words: str, wide: float, size: float = 13) -> list[str]:
    """Words in lines no wider than this, as far as can be told without the font."""
    most, made = max(4, int(wide / (size * ACROSS))), [""]
    for word in words.split():
        longer = f"{made[-1]} {word}".strip()
        if len(longer) <= most or not made[-1]:
            made[-1] = longer
        else:
            made.append(word)
    return [_shortened(one, most) for one in made]


def shortened(words: str, wide: float, size: float = 13) -> str:
    """Words that fit on one line; the table beside holds them whole."""
    return _shortened(words, max(4, int(wide / (size * ACROSS))))


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _rules(colours: dict[str, str]) -> str:
    made = []
    for name, said in RULES:
        for colour, value in colours.items():
            said = said.replace(f"{{{colour}}}", value)  # noqa: PLW2901
        made.append(f"{name}{{{said}}}")
    return "".join(made)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
