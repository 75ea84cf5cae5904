"""CSV as every program writes it: any usual encoding, any separator."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from homeward.exchange.workbooks.grid import Book, Cell, Grid
from homeward.exchange.workbooks.refusals import TooManyCells, UnreadableText

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_LINES = 200
MOST_ROWS = 200_000
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
ARABIC_LETTER = re.compile(r"[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af]")


def read_delimited(content: bytes, *, encoding: str = "", separator: str = "") -> Book:
    """The file as one sheet; an encoding or separator that is given is not guessed."""
    text = _decode(content, encoding)
    told, text = _separator_line(text)
    chosen = separator or told or _guess_separator(text)
    return Book((Grid("", _rows(text, chosen)),))


def _decode(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding or _guess_encoding(content))
    except (UnicodeDecodeError, LookupError) as broken:
        raise UnreadableText from broken
    if CONTROL.search(text):
        raise UnreadableText
    return text


def _guess_encoding(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:10_000]
    if sample.count(0) > len(sample) // 4:  # UTF-16 without its mark: half of Latin text is nought
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_code_page(content)
    return "utf-8"


def _guess_code_page(content: bytes) -> str:
    """Arabic words are runs of high bytes; accents of western languages stand alone among plain letters."""
    high = sum(byte > 0x7F for byte in content)
    runs = b"".join(HIGH_RUN.findall(content))
    arabic = len(ARABIC_LETTER.findall(runs.decode("windows-1256", errors="ignore")))
    if len(runs) > high / 2 and arabic > len(runs) / 2:
        return "windows-1256"
    undefined = set(content) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "latin-1" if undefined else "windows-1252"


def _separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;", taken off."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\s*', first)
    return (told[1], rest) if told else ("", text)


def _guess_separator(text: str) -> str:
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    """How many columns the separator makes, weighted by how many rows agree on that number."""
    try:
        rows = list(csv.reader(io.StringIO(sample), delimiter=separator))
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, agreeing = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (width - 1) * agreeing / len(rows)


def _rows(text: str, separator: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(_cells(row))
            if len(rows) > MOST_ROWS:
                raise TooManyCells
    except csv.Error as broken:
        raise UnreadableText from broken
    return rows


def _cells(row: Sequence[str]) -> list[Cell]:
    return list(row)
