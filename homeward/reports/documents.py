"""A report as it is read, before it is written as any kind of file: pure values, kept as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson

RIGHT_TO_LEFT = frozenset({"ar"})


class BlockKind(StrEnum):
    """What a part of a report is, for whoever lays it out."""

    CHAPTER = "chapter"
    SECTION = "section"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    NOTE = "note"
    REFUSAL = "refusal"
    LIST = "list"
    TABLE = "table"
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

    @property
    def is_right_to_left(self) -> bool:
        """Whether lines begin at the right."""
        return self.language in RIGHT_TO_LEFT


def as_json(document: Document) -> dict[str, Any]:
    """The document as it is kept."""
    made: dict[str, Any] = orjson.loads(orjson.dumps(asdict(document)))
    return made


def document_from(kept: Mapping[str, Any]) -> Document:
    """The document as it was kept."""
    blocks = tuple(_block(one) for one in kept["blocks"])
    traces = tuple(Trace(**one) for one in kept["traces"])
    return Document(**{**kept, "blocks": blocks, "traces": traces})


def hash_of(kept: Mapping[str, Any]) -> str:
    """SHA-256 of canonical JSON: the order of names does not count."""
    return sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _block(kept: Mapping[str, Any]) -> Block:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in kept["rows"])
    listed = {name: tuple(kept[name]) for name in ("items", "head", "traces")}
    return Block(**{**kept, **listed, "kind": BlockKind(kept["kind"]), "rows": rows})
