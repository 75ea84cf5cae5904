"""The command `homeward`: one module per group of subcommands, each with `add_to(subparsers)`.

To add a group, write a module with `add_to` that ends in `parser.set_defaults(act=…)` and name it in
CLI_MODULES. `act` takes the parsed arguments and returns the exit code (None is 0). Django is not set up
until it calls `ready()`; models are imported inside functions, so that `homeward --help` needs no settings.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

import psycopg
from django.db import OperationalError as DatabaseAway

from homeward.config.cli.problems import NotReady
from homeward.config.environment import use_embedded_when_unset
from homeward.config.postgres.problems import DatabaseTrouble
from homeward.lib.key_files import NoKeys
from homeward.lib.problems import Problem

CLI_MODULES = (
    "run",
    "serve",
    "migrate",
    "check",
    "database",
    "backup",
    "keys",
    "organisation",
    "programmes",
    "services",
    "instruments",
    "scoring",
    "samples",
    "translations",
    "django",
    "demo",
    "imports",
    "audit",
    "ledger",
    "estimate",
    "indicators",
    "protection",
    "releases",
    "extracts",
    "reports",
    "enforcement",
    "reference",
)

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Act = Callable[[argparse.Namespace], int | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; what the person can put right is told in words, without a traceback."""
    chosen = make_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.config.settings")
    try:
        use_embedded_when_unset()
        act: Act = chosen.act
        return act(chosen) or 0
    except KeyboardInterrupt:
        return 130
    except (DatabaseTrouble, NoKeys, NotReady, Problem) as problem:
        print(f"homeward: {problem}", file=sys.stderr)
        return 1
    except (psycopg.OperationalError, DatabaseAway) as problem:
        print(f"homeward: the database does not answer: {problem}", file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="homeward", description="Homeward's command line.")
    subparsers = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in CLI_MODULES:
        if find_spec(f"{__name__}.{name}"):
            import_module(f"{__name__}.{name}").add_to(subparsers)
    return parser
