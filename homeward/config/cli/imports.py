"""`homeward import preview|commit`: what a partner's list holds, and saving it.

A preview needs no database and saves nothing.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.config.cli import Subparsers
from homeward.config.cli.keys import create_for_empty_database
from homeward.config.cli.migrate import migrate
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import ready, set_up

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.exchange.choices import ReadingChoices
    from homeward.exchange.preview import Preview
    from homeward.exchange.queries import Counts

SHOWN = 12  # rows named one by one; the rest are counted


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("import", help="read a partner's list of returnees")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    previewing = acts.add_parser("preview", help="say what would be saved, and what needs an answer")
    add_reading_options(previewing)
    previewing.add_argument("--json", action="store_true", help="for programs: everything that was found")
    previewing.set_defaults(act=preview)
    committing = acts.add_parser("commit", help="save what is ready; the same file twice changes nothing")
    add_reading_options(committing)
    committing.add_argument("--as", dest="email", default="", metavar="EMAIL", help="of a case worker")
    committing.add_argument(
        "--decide-duplicates",
        choices=("later", "different", "same"),
        default="later",
        help="rows that may be somebody already known: wait, are somebody else, or are the likeliest one",
    )
    committing.add_argument(
        "--open-questions",
        choices=("unknown", "wait"),
        default="unknown",
        help="values nobody can be sure of: are left out, or their rows wait",
    )
    committing.set_defaults(act=commit)


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """How to read the file; whatever is not said is guessed."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a list as .xlsx or .csv")
    parser.add_argument("--sheet", default="", metavar="NAME")
    parser.add_argument("--header-row", type=int, metavar="N", help="row of the column names; 0: none")
    parser.add_argument("--column", action="append", default=[], metavar="HEADER=FIELD")
    parser.add_argument("--meaning", action="append", default=[], metavar="FIELD:WORD=CODE")
    parser.add_argument("--order", action="append", default=[], metavar="FIELD=day_first|month_first")
    parser.add_argument("--currency", default="", metavar="EUR", help="of amounts that name none")
    parser.add_argument("--phone-region", default="", metavar="DE", help="of numbers without country code")
    parser.add_argument("--encoding", default="", help="of a .csv")
    parser.add_argument("--separator", default="", help="of a .csv")


def preview(arguments: argparse.Namespace) -> None:
    set_up()
    from homeward.exchange.duplicates import duplicate_row_pairs
    from homeward.exchange.preview import preview_as_json

    read = read_file(arguments)
    pairs = [(pair.i, pair.j, pair.score) for pair in duplicate_row_pairs(read.rows)]
    if arguments.json:
        print(json.dumps(preview_as_json(read, pairs), ensure_ascii=False))
    else:
        tell(read, pairs)


def commit(arguments: argparse.Namespace) -> int:
    content = content_of(arguments.file)
    prepare_database()
    from homeward.exchange.commands import prepare_import
    from homeward.exchange.jobs import read_import

    actor, choices = actor_of(arguments.email), choices_of(arguments)
    given = prepare_import(
        actor, name=arguments.file.name, content=content, choices=choices, in_background=False
    )
    read_import(actor, given.id)
    return save(actor, given.id, arguments)


def save(actor: "Actor", import_id: UUID, arguments: argparse.Namespace) -> int:
    from homeward.exchange.commands import discard_import, save_import
    from homeward.exchange.jobs import save_ready_rows
    from homeward.exchange.problems import NothingReady
    from homeward.exchange.rules import Decision

    trouble, _, is_known = look(actor, import_id)
    try:
        if not trouble:
            save_import(
                actor,
                import_id=import_id,
                questions_as_unknown=arguments.open_questions == "unknown",
                undecided=Decision(arguments.decide_duplicates),
                in_background=False,
            )
            save_ready_rows(actor, import_id)
            trouble, counts, _ = look(actor, import_id)
            return tell_saved(trouble, counts)
    except NothingReady:
        pass
    trouble, counts, is_known = look(actor, import_id)
    if trouble or is_known or not counts.not_saved:
        discard_import(actor, import_id=import_id)
    return tell_nothing_saved(trouble, counts)


def look(actor: "Actor", import_id: UUID) -> "tuple[str, Counts, bool]":
    """What went wrong, how many rows stand where, and whether this very file was brought in before."""
    from homeward.access.acting import acting_as
    from homeward.exchange.queries import counts_of, get_import, was_brought_before

    with acting_as(actor):
        given = get_import(actor, import_id)
        return given.trouble, counts_of(given), was_brought_before(actor, given)


def prepare_database() -> None:
    """Our own database is brought up to date and, when it is empty, gets the demonstration's cast."""
    ready()
    from homeward.config.environment import uses_own_database

    if uses_own_database():
        create_for_empty_database()
        migrate(quiet=True)
        from homeward.organisations.demo import make_demo_organisations
        from homeward.organisations.queries import every_organisation_id

        if not every_organisation_id():
            make_demo_organisations()


