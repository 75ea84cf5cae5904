"""Opening the cases of a whole list, and taking them back."""

from dataclasses import replace
from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands import open_cases, set_next_step, take_back_cases, tell_imported
from homeward.cases.commands.listed import NewCase, Touched
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.queries import get_case, get_listing, search_cases, timeline_of
from homeward.cases.rules import RoleInFile, Stage
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.cast import nora, stranger, tarek, vera

TODAY = date(2026, 11, 22)
DETAILS = CaseDetails(host_country="XN", return_country="XM", return_place="Saltfield")


@pytest.fixture
def family(cast):
    """Two people of one file, not yet with a case."""
    people = [register_person(nora, details=PersonDetails(given, "Example")) for given in ("Amal", "Badr")]
    return [
        NewCase(people[0].id, DETAILS, "A-17", departed_on=date(2026, 3, 1), arrived_on=date(2026, 3, 2)),
        NewCase(people[1].id, DETAILS, "A-17", RoleInFile.CHILD),
    ]


def test_only_who_may_open_a_case_opens_many(family):
    with pytest.raises(Refused):
        open_cases(vera, cases=family, opened_on=TODAY)


def test_a_country_that_does_not_exist_opens_none(family, past_policies):
    wrong = replace(family[1], details=CaseDetails(host_country="QQ"))
    with pytest.raises(Invalid):
        open_cases(nora, cases=[family[0], wrong], opened_on=TODAY)
    assert past_policies("SELECT id FROM cases_case") == []


def test_people_with_one_number_of_the_partner_are_one_file(family):
    first, second = open_cases(nora, cases=family, opened_on=TODAY)
    with acting_as(nora):
        assert get_case(nora, first.id).file_id == get_case(nora, second.id).file_id
        assert get_case(nora, second.id).role_in_file == RoleInFile.CHILD


def test_a_later_list_adds_to_the_same_file(family):
    first, *_ = open_cases(nora, cases=family[:1], opened_on=TODAY)
    later, *_ = open_cases(nora, cases=family[1:], opened_on=TODAY)
    assert first.file_id == later.file_id


def test_days_that_are_known_make_the_stage_and_the_timeline(family):
    first, second = open_cases(nora, cases=family, opened_on=TODAY)
    with acting_as(nora):
        assert get_listing(nora, first.id).stage == Stage.ARRIVED
        assert get_listing(nora, second.id).stage == Stage.ENQUIRY
        assert {event.kind for event in timeline_of(nora, first.id)} == {"imported", "departed", "arrived"}


def test_they_are_found_by_name_by_their_lead_and_by_nobody_else(family):
    first, _ = open_cases(nora, cases=family, opened_on=TODAY)
    with acting_as(nora):
        assert {listing.case_id for listing in search_cases(nora, "amal")} == {first.id}
    with acting_as(stranger), pytest.raises(NotFound):
        get_case(stranger, first.id)


def test_each_case_is_on_record_by_itself(family, past_policies):
    first, second = open_cases(nora, cases=family, opened_on=TODAY)
    found = past_policies(
        "SELECT case_id FROM audit_entry WHERE action = 'case.open' AND case_id IS NOT NULL"
    )
    assert {row["case_id"] for row in found} == {str(first.id), str(second.id)}


def test_taken_back_they_leave_nothing(family, past_policies):
    made = open_cases(nora, cases=family, opened_on=TODAY)
    taken = take_back_cases(nora, case_ids=[case.id for case in made])
    assert taken.case_ids == {case.id for case in made}
    for table in ("cases_case", "cases_listing", "cases_event", "cases_file"):
        assert past_policies(f"SELECT id FROM {table}") == []


def test_what_somebody_worked_on_stays_and_says_why(family):
    first, second = open_cases(nora, cases=family, opened_on=TODAY)
    set_next_step(nora, case_id=first.id, expected_version=1, next_step="Call", next_step_on=None)
    tell_imported(nora, case_ids=[second.id], on=TODAY)
    taken = take_back_cases(nora, case_ids=[first.id, second.id])
    assert taken.kept == {first.id: Touched.CHANGED, second.id: Touched.WORKED_ON}
    assert not taken.case_ids


def test_nobody_takes_back_what_is_beyond_their_reach(family):
    made = open_cases(nora, cases=family, opened_on=TODAY)
    for actor in (stranger, tarek):
        taken = take_back_cases(actor, case_ids=[case.id for case in made])
        assert set(taken.kept.values()) == {Touched.OUT_OF_REACH}
