"""The list of people exposed as a sheet."""

import csv
import io
from collections.abc import Iterable

from homeward.casework.exposure import Exposure
from homeward.lib.cells import safe_cell

COLUMNS = ("person_id", "name", "native_name", "references", "case_ids", "first", "last", "times", "actions")


def as_csv(found: Exposure) -> str:
    """The list of people exposed as comma separated values, safe in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(found))
    return "\ufeff" + out.getvalue()


def _cells(found: Exposure) -> Iterable[list[str]]:
    for one in found.people:
        texts = (
            str(one.person_id or ""),
            one.name,
            one.native_name,
            " ".join(one.references),
            " ".join(map(str, one.case_ids)),
            one.first.isoformat(),
            one.last.isoformat(),
            str(one.times),
            " ".join(one.actions),
        )
        yield [safe_cell(text) for text in texts]