def actor_of(email: str) -> "Actor":
    """Who saves: the person with this address, or in a demonstration its case manager."""
    from homeward.access.actions import Action
    from homeward.organisations import demo
    from homeward.organisations.queries import actors_of_address

    found = actors_of_address(email or demo.NORA.email)
    for actor in found:
        if actor.may(Action.IMPORT_SAVE):
            return actor
    raise NotReady("Nobody here with that address brings lists in." if email else "Say as whom: --as EMAIL")


def tell_nothing_saved(trouble: str, counts: "Counts") -> int:
    if trouble:
        print(trouble_in_words(trouble), file=sys.stderr)
        return 1
    print(f"Nothing changed: {counts.saved_before:,} rows were saved before.")
    tell_waiting(counts)
    return 0


def tell_saved(trouble: str, counts: "Counts") -> int:
    if trouble:
        print(f"Nothing was saved. {trouble_in_words(trouble)}", file=sys.stderr)
        return 1
    print(f"{counts.saved:,} rows saved")
    if counts.saved_before:
        print(f"{counts.saved_before:,} rows saved before: nothing changed")
    tell_waiting(counts)
    return 0


def tell_waiting(counts: "Counts") -> None:
    for count, words in (
        (counts.undecided, "may be somebody already known: decide in the browser, or --decide-duplicates"),
        (counts.asked, "wait for an answer"),
        (counts.blocked, "cannot be saved as they stand"),
    ):
        if count:
            print(f"{count:,} rows {words}")


def trouble_in_words(code: str) -> str:
    from homeward.exchange.problems import words_for

    return str(words_for(code))


def read_file(arguments: argparse.Namespace) -> "Preview":
    from django.utils import timezone

    from homeward.exchange.preview import preview

    content, choices = content_of(arguments.file), choices_of(arguments)
    return preview(content, arguments.file.name, today=timezone.localdate(), choices=choices)


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise NotReady(f"{file} cannot be opened: {problem.strerror}.") from None


def choices_of(arguments: argparse.Namespace) -> "ReadingChoices":
    from homeward.exchange.choices import ReadingChoices
    from homeward.exchange.columns.fields import Field
    from homeward.exchange.values.dates import DayOrder

    columns, meanings = dict(pairs_of(arguments.column)), dict[str, dict[str, str]]()
    for named, code in pairs_of(arguments.meaning):
        field, _, word = named.partition(":")
        meanings.setdefault(field, {})[word] = code
    orders = dict(pairs_of(arguments.order))
    require_known("--column", Field, columns.values())
    require_known("--meaning", Field, meanings)
    require_known("--order", DayOrder, orders.values())
    return ReadingChoices(
        sheet=arguments.sheet,
        header_row=arguments.header_row,
        columns=columns,
        meanings=meanings,
        orders={field: DayOrder(order) for field, order in orders.items()},
        currency=arguments.currency.upper(),
        phone_region=arguments.phone_region.upper(),
        encoding=arguments.encoding,
        separator=arguments.separator,
    )


def require_known(option: str, known: type[StrEnum], given: Iterable[str]) -> None:
    if not set(given) <= set(known):
        raise NotReady(f"{option} knows {', '.join(known)}.")


def pairs_of(given: Sequence[str]) -> list[tuple[str, str]]:
    split = [text.rpartition("=") for text in given]
    if not all(sign for _, sign, _ in split):
        raise NotReady("Write what belongs together with an equals sign, such as --column “DOB=birth_date”.")
    return [(left, right) for left, _, right in split]


def tell(read: "Preview", pairs: Sequence[tuple[int, int, float]]) -> None:
    """In words, for a person at a terminal; names of people stay out of its history."""
    print(f"{read.file_name}, sheet “{read.sheet}”, column names in row {read.header_row}")
    print(f"{len(read.rows):,} rows of people, {read.ready_count:,} ready to save", end="; ")
    print(f"{len(read.skipped):,} rows passed over (blank, totals, notes)\n")
    for column in read.columns:
        print(f"  {column.header!r} is read as {column.field.value}")
    for group in read.groups:
        named = ", ".join(str(row.sheet_row) for row in group.rows[:SHOWN])
        more = " …" if len(group.rows) > SHOWN else ""
        print(f"\n{group.severity.value}: {group.title}, {len(group.rows):,} rows: {named}{more}")
        print(f"  {group.hint}")
    print(f"\n{len(pairs):,} pairs of rows may be the same person")
    for one, other, score in pairs[:SHOWN]:
        print(f"  rows {read.rows[one].sheet_row} and {read.rows[other].sheet_row}: {score:.2f}")
