"""One migrated template per state of the migrations; each test session works on its own quick copy of it.

In: the apps' migration files. Out: a database whose policies bite (alias `default` is the application's role)
and that is as the migrations left it before each session and after each test that commits.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from homeward.config.places import only_one_at_a_time, project_directory, short_hash, var_directory
from homeward.config.postgres import cluster as clusters
from homeward.config.postgres import roles, server
from homeward.config.postgres.passwords import local_secrets
from homeward.config.postgres.prepare import OWNER, prepare_own_database

TEMPLATE = "template_homeward"
CLEANING = """
CREATE SCHEMA homeward_tests;
CREATE FUNCTION homeward_tests.look(question text) RETURNS SETOF jsonb
  LANGUAGE plpgsql SECURITY DEFINER AS
$$ BEGIN RETURN QUERY EXECUTE format('SELECT to_jsonb(answer) FROM (%s) answer', question); END $$;
GRANT USAGE ON SCHEMA homeward_tests TO homeward_application;
DO $$ DECLARE it record; filled boolean; BEGIN
  FOR it IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', it.relname) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE homeward_tests.%I AS TABLE public.%I', it.relname, it.relname);
    END IF;
  END LOOP;
END $$;
CREATE FUNCTION homeward_tests.start_afresh() RETURNS void LANGUAGE plpgsql AS
$$ DECLARE it record; filled boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  SET LOCAL lock_timeout = '20s';
  FOR it IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', it.relname) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM public.%I', it.relname); END IF;
    IF to_regclass(format('homeward_tests.%I', it.relname)) IS NOT NULL THEN
      EXECUTE format('INSERT INTO public.%I SELECT * FROM homeward_tests.%I', it.relname, it.relname);
    END IF;
  END LOOP;
END $$;
"""


class ScratchDatabase:
    """The database of one test session, and a superuser's way into it."""

    def __init__(self, cluster: clusters.Cluster, name: str) -> None:
        self.cluster, self.name = cluster, name
        self.cleaner: psycopg.Connection | None = None  # stays open: it knows all tables by now

    def superuser(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.superuser_url(self.name), autocommit=True)

    def owner_url(self, database: str = "") -> str:
        return self.cluster.url(OWNER, local_secrets()["OWNER_PASSWORD"], database or self.name)

    def start_afresh(self) -> None:
        """Put every table back to what the migrations left in it."""
        if self.cleaner is None or self.cleaner.closed:
            self.cleaner = self.superuser()
        self.cleaner.execute("SELECT homeward_tests.start_afresh()")


@contextmanager
def scratch_database(*, rebuild: bool) -> Iterator[ScratchDatabase]:
    """A fresh copy of the template under a name that no other running session uses."""
    cluster = clusters.scratch_cluster()
    server.start(cluster)
    with free_name() as name:
        with only_one_at_a_time(var_directory() / "test-template.lock"):
            make_template(cluster, rebuild=rebuild and "PYTEST_XDIST_WORKER" not in os.environ)
            copy_template(cluster, name)
        use_database(name)
        yield ScratchDatabase(cluster, name)
        close_connections()


@contextmanager
def free_name() -> Iterator[str]:
    """The name stays ours as long as the lock is held, which ends with the process at the latest."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = f"test_homeward_{short_hash(str(project_directory()))}" + (f"_{worker}" if worker else "")
    for number in range(50):
        candidate = f"{name}_{number}" if number else name
        with (var_directory() / f"{candidate}.lock").open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield candidate
            return
    raise RuntimeError("Fifty test sessions run in this checkout already.")


def make_template(cluster: clusters.Cluster, *, rebuild: bool) -> None:
    fingerprint = migrations_fingerprint()
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        described = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
        ).fetchone()
        if described == (fingerprint,) and not rebuild:
            return
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        prepare_own_database(cluster, TEMPLATE)
        use_database(TEMPLATE)
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        close_connections()
        with psycopg.connect(cluster.superuser_url(TEMPLATE), autocommit=True) as inside:
            inside.execute(CLEANING)
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(TEMPLATE), sql.Literal(fingerprint))
        )


def copy_template(cluster: clusters.Cluster, name: str) -> None:
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(
            f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE} STRATEGY file_copy OWNER homeward_owner'
        )
        for role in (roles.APPLICATION, *roles.LOGINS):
            connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO {role}')
        connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')


def migrations_fingerprint() -> str:
    """Changes whenever a migration of any installed app, or what prepares the roles, changes."""
    files = [Path(roles.__file__), Path(__file__)]
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        files += sorted((Path(app.path) / "migrations").glob("*.py"))
    content = b"".join(file.name.encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()


def use_database(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def close_connections() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
