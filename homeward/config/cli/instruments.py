"""`homeward instruments …`: forms in a folder, those that come along, and answers as a file."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready, set_up

if TYPE_CHECKING:
    from uuid import UUID

    from homeward.access.actor import Actor
    from homeward.surveys.forms.troubles import FormProblem

SHOWN = 20


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("instruments", help="try forms before they are brought in")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    checking = acts.add_parser("check", help="say of every workbook in a folder whether it makes a form")
    checking.add_argument("folder", help="a folder of .xlsx and .xls workbooks, or one of them")
    checking.set_defaults(act=check)
    loading = acts.add_parser("load", help="publish instruments that come along, in three languages")
    loading.add_argument("which", help="one of the names that `list` shows, or all")
    loading.add_argument("--organisation", required=True, help="name of the organisation that keeps it")
    loading.set_defaults(act=load)
    acts.add_parser("list", help="the instruments that come along").set_defaults(act=show)
    writing = acts.add_parser("export", help="write one that comes along as a workbook")
    writing.add_argument("which", help="its name")
    writing.add_argument("folder", help="where to write it")
    writing.set_defaults(act=export)
    bringing = acts.add_parser("answers", help="write the answers to a form as CSV")
    bringing.add_argument("instrument", help="its code")
    bringing.add_argument("file", help="where to write them; - for standard output")
    bringing.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="of who exports there")
    bringing.add_argument("--number", type=int, help="number of the version; the one asked now otherwise")
    bringing.set_defaults(act=answers)


def load(arguments: argparse.Namespace) -> None:
    ready()
    from homeward.access.actor import system_actor
    from homeward.config.cli.programmes import organisation_named
    from homeward.surveys.commands import load_shipped

    actor = system_actor(organisation_named(arguments.organisation))
    for name in _chosen(arguments.which):
        made = load_shipped(actor, name=name)
        print(f"{made.title}: version {made.number} is {made.state}")


def show(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.surveys.library import shipped, shipped_names

    for name in shipped_names():
        print(f"{name:16} {shipped(name)['title']['en']}")


def export(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.surveys.library import workbook_of

    for name in _chosen(arguments.which):
        file = workbook_of(name)
        written = Path(arguments.folder) / file.name
        written.write_bytes(file.content)
        print(written)


def answers(arguments: argparse.Namespace) -> None:
    """What stands of one version, as the colleague named sees it; the look is on the record."""
    ready()
    from homeward.surveys.exporting import lines_of
    from homeward.surveys.queries import form_to_export, questions_of

    actor, version_id = _version_to_export(arguments)
    form = form_to_export(actor, version_id)
    pieces = lines_of(actor, form.id, questions_of(form))
    if arguments.file == "-":
        sys.stdout.buffer.writelines(pieces)
        return
    with Path(arguments.file).open("wb") as file:
        file.writelines(pieces)
    print(f"{arguments.file} is written. It holds what people said about themselves: keep it as a case file.")


def _version_to_export(arguments: argparse.Namespace) -> "tuple[Actor, UUID]":
    """Who exports, and the version that was named."""
    from homeward.access.acting import acting_as
    from homeward.access.actions import Action
    from homeward.config.cli.problems import NotReady
    from homeward.organisations.queries import actors_of_address
    from homeward.surveys.queries import known_instruments, published_forms, versions_of

    hats = actors_of_address(arguments.email)
    actor = next((one for one in hats if one.may(Action.SUBMISSION_EXPORT)), None)
    if actor is None:
        raise NotReady("Nobody here with that address exports answers.")
    with acting_as(actor):
        kept = known_instruments(actor).filter(code=arguments.instrument).first()
        if kept is None:
            raise NotReady(f"There is no instrument of the code {arguments.instrument}.")
        asked = published_forms(actor).filter(instrument=kept)
        if arguments.number:
            asked = versions_of(actor, kept.id).filter(number=arguments.number)
        version = asked.first()
    if version is None:
        raise NotReady(f"{arguments.instrument} has no such version. Name one with --number.")
    return actor, version.id


def _chosen(which: str) -> list[str]:
    from homeward.config.cli.problems import NotReady
    from homeward.surveys.library import shipped_names

    names = shipped_names()
    if which != "all" and which not in names:
        raise NotReady(f"There is no instrument {which}. `homeward instruments list` shows them.")
    return names if which == "all" else [which]


def check(arguments: argparse.Namespace) -> int:
    set_up()
    from homeward.config.cli.problems import NotReady

    given = Path(arguments.folder)
    books = sorted(given.glob("*.xls*")) if given.is_dir() else [given] if given.is_file() else []
    if not books:
        raise NotReady(f"There is no workbook in {given}.")
    refused = sum(not _told(book) for book in books)
    print(f"{len(books) - refused} of {len(books)} make a form.")
    return 1 if refused else 0


def _told(book: Path) -> bool:
    """Whether the workbook makes a form; prints what it becomes, or where it fails and what to do."""
    from homeward.surveys.forms.making import FormFile, NotAForm, make_form
    from homeward.surveys.rules import Checked

    try:
        made = make_form(FormFile(book.name, book.read_bytes()))
    except NotAForm as problem:
        print(f"{book.name}: refused")
        _print(problem.problems)
        return False
    checked = "fully checked" if made.checked == Checked.FULLY else "not fully checked: there is no Java here"
    languages = ", ".join(name for name in made.languages if name != "default") or "one language"
    lines = len(made.questions)
    print(f"{book.name}: becomes {made.code} {made.version}, {lines} lines, {languages}, {checked}")
    if made.media:
        print(f"  needs {', '.join(made.media)}")
    _print(made.warnings, "note: ")
    return True


def _print(problems: "tuple[FormProblem, ...]", mark: str = "") -> None:
    from homeward.surveys.forms.troubles import in_runs

    runs = in_runs(problems)
    for one, last in runs[:SHOWN]:
        value = f" ({one.value})" if one.value else ""
        until = f", and on to row {last}" if one.row and last > one.row else ""
        print(f"  {mark}{one.place or 'workbook'}{until}: {one.what}{value} {one.remedy}")
    if len(runs) > SHOWN:
        print(f"  and {len(runs) - SHOWN} more")
