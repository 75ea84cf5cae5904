"""Taking back what rows made, unless somebody has worked on it since."""

from collections.abc import Sequence
from uuid import UUID

from homeward.access.actor import Actor
from homeward.assessments.commands import propose_from_list, take_back_proposals
from homeward.cases.commands import take_back_cases
from homeward.exchange.attaching import before_of
from homeward.exchange.models import ImportRow, KeptFromList
from homeward.exchange.rules import RowState
from homeward.exchange.writing import update_rows
from homeward.people.commands import change_person
from homeward.people.commands.removing import remove_people
from homeward.people.queries import people_by_ids
from homeward.people.queries.ties import changed_people

CHANGED = "changed"
ROWS_AT_ONCE = 1_000


def take_back_rows(actor: Actor, rows: Sequence[ImportRow], *, again: RowState) -> None:
    """Undo each row as far as it can be; a row that stays says why in `kept_back`."""
    stays: dict[UUID, str] = _stays(actor, rows)
    kept = list(KeptFromList.objects.filter(row_id__in=[row.id for row in rows]))
    _delete_kept(kept)
    candidates = [row.case_id for row in rows if row.made_case and row.case_id and row.case_id not in stays]
    proposed = take_back_proposals(actor, case_ids=candidates).flags
    taken = take_back_cases(actor, case_ids=candidates)
    stays |= {case_id: str(reason) for case_id, reason in taken.kept.items()}
    propose_from_list(actor, flags={id_: flags for id_, flags in proposed.items() if id_ in stays})
    for row in rows:
        _take_back(actor, row, stays, again)
    gone = {row.person_id for row in rows if row.made_person and not row.kept_back and row.person_id}
    remove_people(actor, person_ids=gone)
    back = {row.id for row in rows if row.kept_back}
    KeptFromList.objects.bulk_create([one for one in kept if one.row_id in back], batch_size=ROWS_AT_ONCE)
    _forget_whom_they_made(rows)
    columns = ["state", "kept_back", "person_id", "case_id", "made_person", "made_case", "attached", "before"]
    update_rows(rows, columns)


def _stays(actor: Actor, rows: Sequence[ImportRow]) -> dict[UUID, str]:
    """Cases of people who were changed since they came."""
    brought = {row.person_id: row.belongings for row in rows if row.made_person and row.person_id}
    filled = {row.person_id for row in rows if row.before is not None}
    changed = changed_people(actor, {one: count for one, count in brought.items() if one not in filled})
    return {row.case_id: CHANGED for row in rows if row.case_id and row.person_id in changed}


def _delete_kept(kept: Sequence[KeptFromList]) -> None:
    # Before the listings go: without them the organisation could delete nothing any more.
    KeptFromList.objects.filter(id__in=[one.id for one in kept]).delete()


def _take_back(actor: Actor, row: ImportRow, stays: dict[UUID, str], again: RowState) -> None:
    reason = stays.get(row.case_id, "") if row.case_id else ""
    if not reason and row.attached and not row.made_person:
        reason = _put_back(actor, row)
    row.kept_back = reason
    if not reason:
        row.state = again


def _put_back(actor: Actor, row: ImportRow) -> str:
    """Empty again the gaps that the row filled in somebody's record, if nobody changed it since."""
    before = before_of(row)
    people = people_by_ids(actor, {row.person_id}) if row.person_id else []
    if before is None or not people:
        return ""
    version, details = before
    if people[0].version != version:
        return CHANGED
    change_person(actor, person_id=people[0].id, expected_version=version, details=details)
    return ""


def _forget_whom_they_made(rows: Sequence[ImportRow]) -> None:
    for row in rows:
        if not row.kept_back:
            row.person_id = row.case_id = row.before = None
            row.made_person = row.made_case = row.attached = False
