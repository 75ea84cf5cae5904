"""What a seal covers, written so that anybody can compute it again.

An entry's digest is SHA-256 over its columns as JSON. A seal's root is SHA-256 over the ids and digests
of its entries, in order. A seal's own digest covers its root and the digest of the seal before it; that
digest is signed. So one changed entry shows, and where; and no seal can be left out.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ID_BYTES, DIGEST_BYTES = 16, 32
FIRST_PREVIOUS = bytes(DIGEST_BYTES)
MOST_PER_SEAL = 1_000
# No page or job holds a transaction open for longer, so no honest entry comes to light later than this.
LONGEST_TRANSACTION = timedelta(hours=1)

# An entry as text, column by column; None stays None. The order is part of the format.
EntryRow = tuple[str | None, ...]


@dataclass(frozen=True)
class SealFacts:
    """What is signed. `drained` says that nothing else was waiting when the seal was made."""

    sequence: int
    sealed_at: str
    drained: bool
    count: int
    root: bytes
    previous: bytes
    key_name: str

    def text(self) -> bytes:
        """The bytes that are signed."""
        facts = {
            "count": self.count,
            "drained": self.drained,
            "key": self.key_name,
            "previous": self.previous.hex(),
            "root": self.root.hex(),
            "sealed_at": self.sealed_at,
            "sequence": self.sequence,
        }
        return b"homeward audit seal 1\n" + json.dumps(facts, separators=(",", ":")).encode()

    def digest(self) -> bytes:
        return hashlib.sha256(self.text()).digest()


class Flaw(StrEnum):
    """What verification can find."""

    ENTRY_CHANGED = "entry_changed"
    ENTRY_MISSING = "entry_missing"
    ENTRY_FORGED = "entry_forged"
    ENTRY_BACKDATED = "entry_backdated"
    ENTRY_SEALED_TWICE = "entry_sealed_twice"
    SEAL_CHANGED = "seal_changed"
    SEAL_MISSING = "seal_missing"
    SEAL_OUT_OF_CHAIN = "seal_out_of_chain"
    SIGNATURE_WRONG = "signature_wrong"
    ANCHOR_MISSING = "anchor_missing"


MEANING = {
    Flaw.ENTRY_CHANGED: "is not what was sealed",
    Flaw.ENTRY_MISSING: "was sealed or waits to be, and is gone",
    Flaw.ENTRY_FORGED: "was added without passing the seal",
    Flaw.ENTRY_BACKDATED: "claims to be older than when it came to light",
    Flaw.ENTRY_SEALED_TWICE: "is in more than one seal",
    Flaw.SEAL_CHANGED: "no longer matches the list of its entries",
    Flaw.SEAL_MISSING: "is missing",
    Flaw.SEAL_OUT_OF_CHAIN: "does not follow from the seal before it",
    Flaw.SIGNATURE_WRONG: "was not signed by a key of this installation",
    Flaw.ANCHOR_MISSING: "is anchored outside, and is no longer here as it was",
}


@dataclass(frozen=True)
class Finding:
    """One flaw, and which entry (its id) or seal (its sequence) has it."""

    flaw: Flaw
    where: str

    def __str__(self) -> str:
        kind = "entry" if self.flaw.value.startswith("entry") else "seal"
        return f"{kind} {self.where} {MEANING[self.flaw]}"


def entry_digest(row: EntryRow) -> bytes:
    """The digest of one entry."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def root_of(entry_ids: bytes, digests: bytes) -> bytes:
    """The digest of a list of entries: all their ids, then all their digests."""
    return hashlib.sha256(entry_ids + digests).digest()


def split(joined: bytes, width: int) -> Sequence[bytes]:
    """The pieces of `width` bytes that were joined."""
    return [joined[start : start + width] for start in range(0, len(joined), width)]
