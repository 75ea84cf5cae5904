"""Keeping, under the person's own key, what a list told and no field has room for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from homeward.access.actor import Actor
from homeward.assessments.commands import propose_from_list
from homeward.cases.commands.listed import NewCase
from homeward.exchange.made_of_rows import as_written, flags_hinted, kept_values, kept_vulnerability
from homeward.exchange.models import ImportRow, KeptFromList
from homeward.exchange.rows import ReadRow
from homeward.lib.bulk_insert import bulk_insert
from homeward.privacy.sealing import SubjectKeys, keys_of, place_of


@dataclass(frozen=True)
class Remembered:
    """A row that was saved, with whom it made; `differs` is what it said otherwise than the record."""

    row: ImportRow
    told: ReadRow
    person_id: UUID
    case_id: UUID
    new: NewCase | None
    differs: Sequence[dict[str, Any]]


def keep_from_list(actor: Actor, remembered: Iterable[Remembered], today: date) -> None:
    """Keep what is worth keeping of these rows; a row that said nothing more leaves nothing."""
    remembered = list(remembered)
    keys = keys_of(one.person_id for one in remembered)
    kept = (_kept(actor, one, keys, today) for one in remembered)
    bulk_insert(KeptFromList, (one for one in kept if one))
    hinted = {one.case_id: flags for one in remembered if (flags := flags_hinted(one.told))}
    if hinted:
        propose_from_list(actor, flags=hinted)


def _kept(actor: Actor, one: Remembered, keys: SubjectKeys, today: date) -> KeptFromList | None:
    told = {
        "values": kept_values(one.told, one.new),
        "as_written": as_written(one.told),
        "differs": list(one.differs),
    }
    vulnerability = kept_vulnerability(one.told)
    if not any(told.values()) and not vulnerability:
        return None
    kept = KeptFromList(
        case_id=one.case_id,
        person_id=one.person_id,
        organisation_id=actor.organisation_id,
        row_id=one.row.id,
        received_on=today,
        sheet_row=one.row.sheet_row,
    )
    kept.told = keys.seal(one.person_id, place_of(kept, "told"), orjson.dumps(told))
    if vulnerability:
        place = place_of(kept, "vulnerability")
        kept.vulnerability = keys.seal(one.person_id, place, orjson.dumps({"values": vulnerability}))
    return kept
