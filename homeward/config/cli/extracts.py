"""`homeward extracts …`: make what was asked for, list, verify, export for analysts, print the codebook.

`work` is the process that makes extracts: it has the extracts' login, which pages and the worker have not.
"""

import argparse
import itertools
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready, set_up

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.extracts.models import Extract

TIDY_SECONDS = 3600
FORMATS = ("csv", "dta", "sav", "ddi", "eurostat", "iati")


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("extracts", help="make, list or verify extracts for evaluation")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    working = acts.add_parser("work", help="make what was asked for, and take away what is kept no longer")
    working.add_argument("--every", type=float, metavar="SECONDS", help="go on until stopped")
    working.set_defaults(act=work)
    making = acts.add_parser("make", help="ask for an extract and make it here and now")
    making.add_argument("--why", required=True, help="what it is for")
    making.add_argument("--from", dest="start", type=date.fromisoformat, help="cases opened from this day on")
    making.add_argument("--until", type=date.fromisoformat, help="cases opened to this day")
    making.set_defaults(act=make)
    listing = acts.add_parser("list", help="the extracts of an organisation, the newest first")
    listing.set_defaults(act=show)
    verifying = acts.add_parser("verify", help="read every file and compare it with the manifest")
    verifying.add_argument("extract", type=UUID)
    verifying.set_defaults(act=verify)
    exporting = acts.add_parser("export", help="write a file for analysts, and put it into a directory")
    _add_export_options(exporting)
    exporting.set_defaults(act=export)
    for one in (making, listing, verifying, exporting):
        one.add_argument("--organisation", required=True, help="its name")
    acts.add_parser("codebook", help="what every frame and column holds").set_defaults(act=codebook)


def _add_export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("extract", type=UUID)
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    parser.add_argument("--why", required=True, help="what it is for")
    parser.add_argument("--unit", choices=("case", "case_round"), default="case", help="what a row is")
    parser.add_argument("--columns", default="", metavar="A,B", help="all that may be in it, if not given")
    parser.add_argument(
        "--outside", default="", metavar="WHO", help="who gets it; only if nobody can be found"
    )
    parser.add_argument("--keys", default="", metavar="A,B", help="identifying, beside those always counted")
    parser.add_argument("--reporting-org", default="", metavar="REF", help="who publishes, as IATI knows it")


def work(arguments: argparse.Namespace) -> None:
    ready()
    from django.db import InterfaceError, OperationalError, close_old_connections
    from django.utils.timezone import localdate

    from homeward.extracts.making import make_waiting, remove_old

    turns = itertools.chain([0.0], itertools.repeat(arguments.every)) if arguments.every else [0.0]
    tidied = float(-TIDY_SECONDS)
    for wait in turns:
        time.sleep(wait)
        try:
            make_waiting()
            if time.monotonic() - tidied > TIDY_SECONDS:
                remove_old(localdate())
                tidied = time.monotonic()
        except (psycopg.OperationalError, OperationalError, InterfaceError) as problem:
            # Nothing is lost: what was asked for is made at the next turn, over another connection.
            close_old_connections()
            print(f"homeward: the database does not answer: {problem}", file=sys.stderr)


def make(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.extracts.commands import ask_extract
    from homeward.extracts.making import make_extract
    from homeward.extracts.rules import ExtractState

    actor = _actor(arguments.organisation)
    asked = ask_extract(actor, why=arguments.why, opened_from=arguments.start, opened_until=arguments.until)
    started = time.monotonic()
    made = make_extract(actor, extract_id=asked.id, wait=True)
    _print(made)
    if made.state != ExtractState.READY:
        print(f"homeward: {made.failure}", file=sys.stderr)
        return 1
    print(f"{made.rows_done:,} rows in {time.monotonic() - started:.1f} s")
    return 0


def show(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.extracts.queries import visible_extracts

    actor = _actor(arguments.organisation)
    with acting_as(actor):
        for one in visible_extracts(actor):
            _print(one)


def verify(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.access.acting import acting_as
    from homeward.extracts.files import changed_files
    from homeward.extracts.problems import NotReady
    from homeward.extracts.queries import directory_of, get_extract
    from homeward.extracts.rules import ExtractState

    actor = _actor(arguments.organisation)
    with acting_as(actor):
        extract = get_extract(actor, arguments.extract)
    if extract.state != ExtractState.READY:
        raise NotReady
    wrong = changed_files(directory_of(extract.id), extract.manifest_sha256)
    for name in wrong:
        print(f"  {name}", file=sys.stderr)
    print("Files are NOT as they were written." if wrong else "Every file is as it was written.")
    return 1 if wrong else 0


def export(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.exchange.analysts.commands import ask_file
    from homeward.exchange.analysts.queries import path_of
    from homeward.exchange.analysts.rules import AnalystAudience, AnalystFileState, AnalystFormat, AnalystUnit
    from homeward.exchange.analysts.work import write_file

    actor = _actor(arguments.organisation)
    asked = ask_file(
        actor,
        extract_id=arguments.extract,
        format=AnalystFormat(arguments.format),
        why=arguments.why,
        unit=AnalystUnit(arguments.unit),
        audience=AnalystAudience.OUTSIDE if arguments.outside else AnalystAudience.INSIDE,
        receiver=arguments.outside,
        columns=[one for one in arguments.columns.split(",") if one],
        keys=[one for one in arguments.keys.split(",") if one],
        reporting_org=arguments.reporting_org,
    )
    file = write_file(actor, asked.id, wait=True)
    if file.state != AnalystFileState.READY:
        print(f"homeward: {file.trouble or f'kept back: {file.risk}'}", file=sys.stderr)
        return 1
    arguments.to.mkdir(parents=True, exist_ok=True)
    target = arguments.to / file.name
    shutil.copyfile(path_of(file), target)
    print(f"{target}  {file.rows:,} rows  {file.size_bytes:,} bytes  sha256 {file.sha256}")
    return 0


def codebook(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.extracts.codebook import codebook as words

    print(words())


def _print(one: "Extract") -> None:
    print(f"{one.id}  {one.asked_at:%Y-%m-%d %H:%M}  {one.state:<11}  {one.cases:>9,} cases  {one.why}")


def _actor(name: str) -> "Actor":
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named

    return system_actor(organisation_named(name))
