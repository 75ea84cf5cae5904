"""Restoring: everything is checked before anything is touched, and checked again when it is done."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from homeward.config.backup.manifest import (
    DUMP,
    FILES,
    Manifest,
    differences,
    hash_of,
    listed,
    read_manifest,
    require_keys,
)
from homeward.config.backup.proof import table_proofs
from homeward.config.backup.server import all_seeing_url, open_whole, run_program
from homeward.config.environment import DATABASE, uses_own_database
from homeward.config.postgres.cluster import main_cluster
from homeward.config.postgres.prepare import prepare_own_database, run
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.config.postgres.roles import DEFINER, Login, default_privileges, no_default_privileges
from homeward.lib.key_files import KeyRing

# What `homeward database prepare` has made already, with this installation's own names.
PREPARED = ("DEFAULT ACL", "SCHEMA - public", "EXTENSION - ", "COMMENT - EXTENSION")
ANYTHING = (
    "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')"
)


def restore(directory: Path, files: Path, ring: KeyRing) -> Manifest:
    """Fill an empty database and an empty directory of files; they must then be as saved, to the byte."""
    manifest = read_manifest(directory)
    require_keys(manifest, ring)
    require_empty(files)
    restore_database(directory / DUMP, manifest)
    restore_files(directory / FILES, files)
    prove(manifest, files)
    return manifest


def require_empty(files: Path) -> None:
    with psycopg.connect(owner_url()) as connection:
        occupied = connection.execute(ANYTHING).fetchone() == (True,)
    if occupied or (files.exists() and any(files.iterdir())):
        place = "The database" if occupied else str(files)
        aside = (
            "add --set-aside to keep what is there under another name"
            if uses_own_database()
            else ("point the settings to an empty database and directory")
        )
        raise DatabaseTrouble(f"{place} is not empty; nothing was restored. To restore, {aside}.")


def set_aside(files: Path, now: datetime) -> list[str]:
    """Rename what is there, so that a restore finds room and nothing is lost; say the new names."""
    if not uses_own_database():
        raise DatabaseTrouble("Only our own server's database can be set aside; give another an empty one.")
    suffix = now.strftime("%Y%m%d_%H%M%S")
    cluster, kept = main_cluster(), f"{DATABASE}_until_{suffix}"
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        users = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        if connection.execute(users, [DATABASE]).fetchone() != (0,):
            raise DatabaseTrouble("The database is in use. Stop Homeward first, then restore.")
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(DATABASE), sql.Identifier(kept)))
    prepare_own_database(cluster, DATABASE)
    if not files.exists():
        return [kept]
    moved = files.with_name(f"{files.name}_until_{suffix}")
    files.rename(moved)
    return [kept, str(moved)]


def restore_database(dump: Path, manifest: Manifest) -> None:
    """As the owner, whatever it is called here; in one transaction, so all of it or nothing."""
    url = owner_url()
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10_000
    contents = run_program("pg_restore", url, ["--list", dump], server_major=major)
    wanted = [line for line in contents.splitlines() if not any(made in line for made in PREPARED)]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(wanted) + "\n")
        chosen.flush()
        options = ["--no-owner", "--exit-on-error", "--single-transaction", f"--use-list={chosen.name}"]
        database = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        with plain_privileges(url):
            run_program("pg_restore", url, [*options, f"--dbname={database}", dump], server_major=major)
    with psycopg.connect(url, autocommit=True) as connection:
        for function in manifest.definer_functions:
            # The names come from our own manifest, as the server itself wrote them.
            connection.execute(f"ALTER FUNCTION {function} OWNER TO {DEFINER}".encode())
        connection.execute("ANALYZE")


@contextmanager
def plain_privileges(url: str) -> Iterator[None]:
    """A dump only ever grants: what it leaves out must not have been given beforehand by default."""
    owner = Login.of(url).name
    with psycopg.connect(url, autocommit=True) as connection:
        run(connection, no_default_privileges(owner))
        try:
            yield
        finally:
            run(connection, default_privileges(owner))


def restore_files(source: Path, target: Path) -> None:
    if target.exists():
        target.rmdir()
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(source, unfinished)
    unfinished.chmod(0o700)
    unfinished.rename(target)


def prove(manifest: Manifest, files: Path) -> None:
    with open_whole(all_seeing_url()) as connection:
        wrong = differences(manifest.tables, table_proofs(connection))
    found = {f"{FILES}/{file.relative_to(files).as_posix()}": hash_of(file) for file in files_in(files)}
    saved = {name: mark for name, mark in manifest.files.items() if name != DUMP}
    wrong += differences(saved, found)
    if wrong:
        raise DatabaseTrouble(
            f"What was restored differs from what was saved: {listed(wrong)}. Do not use it."
        )


def files_in(directory: Path) -> list[Path]:
    return sorted(file for file in directory.rglob("*") if file.is_file())


def owner_url() -> str:
    return os.environ["HOMEWARD_OWNER_DATABASE_URL"]
