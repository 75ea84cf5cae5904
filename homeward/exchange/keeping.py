"""Rows, layouts and choices as they are kept: sealed, and opened again as they were."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from homeward.exchange.choices import ReadingChoices
from homeward.exchange.columns.fields import Field
from homeward.exchange.columns.guess import Column
from homeward.exchange.models import Import, ImportRow, RememberedLayout
from homeward.exchange.preview import Preview, skipped_counts
from homeward.exchange.problem_kinds import Kind
from homeward.exchange.rows import HeldValue, ReadRow, RowProblem
from homeward.lib.dates import PartialDate, Precision
from homeward.privacy.sealing import keyed_fingerprint, open_for_installation, place_of, seal_for_installation

DATES = ("birth", "departure", "arrival")


@dataclass(frozen=True)
class Layout:
    """How a file was read: what the page that matches columns shows."""

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    skipped: Mapping[str, int]


def row_fingerprint(organisation_id: UUID, row: ReadRow) -> bytes:
    """The same for the same words under the same headers, within one organisation only."""
    return keyed_fingerprint(f"import-row:{organisation_id}", row.fingerprint.encode())


def seal_row(kept: ImportRow, row: ReadRow) -> bytes:
    return seal_for_installation(place_of(kept, "told"), orjson.dumps(row_as_json(row)))


def open_row(kept: ImportRow) -> ReadRow:
    """The row as it was read; an empty one once it was saved."""
    if kept.told is None:
        return ReadRow(kept.number, kept.sheet_row)
    return row_from_json(orjson.loads(open_for_installation(place_of(kept, "told"), kept.told)))


def row_as_json(row: ReadRow) -> dict[str, Any]:
    told = {field.name: getattr(row, field.name) for field in fields(row)}
    for name in DATES:
        told[name] = date_as_json(told[name])
    told["held"] = {header: asdict(value) for header, value in (row.held or {}).items()}
    told["problems"] = [asdict(problem) for problem in row.problems]
    return {name: value for name, value in told.items() if value}


def row_from_json(told: dict[str, Any]) -> ReadRow:
    for name in DATES:
        told[name] = date_from_json(told.get(name))
    told["languages"] = tuple(told.get("languages", ()))
    told["held"] = {header: held_from_json(value) for header, value in told.get("held", {}).items()}
    told["problems"] = tuple(_problem_from_json(problem) for problem in told.get("problems", ()))
    return ReadRow(**{"index": 0, "sheet_row": 0, **told})


def held_from_json(value: dict[str, Any]) -> HeldValue:
    return HeldValue(**{**value, "field": Field(value["field"])})


def date_as_json(told: PartialDate | None) -> list[str] | None:
    return [told.earliest.isoformat(), told.latest.isoformat(), str(told.precision)] if told else None


def date_from_json(kept: list[str] | None) -> PartialDate | None:
    if not kept:
        return None
    earliest, latest, precision = kept
    return PartialDate(date.fromisoformat(earliest), date.fromisoformat(latest), Precision(precision))


def _problem_from_json(problem: dict[str, Any]) -> RowProblem:
    field = Field(problem["field"]) if problem["field"] else None
    return RowProblem(Kind(problem["kind"]), field, problem["found"], problem["suggestion"])


def seal_choices(kept: Import | RememberedLayout, choices: ReadingChoices) -> bytes:
    return seal_for_installation(place_of(kept, "choices"), orjson.dumps(choices.as_json()))


def open_choices(kept: Import | RememberedLayout) -> ReadingChoices:
    """How the list is to be read, as far as somebody said."""
    return ReadingChoices.from_json(
        orjson.loads(open_for_installation(place_of(kept, "choices"), kept.choices))
    )


def seal_layout(kept: Import, read: Preview) -> bytes:
    layout = {
        "sheet": read.sheet,
        "sheets": read.sheets,
        "header_row": read.header_row,
        "columns": [asdict(column) for column in read.columns],
        "skipped": {reason.value: count for reason, count in skipped_counts(read).items()},
    }
    return seal_for_installation(place_of(kept, "layout"), orjson.dumps(layout))


def open_layout(kept: Import) -> Layout:
    """How the list was read; empty before it was."""
    if kept.layout is None:
        return Layout("", (), 0, (), {})
    told = orjson.loads(open_for_installation(place_of(kept, "layout"), kept.layout))
    columns = tuple(_column_from_json(column) for column in told["columns"])
    return Layout(told["sheet"], tuple(told["sheets"]), told["header_row"], columns, told["skipped"])


def _column_from_json(column: dict[str, Any]) -> Column:
    return Column(**{**column, "field": Field(column["field"]), "samples": tuple(column["samples"])})
