"""Frames as an extract writes them, from rows by hand; what a row does not say is empty."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from homeward.extracts.frames import FRAMES
from homeward.extracts.queries import Frames
from homeward.extracts.writing import schema_of
from homeward.lib.identifiers import new_id

MADE = "2026-11-15T12:00:00+00:00"
CASE = {
    "programme": "P1",
    "origin_country": "XM",
    "partner": "Return Partners Demo",
    "sex": "female",
    "age_band": "25-34",
    "group": "none",
    "sealed_group": "none",
    "return_basis": "voluntary",
}


def month(text):
    """2026-03 as the first of March."""
    return date.fromisoformat(f"{text}-01")


def case(number, **given):
    """The row of a case, who is like the others but for what is given."""
    return {**CASE, "case_id": f"{number:026}", "person_id": f"{number:026}", **given}


def written(directory: Path, extract_id=None, **rows):
    """Frames on disk, with no rows where none are given."""
    files = {}
    for frame in FRAMES:
        schema = schema_of(frame)
        given = [{one.name: row.get(one.name) for one in schema} for row in rows.get(frame.name, [])]
        place = directory / f"{frame.name}.parquet"
        pq.write_table(pa.Table.from_pylist(given, schema=schema), place)
        files[frame.name] = (place,)
    return Frames(extract_id or new_id(), {"made_at": MADE, "frames": {}}, files)
