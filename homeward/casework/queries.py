"""Questions that need both people and cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import cases_in_file, listings_of_people, search_cases, visible_cases
from homeward.lib.problems import NotFound
from homeward.people import queries as people
from homeward.people.matching import Traits
from homeward.people.queries import CaseSeen, LikelyMatch
from homeward.people.rules import PersonDetails
from homeward.sharing.queries import visible_overrides

if TYPE_CHECKING:
    from homeward.people.models import Person
    from homeward.sharing.models import Override

SEARCH_LIMIT = 100


def likely_matches(
    actor: Actor, details: PersonDetails, *, documents: Iterable[str] = (), phones: Iterable[str] = ()
) -> list[LikelyMatch]:
    """Known people who may be the one described, most likely first, with the cases the actor works with."""
    return _with_cases(actor, people.likely_matches(actor, details, documents=documents, phones=phones))


def likely_matches_of_many(actor: Actor, rows: Sequence[Traits]) -> dict[int, list[LikelyMatch]]:
    """The same for a list, by the position of its rows; rows without a match are left out."""
    found = people.likely_matches_of_many(actor, rows)
    every = iter(_with_cases(actor, [match for matches in found.values() for match in matches]))
    return {row: [next(every) for _ in matches] for row, matches in found.items()}


def cases_of_people(actor: Actor, person_ids: Iterable[UUID]) -> Mapping[UUID, tuple[CaseSeen, ...]]:
    """The cases of each person, as far as the actor works with them."""
    found: defaultdict[UUID, tuple[CaseSeen, ...]] = defaultdict(tuple)
    for listing in listings_of_people(actor, person_ids):
        if listing.person_id:
            found[listing.person_id] += (CaseSeen(listing.case_id, listing.reference),)
    return found


def cases_of_same_person(actor: Actor, person_id: UUID) -> Sequence[CaseSeen]:
    """The cases of a person under every record joined with theirs, as far as the actor works with them."""
    found = cases_of_people(actor, people.same_person_ids(actor, person_id))
    return [case for cases in found.values() for case in cases]


def people_found(actor: Actor, text: str) -> "list[Person]":
    """People by name in any script, document number or case reference: registered here or known by a case."""
    by_case = [row.person_id for row in search_cases(actor, text)[:SEARCH_LIMIT] if row.person_id]
    own = people.people_found(actor, text)
    shared = people.people_by_ids(actor, set(by_case) - {person.id for person in own})
    return (own + shared)[:SEARCH_LIMIT]


def people_in_files_of(actor: Actor, person_id: UUID) -> "list[Person]":
    """People who apply together with somebody, as far as the actor may see their cases."""
    files = {case.file_id for case in visible_cases(actor).filter(person_id=person_id) if case.file_id}
    together = [case.person_id for file_id in files for case in cases_in_file(actor, file_id)]
    return people.people_by_ids(actor, [one for one in together if one != person_id])


def _with_cases(actor: Actor, matches: Sequence[LikelyMatch]) -> list[LikelyMatch]:
    cases = cases_of_people(actor, {match.person.id for match in matches}) if matches else {}
    return [replace(match, cases=cases.get(match.person.id, ())) for match in matches]


def overrides_within_reach(actor: Actor) -> "QuerySet[Override]":
    """Vital interests that the actor may decide about: those of cases they work with, and of no case."""
    actor.require(Action.SHARING_OVERRIDE_ANSWER)
    known = Q(case_id=None) | Q(case_id__in=visible_cases(actor).values("id"))
    return visible_overrides(actor).filter(known)


def get_override(actor: Actor, override_id: UUID) -> "Override":
    """One vital interest that the actor may decide about."""
    found = overrides_within_reach(actor).filter(id=override_id).first()
    if found is None:
        raise NotFound
    return found
