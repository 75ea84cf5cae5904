"""Rows of a list beside people already known: by what is alike, and by the partner's own file number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from homeward.access.actor import Actor
from homeward.cases.commands.listed import LONGEST_NUMBER
from homeward.cases.queries import cases_by_file_number
from homeward.casework.queries import likely_matches_of_many
from homeward.exchange.duplicates import traits_of
from homeward.exchange.rows import ReadRow
from homeward.lib.dates import PartialDate
from homeward.people import queries as people
from homeward.people.matching import Traits, compare
from homeward.people.matching.pairs import LIKELY
from homeward.people.queries import LikelyMatch

if TYPE_CHECKING:
    from homeward.cases.models import Case


def known_people(actor: Actor, rows: Sequence[ReadRow]) -> dict[int, list[LikelyMatch]]:
    """By the index of the row, the known people it may be, likeliest first."""
    told = [traits_of(row) for row in rows]
    alike = likely_matches_of_many(actor, told)
    filed = _of_the_same_file(actor, rows, told)
    return {
        rows[position].index: _once_each([*alike.get(position, ()), *filed.get(position, ())])
        for position in sorted(alike.keys() | filed.keys())
    }


def _of_the_same_file(
    actor: Actor, rows: Sequence[ReadRow], told: Sequence[Traits]
) -> dict[int, list[LikelyMatch]]:
    """A list that was corrected and sent again has the file numbers of the first."""
    known = _people_by_number(actor, {_number(row) for row in rows} - {""})
    found: dict[int, list[LikelyMatch]] = {}
    for position, row in enumerate(rows):
        for case, traits in known.get(_number(row), ()):
            comparison = compare(told[position], replace(traits, file=row.file_reference))
            if comparison.score >= LIKELY:
                match = LikelyMatch(case.person, comparison.score, comparison.reasons)
                found.setdefault(position, []).append(match)
    return found


def _people_by_number(actor: Actor, numbers: set[str]) -> "Mapping[str, list[tuple[Case, Traits]]]":
    cases = cases_by_file_number(actor, numbers) if numbers else []
    traits = people.traits_of(actor, list({case.person_id: case.person for case in cases}.values()))
    found: defaultdict[str, list[tuple[Case, Traits]]] = defaultdict(list)
    for case in cases:
        if case.file:
            told = _with_journey(traits[case.person_id], case)
            found[case.file.partner_reference].append((case, told))
    return found


def _with_journey(traits: Traits, case: "Case") -> Traits:
    return replace(
        traits,
        place=case.return_place,
        returned_from=case.host_country,
        departure=PartialDate.of_day(case.departed_on) if case.departed_on else None,
    )


def _number(row: ReadRow) -> str:
    return row.file_reference.strip()[:LONGEST_NUMBER]


def _once_each(matches: Sequence[LikelyMatch]) -> list[LikelyMatch]:
    best: dict[object, LikelyMatch] = {}
    for match in sorted(matches, key=lambda match: (-match.score, match.person.id)):
        best.setdefault(match.person.id, match)
    return list(best.values())
