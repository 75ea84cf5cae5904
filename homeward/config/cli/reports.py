"""`homeward reports …`: make a report here and now, or list what there is."""

import argparse
from datetime import date
from pathlib import Path
from uuid import UUID

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("reports", help="make or list reports")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    making = acts.add_parser("make", help="make a report of an extract, and write its files")
    making.add_argument("--template", required=True, help="a shipped template's name, or an own one's id")
    making.add_argument("--extract", type=UUID, required=True)
    making.add_argument("--language", default="en", choices=("en", "fr", "ar"))
    making.add_argument("--from", dest="start", type=date.fromisoformat, required=True)
    making.add_argument("--until", type=date.fromisoformat, required=True)
    making.add_argument("--to", type=Path, help="a directory for the files; they are kept in Homeward anyway")
    making.set_defaults(act=make)
    listing = acts.add_parser("list", help="the reports of an organisation, the newest first")
    listing.set_defaults(act=show)
    for one in (making, listing):
        one.add_argument("--organisation", required=True, help="its name")


def make(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.access.acting import acting_as
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named
    from homeward.reports.commands.made import make_report
    from homeward.reports.handing import name_of
    from homeward.reports.making import make as make_now
    from homeward.reports.queries.made import files_of_report
    from homeward.reports.rules import ReportState

    actor = system_actor(organisation_named(arguments.organisation))
    asked = make_report(
        actor,
        template=arguments.template,
        extract_id=arguments.extract,
        language=arguments.language,
        period_from=arguments.start,
        period_until=arguments.until,
    )
    made = make_now(actor, report_id=asked.id)
    print(f"{made.id}  {made.state}  {made.trouble or made.content_sha256}")
    if made.state != ReportState.READY:
        return 1
    with acting_as(actor):
        for file in files_of_report(actor, made):
            if arguments.to:
                arguments.to.mkdir(parents=True, exist_ok=True)
                (arguments.to / name_of(file)).write_bytes(bytes(file.content))
            print(f"  {file.kind:<5} {file.size_bytes:>9,} bytes  {file.sha256}")
    return 0


def show(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named
    from homeward.reports.queries.made import listed_reports

    actor = system_actor(organisation_named(arguments.organisation))
    with acting_as(actor):
        for one in listed_reports(actor):
            print(f"{one.id}  {one.asked_at:%Y-%m-%d %H:%M}  {one.state:<9}  {one.language}  {one.title}")
