"""Taking back people whom a list brought and nobody has touched since."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import ForeignObjectRel, Model

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.people.models import BlockingKey, Contact, Document, Match, Person
from homeward.privacy.commands import destroy_keys

BROUGHT = (Document, Contact, BlockingKey)
OFFERED = (Match,)  # found by a machine; says nothing of anybody's work


@dataclass(frozen=True)
class Removed:
    """The people who are gone."""

    person_ids: frozenset[UUID]


@command(Action.IMPORT_UNDO)
def remove_people(actor: Actor, *, person_ids: Collection[UUID]) -> Removed:
    """Delete people of the actor's organisation who have no case and hang together with nothing."""
    own = Person.objects.filter(organisation_id=actor.organisation_id, id__in=person_ids)
    ids = set(own.values_list("id", flat=True)) - _in_use(person_ids)
    gone = sorted(ids)
    with connection.cursor() as cursor:
        for model in (*BROUGHT, *OFFERED):
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE person_id = ANY(%s)", [gone])  # noqa: S608
        cursor.execute("DELETE FROM people_match WHERE other_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM people_person WHERE id = ANY(%s)", [gone])
    destroy_keys(actor, subject_ids=gone)
    return Removed(frozenset(gone))


def changed_people(actor: Actor, brought: Mapping[UUID, int]) -> frozenset[UUID]:
    """Of people a list brought, with so many papers and contacts each, those who were changed since."""
    changed = set(Person.objects.filter(id__in=brought, version__gt=1).values_list("id", flat=True))
    counted = dict.fromkeys(brought, 0)
    for model in (Document, Contact):
        for person_id in model._default_manager.filter(person_id__in=brought).values_list(
            "person_id", flat=True
        ):
            counted[person_id] += 1
    changed |= {person_id for person_id, count in counted.items() if count != brought[person_id]}
    return frozenset(changed | (_in_use(brought, but_for=("cases",)) & brought.keys()))


def _in_use(person_ids: Collection[UUID], but_for: Collection[str] = ()) -> set[UUID]:
    found: set[UUID] = set()
    for model, column in _hanging_on_people():
        if model._meta.app_label not in but_for:
            hanging = model._default_manager.filter(**{f"{column}__in": list(person_ids)})
            found |= set(hanging.values_list(column, flat=True))
    return found


def _hanging_on_people() -> Iterator[tuple[type[Model], str]]:
    """Every table that points at people, of later stages too, but for what the list brought."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in BROUGHT + OFFERED:
            yield relation.related_model, relation.field.attname
