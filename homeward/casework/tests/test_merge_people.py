"""Joining two records of one person, and parting them again."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.access.acting import acting_as
from homeward.cases.commands import open_case
from homeward.cases.queries import search_cases, timeline_of
from homeward.cases.rules import EventKind
from homeward.casework.commands import answer_match, change_person, merge_people, undo_merge
from homeward.casework.queries import cases_of_same_person, people_found
from homeward.lib.dates import PartialDate
from homeward.lib.problems import NotFound, Refused, WrongState
from homeward.people.commands import register_person
from homeward.people.models import Match
from homeward.people.queries import get_person, matches_of_person, merges_of, same_person_ids
from homeward.people.rules import MatchState, PersonDetails
from tests.agreed import shared
from tests.cast import HARBOUR, ines, jonas, nora, stranger, tarek

pytestmark = pytest.mark.django_db

ALIAS = PersonDetails(given_names="Samir", family_name="Beispiel", birth=PartialDate.of_year(1991))


@pytest.fixture
def samir(sami):
    """Sami's second record, with a case of its own."""
    person = register_person(nora, details=ALIAS)
    return open_case(nora, person_id=person.id, opened_on=date(2026, 3, 9))


def found(actor, text):
    with acting_as(actor):
        return {row.case_id for row in search_cases(actor, text)}


def rows_of_people(past_policies):
    return past_policies("SELECT * FROM people_person ORDER BY id")


def test_who_only_oversees_may_not_merge(sami, samir):
    with pytest.raises(Refused):
        merge_people(ines, kept_id=sami.person_id, merged_id=samir.person_id)


def test_a_stranger_cannot_tell_that_either_person_exists(sami, samir):
    own = register_person(stranger, details=ALIAS)
    with pytest.raises(NotFound):
        merge_people(stranger, kept_id=sami.person_id, merged_id=own.id)
    with pytest.raises(NotFound):
        merge_people(stranger, kept_id=own.id, merged_id=sami.person_id)


def test_a_merge_of_others_cannot_be_undone(sami, samir):
    merge = merge_people(nora, kept_id=sami.person_id, merged_id=samir.person_id)
    with pytest.raises(NotFound):
        undo_merge(stranger, merge_id=merge.id)


def test_a_person_cannot_be_merged_twice_with_the_same(sami, samir):
    merge_people(nora, kept_id=sami.person_id, merged_id=samir.person_id)
    for kept, merged in ((sami, samir), (samir, sami)):
        with pytest.raises(WrongState):
            merge_people(nora, kept_id=kept.person_id, merged_id=merged.person_id)


def test_somebody_of_another_office_is_not_told_of_people_with_a_case_elsewhere(sami):
    with acting_as(tarek), pytest.raises(NotFound):
        get_person(tarek, sami.person_id)
    with pytest.raises(NotFound):
        change_person(tarek, person_id=sami.person_id, expected_version=1, details=ALIAS)


def test_both_cases_are_found_under_both_names_and_tell_of_it(sami, samir):
    merge_people(nora, kept_id=sami.person_id, merged_id=samir.person_id)
    both = {sami.id, samir.id}
    assert found(nora, "beispiel") == found(nora, "Example") == found(nora, "مثال") == both
    with acting_as(nora):
        for case_id in both:
            assert timeline_of(nora, case_id)[0].kind == EventKind.MERGED
        assert {case.case_id for case in cases_of_same_person(nora, samir.person_id)} == both


def test_undoing_restores_every_row_and_search(sami, samir, past_policies):
    before = rows_of_people(past_policies)
    listings = past_policies("SELECT id, search_name FROM cases_listing ORDER BY id")
    merge = merge_people(nora, kept_id=sami.person_id, merged_id=samir.person_id)
    undo_merge(nora, merge_id=merge.id)
    assert rows_of_people(past_policies) == before
    assert past_policies("SELECT id, search_name FROM cases_listing ORDER BY id") == listings
    assert found(nora, "beispiel") == {samir.id}
    with pytest.raises(WrongState):
        undo_merge(nora, merge_id=merge.id)


