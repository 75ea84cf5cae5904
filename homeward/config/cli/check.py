"""`homeward check`: is this installation fit to run? One line per question, exit code 1 when one fails."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("check", help="is this installation fit to run?")
    parser.set_defaults(act=check)


def check(arguments: argparse.Namespace) -> int:
    ready()
    questions: dict[str, Callable[[], None]] = {
        "settings": settings_are_sound,
        "application's role": role_is_harmless,
        "migrations": migrations_are_applied,
        "keys": keys_are_private,
        "files": files_can_be_written,
    }
    return max([ask(name, question) for name, question in questions.items()])


def ask(name: str, question: Callable[[], None]) -> int:
    try:
        question()
    except Exception as problem:  # noqa: BLE001 - the next question is asked all the same
        print(f"  wrong  {name}: {problem}")
        return 1
    print(f"  good   {name}")
    return 0


def settings_are_sound() -> None:
    from django.core.checks import ERROR, run_checks

    errors = [str(message) for message in run_checks() if message.level >= ERROR]
    if errors:
        raise NotReady("; ".join(errors))


def role_is_harmless() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid), "
            "pg_has_role('homeward_application', 'MEMBER') FROM pg_roles WHERE rolname = current_user"
        )
        passes_by, owns, member = cursor.fetchone() or (True, True, False)
    if passes_by or owns:
        raise NotReady("it owns tables or passes by row-level security; give HOMEWARD_DATABASE_URL another")
    if not member:
        raise NotReady("it is not prepared: homeward database prepare")


def migrations_are_applied() -> None:
    from homeward.config.cli.migrate import unapplied_migrations

    missing = unapplied_migrations()
    if missing:
        raise NotReady(f"{len(missing)} to apply (homeward migrate), first {missing[0]}")


def keys_are_private() -> None:
    file = Path(os.environ["HOMEWARD_KEYS_FILE"])
    if not file.exists():
        raise NotReady(f"{file} is missing; on a new installation: homeward keys create")
    if file.stat().st_mode & 0o077:
        raise NotReady(f"{file} can be read by others: chmod 600 it")


def files_can_be_written() -> None:
    directory = Path(os.environ["HOMEWARD_FILES_DIR"])
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(directory, os.W_OK):
        raise NotReady(f"{directory} cannot be written")
