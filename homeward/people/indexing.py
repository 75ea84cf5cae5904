"""Keeping the hashed keys and match tokens of people up to date, in the transaction that changes them."""

from collections.abc import Iterable
from uuid import UUID

from homeward.access.actor import Actor
from homeward.people.keeping_tokens import renew_tokens
from homeward.people.likeness_keys import kept_hashes
from homeward.people.matching import Traits
from homeward.people.models import BlockingKey, Person
from homeward.people.queries import traits_of

ROWS_AT_ONCE = 20_000
ADD = """
INSERT INTO people_blockingkey (person_id, key) SELECT * FROM unnest(%s::uuid[], %s::bigint[])
ON CONFLICT DO NOTHING
"""


def add_keys(traits: Iterable[tuple[UUID, Traits]]) -> None:
    """Keep the keys of new people, or of a new paper or telephone of known ones."""
    told = list(traits)
    rows = (BlockingKey(person_id=person_id, key=key) for person_id, one in told for key in kept_hashes(one))
    BlockingKey.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    renew_tokens(person_id for person_id, _ in told)


def renew_keys(actor: Actor, person: Person) -> None:
    """Bring a person's keys in line with what is now on record."""
    traits = traits_of(actor, [person])[person.id]
    wanted = kept_hashes(traits)
    BlockingKey.objects.filter(person_id=person.id).exclude(key__in=wanted).delete()
    add_keys([(person.id, traits)])
