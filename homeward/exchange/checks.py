"""What only shows when the values of a row, or the rows of a file, are seen together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from homeward.exchange.cells import RowDraft
from homeward.exchange.columns.fields import Field
from homeward.exchange.problem_kinds import Kind
from homeward.exchange.rows import ReadRow, RowProblem
from homeward.exchange.values.dates import OLDEST_AGE
from homeward.exchange.values.text import fold
from homeward.lib.dates import PartialDate

FAR_AHEAD_DAYS = 731
FIRST_TRAVEL_YEAR = 1990
ADULT = 18


def check_row(draft: RowDraft, fields: frozenset[Field], today: date) -> None:
    """Report contradictions; a date that cannot be true is taken out of the row."""
    if not any(draft.values.get(name) for name in ("given_names", "family_name", "native_name")):
        draft.report(Kind.MISSING_NAME, None)
    _check_birth(draft, fields, today)
    _check_travel(draft, today)
    departure, arrival = draft.values.get("departure"), draft.values.get("arrival")
    if departure and arrival and arrival.latest < departure.earliest:
        draft.report(
            Kind.ARRIVAL_BEFORE_DEPARTURE,
            Field.ARRIVED_ON,
            _told(draft, "arrival", arrival),
        )
    birth = draft.values.get("birth")
    if birth and departure and birth.earliest > departure.latest:
        draft.report(Kind.BORN_AFTER_DEPARTURE, Field.BIRTH_DATE, _told(draft, "birth", birth))


def _told(draft: RowDraft, name: str, value: PartialDate) -> str:
    return draft.originals.get(name) or value.earliest.isoformat()


def _refuse(draft: RowDraft, name: str, kind: Kind, field: Field) -> None:
    value = draft.values.pop(name)
    draft.report(kind, field, _told(draft, name, value))
    draft.originals.setdefault(name, value.earliest.isoformat())


def _check_birth(draft: RowDraft, fields: frozenset[Field], today: date) -> None:
    birth: PartialDate | None = draft.values.get("birth")
    if birth is None:
        if Field.BIRTH_DATE in fields and not any(p.field is Field.BIRTH_DATE for p in draft.problems):
            draft.report(Kind.MISSING_BIRTH_DATE, Field.BIRTH_DATE)
    elif birth.earliest > today:
        _refuse(draft, "birth", Kind.BIRTH_IN_FUTURE, Field.BIRTH_DATE)
    elif today.year - birth.latest.year > OLDEST_AGE:
        _refuse(draft, "birth", Kind.TOO_OLD, Field.BIRTH_DATE)


def _check_travel(draft: RowDraft, today: date) -> None:
    for name, field in (
        ("departure", Field.DEPARTED_ON),
        ("arrival", Field.ARRIVED_ON),
    ):
        told: PartialDate | None = draft.values.get(name)
        if told and told.latest.year < FIRST_TRAVEL_YEAR:
            _refuse(draft, name, Kind.TRAVEL_LONG_AGO, field)
    departure, arrival = draft.values.get("departure"), draft.values.get("arrival")
    if departure and (departure.earliest - today).days > FAR_AHEAD_DAYS:
        _refuse(draft, "departure", Kind.DEPARTURE_FAR_AHEAD, Field.DEPARTED_ON)
    if arrival and arrival.earliest > today:
        _refuse(draft, "arrival", Kind.ARRIVAL_IN_FUTURE, Field.ARRIVED_ON)
    departure = draft.values.get("departure")
    if departure and departure.latest <= today and not draft.values.get("arrival"):
        draft.report(Kind.DEPARTURE_NOT_CLEARED, Field.DEPARTED_ON, _told(draft, "departure", departure))


def check_files(rows: Iterable[ReadRow], fields: frozenset[Field], today: date) -> list[ReadRow]:
    """Add what shows only across the rows of one family's file."""
    rows = list(rows)
    if Field.RELATION not in fields:
        return rows
    found: dict[int, list[RowProblem]] = defaultdict(list)
    if Field.FILE_REFERENCE in fields:
        for members in _by_file(rows).values():
            _check_principals(members, found)
    for row in rows:
        if row.relation == "principal" and _is_child(row, today):
            found[row.index].append(RowProblem(Kind.PRINCIPAL_IS_CHILD, Field.RELATION))
    return [
        replace(row, problems=(*row.problems, *found[row.index])) if row.index in found else row
        for row in rows
    ]


def _by_file(rows: Iterable[ReadRow]) -> Mapping[str, list[ReadRow]]:
    files: dict[str, list[ReadRow]] = defaultdict(list)
    for row in rows:
        if row.file_reference:
            files[fold(row.file_reference)].append(row)
    return files


def _check_principals(members: list[ReadRow], found: Mapping[int, list[RowProblem]]) -> None:
    principals = [row for row in members if row.relation == "principal"]
    if len(principals) > 1:
        for row in principals:
            found[row.index].append(RowProblem(Kind.SEVERAL_PRINCIPALS, Field.RELATION, row.file_reference))
    elif not principals and all(row.relation for row in members):
        for row in members:
            found[row.index].append(RowProblem(Kind.NO_PRINCIPAL, Field.RELATION, row.file_reference))


def _is_child(row: ReadRow, today: date) -> bool:
    """Under 18 on the day of departure, or today, whichever day of the range was the birthday."""
    if row.birth is None:
        return False
    on = row.departure.earliest if row.departure else today
    return PartialDate.of_day(row.birth.earliest).age_on(on) < ADULT
