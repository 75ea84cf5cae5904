"""The ledger of erasures outside the database: a file beside the backups, one line for each erasure.

It names nobody: an organisation's id, a person's id, a moment. A restore holds the database against it.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One erasure, as the file keeps it."""

    organisation_id: str
    subject_id: str
    because: str
    erased_at: str

    @classmethod
    def of(cls, organisation_id: object, subject_id: object, because: str, at: datetime) -> "Line":
        return cls(str(organisation_id), str(subject_id), because, at.isoformat(timespec="seconds"))


def read_ledger(file: Path) -> Iterator[Line]:
    """The lines of the file; a line that a power cut left unfinished is the last and is left out."""
    if not file.exists():
        return
    for text in file.read_text(encoding="utf-8").splitlines():
        told = _parsed(text)
        if told is not None:
            yield Line(**told)


def add_to_ledger(file: Path, lines: Iterable[Line]) -> int:
    """Add lines that are not there yet, durably; says how many were added."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a+", encoding="utf-8") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        known = {(one.organisation_id, one.subject_id) for one in read_ledger(file)}
        new = [line for line in lines if (line.organisation_id, line.subject_id) not in known]
        ledger.write("".join(json.dumps(asdict(line), sort_keys=True) + "\n" for line in new))
        ledger.flush()
        os.fsync(ledger.fileno())
    return len(new)


def _parsed(text: str) -> Mapping[str, str] | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) and set(told) == set(Line.__dataclass_fields__) else None
