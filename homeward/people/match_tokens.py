"""Keyed hashes by which a partner may be asked whether it knows a person.

Each is bound to the organisation that registered the person: without the key none can be made, and no two
organisations keep the same one of the same person.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from homeward.lib.encryption import keyed_digest
from homeward.people.matching.tellings import Telling
from homeward.people.rules import TokenKind
from homeward.privacy.sealing import key_ring

TOKEN_BYTES = 16


@dataclass(frozen=True)
class Token:
    """One hash, of whose people it may be, and under which version of the key it was made."""

    organisation_id: UUID
    kind: TokenKind
    token: bytes
    key_version: int


def are_kept() -> bool:
    """True when the installation lets partners ask one another, and has a key to do so."""
    return bool(settings.DUPLICATE_CHECK and key_ring().matching)


def tokens_to_keep(organisation_id: UUID, told: Iterable[Telling]) -> list[Token]:
    """What is kept of a person under the newest key."""
    return list(_made(organisation_id, told, [max(key_ring().matching)]))


def tokens_to_seek(organisation_ids: Iterable[UUID], told: Collection[Telling]) -> list[Token]:
    """What any of these organisations may have kept, under whichever key is still known."""
    keys = sorted(key_ring().matching)
    return [token for one in organisation_ids for token in _made(one, told, keys)]


def _made(organisation_id: UUID, told: Iterable[Telling], versions: Collection[int]) -> Iterable[Token]:
    keys = key_ring().matching
    for one in told:
        kind = f"match:{one.kind}:{organisation_id}"
        for version in versions:
            digest = keyed_digest(keys[version], kind, one.value)
            yield Token(organisation_id, one.kind, digest[:TOKEN_BYTES], version)
