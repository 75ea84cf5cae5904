"""Who may already be known: candidates by hashed keys, compared in memory, most likely first.

Only people the acting organisation may see are candidates; what is sealed is opened for the machine's
comparison alone and never leaves it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from homeward.access.actor import Actor
from homeward.people.likeness_keys import sought_hashes
from homeward.people.matching import Reason, Traits, best_matches
from homeward.people.matching.commonness import Commonness, commonness
from homeward.people.matching.evidence import compared
from homeward.people.matching.pairs import LIKELY
from homeward.people.matching.prepared import Prepared, prepared
from homeward.people.models import Contact, Document, Person
from homeward.people.queries.people import visible_people
from homeward.people.rules import PHONE_KINDS, PersonDetails
from homeward.privacy.sealing import Erased, SubjectKeys, keys_of, place_of

MOST = 10  # matches shown for one description
MOST_OF_MANY = 5
ROWS_AT_A_TIME = 2_000
PEOPLE_AT_A_TIME = 5_000
MOST_REMEMBERED = 60_000
COUNTED = 20_000  # beyond this many people the chance of a namesake hardly changes a score

ONE = """
SELECT sought.key, kept.person_id FROM unnest(%s::bigint[], %s::int[]) AS sought(key, most)
CROSS JOIN LATERAL (
    SELECT person_id FROM people_blockingkey WHERE key = sought.key LIMIT sought.most + 1) kept
"""
MANY = """
SELECT sought.key, array_agg(kept.person_id) FROM unnest(%s::bigint[], %s::int[]) AS sought(key, most)
JOIN people_blockingkey kept ON kept.key = sought.key
GROUP BY sought.key, sought.most HAVING count(*) <= sought.most
"""


@dataclass(frozen=True)
class CaseSeen:
    """A case by which the reader may know the person."""

    case_id: UUID
    reference: str


@dataclass(frozen=True)
class LikelyMatch:
    """A known person who may be the one described, how likely, and why; never a sealed value.

    `cases` is filled in by `casework.queries`, which stands above cases.
    """

    person: Person
    score: float
    reasons: tuple[Reason, ...]
    cases: tuple[CaseSeen, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """The references of the cases that the reader may see."""
        return tuple(case.reference for case in self.cases)


def traits_from(
    details: PersonDetails, *, documents: Iterable[str] = (), phones: Iterable[str] = ()
) -> Traits:
    """A description not yet on record, ready for comparing."""
    return Traits(
        given_names=details.given_names,
        family_name=details.family_name,
        native_name=details.native_name,
        birth=details.birth,
        sex=str(details.sex),
        nationalities=tuple(details.nationalities),
        documents=tuple(documents),
        phones=tuple(phones),
    )


def traits_of(actor: Actor, people: Sequence[Person]) -> dict[UUID, Traits]:
    """The traits of people on record, by their ids; three queries however many they are."""
    ids = [person.id for person in people]
    numbers, phones = _numbers_of(ids), _phones_of(ids)
    return {
        person.id: traits_from(
            _details_of(person), documents=numbers.get(person.id, ()), phones=phones.get(person.id, ())
        )
        for person in people
    }


def likely_matches(
    actor: Actor,
    details: PersonDetails,
    *,
    documents: Iterable[str] = (),
    phones: Iterable[str] = (),
    limit: int = MOST,
) -> list[LikelyMatch]:
    """People the actor may see who may be the one described, most likely first."""
    traits = traits_from(details, documents=documents, phones=phones)
    people = _people(actor, _candidates_of_one(sought_hashes(traits)))
    known = traits_of(actor, people)
    found = best_matches(
        traits, [known[person.id] for person in people], limit=limit, population=_population(actor)
    )
    matches = [LikelyMatch(people[match.position], match.score, match.reasons) for match in found]
    return _once_each(_with_kept(actor, matches))


def likely_matches_of_many(
    actor: Actor, rows: Sequence[Traits], *, at_least: float = LIKELY, most: int = MOST_OF_MANY
) -> dict[int, list[LikelyMatch]]:
    """For a list's rows (by their position) the known people each may be; rows without any are left out."""
    ready = [prepared(row) for row in rows]
    common = commonness(ready, population=_population(actor))
    known = _Known(actor)
    found: dict[int, list[LikelyMatch]] = {}
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        part = range(start, min(start + ROWS_AT_A_TIME, len(rows)))
        candidates = _candidates_of_many({row: rows[row] for row in part})
        known.learn({one for ids in candidates.values() for one in ids})
        for row, ids in candidates.items():
            matches = list(known.alike(ready[row], ids, common, at_least))
            if matches:
                found[row] = matches
    return _settled(actor, found, most)


