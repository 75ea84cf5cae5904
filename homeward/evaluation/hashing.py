"""What makes a finding repeatable: hashes of what went in, what was asked and the code that answered."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

import homeward
from homeward.evaluation.rules import Spec
from homeward.evaluation.specs import as_given

CODE = ("estimators", "evaluation")


def spec_hash(spec: Spec) -> str:
    """SHA-256 of the spec as canonical JSON: the order of fields and what is at its default do not count."""
    return sha256(orjson.dumps(as_given(spec), option=orjson.OPT_SORT_KEYS)).hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, as `sha256sum` prints it."""
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            made.update(block)
    return made.hexdigest()


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of an extract's manifest as canonical JSON: it holds the hash of every file."""
    return sha256(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


@cache
def code_version() -> str:
    """Hash of the estimators' and the evaluation's own source: it changes when any of it does."""
    root = Path(homeward.__path__[0])
    made = sha256()
    for path in sorted(
        one for part in CODE for one in (root / part).rglob("*.py") if "tests" not in one.parts
    ):
        made.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()[:16]
