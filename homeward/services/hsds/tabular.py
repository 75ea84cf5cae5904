"""HSDS as tables: one CSV for each kind of object beside a datapackage.json, and back again. Pure."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, get_args
from uuid import UUID

from pydantic import BaseModel

from homeward.services.hsds import shapes

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]  # by table, by id
PACKAGE = "datapackage.json"
MOST_BYTES = 100_000_000  # unpacked: a small file may hold a very large one


@dataclass(frozen=True)
class Table:
    """One kind of object: its file, its shape, the lists below it and the single objects beside it."""

    path: str
    shape: type[BaseModel]
    below: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict)


LINKED = {"attributes": ("attribute", "link_id")}
TABLES: dict[str, Table] = {
    "organization": Table(
        "organizations.csv",
        shapes.OrganizationShape,
        {"phones": ("phone", "organization_id"), "additional_websites": ("url", "organization_id"), **LINKED},
    ),
    "service": Table(
        "services.csv",
        shapes.ServiceShape,
        {
            "phones": ("phone", "service_id"),
            "schedules": ("schedule", "service_id"),
            "service_areas": ("service_area", "service_id"),
            "service_at_locations": ("service_at_location", "service_id"),
            "languages": ("language", "service_id"),
            "cost_options": ("cost_option", "service_id"),
            "capacities": ("service_capacity", "service_id"),
            "additional_urls": ("url", "service_id"),
            **LINKED,
        },
        {"organization": ("organization", "organization_id")},
    ),
    "service_at_location": Table(
        "service_at_location.csv",
        shapes.ServiceAtLocationShape,
        {
            "phones": ("phone", "service_at_location_id"),
            "schedules": ("schedule", "service_at_location_id"),
            "service_areas": ("service_area", "service_at_location_id"),
            **LINKED,
        },
        {"location": ("location", "location_id")},
    ),
    "location": Table(
        "locations.csv",
        shapes.LocationShape,
        {
            "addresses": ("address", "location_id"),
            "accessibility": ("accessibility", "location_id"),
            "languages": ("language", "location_id"),
            "phones": ("phone", "location_id"),
            "schedules": ("schedule", "location_id"),
            **LINKED,
        },
    ),
    "address": Table("addresses.csv", shapes.AddressShape),
    "accessibility": Table("accessibility.csv", shapes.AccessibilityShape),
    "phone": Table("phones.csv", shapes.PhoneShape, {"languages": ("language", "phone_id")}),
    "schedule": Table("schedules.csv", shapes.ScheduleShape),
    "service_area": Table("service_areas.csv", shapes.AreaShape),
    "language": Table("languages.csv", shapes.LanguageShape),
    "cost_option": Table("cost_options.csv", shapes.CostShape),
    "service_capacity": Table(
        "service_capacity.csv", shapes.CapacityShape, beside={"unit": ("unit", "unit_id")}
    ),
    "unit": Table("units.csv", shapes.UnitShape),
    "url": Table("urls.csv", shapes.UrlShape),
    "attribute": Table(
        "attributes.csv",
        shapes.Attribute,
        beside={"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    ),
    "taxonomy_term": Table(
        "taxonomy_terms.csv", shapes.TermShape, beside={"taxonomy_detail": ("taxonomy", "taxonomy_id")}
    ),
    "taxonomy": Table("taxonomies.csv", shapes.TaxonomyShape),
}


class Unreadable(ValueError):
    """A package that cannot be opened; the message says why, in words for people."""


def flat(services: Iterable[Mapping[str, Any]]) -> Tables:
    """Nested services as tables."""
    tables: Tables = {name: {} for name in TABLES}
    for one in services:
        _put(tables, "service", one)
    return tables


def _put(tables: Tables, name: str, told: Mapping[str, Any]) -> None:
    table, row = TABLES[name], {}
    for column, value in told.items():
        if column in table.below:
            below, key = table.below[column]
            for part in value:
                _put(tables, below, {**part, key: told["id"]})
        elif column in table.beside:
            beside, key = table.beside[column]
            row[key] = value["id"]
            _put(tables, beside, value)
        elif not isinstance(value, list | dict):
            row[column] = value
    tables[name].setdefault(str(told["id"]), {}).update(row)


def nested(tables: Tables) -> list[Row]:
    """Tables as nested services again."""
    children: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for table in TABLES.values():
        for name, key in table.below.values():
            found = children.setdefault((name, key), {})
            if not found:
                for row in tables.get(name, {}).values():
                    found.setdefault(str(row.get(key, "")), []).append(row)
    return [_nest(tables, children, "service", row) for row in tables.get("service", {}).values()]


def _nest(
    tables: Tables, children: Mapping[tuple[str, str], Mapping[str, list[Row]]], name: str, row: Row
) -> Row:
    table, made = TABLES[name], dict(row)
    for column, link in table.below.items():
        rows = children.get(link, {}).get(str(row["id"]), [])
        if rows:
            made[column] = [_nest(tables, children, link[0], one) for one in rows]
    for column, (beside, key) in table.beside.items():
        one = tables.get(beside, {}).get(str(row.get(key, "")))
        if one:
            made[column] = _nest(tables, children, beside, one)
    return made


def packed(services: Iterable[Mapping[str, Any]]) -> bytes:
    """A zip with every table that has rows, and the datapackage.json that describes them."""
    tables, made = flat(services), io.BytesIO()
    filled = {name: list(rows.values()) for name, rows in tables.items() if rows}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in filled.items():
            archive.writestr(TABLES[name].path, _csv(name, rows))
        archive.writestr(PACKAGE, json.dumps(_described(filled), indent=1))
    return made.getvalue()


def _csv(name: str, rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(name), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _columns(name: str) -> list[str]:
    """The columns of a table: what is a single value, keys of what is beside it first."""
    table = TABLES[name]
    keys = [key for _beside, key in table.beside.values()]
    single = [column for column, info in table.shape.model_fields.items() if _is_single(info.annotation)]
    return list(dict.fromkeys(["id", *keys, *single]))


def _is_single(annotation: Any) -> bool:
    parts = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    return not any(
        "list[" in str(part)
        or "dict[" in str(part)
        or (isinstance(part, type) and issubclass(part, BaseModel))
        for part in parts
    )


def _described(filled: Mapping[str, object]) -> dict[str, Any]:
    return {
        "name": "services",
        "title": "Directory of services",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": name,
                "path": TABLES[name].path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": [{"name": column, "type": _type(name, column)} for column in _columns(name)],
                    "primaryKey": "id",
                },
            }
            for name in filled
        ],
    }


def _type(name: str, column: str) -> str:
    info = TABLES[name].shape.model_fields.get(column)
    return "number" if info and "float" in str(info.annotation) else "string"


def read_folder(folder: Path) -> list[Row]:
    """Nested services from a folder of tables."""
    return nested(_tables({one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}))


def read_zip(content: bytes) -> list[Row]:
    """Nested services from a zip of tables."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in files) > MOST_BYTES or len(files) > 200:
                raise Unreadable("the archive is too large")
            return nested(_tables({Path(one.filename).name: archive.read(one) for one in files}))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as wrong:
        raise Unreadable("the archive cannot be opened") from wrong


