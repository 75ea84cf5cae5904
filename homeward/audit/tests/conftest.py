"""Sealing is seen by another login, so these tests commit."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, transaction

from homeward.audit.commands import record
from homeward.audit.seals import seal_entries, sealers_connection
from homeward.audit.verification import verify
from homeward.lib.key_files import load_keys, load_signer

ORGANISATION, COLLEAGUE = UUID(int=71), UUID(int=72)
SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def add_entries(transactional_db):
    """`add_entries(3)` puts three entries on the trail as an organisation would."""

    def add(count, action="case.view"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('homeward.organisation_id', %s, true)", [str(ORGANISATION)])
            for number in range(count):
                record(
                    actor_id=COLLEAGUE,
                    organisation_id=ORGANISATION,
                    role="case_manager",
                    purpose="casework",
                    action=action,
                    subject_id=UUID(int=number),
                    note="päge",
                    details=b"\x00sealed" if number % 2 else None,
                )

    return add


@pytest.fixture
def sealer(transactional_db):
    with sealers_connection() as sealers:
        yield sealers


@pytest.fixture
def seal(sealer):
    return lambda: seal_entries(sealer, load_signer(settings.SEALER_KEY_FILE))


@pytest.fixture
def check(sealer):
    """Verify, and give the findings as (flaw, where) pairs."""

    def found(anchors=()):
        report = verify(sealer, load_keys(settings.KEYS_FILE), anchors)
        return [(finding.flaw.value, finding.where) for finding in report.findings]

    return found


@pytest.fixture
def tamper(scratch, transactional_db):
    """Do anything to the trail, as somebody who owns the whole server."""

    def act(statement, *params):
        with scratch.superuser() as superuser:
            superuser.execute("SET session_replication_role = replica")  # no trigger stops them
            done = superuser.execute(statement, params)
            return done.fetchall() if done.description else done.rowcount

    return act
