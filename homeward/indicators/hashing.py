"""What makes values repeatable: hashes of the extract and of the code that reckoned them."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

import homeward

CODE = ("estimators", "indicators")


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of an extract's manifest as canonical JSON: it holds the hash of every file."""
    return sha256(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


@cache
def code_version() -> str:
    """Hash of the source of the measures and of the estimators beneath."""
    root = Path(homeward.__path__[0])
    made = sha256()
    for path in sorted(
        one for part in CODE for one in (root / part).rglob("*.py") if "tests" not in one.parts
    ):
        made.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()[:16]
