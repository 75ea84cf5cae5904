"""The two files that hold this installation's keys, outside the database and its backups.

The key file holds master keys by version, the key of blind indexes, the keys of match tokens and the
public keys of the audit trail's seals. The private key that signs seals is a file of its own, so that
only the sealer's account need be able to read it.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from homeward.lib.encryption import new_key


class NoKeys(Exception):
    """The message says what to do about it; nothing is ever made up in place of a missing key."""


@dataclass(frozen=True)
class KeyRing:
    """Master keys by version, the one in use, the blind-index key, and public keys of seals by name."""

    active: int
    masters: Mapping[int, bytes] = field(repr=False)
    blind_index: bytes = field(repr=False)
    seal_checkers: Mapping[str, bytes]
    # Keys of match tokens by version; an older file has none until `homeward keys rotate --matching`.
    matching: Mapping[int, bytes] = field(default_factory=dict, repr=False)

    @property
    def active_master(self) -> bytes:
        return self.masters[self.active]

    def checker(self, name: str) -> Ed25519PublicKey | None:
        """The public key a seal names, if this installation ever had it."""
        found = self.seal_checkers.get(name)
        return Ed25519PublicKey.from_public_bytes(found) if found else None


@dataclass(frozen=True)
class Signer:
    """The private key by which seals are signed, and the name it is known by."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)


_known: dict[Path, tuple[tuple[int, int], KeyRing]] = {}


def load_keys(path: Path) -> KeyRing:
    """The keys in `path`; read again only when the file was replaced, as a rotation does."""
    try:
        state = path.stat()
    except FileNotFoundError as missing:
        raise NoKeys(
            f"There is no key file at {path}. Run `homeward keys create` on a new installation; "
            "on an old one bring the file back from its own backup."
        ) from missing
    stamp = (state.st_ino, state.st_mtime_ns)
    known = _known.get(path)
    if known is None or known[0] != stamp:
        _known[path] = known = (stamp, _parsed(path.read_text()))
    return known[1]


def load_signer(path: Path) -> Signer:
    """The private key that signs seals."""
    try:
        kept = json.loads(path.read_text())
    except FileNotFoundError as missing:
        raise NoKeys(f"There is no signing key at {path}.") from missing
    return Signer(kept["name"], Ed25519PrivateKey.from_private_bytes(_bytes(kept["private"])))


def signer_path(keys_path: Path) -> Path:
    """Where the signing key lies unless settings say otherwise: beside the key file."""
    return keys_path.with_name(f"{keys_path.stem}-sealer.json")


def create_keys(keys_path: Path, sealer_path: Path) -> bool:
    """Make both files once, readable by their owner alone; False when there are keys already."""
    if keys_path.exists():
        return False
    signer, public = _new_signer("1")
    ring = KeyRing(1, {1: new_key()}, new_key(), {signer.name: public}, {1: new_key()})
    _write_new(sealer_path, _signer_text(signer))
    _write_new(keys_path, _text(ring))
    return True


def add_master_key(keys_path: Path) -> KeyRing:
    """Add a master key and make it the one in use; older ones stay, so that older values still open."""
    ring = load_keys(keys_path)
    version = max(ring.masters) + 1
    newer = replace(ring, active=version, masters={**ring.masters, version: new_key()})
    _replace(keys_path, _text(newer))
    return newer


def add_signing_key(keys_path: Path, sealer_path: Path) -> Signer:
    """Put a new signing key in place of the old; seals signed before are still checked by its public key."""
    ring = load_keys(keys_path)
    signer, public = _new_signer(str(len(ring.seal_checkers) + 1))
    # The public key first: a seal must never be signed by a key nobody can check.
    _replace(keys_path, _text(replace(ring, seal_checkers={**ring.seal_checkers, signer.name: public})))
    _replace(sealer_path, _signer_text(signer))
    return signer


def add_matching_key(keys_path: Path) -> KeyRing:
    """Add a key of match tokens; the one before stays until every token was made anew."""
    ring = load_keys(keys_path)
    newer = replace(ring, matching={**ring.matching, max(ring.matching, default=0) + 1: new_key()})
    _replace(keys_path, _text(newer))
    return newer


def drop_old_matching_keys(keys_path: Path) -> KeyRing:
    """Keep the newest key of match tokens only: what an older dump holds can then be made by nobody."""
    ring = load_keys(keys_path)
    newest = max(ring.matching)
    _replace(keys_path, _text(replace(ring, matching={newest: ring.matching[newest]})))
    return load_keys(keys_path)


def _new_signer(name: str) -> tuple[Signer, bytes]:
    key = Ed25519PrivateKey.generate()
    return Signer(name, key), key.public_key().public_bytes_raw()


def _signer_text(signer: Signer) -> str:
    return json.dumps({"name": signer.name, "private": _base64(signer.key.private_bytes_raw())})


def _text(ring: KeyRing) -> str:
    kept = {
        "active": ring.active,
        "masters": {str(version): _base64(key) for version, key in ring.masters.items()},
        "blind_index": _base64(ring.blind_index),
        "seal_checkers": {name: _base64(key) for name, key in ring.seal_checkers.items()},
        "matching": {str(version): _base64(key) for version, key in ring.matching.items()},
    }
    return json.dumps(kept, indent=2) + "\n"


def _parsed(text: str) -> KeyRing:
    kept: dict[str, Any] = json.loads(text)
    return KeyRing(
        active=int(kept["active"]),
        masters={int(version): _bytes(key) for version, key in kept["masters"].items()},
        blind_index=_bytes(kept["blind_index"]),
        seal_checkers={name: _bytes(key) for name, key in kept["seal_checkers"].items()},
        matching={int(version): _bytes(key) for version, key in kept.get("matching", {}).items()},
    )


def _replace(path: Path, text: str) -> None:
    """Write beside and rename, so that a reader finds the old keys or the new, never half."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    _write_new(beside, text)
    beside.rename(path)


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)
