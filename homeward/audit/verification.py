"""Proving the chain: every seal follows from the one before, and every entry is what was sealed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature

from homeward.audit.anchors import Anchor
from homeward.audit.rules import (
    DIGEST_BYTES,
    FIRST_PREVIOUS,
    LONGEST_TRANSACTION,
    EntryRow,
    Finding,
    Flaw,
    SealFacts,
    entry_digest,
    root_of,
    split,
)
from homeward.audit.seals import ENTRY_COLUMNS, MOMENT, Sealer, packed
from homeward.lib.identifiers import new_id
from homeward.lib.key_files import KeyRing

SEALS_AT_ONCE = 20
SEALS = (
    f"SELECT sequence, {MOMENT.format('sealed_at')}, drained, entry_ids::text[], digests, root, previous, "  # noqa: S608
    "digest, key_name, signature FROM audit_seal ORDER BY sequence"
)
ENTRIES = f"SELECT {ENTRY_COLUMNS} FROM audit_entry e WHERE e.id = ANY (%s::uuid[])"  # noqa: S608
SEALED = "SELECT unnest(entry_ids) AS id FROM audit_seal"
FORGED = (
    f"SELECT e.id::text FROM audit_entry e LEFT JOIN ({SEALED}) s ON s.id = e.id "  # noqa: S608
    "LEFT JOIN audit_pending p ON p.entry_id = e.id WHERE s.id IS NULL AND p.entry_id IS NULL ORDER BY e.id"
)
TWICE = f"SELECT id::text FROM ({SEALED}) s GROUP BY id HAVING count(*) > 1 ORDER BY id"  # noqa: S608
VANISHED = (
    "SELECT p.entry_id::text FROM audit_pending p LEFT JOIN audit_entry e ON e.id = p.entry_id "
    "WHERE e.id IS NULL ORDER BY p.entry_id"
)
TAIL = "SELECT count(*), min(since) FROM audit_pending"


@dataclass(frozen=True)
class SealRow:
    """A seal as it stands in the database, believed in nothing."""

    facts: SealFacts
    entry_ids: list[str]
    digests: bytes
    digest: bytes
    signature: bytes


@dataclass
class Report:
    """What verification saw. `unsealed` entries, the oldest waiting since then, are not proved yet."""

    entries: int = 0
    seals: int = 0
    last_sequence: int = 0
    unsealed: int = 0
    unsealed_since: datetime | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.findings


def verify(connection: Sealer, ring: KeyRing, anchors: Sequence[Anchor] = ()) -> Report:
    """Check everything against one snapshot of the database; memory does not grow with the trail."""
    report = Report()
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        chain = Chain(ring, {anchor.sequence: anchor for anchor in anchors}, report)
        for seals in _in_batches(connection):
            for seal in seals:
                chain.add(seal)
            _check_entries(connection, seals, chain, report)
        chain.finish()
        _check_strangers(connection, report)
    return report


def remember(connection: Sealer, report: Report) -> None:
    """Keep for officers' pages that the trail was verified, and whether it held."""
    with connection.transaction():
        connection.execute(
            "INSERT INTO audit_verification (id, at, sequence, is_sound) "
            "VALUES (%s, clock_timestamp(), %s, %s)",
            [new_id(), report.last_sequence, report.is_sound],
        )


