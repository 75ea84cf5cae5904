"""`homeward keys create|rotate|rewrap|status`: the files that hold this installation's keys."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready, set_up


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("keys", help="the keys that seal personal data")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("create", help="make them, once, for a new installation").set_defaults(act=create)
    rotating = acts.add_parser("rotate", help="a new master key, or a new key for signing seals")
    rotating.add_argument("--signing", action="store_true", help="the key that signs the audit trail's seals")
    rotating.add_argument("--matching", action="store_true", help="the key of the tokens partners ask by")
    rotating.set_defaults(act=rotate)
    acts.add_parser("rewrap", help="go on with a rotation that was interrupted").set_defaults(act=rewrap)
    acts.add_parser("status", help="which keys there are; never the keys").set_defaults(act=show)


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


def rotate(arguments: argparse.Namespace) -> None:
    ready()
    from django.conf import settings

    from homeward.lib.key_files import add_master_key, add_signing_key

    if arguments.matching:
        return rotate_matching()
    if arguments.signing:
        signer = add_signing_key(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
        print(f"Seals are signed by key {signer.name} from now on. Back both key files up now.")
        return None
    print(f"Master key {add_master_key(settings.KEYS_FILE).active} is in use.")
    return rewrap(arguments)


def rotate_matching() -> None:
    """Meanwhile questions are asked under both keys; then the older one is forgotten."""
    from django.conf import settings

    from homeward.lib.key_files import add_matching_key, drop_old_matching_keys
    from homeward.people.jobs import renew_everybodys_tokens

    add_matching_key(settings.KEYS_FILE)
    count = renew_everybodys_tokens()
    newest = max(drop_old_matching_keys(settings.KEYS_FILE).matching)
    print(f"Key {newest} of match tokens is in use; tokens of {count} people were made anew.")
    print("Back the key file up now.")


def rewrap(arguments: argparse.Namespace) -> None:
    """Everybody may go on working meanwhile: what is not yet wrapped anew opens under the older key."""
    ready()
    from homeward.access.actor import system_actor
    from homeward.organisations.queries import every_organisation_id
    from homeward.privacy.commands import rewrap_keys

    count = 0
    for organisation_id in every_organisation_id():
        while done := rewrap_keys(system_actor(organisation_id)).count:
            count += done
    print(f"{count} persons' keys were wrapped anew. Back the key file up now.")


def show(arguments: argparse.Namespace) -> None:
    ready()
    from django.conf import settings

    from homeward.lib.key_files import load_keys

    ring = load_keys(settings.KEYS_FILE)
    print(f"{settings.KEYS_FILE}: master keys {sorted(ring.masters)}, in use {ring.active}")
    print(f"{settings.SEALER_KEY_FILE}: signs the seals; known signing keys {sorted(ring.seal_checkers)}")
