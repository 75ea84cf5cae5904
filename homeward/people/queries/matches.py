"""Possible duplicates that wait for an answer, searches for them, and merges."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actor import Actor
from homeward.lib.problems import NotFound
from homeward.people.matching import Reason
from homeward.people.models import Match, MatchSearch, Merge, Person
from homeward.people.queries.likeness import likely_matches_of_many, traits_of
from homeward.people.queries.people import own_people, visible_people
from homeward.people.rules import MatchState

SHOWN = 10
MOST_OF_ONE = 6  # the person themselves and five others


@dataclass(frozen=True)
class PossibleDuplicate:
    """A pair that may be one person; the smaller id comes first."""

    person_id: UUID
    other_id: UUID
    score: float
    reasons: tuple[Reason, ...]

    def columns(self) -> dict[str, Any]:
        """The pair by the names of its columns."""
        return {**asdict(self), "reasons": [_as_json(reason) for reason in self.reasons]}


@dataclass(frozen=True)
class SearchedPart:
    """What comparing the next people found."""

    pairs: Sequence[PossibleDuplicate]
    people: int
    last_id: UUID | None
    is_last: bool


@dataclass(frozen=True)
class AskedMatch:
    """A question "same person?" with both people; only ever shown while both are the reader's to see."""

    match: Match
    person: Person
    other: Person


def open_matches(actor: Actor) -> QuerySet[Match]:
    """Questions nobody has answered yet, likeliest first; who was joined to another is asked about there."""
    own = Match.objects.filter(organisation_id=actor.organisation_id, state=MatchState.OPEN)
    return own.filter(person__merged_into=None, other__merged_into=None).order_by("-score", "id")


def asked_matches(actor: Actor, *, most: int = SHOWN) -> list[AskedMatch]:
    """The likeliest open questions of which the actor may see both people."""
    return _with_people(actor, list(open_matches(actor)[: most * 3]))[:most]


def matches_of_person(actor: Actor, person_id: UUID) -> list[AskedMatch]:
    """Open questions about one person."""
    about = open_matches(actor).filter(Q(person_id=person_id) | Q(other_id=person_id))
    return _with_people(actor, list(about[:SHOWN]))


def get_match(actor: Actor, match_id: UUID) -> AskedMatch:
    """One question, answered or not, or NotFound when either person is not the actor's to see."""
    own = Match.objects.filter(organisation_id=actor.organisation_id, id=match_id)
    found = _with_people(actor, list(own))
    if not found:
        raise NotFound
    return found[0]


def last_match_search(actor: Actor) -> MatchSearch | None:
    """The search that runs or ran last."""
    own = MatchSearch.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by("-started_at").first()


def merges_of(actor: Actor, person_ids: Sequence[UUID]) -> QuerySet[Merge]:
    """The organisation's live merges among these people, newest first."""
    own = Merge.objects.filter(organisation_id=actor.organisation_id, undone_at=None)
    among = own.filter(kept_id__in=person_ids, merged_id__in=person_ids)
    return among.select_related("kept", "merged").order_by("-merged_at")


def get_merge(actor: Actor, merge_id: UUID) -> Merge:
    """One merge with both people, or NotFound."""
    own = Merge.objects.filter(organisation_id=actor.organisation_id, id=merge_id)
    found = own.select_related("kept", "merged").first()
    seen = visible_people(actor).filter(id__in=[found.kept_id, found.merged_id]).count() if found else 0
    if found is None or seen < 2:
        raise NotFound
    return found


def next_possible_duplicates(actor: Actor, after_id: UUID | None, size: int) -> SearchedPart:
    """Compare the next `size` people with everybody the organisation sees; answered pairs stay out."""
    following = own_people(actor).order_by("id")
    people = list((following.filter(id__gt=after_id) if after_id else following)[:size])
    traits = traits_of(actor, people)
    found = likely_matches_of_many(actor, [traits[person.id] for person in people], most=MOST_OF_ONE)
    pairs: dict[tuple[UUID, UUID], PossibleDuplicate] = {}
    for row, matches in found.items():
        for match in matches:
            first, second = sorted((people[row].id, match.person.id))
            if first != second:
                pairs[first, second] = PossibleDuplicate(first, second, match.score, match.reasons)
    for known in _known_pairs(actor, {first for first, _ in pairs}):
        pairs.pop(known, None)
    last_id = people[-1].id if people else after_id
    return SearchedPart(list(pairs.values()), len(people), last_id, is_last=len(people) < size)


def _known_pairs(actor: Actor, firsts: set[UUID]) -> list[tuple[UUID, UUID]]:
    own = Match.objects.filter(organisation_id=actor.organisation_id, person_id__in=firsts)
    return list(own.values_list("person_id", "other_id"))


def _with_people(actor: Actor, matches: Sequence[Match]) -> list[AskedMatch]:
    ids = {person_id for match in matches for person_id in (match.person_id, match.other_id)}
    seen = visible_people(actor).in_bulk(list(ids))
    return [
        AskedMatch(match, seen[match.person_id], seen[match.other_id])
        for match in matches
        if match.person_id in seen and match.other_id in seen
    ]


def _as_json(reason: Reason) -> dict[str, object]:
    return {"field": reason.field.value, "level": str(reason.level), "weight": reason.weight}
