"""Telling what kind of file somebody gave, and reading it: JSON, lines of it, a zip or a folder of tables."""

import json
from pathlib import Path

from homeward.services.hsds.coming_in import Fault, Read, read
from homeward.services.hsds.tabular import Unreadable, read_folder, read_zip

MOST_BYTES = 100_000_000


def read_path(path: Path) -> Read:
    """A file or a folder on this machine."""
    if path.is_dir():
        return _read_rows(lambda: read_folder(path))
    if path.name == "datapackage.json":
        return _read_rows(lambda: read_folder(path.parent))
    return read_content(path.read_bytes())


def read_content(content: bytes) -> Read:
    """What a file holds, strictly; what is wrong with it when it holds nothing that can be used."""
    if content[:2] == b"PK":
        return _read_rows(lambda: read_zip(content))
    if len(content) > MOST_BYTES:
        return Read(faults=(Fault(0, "", "the file is too large"),))
    return _read_rows(lambda: _json(content))


def _json(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
        if not text.strip():
            raise Unreadable("the file is empty")
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
    except Unreadable:
        raise
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("neither JSON nor a zip of tables") from wrong


def _read_rows(rows: object) -> Read:
    try:
        return read(rows())  # type: ignore[operator]
    except (Unreadable, RecursionError) as wrong:
        return Read(faults=(Fault(0, "", str(wrong)),))
