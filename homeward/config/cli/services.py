"""`homeward services import|export|check`: the directory as HSDS files."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready

if TYPE_CHECKING:
    from homeward.services.hsds.coming_in import Fault, Read

SHOWN = 50


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("services", help="the directory of services as HSDS 3.1 files")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    bringing = acts.add_parser("import", help="bring services in from JSON, or a folder or zip of tables")
    bringing.add_argument("file", type=Path)
    bringing.add_argument("--organisation", required=True, help="name of the organisation that keeps them")
    bringing.set_defaults(act=bring_in)
    taking = acts.add_parser("export", help="write the public part: a .zip gets tables, any other name JSON")
    taking.add_argument("file", type=Path)
    taking.set_defaults(act=take_out)
    checking = acts.add_parser("check", help="say what is wrong in a file, without a database")
    checking.add_argument("file", type=Path)
    checking.add_argument(
        "--schemas", type=Path, help="a folder with the published schemas, which you download yourself"
    )
    checking.set_defaults(act=check)


def bring_in(arguments: argparse.Namespace) -> int:
    ready()
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named
    from homeward.services.commands import bring_in_services

    found = _read(arguments.file)
    if found.faults:
        return tell(found.faults)
    actor = system_actor(organisation_named(arguments.organisation))
    made = bring_in_services(actor, services=found.services)
    print(f"{made.added} added, {made.changed} changed, {made.same} as they were.")
    if made.kept_elsewhere:
        print(f"{made.kept_elsewhere} left alone: another organisation keeps them.")
    if made.without_provider:
        print(f"{made.without_provider} left out: the file does not say who runs them.")
    return 0


def take_out(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.services.hsds.going_out import service
    from homeward.services.hsds.tabular import packed
    from homeward.services.public import reading_publicly
    from homeward.services.queries import open_services, with_everything

    with reading_publicly():
        made = [service(one) for one in with_everything(open_services(None)).order_by("name", "id")]
    if arguments.file.suffix == ".zip":
        arguments.file.write_bytes(packed(made))
    else:
        arguments.file.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(made)} services written to {arguments.file}.")


def check(arguments: argparse.Namespace) -> int:
    ready()
    found = _read(arguments.file)
    faults = list(found.faults)
    if arguments.schemas and not faults:
        faults += _published(found, arguments.schemas)
    if faults:
        return tell(faults)
    print(f"{len(found.services)} services, nothing wrong.")
    return 0


def _read(path: Path) -> "Read":
    from homeward.config.cli.problems import NotReady
    from homeward.services.hsds.files import read_path

    if not path.exists():
        raise NotReady(f"There is no {path}.")
    return read_path(path)


def _published(found: "Read", folder: Path) -> "Sequence[Fault]":
    from homeward.config.cli.problems import NotReady
    from homeward.services.hsds.published import NoSchemas, faults

    try:
        return faults(found.told, folder)
    except NoSchemas as missing:
        raise NotReady(str(missing)) from None


def tell(faults: "Sequence[Fault]") -> int:
    """Each fault in a line; the exit code says that there are some."""
    for one in faults[:SHOWN]:
        where = ", ".join(filter(None, (f"service {one.number}" if one.number else "", one.path)))
        print(f"{where or 'file'}: {one.message}", file=sys.stderr)
    if len(faults) > SHOWN:
        print(f"… and {len(faults) - SHOWN} more.", file=sys.stderr)
    return 1
