"""`homeward releases list|audit`: what numbers left, and whether together they still tell of nobody."""

import argparse
import sys

from homeward.config.cli import Subparsers
from homeward.config.cli.protection import officer
from homeward.config.cli.ready import ready


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("releases", help="numbers that left, as a data protection officer")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    listing = acts.add_parser("list", help="what left, the newest first")
    listing.set_defaults(act=show)
    auditing = acts.add_parser(
        "audit", help="attack every audience's releases together; 1 if a few are found"
    )
    auditing.set_defaults(act=audit)
    for one in (listing, auditing):
        one.add_argument("--as", dest="officer", required=True, metavar="ADDRESS", help="the officer's")


def show(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.acting import acting_as
    from homeward.access.actions import Action
    from homeward.access.reading import remember_reading
    from homeward.privacy.releases.queries import visible_releases

    actor = officer(arguments.officer)
    with acting_as(actor):
        remember_reading(actor, Action.RELEASE_VIEW, subject_id=None)
        for one in visible_releases(actor)[:500]:
            print(
                f"{one.id}  {one.released_at:%Y-%m-%d %H:%M}  {one.audience}  {one.kind}  "
                f"{one.cells_shown} shown, {one.cells_hidden} hidden  {one.why}"
            )


def audit(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.privacy.releases.auditing import audited

    found = audited(officer(arguments.officer))
    for one in found:
        print(f"{one.audience}, {one.subject}: {one.cells} cells, {one.exposed} pinned down")
    if not found:
        print("No numbers left so far.")
    if any(one.exposed for one in found):
        print("homeward: what was released tells of a few people", file=sys.stderr)
        return 1
    return 0