def _tables(files: Mapping[str, bytes]) -> Tables:
    """Tables by their place in the datapackage.json, or by their usual file names."""
    paths = {name: table.path for name, table in TABLES.items()} | _stated(files.get(PACKAGE))
    found = {
        name: _rows(name, path, files[path])
        for name, path in paths.items()
        if path in files and name in TABLES
    }
    if not found.get("service"):
        raise Unreadable("there is no table of services")
    return found


def _stated(package: bytes | None) -> dict[str, str]:
    if package is None:
        return {}
    try:
        resources = json.loads(package)["resources"]
        return {str(one["name"]): Path(str(one["path"])).name for one in resources}
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unreadable("datapackage.json does not list its tables") from wrong


def _rows(name: str, path: str, content: bytes) -> dict[str, Row]:
    """Rows by id. An empty cell is no value, but where one is required, an empty text."""
    needed = {column for column, info in TABLES[name].shape.model_fields.items() if info.is_required()}
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        rows = [
            {
                column: _number(text) if _type(name, column) == "number" else text
                for column, text in row.items()
                if column and (text or column in needed)
            }
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise Unreadable(f"{path} is not a CSV file in UTF-8") from wrong
    return {_id(row, path): row for row in rows}


def _number(text: str) -> Any:
    """A number where it is one; what is none is told by the shape later."""
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _id(row: Row, path: str) -> str:
    try:
        return str(UUID(str(row.get("id"))))
    except ValueError as wrong:
        raise Unreadable(f"{path} has a row without a UUID in the column id") from wrong
