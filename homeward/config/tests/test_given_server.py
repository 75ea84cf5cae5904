"""A server that is not ours: roles are made where that is allowed, and asked for where it is not."""

import psycopg
import pytest

from homeward.config.postgres.prepare import given_logins, prepare_given_database
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.config.postgres.roles import Login


@pytest.fixture
def given(scratch):
    """A database whose owner is called otherwise and may not create roles; removed afterwards."""
    database = f"{scratch.name}_given"
    drop = [
        f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
        "DROP ROLE IF EXISTS given_app",
        "DROP ROLE IF EXISTS given_owner",
    ]
    with scratch.superuser() as connection:
        for statement in [*drop, "CREATE ROLE given_owner LOGIN PASSWORD 'owner'"]:
            connection.execute(statement)
        connection.execute(f"CREATE DATABASE {database} OWNER given_owner")
        yield (
            scratch.cluster.url("given_owner", "owner", database),
            scratch.cluster.url("given_app", "application", database),
            connection,
        )
        for statement in drop:
            connection.execute(statement)


def test_the_application_may_not_be_the_owner(given):
    owner, _, _ = given
    with pytest.raises(DatabaseTrouble, match="must not own its tables"):
        prepare_given_database(owner, [owner])


def test_an_owner_that_may_not_make_roles_is_told_what_an_administrator_has_to_run(given):
    owner, app, administrator = given
    with pytest.raises(DatabaseTrouble) as told:
        prepare_given_database(owner, [app])
    statements = str(told.value).split("\n\n", 1)[1]
    assert "'application'" not in statements
    administrator.execute(statements.encode())
    prepare_given_database(owner, [app])
    prepare_given_database(owner, [app])
    assert may_only_use_what_the_owner_makes(owner, app)


def test_an_owner_that_may_make_roles_makes_them(given):
    owner, app, administrator = given
    administrator.execute("ALTER ROLE given_owner CREATEROLE")
    administrator.execute("GRANT homeward_application TO given_owner WITH ADMIN OPTION")
    administrator.execute("GRANT homeward_definer TO given_owner")
    prepare_given_database(owner, [app])
    assert may_only_use_what_the_owner_makes(owner, app)


def test_a_role_that_passes_by_policies_is_refused(given):
    owner, app, administrator = given
    administrator.execute("CREATE ROLE given_app LOGIN BYPASSRLS PASSWORD 'application'")
    administrator.execute("GRANT homeward_application TO given_app")
    administrator.execute("GRANT homeward_definer TO given_owner")
    with pytest.raises(DatabaseTrouble, match=r"pass by row-level security: given_app"):
        prepare_given_database(owner, [app])


def test_a_server_that_does_not_know_us_yet_gets_all_steps_at_once(scratch):
    nobody = scratch.cluster.url("nobody_yet", "secret word", "nowhere")
    with pytest.raises(DatabaseTrouble) as told:
        prepare_given_database(nobody, [scratch.cluster.url("app_yet", "x", "nowhere")])
    for step in ('CREATE ROLE "nobody_yet"', 'CREATE ROLE "app_yet"', 'CREATE DATABASE "nowhere"'):
        assert step in str(told.value)
    assert "secret word" not in str(told.value)


def test_logins_that_nobody_set_keep_their_fixed_names():
    names = [
        login.name for login in given_logins(["postgresql://a:b@/c", "", "postgresql://homeward_sealer:p@/c"])
    ]
    assert names == ["a", "homeward_sealer", "homeward_enforcement", "homeward_extracts"]


def test_a_login_never_shows_its_password():
    assert "secret" not in repr(Login("a", "secret"))


def may_only_use_what_the_owner_makes(owner, app):
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE made (id int)")
    with psycopg.connect(app, autocommit=True) as connection:
        connection.execute("INSERT INTO made VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE made")
        return connection.execute("SHOW jit").fetchone() == ("off",)
