"""`homeward migrate`: bring the database to this version."""

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready

# Any number will do, so long as it stays the same: two that migrate at once wait for each other on it.
LOCK = 7_240_615_202


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("migrate", help="bring the database to this version, as its owner")
    parser.add_argument("--quiet", action="store_true")
    parser.set_defaults(act=lambda arguments: migrate(quiet=arguments.quiet))


def migrate(*, quiet: bool = False) -> None:
    """Apply what is missing; instant when nothing is."""
    ready()
    from django.core.management import call_command
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('homeward_application', 'homeward_definer')"
        )
        if cursor.fetchone() != (2,):
            raise NotReady("The database has no roles for Homeward yet: homeward database prepare")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            if unapplied_migrations():
                call_command("migrate", database="owner", interactive=False, verbosity=0 if quiet else 1)
            erase_again(quiet=quiet)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def erase_again(*, quiet: bool) -> None:
    """A database that was restored from before an erasure is put right before anybody may come in."""
    from django.conf import settings

    from homeward.config.backup.replay import replay

    count = replay(settings.ERASURE_LEDGER)
    if count and not quiet:
        print(f"Erased again: {count} people whom the ledger names.")


def unapplied_migrations() -> list[str]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
