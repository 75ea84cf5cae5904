"""`homeward keys create`: the keys of a new installation."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import set_up


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("keys", help="the keys that seal personal data")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("create", help="make them, once, for a new installation").set_defaults(act=create)


def create(arguments: argparse.Namespace) -> None:
    set_up()
    from django.conf import settings

    from homeward.lib.key_files import create_keys

    if not create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE):
        raise NotReady(
            f"{settings.KEYS_FILE} exists already. New keys would not open what the old ones sealed."
        )
    print(f"Made {settings.KEYS_FILE} and {settings.SEALER_KEY_FILE}. Keep a copy of both off this machine.")


def create_for_empty_database() -> None:
    """For trying Homeward. Where there is data, missing keys are a loss to repair, not a blank to fill."""
    from django.conf import settings
    from django.db import connections

    from homeward.lib.key_files import create_keys

    if settings.KEYS_FILE.exists():
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations') IS NULL")
        if cursor.fetchone() != (True,):
            raise NotReady(
                f"{settings.KEYS_FILE} is missing, and the database may hold what only those keys open. "
                "Bring the file back from its backup; if there is nothing to lose, run homeward keys create."
            )
    create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
