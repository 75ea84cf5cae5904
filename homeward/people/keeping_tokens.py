"""Keeping match tokens in step with the people, in the transaction that changes them.

They are kept only while the installation lets partners ask one another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from homeward.people.match_tokens import are_kept, tokens_to_keep
from homeward.people.matching import Traits
from homeward.people.matching.tellings import Telling, tellings
from homeward.people.models import Document, Person

KEEP = "SELECT keep_match_tokens(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[], %s::int[])"


def renew_tokens(person_ids: Iterable[UUID]) -> None:
    """Bring the tokens of these people in line with what is now on record."""
    ids = list(person_ids)
    if ids and are_kept():
        people = Person.objects.filter(id__in=ids)
        keep(list(people))


def keep(people: Sequence[Person]) -> None:
    """Replace whatever tokens these people have; two queries however many they are."""
    told = told_of(people)
    rows = [
        (person.id, token)
        for person in people
        for token in tokens_to_keep(person.organisation_id, told[person.id])
    ]
    kept: list[list[Any]] = [
        [person_id for person_id, _ in rows],
        [str(token.kind) for _, token in rows],
        [token.token for _, token in rows],
        [token.key_version for _, token in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [[person.id for person in people], *kept])


def forget_tokens() -> None:
    """Take away every token of the acting organisation's people."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [None, [], [], [], []])


def told_of(people: Sequence[Person]) -> Mapping[UUID, frozenset[Telling]]:
    """What is compared of people on record; no sealed value is opened for it."""
    documents = defaultdict(list)
    live = Document.objects.filter(person__in=people, removed_at=None)
    for person_id, index in live.values_list("person_id", "number_index"):
        documents[person_id].append(bytes(index))
    return {person.id: tellings(_traits(person), documents[person.id]) for person in people}


def _traits(person: Person) -> Traits:
    return Traits(
        given_names=person.given_names,
        family_name=person.family_name,
        native_name=person.native_name,
        birth=person.birth,
        sex=str(person.sex),
        nationalities=tuple(person.nationalities),
    )
