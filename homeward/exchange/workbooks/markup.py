"""Read the XML of a sheet for what a reader of values leaves out: formulas, and how far the sheet reaches."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from homeward.exchange.workbooks.refusals import TooManyCells, UnreadableWorkbook, UnsafeWorkbook

MOST_DEPTH = 100
MOST_CELLS = 5_000_000  # rows times columns, filled or not: this is what a dense grid must hold
DIGITS = "0123456789"
Attributes = dict[str, str]


@dataclass
class SheetMarkup:
    """Formulas and errors by 0-based (row, column); `rows` and `columns` reach to the last cell."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def read_elements(content: bytes, start: Callable[[str, Attributes], None]) -> None:
    """Call `start` with the local name and attributes of every element."""
    _parse(content, expat.ParserCreate(), start, lambda name: None)


def read_sheet_markup(content: bytes) -> SheetMarkup:
    """Walk one worksheet; raises TooManyCells before anything large is made of it."""
    parser = expat.ParserCreate()
    walk = _Walk(parser)
    _parse(content, parser, walk.start, walk.end)
    return walk.found


class _Walk:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.found = SheetMarkup()
        self._parser = parser
        self._row = self._column = -1
        self._is_error = False
        self._text: list[str] = []
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._column = self._column_of(attributes.get("r", ""))
            if self._column >= self.found.columns:
                self.found.columns = self._column + 1
            self._is_error = attributes.get("t") == "e"
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            self.found.rows = max(self.found.rows, self._row + 1)
            self._check_reach()
        elif name == "f" or (name == "v" and self._is_error):
            self._text = []
            self._parser.CharacterDataHandler = self._text.append

    def end(self, name: str) -> None:
        if name == "f":
            self._parser.CharacterDataHandler = None
            # A formula shared by many cells is written in the first of them only.
            self.found.formulas[self._row, self._column] = "".join(self._text) or "…"
        elif name == "v" and self._is_error:
            self._parser.CharacterDataHandler = None
            self.found.errors[self._row, self._column] = "".join(self._text)
        elif name == "sheetData":
            self._check_reach()

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip(DIGITS)
        if not letters:
            return self._column + 1
        if letters not in self._columns:
            self._columns[letters] = column_number(letters)
        return self._columns[letters]

    def _check_reach(self) -> None:
        if self.found.rows * self.found.columns > MOST_CELLS:
            raise TooManyCells


def column_number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _parse(
    content: bytes,
    parser: expat.XMLParserType,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
) -> None:
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise UnsafeWorkbook
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    def refused(*_: object) -> None:
        raise UnsafeWorkbook

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, KeyError) as broken:
        raise UnreadableWorkbook from broken
