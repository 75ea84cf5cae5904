"""Authenticated encryption bound to a place, and blind indexes. Keys come in as arguments.

A sealed value is: format (1 byte), key version (4 bytes), nonce (12 bytes), ciphertext with its tag.
Moved to another row, column or table, shortened or altered by one bit, it no longer opens.
"""

import hashlib
import hmac
import secrets
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER = struct.Struct(">BI")
SHORTEST = HEADER.size + NONCE_BYTES + TAG_BYTES


class Unreadable(Exception):
    """The value was altered, cut, moved from its place, or sealed under a key that is not here."""


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs; opening it anywhere else fails."""

    table: str
    column: str
    row_id: UUID

    def bound_to(self, version: int) -> bytes:
        """The associated data: each part with its length, so that no two places read alike."""
        parts = (self.table.encode(), self.column.encode(), self.row_id.bytes, version.to_bytes(4, "big"))
        return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


def new_key() -> bytes:
    """A random key for AES-256 or HMAC-SHA256."""
    return secrets.token_bytes(KEY_BYTES)


def encrypt(key: bytes, version: int, place: Place, plaintext: bytes) -> bytes:
    """Seal `plaintext` at its place under `key`, noting the key's version."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, plaintext, place.bound_to(version))
    return HEADER.pack(FORMAT, version) + nonce + ciphertext


def decrypt(keys: Mapping[int, bytes], place: Place, sealed: bytes) -> bytes:
    """Open a value with the one of `keys` it names, or raise Unreadable; never an empty value instead."""
    key = keys.get(version_of(sealed))
    if key is None:
        raise Unreadable
    nonce, ciphertext = sealed[HEADER.size : HEADER.size + NONCE_BYTES], sealed[HEADER.size + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, place.bound_to(version_of(sealed)))
    except InvalidTag as wrong:
        raise Unreadable from wrong


def version_of(sealed: bytes) -> int:
    """The version of the key a value was sealed under."""
    if len(sealed) < SHORTEST:
        raise Unreadable
    form, version = HEADER.unpack_from(sealed)
    if form != FORMAT:
        raise Unreadable
    return int(version)


def blind_index(key: bytes, kind: str, value: str) -> bytes:
    """A keyed fingerprint by which equal values of one kind can be found without being kept in clear."""
    return keyed_digest(key, kind, normalised(value).encode())


def keyed_digest(key: bytes, kind: str, content: bytes) -> bytes:
    """HMAC-SHA256 of `content` as one of its kind."""
    return hmac.digest(key, kind.encode() + b"\0" + content, hashlib.sha256)


def normalised(value: str) -> str:
    """Letters and digits only, case and width folded, digits of every script as 0 to 9."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    return "".join(_plain_digit(sign) for sign in folded if sign.isalnum())


def _plain_digit(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
