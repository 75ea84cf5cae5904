"""Making seals, as the sealer: a database login and a signing key that the application has not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.rows import TupleRow

from homeward.audit.rules import FIRST_PREVIOUS, MOST_PER_SEAL, SealFacts, entry_digest, root_of
from homeward.lib.identifiers import new_id
from homeward.lib.key_files import NoKeys, Signer

Sealer = psycopg.Connection[TupleRow]

# Columns as text, in the order of the format. Every change to it needs a new format.
MOMENT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
ENTRY_COLUMNS = (
    f"e.id::text, {MOMENT.format('e.at')}, e.actor_id::text, e.organisation_id::text, e.role, e.purpose, "
    "e.action, e.subject_id::text, e.case_id::text, e.refused::text, e.note, encode(e.details, 'hex')"
)
WAITING = (
    f"SELECT {ENTRY_COLUMNS} FROM audit_pending p JOIN audit_entry e ON e.id = p.entry_id "  # noqa: S608
    "ORDER BY p.since, p.entry_id LIMIT %s"
)
LAST = "SELECT sequence, digest FROM audit_seal ORDER BY sequence DESC LIMIT 1"
ADD = (
    "INSERT INTO audit_seal (id, sequence, sealed_at, drained, entry_ids, digests, root, previous, digest, "
    "key_name, signature) VALUES (%s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s)"
)
# Any number will do so long as it stays the same: two sealers wait for each other on it.
LOCK = 5_031_772_408


@contextmanager
def sealers_connection() -> Iterator[Sealer]:
    """A connection of the sealer's login to the database the application uses."""
    if not settings.SEALER_DATABASE_URL:
        raise NoKeys("HOMEWARD_SEALER_DATABASE_URL is not set: sealing and verifying need their own login.")
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(settings.SEALER_DATABASE_URL, dbname=name) as connection:
        yield connection


def seal_entries(connection: Sealer, signer: Signer) -> int:
    """Seal everything that waits, in as many seals as it takes; the number of entries sealed."""
    total = 0
    while count := seal_some(connection, signer):
        total += count
        if count < MOST_PER_SEAL:
            break
    return total


def seal_some(connection: Sealer, signer: Signer, *, at_most: int = MOST_PER_SEAL) -> int:
    """Make one seal over the entries that have waited longest; 0 when none waits."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        rows = connection.execute(WAITING, [at_most]).fetchall()
        if rows:
            ids = [row[0] for row in rows]
            _add(connection, signer, ids, b"".join(entry_digest(row) for row in rows), len(rows) < at_most)
            connection.execute("DELETE FROM audit_pending WHERE entry_id = ANY (%s::uuid[])", [ids])
    return len(rows)


def _add(connection: Sealer, signer: Signer, ids: list[str], digests: bytes, drained: bool) -> None:
    sequence, previous = connection.execute(LAST).fetchone() or (0, FIRST_PREVIOUS)
    (moment,) = _one(connection, f"SELECT {MOMENT.format('clock_timestamp()')}")
    root = root_of(packed(ids), digests)
    facts = SealFacts(sequence + 1, moment, drained, len(ids), root, previous, signer.name)
    connection.execute(
        ADD,
        [
            new_id(),
            facts.sequence,
            moment,
            drained,
            ids,
            digests,
            root,
            previous,
            facts.digest(),
            signer.name,
            signer.key.sign(facts.text()),
        ],
    )


def packed(ids: list[str]) -> bytes:
    """Ids as bytes, one after the other."""
    return bytes.fromhex("".join(ids).replace("-", ""))


def _one(connection: Sealer, question: str) -> tuple[Any, ...]:
    row = connection.execute(question.encode()).fetchone()
    assert row is not None  # noqa: S101 - a SELECT without FROM has one row
    return row
