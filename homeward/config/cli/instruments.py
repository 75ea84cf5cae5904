"""`homeward instruments check|list|load|export`: forms in a folder, and those that come along."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.ready import ready, set_up

if TYPE_CHECKING:
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
