"""Encrypted bytes on disk: one file each, under a random name in two levels of directories."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from homeward.files.problems import FileLost
from homeward.lib.encryption import Place, Unreadable, decrypt, encrypt

OWN_KEY = 0  # each blob has a key of its own, kept wrapped in the database


def new_blob_name() -> str:
    return secrets.token_hex(16)


def write_blob(name: str, key: bytes, place: Place, content: bytes) -> None:
    """Encrypt and write so that a power cut leaves the whole blob or none."""
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(encrypt(key, OWN_KEY, place, content))
        out.flush()
        os.fsync(out.fileno())
    beside.rename(path)
    _sync_directory(path.parent)


def read_blob(name: str, key: bytes, place: Place) -> bytes:
    """The content, or FileLost when it is missing or is not what was written."""
    try:
        return decrypt({OWN_KEY: key}, place, path_of(name).read_bytes())
    except (FileNotFoundError, Unreadable) as lost:
        raise FileLost from lost


def remove_blob(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    return settings.FILES_DIR / name[:2] / name[2:4] / name


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
