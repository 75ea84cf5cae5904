"""A profile as a workbook or JSON, turned into the same few tables of rows that know their place."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from homeward.lib.spreadsheets import guarded, unguarded
from homeward.surveys.rules import Missing
from homeward.surveys.scoring.profile import Profile

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED_BYTES = 20 * 1024 * 1024
MOST_ROWS = 5_000
KINDS = tuple(kind.value for kind in Missing)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "profile": ("setting", "value"),
    "missing": ("kind", "treatment"),
    "dimensions": ("dimension", "weight", "minimum_coverage"),
    "bands": ("code", "begins"),
    "thresholds": ("code", "value"),
    "items": ("path", "dimension", "weight", "way", "least", "most", *KINDS),
    "points": ("path", "code", "points"),
    "left_out": ("path", "why"),
}
SETTINGS = ("instrument", "title", "source", "is_provisional", "verified_by", "verified_on", "notes")
OPTIONAL = ("bands", "thresholds", "points", "left_out")


@dataclass(frozen=True)
class Row:
    """One row of a table and where it stands: its row in a sheet, or its place in a list."""

    sheet: str
    place: int
    cells: Mapping[str, Any] = field(default_factory=dict)


Tables = dict[str, list[Row]]


class Unreadable(Exception):
    """Neither a workbook nor JSON of a profile."""


def tables_of(content: bytes) -> Tables:
    """The tables of a profile, whichever way it was written; those that are not there are left out."""
    if len(content) > MOST_BYTES:
        raise Unreadable
    return _of_workbook(content) if content[:2] == b"PK" else _of_json(content)


def as_dict(profile: Profile) -> dict[str, Any]:
    """A profile as it is kept, and as JSON."""
    items = []
    for one in profile.items:
        item: dict[str, Any] = {"path": one.path, "dimension": one.dimension.value, "weight": one.weight}
        item |= {"way": one.way.value}
        item |= {"points": dict(one.points)} if one.points else {"least": one.least, "most": one.most}
        item |= {kind.value: treatment.value for kind, treatment in one.missing.items()}
        items.append(item)
    return {
        "instrument": profile.instrument,
        "title": profile.title,
        "source": profile.source,
        "is_provisional": profile.is_provisional,
        "verified_by": profile.verified_by,
        "verified_on": profile.verified_on.isoformat() if profile.verified_on else None,
        "notes": profile.notes,
        "missing": {kind.value: treatment.value for kind, treatment in profile.missing.items()},
        "dimensions": {
            dimension.value: {"weight": rule.weight, "minimum_coverage": rule.minimum_coverage}
            for dimension, rule in profile.dimensions.items()
        },
        "bands": [{"code": one.code, "begins": one.begins} for one in profile.bands],
        "thresholds": dict(profile.thresholds),
        "left_out": dict(profile.left_out),
        "items": items,
    }


def tables_of_dict(given: Mapping[str, Any]) -> Tables:
    """The tables of a profile that is written as JSON."""
    tables: Tables = {"profile": _rows("profile", ({"setting": n, "value": given.get(n)} for n in SETTINGS))}
    for name, key, value in (("missing", "kind", "treatment"), ("thresholds", "code", "value")):
        tables[name] = _rows(name, ({key: k, value: v} for k, v in _mapping(given, name)))
    tables["left_out"] = _rows("left_out", ({"path": k, "why": v} for k, v in _mapping(given, "left_out")))
    tables["dimensions"] = _rows(
        "dimensions", ({"dimension": k} | _inner(v) for k, v in _mapping(given, "dimensions"))
    )
    tables["bands"] = _rows("bands", _list(given, "bands"))
    items = list(_list(given, "items"))
    tables["items"] = _rows("items", items)
    tables["points"] = [
        Row("items", place, {"path": one.get("path"), "code": code, "points": points})
        for place, one in enumerate(items, start=1)
        for code, points in _mapping(one, "points")
    ]
    return tables


def as_workbook(profile: Profile) -> bytes:
    """A profile as a workbook that can be changed and brought in again."""
    given, out = as_dict(profile), io.BytesIO()
    points = [
        {"path": one.path, "code": code, "points": value}
        for one in profile.items
        for code, value in one.points.items()
    ]
    tables = tables_of_dict(given)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, columns in COLUMNS.items():
            rows = points if name == "points" else [row.cells for row in tables[name]]
            sheet = book.add_worksheet(name)
            for at, row in enumerate([dict(zip(columns, columns, strict=True)), *rows]):
                for column, key in enumerate(columns):
                    _write(sheet, at, column, row.get(key))
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, guarded(str(value)))


def _of_json(content: bytes) -> Tables:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError) as bad:
        raise Unreadable from bad
    if not isinstance(given, Mapping):
        raise Unreadable
    return tables_of_dict(given)


def _of_workbook(content: bytes) -> Tables:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise Unreadable
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as bad:
        raise Unreadable from bad
    return {name: list(_of_sheet(book[name], name)) for name in COLUMNS if name in book.sheetnames}


def _of_sheet(sheet: Any, name: str) -> Iterator[Row]:
    rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS)
    heads = [str(cell or "").strip().lower() for cell in next(rows, ())]
    for place, cells in enumerate(rows, start=2):
        row = {head: _cell(cell) for head, cell in zip(heads, cells, strict=False) if head}
        if any(value not in (None, "") for value in row.values()):
            yield Row(name, place, row)


def _cell(value: Any) -> Any:
    return unguarded(value).strip() if isinstance(value, str) else value


def _rows(name: str, given: Any) -> list[Row]:
    return [Row(name, place, cells) for place, cells in enumerate(given, start=1)]


def _mapping(given: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    found = given.get(name)
    return [(str(key), value) for key, value in found.items()] if isinstance(found, Mapping) else []


def _inner(given: Any) -> dict[str, Any]:
    return dict(given) if isinstance(given, Mapping) else {}


def _list(given: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = given.get(name)
    return [_inner(one) for one in found] if isinstance(found, list) else []
