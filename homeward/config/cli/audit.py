"""`homeward audit seal|verify|anchor`: the sealer's commands, under a database login of its own."""

import argparse
import itertools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready

if TYPE_CHECKING:
    from homeward.audit.verification import Report

SHOWN = 100  # findings named one by one; the rest are counted
ANCHOR_SECONDS = 600


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("audit", help="seal, verify or anchor the audit trail")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    sealing = acts.add_parser("seal", help="sign what was added since the last seal")
    sealing.add_argument("--every", type=float, metavar="SECONDS", help="go on until stopped")
    sealing.add_argument("--anchors", type=Path, metavar="FILE", help="add an anchor every ten minutes")
    sealing.set_defaults(act=seal)
    verifying = acts.add_parser("verify", help="prove that no entry was changed, added or taken away")
    verifying.add_argument("--anchors", type=Path, metavar="FILE", help="anchors kept outside this machine")
    verifying.set_defaults(act=verify)
    anchoring = acts.add_parser("anchor", help="note the newest seal in a file to keep elsewhere")
    anchoring.add_argument("file", type=Path)
    anchoring.set_defaults(act=anchor)


def seal(arguments: argparse.Namespace) -> None:
    ready()
    if not arguments.every:
        seal_once(arguments.anchors)
        return
    turn_seconds = itertools.chain([0.0], itertools.repeat(arguments.every))
    for wait in turn_seconds:
        time.sleep(wait)
        try:
            seal_once(arguments.anchors)
        except psycopg.OperationalError as problem:
            # Nothing is lost: what waits is sealed at the next turn.
            print(f"homeward: the database does not answer: {problem}", file=sys.stderr)


def seal_once(anchors: Path | None) -> None:
    from django.conf import settings

    from homeward.audit.seals import seal_entries, sealers_connection
    from homeward.lib.key_files import load_signer

    with sealers_connection() as connection:
        seal_entries(connection, load_signer(settings.SEALER_KEY_FILE))
    if anchors and (not anchors.exists() or time.time() - anchors.stat().st_mtime >= ANCHOR_SECONDS):
        write_anchor(anchors)


def verify(arguments: argparse.Namespace) -> int:
    ready()
    from django.conf import settings

    from homeward.audit import verification
    from homeward.audit.anchors import read_anchors
    from homeward.audit.seals import sealers_connection
    from homeward.lib.key_files import load_keys

    anchors = read_anchors(arguments.anchors) if arguments.anchors else []
    with sealers_connection() as connection:
        report = verification.verify(connection, load_keys(settings.KEYS_FILE), anchors)
        verification.remember(connection, report)
    tell(report)
    return 0 if report.is_sound else 1


def tell(report: "Report") -> None:
    print(f"{report.entries} entries under {report.seals} seals.")
    if report.unsealed:
        print(f"{report.unsealed} wait for their seal, the oldest since {report.unsealed_since}.")
    for finding in report.findings[:SHOWN]:
        print(f"  {finding}", file=sys.stderr)
    if len(report.findings) > SHOWN:
        print(f"  and {len(report.findings) - SHOWN} more", file=sys.stderr)
    print("The trail holds." if report.is_sound else "The trail was TAMPERED with.")


def anchor(arguments: argparse.Namespace) -> None:
    ready()
    if write_anchor(arguments.file):
        print(f"Added the newest seal to {arguments.file}. Keep the file away from this machine.")
    else:
        print("There is no seal yet.")


def write_anchor(file: Path) -> bool:
    from homeward.audit.anchors import append_anchor, newest_anchor
    from homeward.audit.seals import sealers_connection

    with sealers_connection() as connection:
        newest = newest_anchor(connection)
    if newest:
        append_anchor(file, newest)
    return newest is not None
