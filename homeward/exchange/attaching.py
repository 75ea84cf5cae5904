"""Rows that were said to be somebody known: gaps are filled, what differs is noted, nobody is made twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.db.models import Q
from django.utils.timezone import localdate

from homeward.access.actor import Actor
from homeward.cases.commands import open_cases, tell_imported
from homeward.cases.queries import listings_of_people
from homeward.cases.rules import Stage
from homeward.exchange.columns.fields import LABELS, Field
from homeward.exchange.keeping import date_as_json, date_from_json
from homeward.exchange.made_of_rows import case_of, details_of
from homeward.exchange.models import ImportRow, PossibleDuplicate
from homeward.exchange.remembering import Remembered, keep_from_list
from homeward.exchange.rows import ReadRow
from homeward.exchange.rules import Decision, RowState
from homeward.exchange.writing import update_rows
from homeward.lib.scripts import folded
from homeward.people.commands import change_person
from homeward.people.queries import people_by_ids
from homeward.people.rules import PersonDetails, Sex
from homeward.privacy.sealing import open_for_installation, place_of, seal_for_installation

if TYPE_CHECKING:
    from homeward.cases.models import Listing
    from homeward.people.models import Person

# Somebody on record, or an earlier row that was saved.
IN_PLACE = Q(person_id__isnull=False) | Q(earlier__case_id__isnull=False)
COMPARED = {
    "given_names": Field.GIVEN_NAMES,
    "family_name": Field.FAMILY_NAME,
    "native_name": Field.NATIVE_NAME,
    "sex": Field.SEX,
    "birth": Field.BIRTH_DATE,
    "nationalities": Field.NATIONALITY,
    "languages": Field.LANGUAGE,
}


@dataclass(frozen=True)
class Target:
    """Whom a row is: somebody on record, or whoever an earlier row of the list became."""

    person_id: UUID | None
    earlier_id: UUID | None


def targets_of(actor: Actor, rows: Sequence[ImportRow]) -> dict[UUID, Target]:
    """For each row the surest pair that was said to be the same person; somebody on record comes first."""
    pairs = PossibleDuplicate.objects.filter(IN_PLACE, row__in=rows, decision=Decision.SAME)
    found: dict[UUID, Target] = {}
    for pair in sorted(pairs, key=lambda pair: (pair.person_id is not None, pair.score)):
        found[pair.row_id] = Target(pair.person_id, pair.earlier_id)
    return found


def attach(
    actor: Actor, rows: Sequence[ImportRow], told: Mapping[UUID, ReadRow], targets: Mapping[UUID, Target]
) -> None:
    """Give each row to its person and case, in the order of the sheet."""
    today = localdate()
    placed = _earlier_rows(targets)
    people = {person.id: person for person in people_by_ids(actor, _ids(targets))}
    cases = _newest_cases(actor, people)
    kept, mentioned = [], set()
    for row in rows:
        target = targets[row.id]
        if target.person_id is None:
            found = placed.get(target.earlier_id) if target.earlier_id else None
        else:
            found = _place(actor, row, told[row.id], people.get(target.person_id), cases, today)
            if found and not row.made_case:
                mentioned.add(found[1])
        if found is None:
            row.state = RowState.BLOCKED  # whom it was said to be is out of sight by now
            continue
        row.person_id, row.case_id, row.state, row.attached = *found, RowState.SAVED, True
        placed[row.id] = found
        differs = _fill_gaps(actor, row, told[row.id], found[0])
        kept.append(Remembered(row, told[row.id], *found, None, differs))
    tell_imported(actor, case_ids=mentioned, on=today)
    keep_from_list(actor, kept, today)
    columns = ["person_id", "case_id", "state", "attached", "made_case", "before"]
    update_rows(rows, columns)


def before_of(row: ImportRow) -> tuple[int, PersonDetails] | None:
    """The version that filling gaps left a record at, and what it said before."""
    if row.before is None:
        return None
    kept: dict[str, Any] = orjson.loads(open_for_installation(place_of(row, "before"), row.before))
    details = kept["details"]
    details["birth"], details["sex"] = date_from_json(details["birth"]), Sex(details["sex"])
    details["nationalities"], details["languages"] = (
        tuple(details["nationalities"]),
        tuple(details["languages"]),
    )
    return kept["version"], PersonDetails(**details)


def _ids(targets: Mapping[UUID, Target]) -> set[UUID]:
    return {target.person_id for target in targets.values() if target.person_id}


def _earlier_rows(targets: Mapping[UUID, Target]) -> dict[UUID, tuple[UUID, UUID]]:
    ids = {target.earlier_id for target in targets.values() if target.earlier_id}
    saved = ImportRow.objects.filter(id__in=ids).exclude(case_id=None).exclude(person_id=None)
    return {
        row_id: (person_id, case_id)
        for row_id, person_id, case_id in saved.values_list("id", "person_id", "case_id")
        if person_id and case_id
    }


def _newest_cases(actor: Actor, person_ids: Iterable[UUID]) -> "dict[UUID, Listing]":
    found: dict[UUID, Listing] = {}
    for listing in listings_of_people(actor, person_ids):
        if listing.person_id:
            found.setdefault(listing.person_id, listing)
    return found


def _place(
    actor: Actor,
    row: ImportRow,
    told: ReadRow,
    person: "Person | None",
    cases: "Mapping[UUID, Listing]",
    today: date,
) -> tuple[UUID, UUID] | None:
    """The person's newest case; a new one where that was closed before this journey, or there is none."""
    if person is None:
        return None
    newest = cases.get(person.id)
    new = case_of(told, person.id, today)
    over = newest is not None and newest.stage in (Stage.CLOSED, Stage.MONITORING)
    left = told.departed_on
    if newest and not (over and left and newest.stage_since < left <= today):
        return person.id, newest.case_id
    (case,) = open_cases(actor, cases=[new], opened_on=today)
    row.made_case = True
    return person.id, case.id