class Chain:
    """Follows the seals one by one, from the first."""

    def __init__(self, ring: KeyRing, anchors: dict[int, Anchor], report: Report) -> None:
        self.ring, self.anchors, self.report = ring, anchors, report
        self.previous = FIRST_PREVIOUS
        self.drained_at = ""
        self.oldest_allowed: dict[int, str] = {}

    def add(self, seal: SealRow) -> None:
        facts, where = seal.facts, str(seal.facts.sequence)
        for missing in range(self.report.last_sequence + 1, facts.sequence):
            self._find(Flaw.SEAL_MISSING, str(missing))
        if facts.previous != self.previous:
            self._find(Flaw.SEAL_OUT_OF_CHAIN, where)
        if facts.root != root_of(packed(seal.entry_ids), seal.digests) or facts.digest() != seal.digest:
            self._find(Flaw.SEAL_CHANGED, where)
        if not self._is_signed(seal):
            self._find(Flaw.SIGNATURE_WRONG, where)
        self._meet_anchor(facts)
        self.oldest_allowed[facts.sequence] = self.drained_at
        self.drained_at = facts.sealed_at if facts.drained else self.drained_at
        self.previous = facts.digest()
        self.report.last_sequence = facts.sequence
        self.report.seals += 1

    def finish(self) -> None:
        """Anchors not met by now are of seals that were cut off the end."""
        for sequence in sorted(self.anchors):
            self._find(Flaw.ANCHOR_MISSING, str(sequence))

    def is_backdated(self, sequence: int, moment: str) -> bool:
        """True for an entry much older than a seal made when nothing else was waiting."""
        drained_at = self.oldest_allowed[sequence]
        if not drained_at:
            return False
        return datetime.fromisoformat(moment) < datetime.fromisoformat(drained_at) - LONGEST_TRANSACTION

    def _is_signed(self, seal: SealRow) -> bool:
        checker = self.ring.checker(seal.facts.key_name)
        try:
            if checker is not None:
                checker.verify(seal.signature, seal.facts.text())
        except InvalidSignature:
            return False
        return checker is not None

    def _meet_anchor(self, facts: SealFacts) -> None:
        anchor = self.anchors.pop(facts.sequence, None)
        if anchor and anchor.digest != facts.digest().hex():
            self._find(Flaw.ANCHOR_MISSING, str(facts.sequence))

    def _find(self, flaw: Flaw, where: str) -> None:
        self.report.findings.append(Finding(flaw, where))


def _in_batches(connection: Sealer) -> Iterator[list[SealRow]]:
    with connection.cursor(name="seals") as cursor:
        cursor.itersize = SEALS_AT_ONCE
        cursor.execute(SEALS.encode())
        while rows := cursor.fetchmany(SEALS_AT_ONCE):
            yield [_seal(row) for row in rows]


def _seal(row: tuple[Any, ...]) -> SealRow:
    sequence, sealed_at, drained, entry_ids, digests, root, previous, digest, key_name, signature = row
    facts = SealFacts(sequence, sealed_at, drained, len(entry_ids), root, previous, key_name)
    return SealRow(facts, entry_ids, digests, digest, signature)


def _check_entries(connection: Sealer, seals: list[SealRow], chain: Chain, report: Report) -> None:
    wanted = [entry_id for seal in seals for entry_id in seal.entry_ids]
    found: dict[str | None, EntryRow] = {
        row[0]: row for row in connection.execute(ENTRIES.encode(), [wanted])
    }
    for seal in seals:
        for entry_id, digest in zip(seal.entry_ids, split(seal.digests, DIGEST_BYTES), strict=False):
            flaw = _flaw_of(found.get(entry_id), digest, seal.facts.sequence, chain)
            if flaw:
                report.findings.append(Finding(flaw, entry_id))
    report.entries += len(wanted)


def _flaw_of(row: EntryRow | None, digest: bytes, sequence: int, chain: Chain) -> Flaw | None:
    if row is None:
        return Flaw.ENTRY_MISSING
    if entry_digest(row) != digest:
        return Flaw.ENTRY_CHANGED
    return Flaw.ENTRY_BACKDATED if chain.is_backdated(sequence, str(row[1])) else None


def _check_strangers(connection: Sealer, report: Report) -> None:
    """Entries that no seal knows and that do not wait for one, and the other way round."""
    for question, flaw in (
        (FORGED, Flaw.ENTRY_FORGED),
        (TWICE, Flaw.ENTRY_SEALED_TWICE),
        (VANISHED, Flaw.ENTRY_MISSING),
    ):
        rows = connection.execute(question.encode()).fetchall()
        report.findings += [Finding(flaw, entry_id) for (entry_id,) in rows]
    tail = connection.execute(TAIL).fetchone()
    report.unsealed, report.unsealed_since = tail or (0, None)
