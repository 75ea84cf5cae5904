"""Keyed hashes of the matcher's blocking keys: by them alike people are found without names in an index.

Traits come in; numbers to keep, or to seek with the largest crowd each may bring, go out.
"""

from collections.abc import Mapping

from homeward.lib.encryption import keyed_digest
from homeward.people.matching import Traits, blocking
from homeward.people.matching.prepared import prepared
from homeward.privacy.sealing import key_ring

HASH_BYTES = 8  # two keys in ten million that collide cost one comparison too many, nothing else
NAME, UNDATED = "name:", "undated-name:"


def kept_hashes(traits: Traits) -> frozenset[int]:
    """What is kept of a person; a name without a date of birth is kept a second time, to be met by all."""
    ready = prepared(traits)
    keys = blocking.keys(ready)
    undated = frozenset() if ready.birth else frozenset(_undated(key) for key in keys if key.startswith(NAME))
    secret = key_ring().blind_index
    return frozenset(_hash(secret, key) for key in keys | undated)


def sought_hashes(traits: Traits) -> Mapping[int, int]:
    """Hashes that bring those worth comparing, each with the crowd beyond which it tells nothing.

    Whoever has a date of birth meets by name alone only those without one.
    """
    ready = prepared(traits)
    keys = blocking.keys(ready)
    secret = key_ring().blind_index
    return {
        _hash(secret, _undated(key) if ready.birth and key.startswith(NAME) else key): _crowd(key)
        for key in keys
    }


def _undated(key: str) -> str:
    return UNDATED + key.removeprefix(NAME)


def _crowd(key: str) -> int:
    return blocking.LARGEST_CROWD[key.split(":", 1)[0]]


def _hash(secret: bytes, key: str) -> int:
    digest = keyed_digest(secret, "likeness", key.encode())
    return int.from_bytes(digest[:HASH_BYTES], "big", signed=True)
