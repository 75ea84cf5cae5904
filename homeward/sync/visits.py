"""The officer's visits as a list of choices that telephones keep with their forms."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from io import StringIO

from homeward.access.actions import Action
from homeward.followup.queries import visits_assigned
from homeward.surveys.queries import PhoneAtWork

MOST_VISITS = 2_000
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


def _rows(phone: PhoneAtWork) -> Iterator[Mapping[str, str]]:
    if not phone.actor.may(Action.VISIT_VIEW):
        return
    for visit in visits_assigned(phone.actor)[:MOST_VISITS]:
        label = [visit.case.reference]
        if phone.shows_names:
            label.append((visit.member or visit.case.person).name)
        yield {
            "name": str(visit.key),
            "label": " · ".join(label),
            "instrument": visit.instrument,
            "round": visit.round,
            "district": visit.place,
        }
