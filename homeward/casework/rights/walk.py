"""Walking the schema: every column of every table by which a row is about a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model, Q

if TYPE_CHECKING:
    AnyField = Field[Any, Any]

PERSON, CASE = "people.Person", "cases.Case"
PERSON_COLUMNS = frozenset({"person_id"})
CASE_COLUMNS = frozenset({"case_id"})
# `subject_id` is a person here, and something else of the same case everywhere else.
SUBJECT_IS_A_PERSON = frozenset(
    {
        "files_storedfile",
        "privacy_correctionnotice",
        "privacy_erasure",
        "privacy_legalhold",
        "privacy_restriction",
        "privacy_subjectexport",
        "privacy_subjectkey",
        "privacy_subjectrequest",
        "referrals_referralletter",
        "sharing_disclosure",
        "sharing_override",
    }
)
SUBJECT_IS_SOMETHING_ELSE = frozenset({"audit_entry", "approvals_approval", "cases_event", "privacy_opening"})


@dataclass(frozen=True)
class Links:
    """By which columns a row is about a person: directly, by a case, or by the row it belongs to."""

    person: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    parent: str = ""
    of: type[Model] | None = None

    def __bool__(self) -> bool:
        return bool(self.person or self.case or self.parent)


def tables() -> Mapping[str, type[Model]]:
    """Every table of ours, by its name."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("homeward."))
    return {model._meta.db_table: model for model in ours}


@cache
def links_of(model: type[Model]) -> Links:
    """The links of one table to people; empty when nothing in it is about anybody."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, Field)]
    table = model._meta.db_table
    if model._meta.label == PERSON:
        return Links(person=("id",))
    if model._meta.label == CASE:
        return Links(person=("person_id",))
    person = tuple(field.attname for field in fields if _is_person(field, table))
    case = tuple(field.attname for field in fields if _is_case(field))
    if person or case:
        return Links(person, case)
    for field in fields:
        owner = field.related_model
        if isinstance(owner, type) and owner is not model and _owns(field) and links_of(owner):
            return Links(parent=field.attname, of=owner)
    return Links()


def about_people() -> Mapping[str, type[Model]]:
    """Tables in which a row may be about a person."""
    return {table: model for table, model in tables().items() if links_of(model)}


def rows_about(model: type[Model], people: Iterable[UUID], cases: Iterable[UUID]) -> Q:
    """The rows of a table that are about some people, or about their cases."""
    links, found = links_of(model), Q()
    for column in links.person:
        found |= Q(**{f"{column}__in": list(people)})
    for column in links.case:
        found |= Q(**{f"{column}__in": list(cases)})
    if links.of is not None:
        owners = links.of._default_manager.filter(rows_about(links.of, people, cases))
        found |= Q(**{f"{links.parent}__in": owners.values("pk")})
    return found


def columns_of(model: type[Model]) -> Iterator[AnyField]:
    """The columns of a table as fields."""
    yield from (field for field in model._meta.concrete_fields if isinstance(field, Field))


def _is_person(field: AnyField, table: str) -> bool:
    if _points_at(field) == PERSON:
        return True
    if field.attname == "subject_id":
        return table in SUBJECT_IS_A_PERSON
    return field.attname in PERSON_COLUMNS


def _is_case(field: AnyField) -> bool:
    return _points_at(field) == CASE or field.attname in CASE_COLUMNS


def _points_at(field: AnyField) -> str:
    related = field.related_model
    return related._meta.label if isinstance(related, type) else ""


def _owns(field: AnyField) -> bool:
    """A row belongs to the row it must point at."""
    return bool(field.related_model) and not field.null
