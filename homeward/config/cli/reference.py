"""`homeward reference write|check`."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import set_up


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("reference", help="the pages of docs/reference, made from the code")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("write", help="write them anew").set_defaults(act=write)
    acts.add_parser("check", help="do they say what the code does?").set_defaults(act=check)


def write(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.config.places import project_directory
    from homeward.config.reference import pages

    shelf = project_directory() / "docs" / "reference"
    shelf.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (shelf / name).write_text(text, "utf-8")


def check(arguments: argparse.Namespace) -> int:
    set_up()
    from homeward.config.places import project_directory
    from homeward.config.reference import stale

    old = stale(project_directory() / "docs" / "reference")
    for name in old:
        print(f"docs/reference/{name} is out of date. Run homeward reference write.")
    return 1 if old else 0
