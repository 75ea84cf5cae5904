"""Saved, restored, and the same to the byte; or refused before anything is touched."""

import re
import shutil
from datetime import UTC, datetime

import psycopg
import pytest

from homeward.config.backup.restore import restore
from homeward.config.backup.save import save
from homeward.config.backup.server import run_program
from homeward.config.postgres.prepare import prepare_own_database
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.lib.encryption import new_key
from homeward.lib.key_files import KeyRing

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def ring():
    return KeyRing(2, {1: new_key(), 2: new_key()}, new_key(), {})


@pytest.fixture
def installation(transactional_db, cast, scratch, tmp_path, monkeypatch):
    """The cast's database as somebody else's server, with two encrypted files."""
    files = tmp_path / "files"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "one").write_bytes(bytes(range(256)))
    (files / "two").write_bytes(b"")
    monkeypatch.setenv("HOMEWARD_OWN_DATABASE", "")
    point_to(scratch, scratch.name, monkeypatch)
    return files


@pytest.fixture
def elsewhere(installation, scratch):
    """The name of an empty, prepared database."""
    name = f"{scratch.name}_restored"
    with scratch.superuser() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
    prepare_own_database(scratch.cluster, name)
    yield name
    with scratch.superuser() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def saved(installation, ring, tmp_path, scratch, elsewhere, monkeypatch):
    """A backup of it, with the settings already pointing elsewhere."""
    directory = tmp_path / "backup"
    save(directory, installation, ring, NOW)
    point_to(scratch, elsewhere, monkeypatch)
    return directory


def point_to(scratch, database, monkeypatch):
    monkeypatch.setenv("HOMEWARD_OWNER_DATABASE_URL", scratch.owner_url(database))
    monkeypatch.setenv("HOMEWARD_BACKUP_DATABASE_URL", scratch.cluster.superuser_url(database))


def rows_in(scratch, database):
    return dumped(scratch, database, "--data-only")


def rules_in(scratch, database):
    """Tables, constraints, policies, functions, owners and privileges.

    PostgreSQL sets brackets and casts anew whenever it has read an expression back, so those are left out.
    """
    return re.sub(r"::[a-z ]+|\[\]|[()]", "", dumped(scratch, database, "--schema-only"))


def dumped(scratch, database, part):
    url = scratch.cluster.superuser_url(database)
    text = run_program("pg_dump", url, ["--schema=public", "--extension=*", part], server_major=15)
    return re.sub(r"(?m)^(--.*|\\(un)?restrict .*|\s*)\n", "", text)


def table_count(scratch, database):
    with psycopg.connect(scratch.owner_url(database)) as connection:
        return connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchone()[0]


def test_keys_that_do_not_open_a_backup_are_refused_before_anything_is_touched(
    saved, ring, scratch, elsewhere, tmp_path
):
    stranger = KeyRing(2, {1: ring.masters[1], 2: new_key()}, ring.blind_index, {})
    with pytest.raises(DatabaseTrouble, match="does not open this backup .*master 2"):
        restore(saved, tmp_path / "restored", stranger)
    assert table_count(scratch, elsewhere) == 0
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("harm", ["change", "lose", "add"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    saved, ring, scratch, elsewhere, tmp_path, harm
):
    one = saved / "files" / "ab" / "one"
    {"change": lambda: one.write_bytes(b"\0" * 256), "lose": one.unlink, "add": (one.parent / "x").touch}[
        harm
    ]()
    with pytest.raises(DatabaseTrouble, match="damaged"):
        restore(saved, tmp_path / "restored", ring)
    assert table_count(scratch, elsewhere) == 0


def test_a_backup_never_writes_over_another(saved, installation, ring):
    with pytest.raises(DatabaseTrouble, match="not empty"):
        save(saved, installation, ring, NOW)


def test_a_restore_never_writes_over_what_is_there(saved, installation, ring, scratch, monkeypatch, tmp_path):
    point_to(scratch, scratch.name, monkeypatch)
    with pytest.raises(DatabaseTrouble, match="The database is not empty; nothing was restored"):
        restore(saved, tmp_path / "restored", ring)


def test_what_is_restored_is_what_was_saved_to_the_byte(
    saved, installation, ring, scratch, elsewhere, tmp_path
):
    shutil.move(saved, tmp_path / "moved")
    newer = KeyRing(3, {**ring.masters, 3: new_key()}, ring.blind_index, {})
    restore(tmp_path / "moved", tmp_path / "restored", newer)
    assert rows_in(scratch, elsewhere) == rows_in(scratch, scratch.name)
    assert rules_in(scratch, elsewhere) == rules_in(scratch, scratch.name)
    for name in ("ab/one", "two"):
        assert (tmp_path / "restored" / name).read_bytes() == (installation / name).read_bytes()


def test_no_key_is_in_a_backup(saved, ring):
    content = b"".join(file.read_bytes() for file in saved.rglob("*") if file.is_file())
    for key in [*ring.masters.values(), ring.blind_index]:
        assert key not in content
        assert key.hex().encode() not in content
