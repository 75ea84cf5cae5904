"""The database's own defence: what must be true of every table, whoever added it."""

import pytest
from django.db import connection, transaction

from homeward.access.acting import acting_as
from homeward.organisations.models import Membership
from tests.cast import nora, stranger
from tests.promises import catalogue

pytestmark = pytest.mark.django_db

SCOPES = {"organisation_id", "case_id"}


def test_every_table_enforces_row_level_security_even_on_its_owner():
    bare = [table.name for table in catalogue.protected_tables() if not (table.enabled and table.forced)]
    assert bare == [], "protect it in its migration, or name it in OPEN_TABLES with a reason"


def test_every_protected_table_has_a_policy():
    without = catalogue.ask(
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relrowsecurity "
        "AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
    )
    assert without == []


def test_the_application_owns_nothing_and_cannot_pass_by_a_policy():
    rows = catalogue.ask(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, "
        "EXISTS (SELECT FROM pg_class WHERE relowner = r.oid), "
        "EXISTS (SELECT FROM pg_proc WHERE proowner = r.oid), "
        "pg_has_role(r.oid, 'homeward_definer', 'MEMBER'), pg_has_role(r.oid, 'homeward_owner', 'MEMBER') "
        "FROM pg_roles r WHERE pg_has_role(r.oid, 'homeward_application', 'MEMBER') AND NOT rolsuper"
    )
    assert "homeward_app" in {row[0] for row in rows}
    applications = [row for row in rows if row[0] != "homeward_owner"]
    assert [row for row in applications if any(row[1:])] == []


def test_no_role_of_ours_is_a_superuser_or_passes_by_policies():
    rows = catalogue.ask(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE %s AND rolname <> 'homeward_superuser' "
        "AND (rolsuper OR rolbypassrls)",
        "homeward%",
    )
    assert rows == []


def test_the_application_may_only_read_and_write_rows():
    too_much = catalogue.ask(
        "SELECT relname, more FROM pg_class c, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) more "
        "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
        "AND has_table_privilege('homeward_app', c.oid, more)"
    )
    assert too_much == []


def test_no_view_shows_more_than_its_reader_may_see():
    views = catalogue.ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' "
        "AND NOT COALESCE(reloptions @> ARRAY['security_invoker=true'], false)"
    )
    assert views == []


def test_there_is_no_materialised_view_because_policies_do_not_bind_them():
    assert catalogue.ask("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'") == []


def test_no_unique_index_tells_one_organisation_what_another_has():
    protected = {table.name for table in catalogue.protected_tables()}
    oracles = [
        index
        for table, index, columns, types in catalogue.unique_indexes()
        if table in protected
        and not SCOPES & set(columns)
        and "uuid" not in types
        and index not in catalogue.OPEN_UNIQUE
    ]
    assert oracles == []


def test_every_foreign_key_points_at_something_nobody_can_guess():
    protected = {table.name for table in catalogue.protected_tables()}
    guessable = [
        (table, target)
        for table, target, kind in catalogue.foreign_keys()
        if target in protected and kind != "uuid"
    ]
    assert guessable == []


def test_functions_that_look_past_policies_are_the_named_ones_and_hold_their_search_path():
    for name, owner, settings in catalogue.definer_functions():
        assert name in catalogue.DEFINER_FUNCTIONS, f"{name} is not named in DEFINER_FUNCTIONS"
        assert owner == "homeward_definer", f"{name} belongs to {owner}"
        assert any(setting.startswith("search_path=") for setting in settings or []), name


def test_without_an_organisation_every_protected_table_is_empty(sami):
    full = [
        table.name
        for table in catalogue.protected_tables()
        if catalogue.may_read(table.name)
        and catalogue.ask(f'SELECT EXISTS (SELECT FROM "{table.name}")') != [(False,)]
    ]
    assert full == []


def test_an_organisation_sees_and_changes_only_its_own_memberships(cast):
    with acting_as(nora):
        assert set(Membership.objects.values_list("organisation_id", flat=True)) == {nora.organisation_id}
        assert Membership.objects.filter(organisation_id=stranger.organisation_id).update(version=9) == 0


def test_the_acting_organisation_does_not_outlive_its_block(cast):
    with acting_as(nora):
        with acting_as(stranger):
            pass
        assert catalogue.ask("SELECT homeward_organisation()") == [(nora.organisation_id,)]
    assert catalogue.ask("SELECT homeward_organisation()") == [(None,)]


def test_the_acting_organisation_does_not_outlive_a_fault(cast):
    with pytest.raises(ZeroDivisionError), acting_as(nora):
        _ = 1 / 0
    assert catalogue.ask("SELECT homeward_organisation()") == [(None,)]


@pytest.mark.django_db(transaction=True)
def test_the_acting_organisation_does_not_stay_on_a_pooled_connection():
    with acting_as(nora):
        pass
    with pytest.raises(ZeroDivisionError), acting_as(nora):
        _ = 1 / 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('homeward.organisation_id', true)")
        assert cursor.fetchone() in [("",), (None,)]


def test_what_policies_and_triggers_ask_of_tables_is_planned_once_and_not_by_every_statement():
    in_sql = catalogue.ask(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang "
        "WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'sql' AND NOT p.proretset "
        "AND p.proname NOT LIKE 'enforcement%%' AND (p.proconfig IS NOT NULL OR p.prosrc ~* '\\mFROM\\M') "
        "ORDER BY 1"
    )
    assert in_sql == [], "write it in plpgsql: one in sql is planned anew by every statement that calls it"


def test_a_plan_kept_since_a_table_was_empty_does_not_read_all_of_it_when_it_is_full():
    kept_without = catalogue.ask(
        "SELECT DISTINCT p.proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang "
        "JOIN pg_policy y ON pg_get_expr(y.polqual, y.polrelid) ~ ('\\m' || p.proname || '\\M') "
        "OR pg_get_expr(y.polwithcheck, y.polrelid) ~ ('\\m' || p.proname || '\\M') "
        "WHERE p.pronamespace = 'public'::regnamespace AND l.lanname = 'plpgsql' "
        "AND p.prosrc ~* '\\mFROM\\M' "
        "AND NOT 'enable_seqscan=off' = ANY(coalesce(p.proconfig, '{}')) ORDER BY 1"
    )
    assert kept_without == [], "add SET enable_seqscan = off: its plan is kept from a time with fewer rows"
