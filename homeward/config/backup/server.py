"""For copying a database whole: a role that sees past policies, and the server's own programs."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from homeward.config.environment import DATABASE, uses_own_database
from homeward.config.postgres.account import clean_environment
from homeward.config.postgres.binaries import output_of, packaged_binaries, usual_places
from homeward.config.postgres.cluster import main_cluster
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.config.postgres.roles import Connection

FIXED_TEXT = (
    "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex -c row_security=off"
)


def all_seeing_url() -> str:
    """Policies hide rows even from the owner; a backup has to have them all."""
    if uses_own_database():
        return main_cluster().superuser_url(DATABASE)
    url = os.environ.get("HOMEWARD_BACKUP_DATABASE_URL", "")
    if not url:
        raise DatabaseTrouble(
            "HOMEWARD_BACKUP_DATABASE_URL is not set. A backup has to see every organisation's rows, which "
            "no other role of Homeward may. Let an administrator of the server run:\n\n"
            "CREATE ROLE homeward_backup LOGIN BYPASSRLS PASSWORD '…';\n"
            "GRANT pg_read_all_data TO homeward_backup;\n"
            f"GRANT CONNECT ON DATABASE {database_name()} TO homeward_backup;\n"
        )
    return url


def database_name() -> str:
    return str(conninfo_to_dict(os.environ.get("HOMEWARD_OWNER_DATABASE_URL", "")).get("dbname", "homeward"))


def open_whole(url: str) -> Connection:
    """A connection whose text form of values is always the same, and that fails rather than hides rows."""
    return psycopg.connect(url, options=FIXED_TEXT)


def run_program(name: str, url: str, arguments: Sequence[str | Path], *, server_major: int) -> str:
    """Passwords go by the environment, where other users of the machine do not see them."""
    done = subprocess.run(  # noqa: S603
        [str(client_program(name, server_major)), *map(str, arguments)],
        env={**clean_environment(), **libpq_environment(url)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseTrouble(f"{name} failed: {done.stderr.strip()}")
    return done.stdout


def libpq_environment(url: str) -> dict[str, str]:
    names = {"dbname": "PGDATABASE"}
    parts = conninfo_to_dict(url)
    return {names.get(name, f"PG{name.upper()}"): str(value) for name, value in parts.items() if value}


def client_program(name: str, server_major: int) -> Path:
    """The server's version or the next newer: an older one cannot read it, a newer writes for its own."""
    versions = sorted((major, place) for major, place in installed_clients(name) if major >= server_major)
    if not versions:
        raise DatabaseTrouble(
            f"{name} of PostgreSQL {server_major} or newer was not found "
            f"(Debian, Ubuntu: apt install postgresql-client-{server_major})."
        )
    return versions[0][1]


def installed_clients(name: str) -> Iterator[tuple[int, Path]]:
    for place in usual_places(name):
        version = re.search(r"\) (\d+)", output_of(place / name, "--version", None))
        if version:
            yield int(version[1]), place / name
    for packaged in packaged_binaries():
        yield packaged.major, packaged.program(name)
