"""The database's roles: who they are, what they may, and the SQL that makes it so."""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from homeward.config.postgres.problems import DatabaseTrouble

APPLICATION = "homeward_application"  # what an application's login may do; migrations can name it
DEFINER = "homeward_definer"  # owns the few functions that look past policies, nothing else
LOGINS = ("homeward_sealer", "homeward_enforcement", "homeward_extracts")
EXTENSIONS = ("pg_trgm", "btree_gin", "unaccent")

Connection = psycopg.Connection[tuple[object, ...]]
Statements = Iterator[sql.Composed]


@dataclass(frozen=True)
class Login:
    name: str
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> "Login":
        parts = conninfo_to_dict(url)
        return cls(str(parts.get("user") or ""), str(parts.get("password") or ""))

    def verifier(self) -> sql.Literal:
        """What the server keeps instead of the password (RFC 5803), so that no log ever sees the password."""
        if not self.password:
            return sql.Literal(None)
        salt, rounds = os.urandom(16), 4096
        salted = hashlib.pbkdf2_hmac("sha256", self.password.encode(), salt, rounds)
        stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
        server = hmac.digest(salted, b"Server Key", "sha256")
        salt_text, *keys = (base64.b64encode(part).decode() for part in (salt, stored, server))
        return sql.Literal(f"SCRAM-SHA-256${rounds}:{salt_text}${keys[0]}:{keys[1]}")


@dataclass(frozen=True)
class Known:
    """What a server has already; empty for one we cannot reach."""

    roles: frozenset[str] = frozenset()
    memberships: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, connection: Connection) -> "Known":
        roles = connection.execute("SELECT rolname FROM pg_roles")
        memberships = connection.execute(
            "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members"
        )
        return cls(
            frozenset(str(name) for (name,) in roles),
            frozenset((str(group), str(member)) for group, member in memberships),
        )


def missing_role_statements(known: Known, owner: Login, logins: list[Login]) -> Statements:
    """What only an administrator, or an owner who may create roles, can do; nothing when all is there."""
    for group in (APPLICATION, DEFINER):
        if group not in known.roles:
            yield compose("CREATE ROLE {} NOLOGIN", group)
    for login in logins:
        if login.name not in known.roles:
            yield compose("CREATE ROLE {} LOGIN PASSWORD {}", login.name, login.verifier())
    if logins[0].name not in known.roles:
        yield compose("ALTER ROLE {} SET jit = off", logins[0].name)
    for group, member in ((APPLICATION, logins[0].name), (DEFINER, owner.name)):
        if (group, member) not in known.memberships:
            yield compose("GRANT {} TO {}", group, sql.Identifier(member))


def database_statements(database: str, owner: str) -> Statements:
    """What the owner of the database does in it, each time alike."""
    for extension in EXTENSIONS:
        yield compose("CREATE EXTENSION IF NOT EXISTS {}", extension)
    yield compose("REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    yield compose("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}", database, sql.Identifier(APPLICATION))
    for login in LOGINS:
        yield compose("GRANT CONNECT ON DATABASE {} TO {}", database, sql.Identifier(login))
    yield compose("REVOKE ALL ON SCHEMA {} FROM PUBLIC", "public")
    for role in (APPLICATION, DEFINER, *LOGINS):
        yield compose("GRANT USAGE ON SCHEMA public TO {}", role)
    yield compose("GRANT CREATE ON SCHEMA public TO {}", DEFINER)
    yield from default_privileges(owner)


def default_privileges(owner: str) -> Statements:
    """What the application may do with each table, sequence and function that the owner is yet to make."""
    yield compose("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", owner)
    future = compose("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public ", owner)
    yield future + compose("GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}", APPLICATION)
    yield future + compose("GRANT USAGE ON SEQUENCES TO {}", APPLICATION)
    for role in (APPLICATION, DEFINER):
        yield future + compose("GRANT EXECUTE ON FUNCTIONS TO {}", role)


def no_default_privileges(owner: str) -> Statements:
    # As PostgreSQL has it: a dump revokes what the public may not run, and is silent about the rest.
    yield compose("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT EXECUTE ON FUNCTIONS TO PUBLIC", owner)
    future = compose("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public ", owner)
    for kind in ("TABLES", "SEQUENCES"):
        yield future + compose(f"REVOKE ALL ON {kind} FROM {{}}", APPLICATION)
    for role in (APPLICATION, DEFINER):
        yield future + compose("REVOKE ALL ON FUNCTIONS FROM {}", role)


def require_harmless(connection: Connection, names: list[str]) -> None:
    """A role that is a superuser, or may pass by row-level security, would make every policy void."""
    rows = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls)",
        [[*names, APPLICATION, DEFINER]],
    ).fetchall()
    if rows:
        raise DatabaseTrouble(
            "These roles would pass by row-level security: "
            + ", ".join(str(name) for (name,) in rows)
            + ". Let an administrator run, for each: ALTER ROLE … NOSUPERUSER NOBYPASSRLS;"
        )


def compose(statement: str, name: str, *rest: sql.Composable) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(name), *rest)
