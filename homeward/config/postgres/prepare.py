"""Making a database ready for migrations: roles, extensions, privileges. Doing it again changes nothing."""

from collections.abc import Iterable

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from homeward.config.postgres.cluster import Cluster
from homeward.config.postgres.passwords import local_secrets
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.config.postgres.roles import (
    LOGINS,
    Connection,
    Known,
    Login,
    compose,
    database_statements,
    missing_role_statements,
    require_harmless,
)

OWNER, APP = "homeward_owner", "homeward_app"


PREPARING = 7_240_615_203  # any number, so long as it stays the same


def prepare_own_database(cluster: Cluster, database: str) -> None:
    """On our own server, where we are the administrator: the owner, the database and all that is in it."""
    owner = Login(OWNER, local_secrets()["OWNER_PASSWORD"])
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        # The site, the worker and the sealer start together; granting twice at once is refused.
        connection.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        known = Known.of(connection)
        if OWNER not in known.roles:
            run(connection, [compose("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}", OWNER, owner.verifier())])
        run(connection, missing_role_statements(known, owner, own_logins()))
        if not has_row(connection, "SELECT FROM pg_database WHERE datname = %s", database):
            run(connection, [compose("CREATE DATABASE {} OWNER {}", database, sql.Identifier(OWNER))])
        with psycopg.connect(cluster.url(OWNER, owner.password, database), autocommit=True) as inside:
            run(inside, database_statements(database, OWNER))


def own_logins() -> list[Login]:
    """The application's login first, then the three with fixed names."""
    secrets = local_secrets()
    others = (Login(name, secrets[f"{name.rpartition('_')[2].upper()}_PASSWORD"]) for name in LOGINS)
    return [Login(APP, secrets["APP_PASSWORD"]), *others]


def prepare_given_database(owner_url: str, login_urls: list[str]) -> None:
    """On somebody else's server: as the database's owner, who may or may not be allowed to make roles."""
    owner, logins = Login.of(owner_url), given_logins(login_urls)
    if logins[0].name == owner.name:
        raise DatabaseTrouble(
            "HOMEWARD_DATABASE_URL and HOMEWARD_OWNER_DATABASE_URL name the same role. The application must "
            "not own its tables: give it a role of its own."
        )
    try:
        connection = psycopg.connect(owner_url, autocommit=True)
    except psycopg.OperationalError as problem:
        raise DatabaseTrouble(f"{problem}\n\n{first_steps(owner_url, logins)}") from None
    with connection:
        make_missing_roles(connection, owner, logins)
        require_harmless(connection, [owner.name, *(login.name for login in logins)])
        run(connection, database_statements(connection.info.dbname, owner.name))


def make_missing_roles(connection: Connection, owner: Login, logins: list[Login]) -> None:
    """Or say how: from PostgreSQL 16 on, even who may create roles may not hand out those of others."""
    try:
        run(connection, missing_role_statements(Known.of(connection), owner, logins))
    except psycopg.errors.InsufficientPrivilege:
        missing = missing_role_statements(Known.of(connection), owner, logins)
        raise DatabaseTrouble(instructions(missing)) from None


def given_logins(urls: list[str]) -> list[Login]:
    """The application's login first; the three others keep their names even when no address is given."""
    given = [Login.of(url) for url in urls if url]
    named = {login.name: login for login in given[1:]}
    return [given[0], *(named.get(name, Login(name)) for name in LOGINS)]


def first_steps(owner_url: str, logins: list[Login]) -> str:
    """All SQL for a server that has nothing of Homeward yet."""
    owner = Login.of(owner_url)
    database = str(conninfo_to_dict(owner_url).get("dbname") or "homeward")
    return instructions(
        [
            compose("CREATE ROLE {} LOGIN PASSWORD {}", owner.name, owner.verifier()),
            *missing_role_statements(Known(), owner, logins),
            compose("CREATE DATABASE {} OWNER {}", database, sql.Identifier(owner.name)),
        ]
    )


def instructions(statements: Iterable[sql.Composed]) -> str:
    """Passwords appear only as the verifiers that the server stores."""
    lines = "".join(f"{statement.as_string(None)};\n" for statement in statements)
    return (
        "An administrator of the server has to run this once, as a superuser; then run "
        f"'homeward database prepare' again:\n\n{lines}"
    )


def has_row(connection: Connection, question: str, answer: object) -> bool:
    return connection.execute(question, [answer]).fetchone() is not None


def run(connection: Connection, statements: Iterable[sql.Composed]) -> None:
    for statement in statements:
        connection.execute(statement)
