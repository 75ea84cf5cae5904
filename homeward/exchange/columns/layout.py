"""Where on a sheet the header is, and which of the rows beneath it are people."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from homeward.exchange.columns.headers import LINE_NUMBERS, header_meaning
from homeward.exchange.values.text import fold, is_blank, text_of
from homeward.exchange.words import word_lists
from homeward.exchange.workbooks import Cell, Grid

SEARCHED = 60
FEWEST_KNOWN = 2.0  # headers recognised before a row counts as the header
Row = Sequence[Cell]

TOTALS = frozenset(map(fold, word_lists("headers")["totals"]["exactly"]))
TOTAL_STARTS = tuple(f"{fold(word)} " for word in word_lists("headers")["totals"]["at_the_start"])


class Skip(StrEnum):
    BLANK = "blank"
    TOTAL = "total"
    REPEATED_HEADER = "repeated_header"
    ASIDE = "aside"  # a footnote, a section title, a bare line number


@dataclass(frozen=True)
class Header:
    """`first` and `last` are 0-based sheet rows; -1 where the list has no header at all."""

    first: int
    last: int
    labels: tuple[str, ...]
    score: float


def find_header(grid: Grid) -> Header:
    """The likeliest header among the first rows, on one row or on two."""
    best = Header(-1, -1, (), 0.0)
    for at, row in enumerate(grid.rows[:SEARCHED]):
        for candidate in _candidates(grid, at, row):
            if candidate.score > best.score + 0.5:
                best = candidate
    if best.score >= FEWEST_KNOWN:
        return _with_translations(grid, best)
    return _unrecognised_header(grid)


def header_at(grid: Grid, row: int) -> Header:
    """The header on a row that somebody has chosen."""
    return Header(row, row, unique_labels(grid.rows[row]), 0.0)


def _candidates(grid: Grid, at: int, row: Row) -> list[Header]:
    single = Header(at, at, unique_labels(row), _score(row))
    if at + 1 >= len(grid.rows) or not _is_wordy(grid.rows[at + 1]):
        return [single]
    below = grid.rows[at + 1]
    joined = _joined(row, below, grid, at)
    # Two rows make one header only where they complete each other: groups above, or names merged downwards.
    score = _score(joined) - 0.1 if _score(below) < _score(joined) else 0.0
    return [single, Header(at, at + 1, unique_labels(joined), score)]


def _joined(above: Row, below: Row, grid: Grid, at: int) -> list[str]:
    group, labels = "", []
    for column in range(max(len(above), len(below))):
        upper = text_of(above[column]) if column < len(above) else ""
        lower = text_of(below[column]) if column < len(below) else ""
        group = upper or (group if _under_one_group(grid, at, column) else "")
        both = f"{group} {lower}" if group and lower else ""
        labels.append(both if both and header_meaning(lower) is None else lower or upper)
    return labels


def _under_one_group(grid: Grid, row: int, column: int) -> bool:
    return any(
        block.top <= row <= block.bottom and block.left < column <= block.right for block in grid.merged
    )


def _score(row: Row) -> float:
    """How much the row looks like a header: recognised names, each field once."""
    found: dict[str, float] = {}
    for cell in row:
        if not isinstance(cell, str) or is_blank(cell):
            continue
        meaning = header_meaning(text_of(cell))
        if meaning:
            found[meaning.field] = max(found.get(meaning.field, 0.0), meaning.confidence)
        elif fold(text_of(cell)) in LINE_NUMBERS:
            found["number"] = 0.3
    return sum(found.values())


def _is_wordy(row: Row) -> bool:
    filled = [cell for cell in row if not is_blank(cell)]
    return bool(filled) and all(
        isinstance(cell, str) and not any(map(str.isdecimal, cell)) for cell in filled
    )


def _with_translations(grid: Grid, header: Header) -> Header:
    """Take in further header rows right below, such as the same names in a second language."""
    last = header.last
    while last + 1 < len(grid.rows) and _score(grid.rows[last + 1]) >= max(FEWEST_KNOWN, header.score / 2):
        last += 1
    return Header(header.first, last, header.labels, header.score)


def _unrecognised_header(grid: Grid) -> Header:
    """The first full row of words in a language we do not know; none where the list begins at once."""
    filled = [sum(not is_blank(cell) for cell in row) for row in grid.rows[:SEARCHED]]
    widest = max(filled, default=0)
    for at, count in enumerate(filled):
        if count >= max(2, 0.6 * widest):
            row = grid.rows[at]
            if _is_wordy(row):
                return Header(at, at, unique_labels(row), 0.0)
            labels = tuple(f"{column + 1}" for column in range(len(row)))
            return Header(at - 1, at - 1, labels, 0.0)
    return Header(-1, -1, (), 0.0)


def unique_labels(row: Row) -> tuple[str, ...]:
    """The header texts, made unique, with a number for each column that has none."""
    seen: dict[str, int] = {}
    labels = []
    for position, cell in enumerate(row):
        label = text_of(cell) or f"({position + 1})"
        seen[label] = seen.get(label, 0) + 1
        labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(labels)


def rows_below(grid: Grid, start: int, width: int) -> list[list[Cell]]:
    """The rows below the header, of one width; a value merged over several rows holds for each."""
    body = [[*row[:width], *[""] * (width - len(row))] for row in grid.rows[start:]]
    for block in grid.merged:
        if block.top < start or block.left != block.right or block.left >= width:
            continue
        value = body[block.top - start][block.left]
        for row in body[block.top - start + 1 : block.bottom - start + 1]:
            if any(not is_blank(cell) for cell in row):
                row[block.left] = value
    return body


def skip_reason(row: Row, header: Header, identifying: frozenset[int]) -> Skip | None:
    """Why a row below the header is no person, or None; `identifying` are the columns that tell who it is."""
    filled = [column for column, cell in enumerate(row) if not is_blank(cell)]
    if not filled:
        return Skip.BLANK
    if _is_total(row, filled, identifying):
        return Skip.TOTAL
    if len(filled) > 2 and (_is_header_again(row, filled, header) or _counts_columns(row, filled)):
        return Skip.REPEATED_HEADER
    return Skip.ASIDE if _is_aside(filled, identifying, len(header.labels)) else None


def _is_aside(filled: Sequence[int], identifying: frozenset[int], width: int) -> bool:
    """True of a line too bare to be a person; in a list of two or three columns no line is."""
    if width <= 3 or len(filled) > 2:
        return False
    return not identifying & set(filled) or filled == [0]


def _counts_columns(row: Row, filled: Sequence[int]) -> bool:
    """True of the line "1, 2, 3 …" that forms put under their header."""
    texts = [text_of(row[column]).strip("()") for column in filled]
    return texts == [str(number) for number in range(1, len(texts) + 1)]


def _is_total(row: Row, filled: Sequence[int], identifying: frozenset[int]) -> bool:
    if len(filled) > max(4, len(row) // 2):
        return False
    texts = [fold(text_of(row[column])) for column in filled if isinstance(row[column], str)]
    if any(text in TOTALS or text.startswith(TOTAL_STARTS) for text in texts[:3]):
        return True
    # A sum nobody has labelled: nothing but numbers, none of them in a column about the person.
    return not texts and not identifying & set(filled)


def _is_header_again(row: Row, filled: Sequence[int], header: Header) -> bool:
    labels = header.labels
    same = sum(
        column < len(labels) and fold(text_of(row[column])) == fold(labels[column]) for column in filled
    )
    return same * 3 >= len(filled) * 2
