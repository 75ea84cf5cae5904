"""Known people with the cases by which the reader knows them."""

import pytest

from homeward.access.acting import acting_as
from homeward.casework.queries import likely_matches, likely_matches_of_many
from homeward.lib.dates import PartialDate
from homeward.people.queries import traits_of
from homeward.people.rules import PersonDetails
from tests.cast import nora, stranger

pytestmark = pytest.mark.django_db

SAMI = PersonDetails(given_names="Samy", family_name="Example", birth=PartialDate.of_year(1991))


def test_a_stranger_is_told_of_no_case(sami):
    with acting_as(stranger):
        assert likely_matches(stranger, SAMI) == []


def test_a_known_person_comes_with_the_references_of_their_cases(sami):
    with acting_as(nora):
        (match,) = likely_matches(nora, SAMI)
        assert match.references == (sami.reference,)
        traits = traits_of(nora, [match.person])[match.person.id]
        assert likely_matches_of_many(nora, [traits])[0][0].references == (sami.reference,)
