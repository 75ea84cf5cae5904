"""`homeward django …`: Django's own commands, with settings and database in place."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("django", help="Django's own commands, for developers", add_help=False)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    parser.set_defaults(act=pass_on)


def pass_on(arguments: argparse.Namespace) -> None:
    ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["homeward django", *as_owner_where_needed(arguments.command)])


def as_owner_where_needed(command: list[str]) -> list[str]:
    """`migrate` on the application's alias would note migrations as done without doing them."""
    if command[:1] == ["migrate"] and not any(word.startswith("--database") for word in command):
        return [*command, "--database=owner"]
    return command
