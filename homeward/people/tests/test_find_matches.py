"""Looking for possible duplicates in the background."""

import pytest

from homeward.access.acting import acting_as
from homeward.lib.problems import NotFound, Refused
from homeward.people.commands import (
    decide_match,
    merge_people,
    register_people,
    search_on,
    start_match_search,
)
from homeward.people.jobs import search_for_matches
from homeward.people.models import MatchSearch
from homeward.people.queries import asked_matches, last_match_search
from homeward.people.rules import NewPerson, PersonDetails
from homeward.people.tests.synthetic_people import told_people
from tests.cast import ines, nora, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """A list of invented families, some people twice, registered by Nora."""
    return told_people(40, seed=7, twice=0.2)


@pytest.fixture
def people(told):
    return register_people(nora, people=[NewPerson(_details(row)) for row in told.rows])


def _details(row):
    return PersonDetails(
        given_names=row.given_names,
        family_name=row.family_name,
        native_name=row.native_name,
        birth=row.birth,
        nationalities=row.nationalities,
    )


def run(actor):
    search = start_match_search(actor)
    search_for_matches(str(actor.organisation_id), str(search.id))
    with acting_as(actor):
        return last_match_search(actor)


def test_who_may_not_answer_matches_may_not_look_for_them(people):
    with pytest.raises(Refused):
        start_match_search(ines)


def test_a_stranger_finds_nobody_and_cannot_drive_the_search_of_others(people):
    assert run(stranger).found == 0
    search = start_match_search(nora)
    with pytest.raises(NotFound):
        search_on(stranger, search_id=search.id)


def test_most_people_registered_twice_are_asked_about_and_few_others(people, told):
    search = run(nora)
    place = {person.id: number for number, person in enumerate(people)}
    with acting_as(nora):
        asked = asked_matches(nora, most=200)
    pairs = {tuple(sorted((place[one.person.id], place[one.other.id]))) for one in asked}
    assert search.finished_at is not None
    assert (search.done, search.found) == (len(people), len(pairs))
    assert len(pairs & told.doubles) >= 0.8 * len(told.doubles)
    assert len(pairs & told.doubles) >= 0.7 * len(pairs)
    assert asked[0].match.reasons[0].keys() == {"field", "level", "weight"}


def test_looking_again_asks_nothing_twice_and_nothing_that_was_answered(people):
    run(nora)
    with acting_as(nora):
        asked = asked_matches(nora, most=200)
    decide_match(nora, match_id=asked[0].match.id, is_same=False)
    assert run(nora).found == 0
    with acting_as(nora):
        assert {one.match.id for one in asked_matches(nora, most=200)} == {one.match.id for one in asked[1:]}


def test_people_already_joined_are_not_asked_about(people):
    run(nora)
    with acting_as(nora):
        first = asked_matches(nora)[0]
    merge_people(nora, kept_id=first.person.id, merged_id=first.other.id)
    with acting_as(nora):
        assert first.match.id not in {one.match.id for one in asked_matches(nora, most=200)}


def test_only_one_search_runs_at_a_time(people):
    assert start_match_search(nora) == start_match_search(nora)
    with acting_as(nora):
        assert MatchSearch.objects.count() == 1
