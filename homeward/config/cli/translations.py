"""`homeward translations compile|check|update`."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import set_up
from homeward.config.translations import compile_catalogues, untranslated, update_catalogue

SHOWN = 20


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("translations", help="the catalogues of interface messages")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("compile", help="write what is out of date").set_defaults(act=compile_all)
    acts.add_parser("check", help="is every message translated?").set_defaults(act=check)
    acts.add_parser("update", help="add new messages to the catalogues").set_defaults(act=update)


def compile_all(arguments: argparse.Namespace) -> None:
    for file in compile_catalogues():
        print(file)


def check(arguments: argparse.Namespace) -> int:
    missing = {language: untranslated(language) for language in languages()}
    for language, messages in missing.items():
        if messages:
            print(f"{language}: {len(messages)} messages without words, among them:")
            print("".join(f"  {message!r}\n" for message in messages[:SHOWN]))
    return 1 if any(missing.values()) else 0


def update(arguments: argparse.Namespace) -> None:
    for language in languages():
        print(f"{language}: {update_catalogue(language)} messages without words")


def languages() -> list[str]:
    """All but English, in which the messages are written."""
    set_up()
    from django.conf import settings

    return [code for code, _ in settings.LANGUAGES if code != "en"]
