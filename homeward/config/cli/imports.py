"""`homeward import`: say what a partner's list holds; nothing is saved and no database is needed."""

import argparse
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.config.cli import Subparsers
from homeward.config.cli.problems import NotReady
from homeward.config.cli.ready import set_up

if TYPE_CHECKING:
    from homeward.exchange.choices import ReadingChoices
    from homeward.exchange.preview import Preview

SHOWN = 12  # rows named one by one; the rest are counted


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("import", help="read a partner's list of returnees")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    previewing = acts.add_parser("preview", help="say what would be saved, and what needs an answer")
    add_reading_options(previewing)
    previewing.add_argument("--json", action="store_true", help="for programs: everything that was found")
    previewing.set_defaults(act=preview)


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
