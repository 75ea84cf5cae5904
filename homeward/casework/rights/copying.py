"""A complete copy of what an organisation holds about a person, as one archive the person can read.

Complete by walking the schema: every column of every row about the person, but what `tables.py` withholds and
says why. What an officer may see is what is copied: another organisation answers for its own notes.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import BinaryField, Model

from homeward.access.acting import acting_as, acting_at_one_moment
from homeward.access.actor import Actor
from homeward.audit.queries import looks_at_case
from homeward.cases.queries import visible_cases
from homeward.casework.rights.names import ORGANISATIONS
from homeward.casework.rights.reading import page_for_the_person
from homeward.casework.rights.tables import RULES, WITHHELD_TABLES, withheld
from homeward.casework.rights.walk import columns_of, rows_about, tables
from homeward.files.queries import content_of, visible_files
from homeward.files.rules import ZIP
from homeward.followup.queries import answers_about
from homeward.lib.cells import safe_cell
from homeward.lib.encryption import Unreadable
from homeward.organisations.queries import organisation_names
from homeward.people.queries import same_person_ids
from homeward.privacy.sealing import Erased, SubjectKeys, keys_of, open_for_installation, place_of
from homeward.sharing.queries import disclosures_about

if TYPE_CHECKING:
    from homeward.surveys.models import Submission

FORMAT = "homeward-copy-1"
SINCE = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
UNREADABLE = "cannot be opened"
Progress = Callable[[int, int], None]
Rows = Mapping[str, list[dict[str, Any]]]

JSON_TYPES = {
    "BooleanField": "boolean",
    "IntegerField": "integer",
    "BigIntegerField": "integer",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "integer",
    "FloatField": "number",
    "ArrayField": "array",
}


def copy_of(actor: Actor, person_id: UUID, *, language: str, at: datetime, progress: Progress) -> bytes:
    """The archive: data.json and its schema, a page to read, attachments, who received it and who looked."""
    with acting_at_one_moment(actor):
        people = same_person_ids(actor, person_id)
        cases = list(visible_cases(actor).filter(person_id__in=people).values_list("id", flat=True))
        keys, found = keys_of(people), _found(people, cases)
        disclosures, looks = list(_disclosures(actor, people)), list(_looks(actor, cases))
        attachments = list(_attachments(actor, people, cases))
        answers = [_answered(one) for one in answers_about(actor, cases)]
    rows = dict(_told_rows(found, people, keys, progress))
    data = {
        "format": FORMAT,
        "made_at": at.isoformat(timespec="seconds"),
        "organisation_id": str(actor.organisation_id),
        "person_ids": [str(one) for one in people],
        "tables": rows,
        "withheld": withheld_columns(),
    }
    with acting_as(actor):
        organisations = _organisations(actor, rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        archive.writestr("answers.json", json.dumps(answers, ensure_ascii=False, indent=1))
        archive.writestr("schema.json", json.dumps(schema(), indent=1))
        page = page_for_the_person(rows, disclosures, organisations, language=language, at=at)
        archive.writestr("index.html", page)
        archive.writestr("disclosures.csv", _csv(disclosures))
        archive.writestr("looks.csv", _csv(looks))
        for name, content in attachments:
            archive.writestr(f"attachments/{name}", content)
    return out.getvalue()


def _answered(one: "Submission") -> dict[str, Any]:
    """What was answered to one form, kept under a key that only visits know: no table leads to it."""
    return {
        "form": one.form.instrument.title,
        "version": one.form.form_version,
        "received_at": one.received_at.isoformat(timespec="seconds"),
        "answers": one.answers,
    }


def copied_tables() -> Mapping[str, type[Model]]:
    """The tables of which a copy holds rows, in the order in which a person's story is told."""
    known = tables()
    return {table: known[table] for table in reversed(list(RULES)) if table not in WITHHELD_TABLES}


def withheld_columns() -> dict[str, str]:
    """Every table and column that a copy leaves out, with its reason."""
    left = dict(WITHHELD_TABLES)
    for table, model in copied_tables().items():
        for field in columns_of(model):
            if why := withheld(table, field.attname):
                left[f"{table}.{field.attname}"] = why
    return left


def schema() -> dict[str, Any]:
    """The JSON Schema of data.json."""
    properties = {
        table: {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    field.attname: _type_of(field.get_internal_type())
                    for field in columns_of(model)
                    if not withheld(table, field.attname)
                },
                "additionalProperties": False,
            },
        }
        for table, model in copied_tables().items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What is held about one person",
        "type": "object",
        "required": ["format", "made_at", "tables", "withheld"],
        "properties": {
            "format": {"const": FORMAT},
            "made_at": {"type": "string"},
            "organisation_id": {"type": "string"},
            "person_ids": {"type": "array", "items": {"type": "string"}},
            "tables": {"type": "object", "properties": properties, "additionalProperties": False},
            "withheld": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }


