"""What hangs on people, so that nobody is taken away from under somebody's work."""

from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.db.models import ForeignObjectRel, Model

from homeward.access.actor import Actor
from homeward.people.models import BlockingKey, Contact, Document, Match, MatchToken, Person

# What comes with a person, and what a machine found about them; none of it says that anybody worked.
BROUGHT: tuple[type[Model], ...] = (Document, Contact, BlockingKey, Match)
# Made from the person by the database, read by nobody, and gone with them.
DERIVED: tuple[type[Model], ...] = (MatchToken,)


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
    return frozenset(changed | (tied_people(brought, but_for=("cases",)) & brought.keys()))


def tied_people(person_ids: Collection[UUID], but_for: Collection[str] = ()) -> set[UUID]:
    """Those of these people at whom some other record points."""
    found: set[UUID] = set()
    for model, column in _hanging_on_people():
        if model._meta.app_label not in but_for:
            hanging = model._default_manager.filter(**{f"{column}__in": list(person_ids)})
            found |= set(hanging.values_list(column, flat=True))
    return found


def _hanging_on_people() -> Iterator[tuple[type[Model], str]]:
    """Every table that points at people, of later stages too, but for what the list brought."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in BROUGHT + DERIVED:
            yield relation.related_model, relation.field.attname
