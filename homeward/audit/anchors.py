"""Anchors: the newest seal noted outside the database, so that an end cut off whole is missed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.audit.seals import MOMENT, Sealer

NEWEST = (
    f"SELECT sequence, encode(digest, 'hex'), {MOMENT.format('sealed_at')} FROM audit_seal "  # noqa: S608
    "ORDER BY sequence DESC LIMIT 1"
)


@dataclass(frozen=True)
class Anchor:
    """One seal as it was at a time; its digest covers all seals before it."""

    sequence: int
    digest: str
    sealed_at: str

    def line(self) -> str:
        return json.dumps(self.__dict__, separators=(",", ":")) + "\n"


def newest_anchor(connection: Sealer) -> Anchor | None:
    """The anchor of the newest seal, or None before the first."""
    with connection.transaction():
        row = connection.execute(NEWEST.encode()).fetchone()
    return Anchor(*row) if row else None


def read_anchors(file: Path) -> Sequence[Anchor]:
    """All anchors of a file, one a line."""
    return [Anchor(**json.loads(line)) for line in file.read_text().splitlines() if line.strip()]


def append_anchor(file: Path, anchor: Anchor) -> None:
    with file.open("a") as out:
        out.write(anchor.line())
