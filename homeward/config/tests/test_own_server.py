"""The server we start ourselves: from nothing, after a crash, twice at once, beside strangers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from homeward.config.places import project_directory
from homeward.config.postgres import cluster as clusters
from homeward.config.postgres import server
from homeward.config.postgres.passwords import local_secrets
from homeward.config.postgres.prepare import own_logins, prepare_own_database
from homeward.config.postgres.problems import DatabaseTrouble


@contextmanager
def var_of_its_own():
    """Not pytest's temporary directory: that is closed, also to the account the server runs under."""
    with tempfile.TemporaryDirectory(prefix="homeward-") as var, pytest.MonkeyPatch.context() as patch:
        os.chmod(var, 0o755)  # noqa: S103
        patch.setenv("HOMEWARD_VAR_DIR", var)
        yield


@pytest.fixture(scope="module")
def cluster():
    """A server of this module's own, as durable as the one that holds people's data."""
    with var_of_its_own():
        made = clusters.main_cluster()
        yield made
        server.stop(made)


@pytest.fixture
def running(cluster):
    server.start(cluster)
    return cluster


def kill(cluster):
    """As a power cut would: no goodbye, and the file with the process number stays behind."""
    process = server.process_of(cluster)
    os.kill(process, signal.SIGKILL)
    while os.path.exists(f"/proc/{process}/cwd"):
        time.sleep(0.01)
    assert (cluster.data / "postmaster.pid").exists()


def ask(cluster, question, database="postgres"):
    with psycopg.connect(cluster.superuser_url(database), autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None


def test_it_starts_from_nothing_and_starting_again_is_instant(cluster):
    assert server.start(cluster) is True
    began = time.monotonic()
    assert server.start(cluster) is False
    assert time.monotonic() - began < 3


def test_nobody_without_the_password_gets_in(running):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(running.url(clusters.SUPERUSER, "guess", "postgres"))


def test_it_is_on_no_network_and_its_files_and_socket_are_private(running):
    assert ask(running, "SHOW listen_addresses") == ""
    assert [place.stat().st_mode & 0o777 for place in (running.data, running.sockets)] == [0o700, 0o700]


def test_secrets_are_made_once_and_readable_by_their_owner_alone(running):
    file = running.lock.parent / "secrets.env"
    before = file.read_text()
    assert local_secrets()["HOMEWARD_SECRET_KEY"] in before
    assert file.read_text() == before
    assert file.stat().st_mode & 0o777 == 0o600


def test_its_log_keeps_no_values(running):
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(running, "CREATE TEMP TABLE t (v text UNIQUE); INSERT INTO t VALUES ('Amina'), ('Amina')")
    assert "duplicate key" in running.log.read_text()
    assert "Amina" not in running.log.read_text()


def test_letters_of_every_script_are_letters(running):
    prepare_own_database(running, "letters")
    assert ask(running, "SELECT lower('ÉÏ') || array_length(show_trgm('أمينة'), 1)", "letters") == "éï6"


def test_what_was_committed_survives_a_kill(running):
    ask(running, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    kill(running)
    assert server.start(running) is True
    assert ask(running, "SELECT sum(number) FROM kept") == 500_500


def test_a_number_left_behind_that_is_now_somebody_elses_harms_neither(running):
    kill(running)
    with subprocess.Popen(["/bin/sleep", "60"]) as stranger:
        file = running.data / "postmaster.pid"
        lines = file.read_text().split("\n")
        file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        assert server.stop(running) is False
        assert server.start(running) is True
        assert server.stop(running) is True
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_whose_socket_was_removed_is_reached_again(running):
    (running.sockets / f".s.PGSQL.{clusters.PORT}").unlink()
    assert server.start(running) is True
    assert ask(running, "SELECT 1") == 1


def test_two_that_start_it_at_once_share_one_server(cluster):
    server.stop(cluster)
    code = "from homeward.config.postgres import cluster, server; print(server.start(cluster.main_cluster()))"
    both = [
        subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", code], cwd=project_directory(), stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert sorted(one.communicate(timeout=60)[0].strip() for one in both) == ["False", "True"]


def test_a_making_that_was_cut_short_is_begun_anew():
    with var_of_its_own():
        half = clusters.scratch_cluster()
        unfinished = half.data.with_name("test-postgres.unfinished")
        unfinished.mkdir()
        (unfinished / "PG_VERSION").write_text("15")
        try:
            assert server.start(half) is True
        finally:
            server.stop(half)


def test_preparing_twice_changes_nothing(running):
    def state():
        return ask(
            running,
            "SELECT concat((SELECT array_agg(r::text ORDER BY r::text) FROM pg_authid r), "
            "(SELECT array_agg(d::text) FROM pg_default_acl d), "
            "(SELECT nspacl FROM pg_namespace WHERE nspname = 'public'))",
            "twice",
        )

    prepare_own_database(running, "twice")
    once = state()
    prepare_own_database(running, "twice")
    assert state() == once


def test_none_of_the_logins_can_pass_by_policies_or_make_roles(running):
    prepare_own_database(running, "logins")
    for login in own_logins():
        with psycopg.connect(running.url(login.name, login.password, "logins")) as connection:
            assert connection.execute(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
                "WHERE rolname = current_user"
            ).fetchone() == (False, False, False, False)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE public.mine (id int)")


def test_a_directory_of_sockets_that_somebody_else_made_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(DatabaseTrouble, match="belongs to somebody else"):
        server.make_socket_directory(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_a_closed_directory_above_makes_the_server_keep_its_files_elsewhere(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("HOMEWARD_VAR_DIR", str(tmp_path / "var"))
    place = clusters.main_cluster().data.parent
    try:
        assert place.parent == Path("/var/lib/homeward")
        assert clusters.main_cluster().data.parent == place
        (place / "postgres").mkdir()
        (tmp_path / "var" / "postgres.location").unlink()
        another = clusters.main_cluster().data.parent
        assert another != place
        another.rmdir()
    finally:
        shutil.rmtree(place)
