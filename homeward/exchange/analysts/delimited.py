"""Rows as CSV with a Frictionless data package that says what each column holds.

Codes stand as themselves, months as their first day, numbers with a point. A gap is one of four signs, .a
to .d, which the data package lists as missing values. Text that a spreadsheet would
calculate is guarded by an apostrophe, in the rows and in the lists of codes alike.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from homeward.exchange.analysts.rules import MISSING_WORDS, Missing, sign_of
from homeward.exchange.analysts.tables import Table, Variable, gap_of, labelled_gaps
from homeward.extracts.frames import Kind
from homeward.lib.spreadsheets import guarded

ROWS, PACKAGE = "data.csv", "datapackage.json"
TYPE_OF = {
    Kind.ID: "string",
    Kind.CODE: "string",
    Kind.MONTH: "date",
    Kind.COUNT: "integer",
    Kind.NUMBER: "number",
    Kind.FLAG: "boolean",
}
SIGNS = pa.array(["", *(sign_of(one) for one in Missing)])


def write_csv(table: Table, into: Path, *, note: Callable[[int], None] = lambda rows: None) -> None:
    """Write the rows; `note` is told after each batch how many are written."""
    schema = pa.schema([(one.name, pa.string()) for one in table.variables])
    options = pa_csv.WriteOptions(quoting_style="needed")
    written = 0
    with into.open("wb") as file, pa_csv.CSVWriter(file, schema, write_options=options) as writer:
        for batch in table.batches():
            cells = [_cells(one, batch) for one in table.variables]
            writer.write_batch(pa.record_batch(cells, schema=schema))
            written += batch.num_rows
            note(written)
    if written != table.rows:
        raise ValueError(f"{written} rows came, {table.rows} were announced")


def data_package(table: Table, *, sha256: str, size_bytes: int) -> str:
    """The descriptor: profile, digest, and one field for each column."""
    described = {
        "profile": "tabular-data-package",
        "name": table.name,
        "title": table.title,
        "description": table.words,
        "sources": [{"title": f"{name}: {told}"} for name, told in table.about],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "data",
                "path": ROWS,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "hash": f"sha256:{sha256}",
                "bytes": size_bytes,
                "schema": {
                    "fields": [_field(one) for one in table.variables],
                    "missingValues": [sign_of(one) for one in Missing],
                    # What each sign means, for people and programs that ask for more than "missing".
                    "missingValueLabels": {sign_of(one): MISSING_WORDS[one] for one in Missing},
                },
            }
        ],
    }
    return json.dumps(described, indent=1, ensure_ascii=False) + "\n"


def _field(variable: Variable) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": variable.name,
        "type": TYPE_OF[variable.kind],
        "title": variable.label,
    }
    if variable.unit:
        field["unit"] = variable.unit
    if variable.kind is Kind.FLAG:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if variable.kind is Kind.CODE and variable.codes:
        field["constraints"] = {"enum": [guarded(one) for one in variable.codes]}
    if variable.kind is Kind.ID:
        field["constraints"] = {"required": True}
    return field


def _cells(variable: Variable, batch: Any) -> Any:
    values = batch.column(variable.name).cast(pa.string())
    if variable.kind is Kind.CODE:
        values = pa.DictionaryArray.from_arrays(
            pc.index_in(values, value_set=pa.array(variable.codes, pa.string())),
            pa.array([guarded(one) for one in variable.codes], pa.string()),
        ).cast(pa.string())
    if not labelled_gaps(variable):
        return values
    gaps = batch.column(gap_of(variable.name))
    return pc.if_else(pc.greater(gaps, 0), SIGNS.take(gaps), values)
