"""The files of an extract: digests, the manifest that names them, and whether they are as it says."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MANIFEST, CODEBOOK = "manifest.json", "codebook.md"


def digest_of(file: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def as_text(manifest: Mapping[str, Any]) -> str:
    """The manifest as it is written, always alike for the same content."""
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_manifest(directory: Path, manifest: Mapping[str, Any]) -> str:
    """Write the manifest and give its digest, which the database keeps."""
    file = directory / MANIFEST
    file.write_text(as_text(manifest), encoding="utf-8")
    file.chmod(0o600)
    return digest_of(file)


def changed_files(directory: Path, manifest_sha256: str) -> list[str]:
    """Names of files that are missing, changed, or not in the manifest; the manifest itself comes first."""
    manifest = directory / MANIFEST
    if not manifest.is_file() or digest_of(manifest) != manifest_sha256:
        return [MANIFEST]
    said = dict(_files_said(json.loads(manifest.read_text(encoding="utf-8"))))
    there = {str(one.relative_to(directory)) for one in directory.rglob("*") if one.is_file()} - {MANIFEST}
    wrong = {name for name, sha256 in said.items() if name in there and digest_of(directory / name) != sha256}
    return sorted(wrong | (said.keys() ^ there))


def remove(directory: Path) -> None:
    """Take all files away; nothing when there are none."""
    if directory.exists():
        shutil.rmtree(directory)


def _files_said(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield CODEBOOK, manifest["codebook_sha256"]
    if manifest.get("changes"):
        yield manifest["changes"]["name"], manifest["changes"]["sha256"]
    for frame in manifest["frames"].values():
        for one in frame["files"]:
            yield one["name"], one["sha256"]
