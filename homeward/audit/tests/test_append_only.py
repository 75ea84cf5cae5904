"""What the application and the sealer may not do to the trail."""

from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from homeward.audit.tests.conftest import ORGANISATION, SOME_DAY

FORBIDDEN_TO_APPLICATION = (
    "UPDATE audit_entry SET note = 'x'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "DROP TABLE audit_entry",
    "ALTER TABLE audit_entry DISABLE TRIGGER append_only",
    "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY",
    "DELETE FROM audit_pending",
    "UPDATE audit_pending SET since = now()",
    "SELECT * FROM audit_seal",
    "INSERT INTO audit_verification VALUES (gen_random_uuid(), now(), 1, true)",
    "SET session_replication_role = replica",
)
FORBIDDEN_TO_SEALER = (
    "UPDATE audit_entry SET note = 'x'",
    "DELETE FROM audit_entry",
    "INSERT INTO audit_entry DEFAULT VALUES",
    "INSERT INTO audit_pending DEFAULT VALUES",
    "UPDATE audit_seal SET sequence = 2",
    "DELETE FROM audit_seal",
    "SELECT * FROM cases_case",
    "SELECT * FROM people_person",
    "SELECT * FROM privacy_subjectkey",
    "SELECT * FROM organisations_user",
)


@contextmanager
def acting_for(organisation):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('homeward.organisation_id', %s, true)", [str(organisation)])
        yield cursor


@pytest.mark.parametrize("statement", FORBIDDEN_TO_APPLICATION)
def test_the_application_only_adds_entries(add_entries, statement):
    add_entries(1)
    with pytest.raises(ProgrammingError), acting_for(ORGANISATION) as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", FORBIDDEN_TO_SEALER)
def test_the_sealer_only_reads_entries_and_adds_seals(add_entries, seal, sealer, statement):
    add_entries(1)
    seal()
    with pytest.raises(Exception, match="permission denied|never changed"), sealer.transaction():
        sealer.execute(statement)


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
def test_even_the_owner_changes_nothing_by_a_slip(add_entries, seal, as_owner, table):
    add_entries(1)
    seal()
    with pytest.raises(Exception, match="never changed"):
        as_owner.execute(f"DELETE FROM {table}")


def test_the_application_cannot_set_an_entrys_time(add_entries, tamper):
    with acting_for(ORGANISATION) as cursor:
        cursor.execute(
            "INSERT INTO audit_entry "
            "(id, at, actor_id, organisation_id, role, purpose, action, refused, note) "
            "SELECT one, %s, one, homeward_organisation(), '', '', '', false, '' FROM gen_random_uuid() one",
            [SOME_DAY],
        )
    assert tamper("SELECT at > now() - interval '1 minute' FROM audit_entry") == [(True,)]


@pytest.mark.parametrize(("organisation", "expected"), [(ORGANISATION, 2), (UUID(int=1), 0)])
def test_an_organisation_sees_only_its_own_entries_waiting(add_entries, organisation, expected):
    add_entries(2)
    with acting_for(organisation) as cursor:
        cursor.execute("SELECT count(*) FROM audit_pending")
        assert cursor.fetchone() == (expected,)
