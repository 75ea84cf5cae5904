"""A row beside the row or the person it may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, QuerySet, When

from homeward.access.actor import Actor
from homeward.casework.queries import cases_of_people
from homeward.exchange.duplicates import traits_of
from homeward.exchange.keeping import open_row
from homeward.exchange.models import Import, ImportRow, PossibleDuplicate
from homeward.exchange.queries.imports import UNDECIDED
from homeward.exchange.rules import Decision, RowState
from homeward.people import queries as people
from homeward.people.matching import Traits
from homeward.people.queries import CaseSeen

if TYPE_CHECKING:
    from homeward.people.models import Person

OPEN_STATES = (RowState.READY, RowState.ASKED, RowState.BLOCKED)


@dataclass(frozen=True)
class Beside:
    """Two descriptions side by side; `earlier` is a row of the same list, `person` somebody known."""

    pair: PossibleDuplicate
    row: ImportRow
    told: Traits
    earlier: ImportRow | None
    person: "Person | None"
    cases: Sequence[CaseSeen]
    other: Traits


def possible_duplicates(actor: Actor, given: Import, *, start: int = 0, most: int = 20) -> list[Beside]:
    """Pairs to decide, what nobody answered first, likeliest first; whoever is hidden by now is left out."""
    pairs = list(_pairs(given)[start : start + most])
    known = {person.id: person for person in _people(actor, pairs)}
    traits = people.traits_of(actor, list(known.values()))
    cases = cases_of_people(actor, known)
    found = (_beside(pair, known, traits, cases) for pair in pairs)
    return [beside for beside in found if beside]


def count_of_duplicates(given: Import) -> tuple[int, int]:
    """How many pairs there are, and how many were answered."""
    pairs = _pairs(given)
    return pairs.count(), pairs.exclude(decision__in=UNDECIDED).count()


def _pairs(given: Import) -> QuerySet[PossibleDuplicate]:
    found = PossibleDuplicate.objects.filter(row__import_of=given, row__state__in=OPEN_STATES)
    # What nobody looked at comes first, then what was put off, then what was answered.
    turn = Case(When(decision=Decision.OPEN, then=0), When(decision=Decision.LATER, then=1), default=2)
    return found.select_related("row", "earlier").order_by(turn, "-score", "row__number", "id")


def _people(actor: Actor, pairs: Iterable[PossibleDuplicate]) -> "list[Person]":
    return list(people.people_by_ids(actor, {pair.person_id for pair in pairs if pair.person_id}))


def _beside(
    pair: PossibleDuplicate,
    known: "Mapping[UUID, Person]",
    traits: Mapping[UUID, Traits],
    cases: Mapping[UUID, Sequence[CaseSeen]],
) -> Beside | None:
    told = traits_of(open_row(pair.row))
    if pair.earlier is not None:
        return Beside(pair, pair.row, told, pair.earlier, None, (), traits_of(open_row(pair.earlier)))
    person = known.get(pair.person_id) if pair.person_id else None
    if person is None:
        return None
    return Beside(pair, pair.row, told, None, person, cases.get(person.id, ()), traits[person.id])
