"""`homeward protection exposed|register|retention`: an officer's questions on the command line."""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready

if TYPE_CHECKING:
    from homeward.access.actor import Actor


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("protection", help="who was exposed, as a data protection officer")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    listing = acts.add_parser("exposed", help="whose records one account came to, as CSV")
    listing.add_argument("account", help="the address of the account")
    listing.add_argument("--from", dest="since", required=True, metavar="MOMENT", help="2026-11-01T00:00")
    listing.add_argument("--to", dest="until", required=True, metavar="MOMENT", help="2026-11-02T00:00")
    listing.add_argument("--as", dest="officer", required=True, metavar="ADDRESS", help="the officer's")
    listing.add_argument("--output", type=Path, required=True, metavar="FILE", help="a new file")
    listing.set_defaults(act=exposed)
    registering = acts.add_parser("register", help="records of processing, from how it is set up today")
    registering.add_argument("--as", dest="officer", required=True, metavar="ADDRESS", help="the officer's")
    registering.add_argument("--output", type=Path, metavar="FILE", help="a new file; else it is printed")
    registering.set_defaults(act=register)
    keeping = acts.add_parser("retention", help="dry run: whom the retention rules would erase tonight")
    keeping.add_argument("--as", dest="officer", required=True, metavar="ADDRESS", help="the officer's")
    keeping.set_defaults(act=retention)


def exposed(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.casework.exposure import exposed as exposed_to
    from homeward.casework.exposure_sheet import as_csv
    from homeward.privacy.trail import account_of_address

    actor = officer(arguments.officer)
    with acting_as(actor):
        account_id = account_of_address(actor, arguments.account)
        if account_id is None:
            raise NotReady("Nobody with that address ever worked for this organisation.")
        window = {"since": moment(arguments.since), "until": moment(arguments.until)}
        found = exposed_to(actor, account_id=account_id, **window)
    write_new(arguments.output, as_csv(found))
    print(f"{len(found.people)} people exposed, written to {arguments.output}.")
    for one in found.lists:
        print(f"Names nobody: {one.action}, {one.times} times.")


def register(arguments: argparse.Namespace) -> None:
    ready()
    from django.utils.timezone import localdate

    from homeward.casework.rights.register import register as registered

    text = json.dumps(registered(officer(arguments.officer), on=localdate()), indent=1, ensure_ascii=False)
    if arguments.output:
        write_new(arguments.output, text + "\n")
    else:
        print(text)


def retention(arguments: argparse.Namespace) -> None:
    ready()
    from django.utils.timezone import localdate

    from homeward.access.acting import acting_as
    from homeward.casework.rights.retention import due_for_erasure

    actor = officer(arguments.officer)
    with acting_as(actor):
        due = due_for_erasure(actor, today=localdate())
    for one in due:
        bars = [
            word
            for word, stands in (
                ("legal hold", one.is_held),
                ("restricted", one.is_restricted),
                ("another organisation leads", one.others_lead),
            )
            if stands
        ]
        print(
            f"{one.person_id}  due {one.due_on}  {'stays: ' + ', '.join(bars) if bars else 'erased tonight'}"
        )
    print(f"{sum(one.goes for one in due)} of {len(due)} people due would be erased tonight.")


def write_new(file: Path, text: str) -> None:
    """Personal data: for the caller's eyes, and never over another file."""
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(text, encoding="utf-8")


def moment(text: str) -> datetime:
    from django.utils.timezone import is_aware, make_aware

    try:
        told = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise NotReady(f"{text} is no moment. Write it like 2026-11-01T00:00.") from wrong
    return told if is_aware(told) else make_aware(told)


def officer(email: str) -> "Actor":
    """The data protection officer with this address."""
    from homeward.access.actions import Action
    from homeward.organisations.queries import actors_of_address

    for actor in actors_of_address(email):
        if actor.may(Action.BREACH_LIST):
            return actor
    raise NotReady("Nobody here with that address is a data protection officer.")
