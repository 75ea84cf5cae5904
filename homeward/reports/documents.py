"""A report as it is read, before it is written as any kind of file: pure values, kept as JSON."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson

RIGHT_TO_LEFT = frozenset({"ar"})
# Signs of control, and those that turn a line round whoever wrote it: no file may hold the first.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]")


class BlockKind(StrEnum):
    """What a part of a report is, for whoever lays it out."""

    CHAPTER = "chapter"
    SECTION = "section"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    NOTE = "note"
    REFUSAL = "refusal"
    LIST = "list"
    FACTS = "facts"  # rows of a name and what is said of it
    TABLE = "table"
    SOURCES = "sources"  # the table of the annex: the first cell of a row is the mark that leads to it
    PICTURE = "picture"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and the number itself when it is one that may be shown."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class Block:
    """One part of a report; `traces` are the lines of the annex that its numbers come from."""

    kind: BlockKind
    text: str = ""
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    svg: str = ""
    alt: str = ""
    traces: tuple[int, ...] = ()
    is_summed: bool = False  # the last row is the sum of the others

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns hold numbers; a column of dashes would hold some."""
        columns = [[row[at] for row in self.rows] for at in range(len(self.head))]
        return tuple(
            any(one.value is not None for one in column) or {one.text for one in column} == {"–"}
            for column in columns
        )


@dataclass(frozen=True)
class Trace:
    """Where numbers come from: enough to make them again, or to see that they cannot be."""

    number: int
    what: str
    extract_id: str
    manifest_sha256: str
    spec_sha256: str
    inputs_sha256: str
    code_version: str


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    title: str
    organisation: str
    language: str
    period: str
    made_on: str
    kept_by: str
    blocks: tuple[Block, ...]
    traces: tuple[Trace, ...]
    for_whom: str = ""

    @property
    def heading(self) -> tuple[str, ...]:
        """What stands below the title, line by line."""
        lines = (self.organisation, self.period, self.made_on, self.kept_by, self.for_whom)
        return tuple(one for one in lines if one)

    @property
    def is_right_to_left(self) -> bool:
        """Whether lines begin at the right."""
        return self.language in RIGHT_TO_LEFT


def as_json(document: Document) -> dict[str, Any]:
    """The document as it is kept."""
    made: dict[str, Any] = orjson.loads(orjson.dumps(asdict(document)))
    return made


def printable(document: Document) -> Document:
    """The document without signs that cannot be printed."""
    return document_from(_cleaned(asdict(document)))


def document_from(kept: Mapping[str, Any]) -> Document:
    """The document as it was kept."""
    blocks = tuple(_block(one) for one in kept["blocks"])
    traces = tuple(Trace(**one) for one in kept["traces"])
    return Document(**{**kept, "blocks": blocks, "traces": traces})


def hash_of(kept: Mapping[str, Any]) -> str:
    """SHA-256 of canonical JSON: the order of names does not count."""
    return sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value


def _block(kept: Mapping[str, Any]) -> Block:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in kept["rows"])
    listed = {name: tuple(kept[name]) for name in ("items", "head", "traces")}
    return Block(**{**kept, **listed, "kind": BlockKind(kept["kind"]), "rows": rows})
