"""What a settled row becomes: a person, a case, and what is kept beside them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from homeward.cases.commands.listed import NewCase
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.header import CaseDetails
from homeward.cases.rules import ReturnType, RoleInFile
from homeward.codelists.countries import is_country, is_nationality
from homeward.exchange.columns.fields import LABELS, Field
from homeward.exchange.problem_kinds import Severity
from homeward.exchange.rows import HeldValue, ReadRow, exact_day
from homeward.lib.dates import PartialDate
from homeward.people.rules import (
    ContactDetails,
    ContactKind,
    DocumentKind,
    NewDocument,
    NewPerson,
    PersonDetails,
    Sex,
)

LONGEST_PLACE = 200
# The words of lists are settled into these codes; each may mean something for the profile.
FLAG_OF_HINT: Mapping[str, ProfileFlag] = {
    "victim_of_trafficking": ProfileFlag.VICTIM_OF_TRAFFICKING,
    "unaccompanied_child": ProfileFlag.UNACCOMPANIED_CHILD,
    "mental_health": ProfileFlag.MENTAL_HEALTH_CONCERN,
    "health_need": ProfileFlag.HEALTH_NEED,
    "pregnant": ProfileFlag.HEALTH_NEED,
    "disability": ProfileFlag.DISABILITY,
    "single_parent": ProfileFlag.SINGLE_PARENT,
    "older_person": ProfileFlag.OLDER_PERSON,
    "survivor_of_violence": ProfileFlag.SURVIVOR_OF_VIOLENCE,
}


def details_of(row: ReadRow) -> PersonDetails:
    return PersonDetails(
        given_names=row.given_names,
        family_name=row.family_name,
        native_name=row.native_name,
        sex=Sex(row.sex) if row.sex in set(Sex) else Sex.UNKNOWN,
        birth=row.birth,
        nationalities=(row.nationality,) if is_nationality(row.nationality) else (),
        languages=row.languages,
    )


def person_of(row: ReadRow) -> NewPerson:
    """Everything about the person; whose paper it is and how safe a number is to call, no list tells."""
    return NewPerson(details_of(row), tuple(_documents(row)), tuple(_contacts(row)))


def _documents(row: ReadRow) -> Iterator[NewDocument]:
    if any(sign.isalnum() for sign in row.document_number):
        yield NewDocument(DocumentKind.OTHER, row.document_number)


def _contacts(row: ReadRow) -> Iterator[ContactDetails]:
    number = row.phone_dialled or row.phone
    if number:
        yield ContactDetails(ContactKind.PHONE, number, may_text=False)
    if row.email:
        yield ContactDetails(ContactKind.EMAIL, row.email)


def case_of(row: ReadRow, person_id: UUID, today: date) -> NewCase:
    """The case; travel only where the day is known, has come, and does not contradict itself."""
    departed, arrived = _past(row.departure, today), _past(row.arrival, today)
    if departed and arrived and arrived < departed:
        departed = arrived = None
    if not arrived:
        departed = None  # only who has come is known to have left: before that, gates have to be open
    return NewCase(
        person_id=person_id,
        details=CaseDetails(
            host_country=row.host_country if is_country(row.host_country) else "",
            return_country=row.return_country if is_country(row.return_country) else "",
            return_place=row.return_place[:LONGEST_PLACE],
            return_type=ReturnType(row.return_type)
            if row.return_type in set(ReturnType)
            else ReturnType.UNKNOWN,
        ),
        file_number=row.file_reference,
        role_in_file=_role(row.relation),
        departed_on=departed,
        arrived_on=arrived,
    )


def _role(relation: str) -> RoleInFile:
    if relation in set(RoleInFile):
        return RoleInFile(relation)
    return RoleInFile.DEPENDANT if relation else RoleInFile.PRINCIPAL


def _past(told: PartialDate | None, today: date) -> date | None:
    day = exact_day(told)
    return day if day and day <= today else None


def kept_values(row: ReadRow, new: NewCase | None) -> list[dict[str, Any]]:
    """What has no room yet, in the words of the list; never vulnerability, which is sealed apart."""
    told = [
        _as_kept(header, value)
        for header, value in (row.held or {}).items()
        if value.field is not Field.VULNERABILITY
    ]
    if row.remarks:
        told.append(_as_kept(str(LABELS[Field.REMARKS]), HeldValue(Field.REMARKS, row.remarks)))
    for field, day, spoken in _travel(row):
        exact = exact_day(day)
        if exact is None or new is None or getattr(new, field.value) != exact:
            told.append(_as_kept(str(LABELS[field]), HeldValue(field, spoken)))
    return told


def _travel(row: ReadRow) -> Iterator[tuple[Field, PartialDate, str]]:
    originals = row.originals or {}
    for field, name, day in (
        (Field.DEPARTED_ON, "departure", row.departure),
        (Field.ARRIVED_ON, "arrival", row.arrival),
    ):
        if day:
            yield field, day, originals.get(name) or day.earliest.isoformat()


def flags_hinted(row: ReadRow) -> list[ProfileFlag]:
    """What the list may mean for the profile: proposed to a person, who confirms or declines it."""
    hints = (value.hint for value in (row.held or {}).values() if value.field is Field.VULNERABILITY)
    return [FLAG_OF_HINT[hint] for hint in hints if hint in FLAG_OF_HINT]


def kept_vulnerability(row: ReadRow) -> list[dict[str, Any]]:
    """What the list says of vulnerability: a hint for a counsellor, never an assessment."""
    return [
        _as_kept(header, value)
        for header, value in (row.held or {}).items()
        if value.field is Field.VULNERABILITY
    ]


def _as_kept(header: str, value: HeldValue) -> dict[str, Any]:
    return {
        "header": header,
        "field": value.field.value,
        "text": value.text,
        "hint": value.hint,
        "amount_minor": value.amount_minor,
        "currency": value.currency,
    }


def as_written(row: ReadRow) -> list[dict[str, Any]]:
    """The file's own spelling of values that were doubtful and therefore left out."""
    doubtful = (problem for problem in row.problems if problem.severity is Severity.QUESTION)
    return [
        _as_kept(str(LABELS[problem.field]), HeldValue(problem.field, problem.found))
        for problem in doubtful
        if problem.field and problem.found and problem.field is not Field.AMOUNT
    ]