def _found(people: list[UUID], cases: list[UUID]) -> dict[str, list[Model]]:
    return {
        table: list(model._default_manager.filter(rows_about(model, people, cases)).distinct())
        for table, model in copied_tables().items()
    }


def _told_rows(
    found: Mapping[str, list[Model]], people: list[UUID], keys: SubjectKeys, progress: Progress
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for done, (table, rows) in enumerate(found.items(), start=1):
        yield table, [_row(table, one, people, keys) for one in rows]
        progress(done, len(found))


def _row(table: str, row: Model, people: list[UUID], keys: SubjectKeys) -> dict[str, Any]:
    return {
        field.attname: _value(row, field, people, keys)
        for field in columns_of(type(row))
        if not withheld(table, field.attname)
    }


def _value(row: Model, field: Any, people: list[UUID], keys: SubjectKeys) -> Any:
    value = getattr(row, field.attname)
    if value is not None and isinstance(field, BinaryField):
        return _opened(row, field.attname, value, people, keys)
    return _plain(value)


def _opened(row: Model, column: str, sealed: Any, people: list[UUID], keys: SubjectKeys) -> Any:
    """A sealed value under the person's key, or the installation's; as data where it is data."""
    place = place_of(row, column)
    for person_id in people:
        try:
            return _told(keys.open(person_id, place, sealed))
        except (Unreadable, Erased):
            continue
    try:
        return _told(open_for_installation(place, sealed))
    except Unreadable:
        return UNREADABLE


def _told(content: bytes) -> Any:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content.hex()
    try:
        return json.loads(text) if text[:1] in "[{" else text
    except ValueError:
        return text


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _type_of(kind: str) -> dict[str, Any]:
    told = JSON_TYPES.get(kind)
    if kind in ("JSONField", "BinaryField"):
        return {}
    return {"type": [told or "string", "null"]}


def _organisations(actor: Actor, rows: Rows) -> dict[str, str]:
    """The names of organisations in the rows, by their id as the rows write it."""
    told = {row.get(column) for found in rows.values() for row in found for column in ORGANISATIONS}
    names = organisation_names(actor, {UUID(one) for one in told if one})
    return {str(one): name for one, name in names.items()}


def _disclosures(actor: Actor, people: Iterable[UUID]) -> Iterator[dict[str, str]]:
    found = [one for person_id in people for one in disclosures_about(actor, person_id)]
    names = organisation_names(
        actor, {i for one in found for i in (one.organisation_id, one.by_organisation_id)}
    )
    for one in found:
        yield {
            "from": names.get(one.by_organisation_id, ""),
            "to": names.get(one.organisation_id, ""),
            "what": one.kind,
            "purpose": one.purpose,
            "basis": one.basis,
            "condition": one.condition,
            "categories": " ".join(one.categories),
            "why": one.necessity,
            "since": one.made_at.isoformat(),
            "until": one.until.isoformat(),
            "ended": one.ended_at.isoformat() if one.ended_at else "",
            "first_opened": one.first_opened_at.isoformat() if one.first_opened_at else "",
        }


def _looks(actor: Actor, cases: Iterable[UUID]) -> Iterator[dict[str, str]]:
    """Who looked: which organisation, in which role, at what; not which member of staff."""
    found = [look for case_id in cases for look in looks_at_case(case_id, SINCE)]
    names = organisation_names(actor, {look.organisation_id for look in found})
    for look in found:
        yield {
            "organisation": names.get(look.organisation_id, ""),
            "role": look.role,
            "what": look.action,
            "times": str(look.times),
            "last": look.last.isoformat(),
        }


def _attachments(actor: Actor, people: list[UUID], cases: list[UUID]) -> Iterator[tuple[str, bytes]]:
    own = visible_files(actor).exclude(content_type=ZIP)
    for number, file in enumerate(own.filter(subject_id__in=people) | own.filter(case_id__in=cases), start=1):
        opened = content_of(file)
        safe = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in opened.name)
        yield f"{number:03}-{safe[-80:]}", opened.content


def _csv(rows: Iterable[Mapping[str, str]]) -> str:
    rows = list(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([safe_cell(value) for value in row.values()] for row in rows)
    return "\ufeff" + out.getvalue()
