"""What a backup says about itself, so that a restore can tell whether it is whole."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from homeward.config.postgres.problems import DatabaseTrouble
from homeward.lib.key_files import KeyRing

FORMAT = 1
NAME, DUMP, FILES = "manifest.json", "database.dump", "files"


@dataclass(frozen=True)
class Manifest:
    """Hashes of the backup's files, of every table's rows, and of the keys that open it."""

    made_at: str
    migrations: list[str]
    definer_functions: list[str]
    tables: Mapping[str, str]
    keys: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, directory: Path) -> None:
        (directory / NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n")


def read_manifest(directory: Path) -> Manifest:
    """The manifest, once every file it names is found unchanged."""
    try:
        told = json.loads((directory / NAME).read_text())
    except (OSError, ValueError):
        raise DatabaseTrouble(f"{directory} holds no finished backup: it has no readable {NAME}.") from None
    if told.get("format") != FORMAT:
        raise DatabaseTrouble(f"This backup has format {told.get('format')}; this Homeward reads {FORMAT}.")
    manifest = Manifest(**told)
    damaged = differences(manifest.files, hashes_of(directory))
    if damaged:
        raise DatabaseTrouble(f"The backup is damaged; nothing was restored. Not as saved: {listed(damaged)}")
    return manifest


def hashes_of(directory: Path) -> dict[str, str]:
    """SHA-256 of every file of a backup but the manifest itself."""
    found = (file for file in sorted(directory.rglob("*")) if file.is_file() and file.name != NAME)
    return {file.relative_to(directory).as_posix(): hash_of(file) for file in found}


def hash_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def key_fingerprints(ring: KeyRing) -> dict[str, str]:
    """Tells keys apart without telling anything about them."""
    keys = {f"master {version}": key for version, key in ring.masters.items()}
    keys["blind index"] = ring.blind_index
    return {name: hmac.new(key, b"homeward backup", "sha256").hexdigest()[:32] for name, key in keys.items()}


def require_keys(manifest: Manifest, ring: KeyRing) -> None:
    """Newer keys beside the old ones are welcome; a missing or different one is not."""
    held = key_fingerprints(ring)
    wrong = [name for name, mark in manifest.keys.items() if held.get(name) != mark]
    if wrong:
        raise DatabaseTrouble(
            f"The key file does not open this backup (wrong or missing: {listed(wrong)}); nothing was "
            "restored. Bring the key file that was kept apart from it: homeward restore DIR --keys FILE"
        )


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    names = sorted(expected.keys() | found.keys())
    return [name for name in names if expected.get(name) != found.get(name)]


def listed(names: list[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
