"""The officer's visits as a list of choices that telephones keep with their forms."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from io import StringIO

from homeward.surveys.queries import PhoneAtWork

COLUMNS = ("name", "label", "instrument", "round", "district")


@dataclass(frozen=True)
class VisitsList:
    """The file, and what tells a telephone whether it changed."""

    content: bytes = field(repr=False)

    @property
    def hash(self) -> str:
        return md5(self.content, usedforsecurity=False).hexdigest()


def visits_list(phone: PhoneAtWork) -> VisitsList:
    """Open visits of the officer: a key and a reference, and a name only where the telephone may show it."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(phone))
    return VisitsList(out.getvalue().encode())


def _rows(phone: PhoneAtWork) -> list[Mapping[str, str]]:
    return []
