"""Taking back people whom a list brought and nobody has touched since."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.people.models import Person
from homeward.people.queries.ties import BROUGHT, tied_people
from homeward.privacy.commands import destroy_keys


@dataclass(frozen=True)
class Removed:
    """The people who are gone."""

    person_ids: frozenset[UUID]


@command(Action.IMPORT_UNDO)
def remove_people(actor: Actor, *, person_ids: Collection[UUID]) -> Removed:
    """Delete people of the actor's organisation who have no case and hang together with nothing."""
    own = Person.objects.filter(organisation_id=actor.organisation_id, id__in=person_ids)
    ids = set(own.values_list("id", flat=True)) - tied_people(person_ids)
    gone = sorted(ids)
    with connection.cursor() as cursor:
        for model in BROUGHT:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE person_id = ANY(%s)", [gone])  # noqa: S608
        cursor.execute("DELETE FROM people_match WHERE other_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM people_person WHERE id = ANY(%s)", [gone])
    destroy_keys(actor, subject_ids=gone)
    return Removed(frozenset(gone))
