"""`homeward backup`, `homeward restore` and `homeward upgrade`."""

import argparse
import os
import shutil
from pathlib import Path

from homeward.config.cli import Subparsers
from homeward.config.cli.check import check
from homeward.config.cli.migrate import migrate
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready
from homeward.config.places import var_directory

APART = "Keep the key file apart from it, or nobody will ever open what is sealed in it: {}"


def add_to(subparsers: Subparsers) -> None:
    saving = subparsers.add_parser("backup", help="save database and files, without the keys")
    saving.add_argument("directory", type=Path, help="a new or empty directory")
    saving.add_argument("--keys", type=Path, metavar="FILE", help="also copy the keys to FILE, elsewhere")
    saving.set_defaults(act=backup)
    restoring = subparsers.add_parser("restore", help="fill an empty database from a backup")
    restoring.add_argument("directory", type=Path)
    restoring.add_argument("--keys", type=Path, metavar="FILE", help="the key file kept apart")
    restoring.add_argument("--set-aside", action="store_true", help="keep what is there under another name")
    restoring.set_defaults(act=restore)
    upgrading = subparsers.add_parser(
        "upgrade", help="after installing a newer version: backup, migrate, check"
    )
    upgrading.add_argument("--backup", type=Path, metavar="DIR", help="default: var/backups/<moment>")
    upgrading.set_defaults(act=upgrade)


def backup(arguments: argparse.Namespace) -> None:
    ready()
    save_to(arguments.directory.resolve(), arguments.keys)


def save_to(directory: Path, keys: Path | None) -> None:
    from django.conf import settings
    from django.utils import timezone

    from homeward.config.backup.save import save
    from homeward.lib.key_files import load_keys, signer_path

    if keys and keys.resolve().is_relative_to(directory):
        raise NotReady("Keys inside a backup would open it to whoever finds it. Name a file somewhere else.")
    manifest = save(directory, settings.FILES_DIR, load_keys(settings.KEYS_FILE), timezone.now())
    print(f"Saved the database and {len(manifest.files) - 1} files to {directory}")
    copy_ledger(directory, settings.ERASURE_LEDGER)
    if keys:
        copy_privately(settings.KEYS_FILE, keys)
        copy_privately(settings.SEALER_KEY_FILE, signer_path(keys))
    print(APART.format(keys or settings.KEYS_FILE))


def copy_ledger(directory: Path, ledger: Path) -> None:
    """The ledger lies beside the backup, not in it: it goes on after the backup is made."""
    from homeward.casework.rights.ledger import add_to_ledger, read_ledger

    beside = directory.with_name(f"{directory.name}-erasures.jsonl")
    if add_to_ledger(beside, read_ledger(ledger)):
        print(f"Who was erased stands in {beside}; keep it with the backup.")


def restore(arguments: argparse.Namespace) -> None:
    ready()
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone

    from homeward.config.backup import restore as restoring
    from homeward.config.backup.manifest import read_manifest, require_keys
    from homeward.lib.key_files import load_keys, signer_path

    directory = arguments.directory.resolve()
    keys = arguments.keys or settings.KEYS_FILE
    require_keys(read_manifest(directory), load_keys(keys))
    if arguments.keys:
        bring_keys(arguments.keys, settings.KEYS_FILE)
        bring_keys(signer_path(arguments.keys), settings.SEALER_KEY_FILE)
    connections.close_all()
    if arguments.set_aside:
        for name in restoring.set_aside(settings.FILES_DIR, timezone.now()):
            print(f"Set aside as {name}")
    ledger = bring_ledger(directory, settings.ERASURE_LEDGER)
    manifest = restoring.restore(directory, settings.FILES_DIR, load_keys(settings.KEYS_FILE))
    print(f"Restored what was saved at {manifest.made_at}, the same to the byte. Next: homeward migrate")
    erase_again(ledger)


def bring_ledger(backup: Path, ledger: Path) -> Path:
    """Erasures since the backup stand in the file beside the files; those before it also in the backup."""
    from homeward.casework.rights.ledger import add_to_ledger, read_ledger

    add_to_ledger(ledger, read_ledger(backup.with_name(f"{backup.name}-erasures.jsonl")))
    return ledger


def erase_again(ledger: Path) -> None:
    """Nobody erased comes back: at once when the backup is of this version, else by `homeward migrate`."""
    from homeward.config.backup.replay import replay
    from homeward.config.cli.migrate import unapplied_migrations

    if unapplied_migrations():
        print("The backup is of an older version: homeward migrate erases again whom the ledger names.")
        return
    count = replay(ledger)
    if count:
        print(f"Erased again: {count} people who were erased after the backup was made.")


def bring_keys(given: Path, place: Path) -> None:
    """A different key file that is in place already is never written over."""
    if not given.exists() or (place.exists() and place.read_bytes() == given.read_bytes()):
        return
    if place.exists():
        raise NotReady(f"{place} holds other keys. Move it away first; it may be the only one of its kind.")
    copy_privately(given, place)


def upgrade(arguments: argparse.Namespace) -> int:
    """A migration that fails leaves the database as it was; the backup is for everything else."""
    ready()
    from django.utils import timezone

    moment = timezone.now().strftime("%Y-%m-%d-%H%M%S")
    save_to((arguments.backup or var_directory() / "backups" / moment).resolve(), None)
    migrate()
    return check(arguments)


def copy_privately(source: Path, target: Path) -> None:
    """Never, not even for a moment, readable by others; never over an existing file."""
    with source.open("rb") as content:
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            shutil.copyfileobj(content, out)
