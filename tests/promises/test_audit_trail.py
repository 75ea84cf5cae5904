"""Tampering with the audit trail is found and located: all of it, and nothing else.

`make drill` runs it over a million entries and prints how long verification took.
"""

import random
import time

import pytest
from django.conf import settings

from homeward.audit.seals import seal_entries, sealers_connection
from homeward.audit.verification import verify
from homeward.lib.key_files import load_keys, load_signer
from tests.promises.bounds import figure, full, none_in

SEED = 20261122

FILL = """
INSERT INTO audit_entry (id, at, actor_id, organisation_id, role, purpose, action, subject_id, refused, note)
SELECT gen_random_uuid(), now() - (%(n)s - n) * interval '1 ms', gen_random_uuid(), gen_random_uuid(),
    'case_manager', 'casework', 'case.view', gen_random_uuid(), false, '' FROM generate_series(1, %(n)s) n
"""
WAIT = "INSERT INTO audit_pending SELECT id, organisation_id, at FROM audit_entry"
FORGE = (
    "INSERT INTO audit_entry (id, at, actor_id, organisation_id, role, purpose, action, refused, note) "
    "VALUES (gen_random_uuid(), now() - interval '10 minutes', gen_random_uuid(), gen_random_uuid(), "
    "'donor', '', 'case.view', false, '') RETURNING id::text"
)
EDITS = ("note = 'x'", "actor_id = gen_random_uuid()", "refused = true", "at = at - interval '1 microsecond'")
SWAP = (
    "UPDATE audit_entry e SET actor_id = o.actor_id, subject_id = o.subject_id, at = o.at FROM audit_entry o "
    "WHERE (e.id, o.id) IN ((%(a)s::uuid, %(b)s::uuid), (%(b)s::uuid, %(a)s::uuid))"
)


@pytest.fixture(params=[3_000, pytest.param(full(1_000_000, 3_000), marks=pytest.mark.drill)])
def entries(request):
    """How long the trail is."""
    return request.param


@pytest.fixture
def superuser(scratch, transactional_db, entries):
    """Somebody who owns the server and whom no trigger stops."""
    with scratch.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(FILL, {"n": entries})
        connection.execute(WAIT)
        connection.execute("ANALYZE audit_entry, audit_pending")
        yield connection


@pytest.fixture
def sealer(superuser, entries):
    with sealers_connection() as connection:
        assert seal_entries(connection, load_signer(settings.SEALER_KEY_FILE)) == entries
        yield connection


def tamper(superuser, chance, targets):
    """One random act on the next untouched entries; gives the findings it must lead to."""
    act = chance.choice(("edit", "delete", "insert", "swap"))
    if act == "insert":
        return {("entry_forged", superuser.execute(FORGE).fetchone()[0])}
    one = targets.pop()
    if act == "edit":
        superuser.execute(f"UPDATE audit_entry SET {chance.choice(EDITS)} WHERE id = %s", [one])
        return {("entry_changed", one)}
    if act == "delete":
        superuser.execute("DELETE FROM audit_entry WHERE id = %s", [one])
        return {("entry_missing", one)}
    other = targets.pop()
    superuser.execute(SWAP, {"a": one, "b": other})
    return {("entry_changed", one), ("entry_changed", other)}


def test_every_random_tampering_is_found_where_it_was_done_and_nowhere_else(superuser, sealer, entries):
    tamperings = max(entries // 100, 100)
    chance = random.Random(SEED)  # noqa: S311 - the same tampering each time
    targets = [row[0] for row in superuser.execute("SELECT id::text FROM audit_entry ORDER BY at").fetchall()]
    chance.shuffle(targets)
    expected = set()
    for _ in range(tamperings):
        expected |= tamper(superuser, chance, targets)
    report = verify(sealer, load_keys(settings.KEYS_FILE))
    found = {(finding.flaw.value, finding.where) for finding in report.findings}
    assert found == expected
    none_in(tamperings, f"tamperings in {entries:,} entries were missed, and none was invented", "E2")


def test_a_million_entries_are_verified_within_a_minute(sealer, entries):
    begun = time.perf_counter()
    report = verify(sealer, load_keys(settings.KEYS_FILE))
    seconds = time.perf_counter() - begun
    assert report.is_sound
    # A small run pays for warming up, so it is only held to the order of magnitude.
    assert seconds / entries * 1_000_000 < (60 if entries >= 1_000_000 else 600)
    figure("E5", f"{entries:,} entries verified in {seconds:.1f} s")
