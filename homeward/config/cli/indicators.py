"""`homeward indicators frameworks|load|compute|values`: frameworks and tables of values."""

import argparse
import csv
import sys
from dataclasses import asdict, fields
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready
from homeward.lib.cells import safe_cell

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.indicators.queries import ShownValue

EPILOG = "Guide: docs/guide/indicators.md. What comes along: docs/reference/indicators.md."


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("indicators", help="frameworks and their values", epilog=EPILOG)
    acts = parser.add_subparsers(required=True, metavar="ACT")
    listing = acts.add_parser("frameworks", help="every framework with the versions that are agreed on")
    listing.add_argument("--organisation", help="with what this organisation sees of the others too")
    listing.set_defaults(act=frameworks)
    loading = acts.add_parser("load", help="put what comes along under consultation")
    loading.add_argument("name", help="avrr_core")
    loading.set_defaults(act=load)
    computing = acts.add_parser("compute", help="reckon a version over an extract, here and now")
    computing.add_argument("version", type=UUID)
    computing.add_argument("extract", type=UUID)
    computing.set_defaults(act=compute)
    showing = acts.add_parser("values", help="the cells of a table")
    showing.add_argument("table", type=UUID)
    showing.add_argument("--indicator", help="its code")
    showing.add_argument("--csv", action="store_true", help="every cell as CSV instead of the totals")
    showing.set_defaults(act=values)
    for one in (loading, computing, showing):
        one.add_argument("--organisation", required=True, help="its name")


def frameworks(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.access.actor import SYSTEM_USER_ID, system_actor
    from homeward.indicators.queries import versions_of, visible_frameworks

    actor = _actor(arguments.organisation) if arguments.organisation else system_actor(SYSTEM_USER_ID)
    with acting_as(actor):
        for one in visible_frameworks(actor):
            print(f"{one.code:16} {one.name['en']} ({one.organisation.name})")
            for version in versions_of(actor, one.id):
                print(f"  {version.id}  version {version.number}  {version.state}")


def load(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.indicators.catalogue import catalogue, catalogue_names
    from homeward.indicators.commands import load_framework

    if arguments.name not in catalogue_names():
        raise NotReady(f"Nothing comes along as {arguments.name}: {', '.join(catalogue_names())}.")
    made = load_framework(_actor(arguments.organisation), given=catalogue(arguments.name))
    print(f"{made.code} is under consultation: named people validate it on its page.")


def compute(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.indicators.commands import compute_table
    from homeward.indicators.jobs import computed
    from homeward.indicators.rules import TableState

    actor = _actor(arguments.organisation)
    asked = compute_table(actor, version_id=arguments.version, extract_id=arguments.extract)
    made = computed(actor, asked.id)
    print(f"{made.id}  {made.state}  {made.rows:,} values {made.trouble}")
    for code, why in made.troubles.items():
        print(f"  {code}: {why}", file=sys.stderr)
    return 0 if made.state == TableState.READY else 1


def values(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.indicators.queries import TOTAL, ShownValue, ValueFilters, values_of

    actor = _actor(arguments.organisation)
    chosen = ValueFilters() if arguments.csv else TOTAL
    narrowed = ValueFilters(**{**asdict(chosen), "indicator": arguments.indicator})
    with acting_as(actor):
        cells = values_of(actor, arguments.table, narrowed)
    if arguments.csv:
        writer = csv.DictWriter(sys.stdout, [one.name for one in fields(ShownValue)])
        writer.writeheader()
        writer.writerows({name: _safe(value) for name, value in asdict(one).items()} for one in cells)
        return
    for one in cells:
        n = "-" if one.n is None else f"{one.n:,}"
        print(f"{one.indicator:8} {one.period or 'all':9} n {n:>9}  {_told(one)}")


def _safe(value: object) -> object:
    """Names of programmes and partners are never taken for a formula."""
    return safe_cell(value) if isinstance(value, str) else value


def _told(one: "ShownValue") -> str:
    if one.value is None:
        return "nothing known" if one.shown == "shown" else one.shown
    if one.low is None or one.high is None:
        return f"{one.value:.3f}"
    return f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"


def _actor(name: str) -> "Actor":
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named

    return system_actor(organisation_named(name))
