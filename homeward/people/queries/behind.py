"""From the id of a paper, a contact, a relation or a merge to the people it is about."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from uuid import UUID

from homeward.access.actor import Actor
from homeward.people.models import Contact, Document, Match, Merge, Person, Relation
from homeward.people.queries.people import visible_people

# Where an id may come from, and which columns name the people behind it.
BELONGINGS = (
    (Document, ("person_id",)),
    (Contact, ("person_id",)),
    (Relation, ("person_id", "related_id")),
    (Match, ("person_id", "other_id")),
    (Merge, ("kept_id", "merged_id")),
)


def people_behind(actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, Set[UUID]]:
    """The people whom each of these ids stands for, as far as the actor may see them."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person_id in visible_people(actor).filter(id__in=ids).values_list("id", flat=True):
        found[person_id].add(person_id)
    for model, columns in BELONGINGS:
        for row in model._default_manager.filter(id__in=ids).values_list("id", *columns):
            found[row[0]].update(row[1:])
    return found


def people_named(actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, Person]:
    """Some people by id, as far as the actor may see them."""
    return {person.id: person for person in visible_people(actor).filter(id__in=ids)}