class _Known:
    """People made ready for comparing, each read once however many rows of a list they come up for."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.people: dict[UUID, tuple[Person, Prepared]] = {}

    def learn(self, ids: set[UUID]) -> None:
        """Read those who are not known yet; forget all before memory grows too large."""
        if len(self.people) > MOST_REMEMBERED:
            self.people.clear()
        for part in _parts(sorted(ids - self.people.keys())):
            people = list(visible_people(self.actor).filter(id__in=part))
            traits = traits_of(self.actor, people)
            self.people |= {person.id: (person, prepared(traits[person.id])) for person in people}

    def alike(
        self, row: Prepared, ids: set[UUID], common: Commonness, at_least: float
    ) -> Iterator[LikelyMatch]:
        """Of these people those who may be the one described."""
        for person, ready in (self.people[person_id] for person_id in ids if person_id in self.people):
            comparison = compared(row, ready, common, at_least=at_least)
            if comparison:
                yield LikelyMatch(person, comparison.score, comparison.reasons)


def _settled(actor: Actor, found: Mapping[int, list[LikelyMatch]], most: int) -> dict[int, list[LikelyMatch]]:
    """The best of each row, with whoever was merged shown as the person they were merged into."""
    every = iter(_with_kept(actor, [match for matches in found.values() for match in matches]))
    return {row: _once_each([next(every) for _ in matches])[:most] for row, matches in found.items()}


def _candidates_of_one(sought: Mapping[int, int]) -> set[UUID]:
    """People who share a key, but for keys that a crowd shares."""
    crowds: defaultdict[int, list[UUID]] = defaultdict(list)
    for key, person_id in _ask(ONE, sought):
        crowds[key].append(person_id)
    return {person_id for key, crowd in crowds.items() if len(crowd) <= sought[key] for person_id in crowd}


def _candidates_of_many(rows: Mapping[int, Traits]) -> dict[int, set[UUID]]:
    hashes = {row: sought_hashes(traits) for row, traits in rows.items()}
    crowds = dict(_ask(MANY, {key: most for keys in hashes.values() for key, most in keys.items()}))
    return {row: {one for key in keys for one in crowds.get(key, ())} for row, keys in hashes.items()}


def _ask(question: str, sought: Mapping[int, int]) -> list[tuple[int, Any]]:
    if not sought:
        return []
    with connection.cursor() as cursor:
        cursor.execute(question, [list(sought), list(sought.values())])
        return list(cursor.fetchall())


def _people(actor: Actor, ids: Iterable[UUID]) -> list[Person]:
    return [person for part in _parts(sorted(ids)) for person in visible_people(actor).filter(id__in=part)]


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), PEOPLE_AT_A_TIME):
        yield ids[start : start + PEOPLE_AT_A_TIME]


def _numbers_of(ids: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    documents = list(
        Document.objects.filter(person_id__in=ids, removed_at=None).only("id", "person_id", "number")
    )
    keys = keys_of(document.person_id for document in documents) if documents else SubjectKeys({})
    for document in documents:
        number = _opened(keys, document)
        if number:
            found[document.person_id].append(number)
    return found


def _opened(keys: SubjectKeys, document: Document) -> str:
    try:
        return keys.open_text(document.person_id, place_of(document, "number"), document.number)
    except Erased:
        return ""


def _phones_of(ids: Sequence[UUID]) -> Mapping[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    live = Contact.objects.filter(person_id__in=ids, kind__in=PHONE_KINDS, ended_on=None)
    for person_id, number in live.values_list("person_id", "value"):
        found[person_id].append(number)
    return found


def _details_of(person: Person) -> PersonDetails:
    return PersonDetails(
        given_names=person.given_names,
        family_name=person.family_name,
        native_name=person.native_name,
        sex=person.sex,  # type: ignore[arg-type]
        birth=person.birth,
        nationalities=tuple(person.nationalities),
    )


def _population(actor: Actor) -> int:
    """How many people the organisation registered, counted no farther than it matters."""
    own = visible_people(actor).filter(organisation_id=actor.organisation_id)
    return own.order_by()[:COUNTED].count()


def _with_kept(actor: Actor, matches: Sequence[LikelyMatch]) -> list[LikelyMatch]:
    """Somebody merged into another is shown as that other, where the actor may see them."""
    ids = {match.person.merged_into_id for match in matches} - {None}
    kept = visible_people(actor).in_bulk(list(ids)) if ids else {}
    return [replace(match, person=kept.get(match.person.merged_into_id, match.person)) for match in matches]


def _once_each(matches: Iterable[LikelyMatch]) -> list[LikelyMatch]:
    best: dict[UUID, LikelyMatch] = {}
    for match in sorted(matches, key=lambda match: (-match.score, match.person.id)):
        best.setdefault(match.person.id, match)
    return list(best.values())
