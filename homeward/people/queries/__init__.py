"""Reading people: one person, who may be the same person, and what a person's papers and contacts say."""

from homeward.people.queries.likeness import (
    CaseSeen,
    LikelyMatch,
    likely_matches,
    likely_matches_of_many,
    traits_from,
    traits_of,
)
from homeward.people.queries.people import (
    get_person,
    person_for_edit,
    persons_with_document,
    visible_people,
)

__all__ = [
    "CaseSeen",
    "LikelyMatch",
    "get_person",
    "likely_matches",
    "likely_matches_of_many",
    "person_for_edit",
    "persons_with_document",
    "traits_from",
    "traits_of",
    "visible_people",
]
