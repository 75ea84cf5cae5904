"""People: those the organisation registered and those of cases shared with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound
from homeward.lib.scripts import folded
from homeward.people.likeness_keys import sought_hashes
from homeward.people.matching import Traits
from homeward.people.models import BlockingKey, Document, Person
from homeward.privacy.queries import not_found
from homeward.privacy.sealing import blind_index

PAGE = 25
SEARCH_LIMIT = 100


def visible_people(actor: Actor) -> QuerySet[Person]:
    """People the actor may see: the organisation's, as the policies say, and of these those in reach."""
    people = Person.objects.all()
    office, team = actor.reach.office_id, actor.reach.team_id
    if not (office or team):
        return people
    within = Func(F("id"), Value(office), Value(team), function="person_within_reach")
    within.output_field = BooleanField()
    return people.filter(within)


def own_people(actor: Actor) -> QuerySet[Person]:
    """People whom the actor's organisation registered, without those joined to another."""
    return visible_people(actor).filter(organisation_id=actor.organisation_id, merged_into=None)


def get_person(actor: Actor, person_id: UUID) -> Person:
    """One person, or NotFound."""
    found = visible_people(actor).filter(id=person_id).first()
    if found is None:
        raise not_found(actor, person_id)
    return found


def person_for_edit(actor: Actor, person_id: UUID, expected_version: int | None = None) -> Person:
    """The person locked for change; EditConflict when somebody saved it after the version the actor read."""
    found = visible_people(actor).filter(id=person_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def persons_with_document(actor: Actor, number: str) -> list[UUID]:
    """People one of whose documents has exactly this number."""
    index = blind_index("document", number)
    found = Document.objects.filter(number_index=index, removed_at=None)
    return list(found.values_list("person_id", flat=True)[:SEARCH_LIMIT])


@dataclass(frozen=True)
class PeoplePage:
    """A page of people; `following` is the id the next page begins after, None on the last."""

    people: list[Person]
    following: UUID | None


def newest_people(actor: Actor, after: UUID | None = None) -> PeoplePage:
    """People the organisation registered, the last first."""
    people = visible_people(actor).filter(organisation_id=actor.organisation_id)
    last = people.filter(id=after).first() if after else None
    if last:
        earlier = Q(registered_at__lt=last.registered_at)
        people = people.filter(earlier | Q(registered_at=last.registered_at, id__lt=last.id))
    rows = list(people.order_by("-registered_at", "-id")[: PAGE + 1])
    return PeoplePage(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def people_found(actor: Actor, text: str) -> list[Person]:
    """The organisation's people by a document number, or by part of a name in any script, or alike.

    People known only by a shared case are found by their cases: see `casework.queries`.
    """
    by_number = persons_with_document(actor, text) if any(sign.isdigit() for sign in text) else []
    return people_by_ids(actor, [*by_number, *(_named(text) or _sounding_like(text))])


def people_by_ids(actor: Actor, ids: Iterable[UUID]) -> list[Person]:
    """Those of these people whom the actor may see, in the order given."""
    order = list(dict.fromkeys(ids))
    found = visible_people(actor).in_bulk(order)
    return [found[person_id] for person_id in order if person_id in found]


def same_person_ids(actor: Actor, person_id: UUID) -> list[UUID]:
    """Everybody joined with a person by merges, the person included, as far as the actor may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT same_person(%s)", [person_id])
        ids = [row[0] for row in cursor.fetchall()]
    return list(visible_people(actor).filter(id__in=ids).order_by("id").values_list("id", flat=True))


def first_of_same_person(actor: Actor, person_id: UUID) -> UUID:
    """The record that all others joined with this one lead to."""
    links = dict(
        visible_people(actor)
        .filter(id__in=same_person_ids(actor, person_id))
        .values_list("id", "merged_into_id")
    )
    while (following := links.get(person_id)) in links:
        person_id = following
    return person_id


def _named(text: str) -> list[UUID]:
    # Likeness is not leakproof, so under row-level security it could use no index: the database's own
    # function searches, among the current organisation's people only.
    sought = folded(text)
    if not sought:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM search_people(%s, %s)", [sought, SEARCH_LIMIT])
        return [row[0] for row in cursor.fetchall()]


def _sounding_like(name: str) -> list[UUID]:
    """People whose whole name sounds like this one, in whatever script either is written."""
    sought = sought_hashes(Traits(given_names=name))
    found = BlockingKey.objects.filter(key__in=list(sought)).values_list("person_id", flat=True)
    return list(found[:SEARCH_LIMIT])
