"""`homeward ledger export|check`: the entries as a file, and every sum counted again from them."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready

if TYPE_CHECKING:
    from homeward.access.actor import Actor


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("ledger", help="export the ledger, or count it again")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    exporting = acts.add_parser("export", help="write every entry of an organisation to .csv or .xlsx")
    exporting.add_argument("file", type=Path, metavar="FILE")
    exporting.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="of who pays there")
    exporting.add_argument("--since", type=date.fromisoformat, metavar="2026-01-01")
    exporting.add_argument("--until", type=date.fromisoformat, metavar="2026-12-31")
    exporting.set_defaults(act=export)
    checking = acts.add_parser("check", help="count every sum again from the entries alone")
    checking.set_defaults(act=check)


def export(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.access.actions import Action
    from homeward.access.reading import remember_reading
    from homeward.assistance.queries import exported_rows
    from homeward.assistance.sheets import WRITERS

    kind = arguments.file.suffix.removeprefix(".").lower()
    if kind not in WRITERS:
        raise NotReady("Name the file .csv or .xlsx")
    actor = payer(arguments.email)
    with acting_as(actor), arguments.file.open("wb") as file:
        remember_reading(actor, Action.LEDGER_EXPORT, subject_id=None)
        WRITERS[kind](file, exported_rows(actor, since=arguments.since, until=arguments.until))
    print(f"{arguments.file} is written. It names who was paid: keep it as you keep your books.")


def check(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.access.acting import acting_as
    from homeward.access.actor import system_actor
    from homeward.assistance.queries import check_ledger
    from homeward.organisations.queries import every_organisation_id

    entries = accounts = wrong = 0
    for organisation_id in every_organisation_id():
        actor = system_actor(organisation_id)
        with acting_as(actor):
            found = check_ledger(actor)
        entries, accounts = entries + found.entries, accounts + found.accounts
        wrong += len(found.wrong)
        for one in found.wrong:
            print(f"{one.what} {one.id}: kept {one.kept}, counted {one.counted}", file=sys.stderr)
    print(
        f"{accounts:,} accounts counted again from {entries:,} entries as organisations see them: "
        f"{wrong:,} differ"
    )
    return 1 if wrong else 0


def payer(email: str) -> "Actor":
    """The person with this address who may export a ledger."""
    from homeward.access.actions import Action
    from homeward.organisations.queries import actors_of_address

    for actor in actors_of_address(email):
        if actor.may(Action.LEDGER_EXPORT):
            return actor
    raise NotReady("Nobody here with that address exports a ledger.")