def test_a_partner_who_sees_one_record_only_learns_no_name_of_the_other(sami, samir):
    shared(nora, samir.id, HARBOUR)
    merge_people(nora, kept_id=sami.person_id, merged_id=samir.person_id)
    assert found(jonas, "beispiel") == {samir.id}
    assert found(jonas, "example") == set()
    with acting_as(jonas):
        assert same_person_ids(jonas, samir.person_id) == [samir.person_id]
        assert people_found(jonas, "sami example") == []


def test_a_third_record_joins_the_first_and_parts_from_it_alone(sami, samir):
    third = register_person(nora, details=replace(ALIAS, given_names="Sam"))
    first = merge_people(nora, kept_id=sami.person_id, merged_id=samir.person_id)
    second = merge_people(nora, kept_id=samir.person_id, merged_id=third.id)
    assert second.kept_id == sami.person_id
    undo_merge(nora, merge_id=first.id)
    with acting_as(nora):
        assert set(same_person_ids(nora, third.id)) == {sami.person_id, third.id}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5),
    order=st.permutations(range(5)),
)
def test_undoing_all_merges_in_any_order_gives_everything_back(cast, past_policies, steps, order):
    people = [register_person(nora, details=ALIAS).id for _ in range(4)]
    before = rows_of_people(past_policies)
    made = []
    for kept, merged in steps:
        with suppress(WrongState):
            made.append(merge_people(nora, kept_id=people[kept], merged_id=people[merged]))
    links = {row["id"]: row["merged_into_id"] for row in rows_of_people(past_policies)}
    joined = {str(person_id) for person_id in people if links[str(person_id)]}
    assert len(joined) == len(made)
    for _, merge in sorted(zip(order, made, strict=False), key=lambda pair: pair[0]):
        undo_merge(nora, merge_id=merge.id)
    assert rows_of_people(past_policies) == before


@pytest.fixture
def question(sami, samir):
    first, second = sorted((sami.person_id, samir.person_id))
    with acting_as(nora):
        return Match.objects.create(
            organisation_id=nora.organisation_id, person_id=first, other_id=second, score=0.8, reasons=[]
        )


def test_a_question_of_others_cannot_be_answered(question):
    with pytest.raises(NotFound):
        answer_match(stranger, match_id=question.id, is_same=True)


def test_yes_joins_the_later_record_to_the_earlier(question, sami, samir):
    answer_match(nora, match_id=question.id, is_same=True)
    with acting_as(nora):
        assert get_person(nora, samir.person_id).merged_into_id == sami.person_id
    with pytest.raises(WrongState):
        answer_match(nora, match_id=question.id, is_same=False)


def test_no_is_remembered_with_who_and_when(question, sami):
    match = answer_match(nora, match_id=question.id, is_same=False)
    assert (match.state, match.decided_by_id) == (MatchState.DIFFERENT, nora.user_id)
    assert match.decided_at is not None
    with acting_as(nora):
        assert matches_of_person(nora, sami.person_id) == []


def test_after_an_undo_the_question_is_open_again(question, sami):
    answer_match(nora, match_id=question.id, is_same=True)
    with acting_as(nora):
        (merge,) = merges_of(nora, same_person_ids(nora, sami.person_id))
    undo_merge(nora, merge_id=merge.id)
    with acting_as(nora):
        assert [asked.match.id for asked in matches_of_person(nora, sami.person_id)] == [question.id]


def test_a_corrected_name_shows_in_the_lists_at_once(sami):
    change_person(nora, person_id=sami.person_id, expected_version=1, details=ALIAS)
    assert found(nora, "beispiel") == {sami.id}
    assert found(nora, "example") == set()
    with acting_as(nora):
        assert timeline_of(nora, sami.id)[0].kind == EventKind.PERSON_CHANGED
