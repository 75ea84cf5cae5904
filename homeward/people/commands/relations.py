"""Relatives, households and guardians: what people are to each other, since when and until when."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid
from homeward.people.models import Relation
from homeward.people.queries import get_person, relation_for_edit
from homeward.people.rules import INVERSE, RelationKind


@command(Action.PERSON_EDIT)
def relate_people(
    actor: Actor, *, person_id: UUID, related_id: UUID, kind: RelationKind, since_on: date | None = None
) -> Relation:
    """Record what one person is to another, and the other way round."""
    person, related = get_person(actor, person_id), get_person(actor, related_id)
    if person.id == related.id:
        raise Invalid(
            _("A person cannot be their own relative."), fields={"related": _("Choose another person.")}
        )
    relation, _made = Relation.objects.get_or_create(
        person=person, related=related, kind=kind, until_on=None, defaults={"since_on": since_on}
    )
    Relation.objects.get_or_create(
        person=related, related=person, kind=INVERSE[kind], until_on=None, defaults={"since_on": since_on}
    )
    return relation


@command(Action.PERSON_EDIT)
def end_relation(actor: Actor, *, person_id: UUID, relation_id: UUID, until_on: date) -> Relation:
    """Say until when one person was this to another, on both sides."""
    relation = relation_for_edit(actor, person_id, relation_id)
    if relation.since_on and until_on < relation.since_on:
        raise Invalid(fields={"until_on": _("This day is before the relation began.")})
    relation.until_on = until_on
    relation.save(update_fields=["until_on"])
    other_side = Relation.objects.filter(
        person_id=relation.related_id,
        related_id=relation.person_id,
        kind=INVERSE[RelationKind(relation.kind)],
        until_on=None,
    )
    other_side.update(until_on=until_on)
    return relation