def _fill_gaps(actor: Actor, row: ImportRow, told: ReadRow, person_id: UUID) -> list[dict[str, Any]]:
    """Put into empty fields what the row knows; return what it says otherwise than the record."""
    (person,) = people_by_ids(actor, {person_id})
    now, new = _details_of(person), details_of(told)
    gaps = {name: getattr(new, name) for name in COMPARED if _is_gap(now, new, name)}
    differing = [name for name in COMPARED if name not in gaps and _differs(now, new, name)]
    if gaps:
        changed = change_person(
            actor, person_id=person.id, expected_version=person.version, details=replace(now, **gaps)
        )
        row.before = _seal_before(row, now, changed.version)
    return [_spoken(told, name) for name in differing]


def _details_of(person: "Person") -> PersonDetails:
    return PersonDetails(
        given_names=person.given_names,
        family_name=person.family_name,
        native_name=person.native_name,
        sex=Sex(person.sex),
        birth=person.birth,
        nationalities=tuple(person.nationalities),
        languages=tuple(person.languages),
        birth_country=person.birth_country,
    )


def _is_gap(now: PersonDetails, new: PersonDetails, name: str) -> bool:
    known, said = getattr(now, name), getattr(new, name)
    return (not known or known == Sex.UNKNOWN) and bool(said) and said != Sex.UNKNOWN


def _differs(now: PersonDetails, new: PersonDetails, name: str) -> bool:
    known, said = getattr(now, name), getattr(new, name)
    if isinstance(said, str) and name != "sex":
        return bool(said) and folded(said) != folded(known)
    return bool(said) and said != Sex.UNKNOWN and said != known


def _spoken(told: ReadRow, name: str) -> dict[str, Any]:
    field = COMPARED[name]
    own_name = "nationality" if name == "nationalities" else name
    value = (told.originals or {}).get(own_name) or getattr(told, own_name)
    text = value.earliest.isoformat() if hasattr(value, "earliest") else value
    return {"header": str(LABELS[field]), "field": field.value, "text": _joined(text)}


def _joined(text: object) -> str:
    return ", ".join(map(str, text)) if isinstance(text, tuple) else str(text)


def _seal_before(row: ImportRow, details: PersonDetails, version: int) -> bytes:
    told = {**asdict(details), "birth": date_as_json(details.birth), "sex": str(details.sex)}
    assert {field.name for field in fields(PersonDetails)} == set(told)  # noqa: S101
    return seal_for_installation(place_of(row, "before"), orjson.dumps({"version": version, "details": told}))
