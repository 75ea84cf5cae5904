"""Extracts made through the door: what is in them, and what never is. They commit: the door logs in."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from homeward.access.acting import acting_as
from homeward.cases.commands import open_case
from homeward.casework.commands import merge_people
from homeward.extracts.alone import alone_with
from homeward.extracts.commands import ask_extract, withdraw_extract
from homeward.extracts.making import make_extract, make_waiting, remove_old
from homeward.extracts.models import Extract
from homeward.extracts.queries import directory_of
from homeward.extracts.rules import ExtractState
from homeward.extracts.tests.asked import WHY, evaluator, made, rows
from homeward.lib.dates import PartialDate
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails, Sex
from homeward.privacy.commands.requests import record_request, refuse_request
from homeward.privacy.commands.restricting import restrict
from homeward.privacy.rules import RequestKind
from tests.cast import ines, nora

pytestmark = pytest.mark.django_db(transaction=True)
MOST_WAITING_SECONDS = 20
WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'plans_planversion'::regclass AND NOT granted)"


def another_record(name):
    """A second record of Sami, in which everything is otherwise, with a case of its own."""
    details = PersonDetails(
        given_names=name,
        family_name="Specimen",
        sex=Sex.OTHER,
        birth=PartialDate.of_year(1980),
        nationalities=("XN",),
    )
    person = register_person(nora, details=details)
    return open_case(nora, person_id=person.id, opened_on=date(2026, 3, 9))


def test_who_is_restricted_or_objects_is_left_out_and_who_was_refused_is_in(sami):
    asked = record_request(
        ines, subject_id=sami.person_id, kind=RequestKind.OBJECTION, received_on=date(2026, 4, 1)
    )
    assert rows(made(), "cases") == []
    assert rows(made(), "persons") == []
    refuse_request(ines, request_id=asked.id, why="The law asks for these figures")
    assert len(rows(made(), "cases")) == 1
    restrict(ines, subject_id=sami.person_id, reason="The person contests what is written")
    assert rows(made(), "cases") == []


def test_records_joined_one_after_the_other_are_one_person(sami):
    second, third = another_record("Samir"), another_record("Sam")
    merge_people(nora, kept_id=second.person_id, merged_id=sami.person_id)
    merge_people(nora, kept_id=third.person_id, merged_id=second.person_id)
    extract = made()
    (person,) = rows(extract, "persons")
    cases = rows(extract, "cases")
    assert (len(cases), {one["person_id"] for one in cases}) == (3, {person["person_id"]})
    told = (person["sex"], person["birth_year_band"], person["nationality"])
    assert told == ("other", "1980-1984", "XN"), "as in the record that the others were joined to"


def test_who_is_left_out_is_left_out_under_every_record(sami):
    other = another_record("Samir")
    merge_people(nora, kept_id=other.person_id, merged_id=sami.person_id)
    asked = record_request(
        ines, subject_id=sami.person_id, kind=RequestKind.OBJECTION, received_on=date(2026, 4, 1)
    )
    assert rows(made(), "cases") == []
    refuse_request(ines, request_id=asked.id, why="The law asks for these figures")
    assert len(rows(made(), "cases")) == 2
    restrict(ines, subject_id=other.person_id, reason="The person contests what is written")
    assert rows(made(), "cases") == []


def test_what_was_asked_for_is_made_by_a_process_of_its_own(sami):
    asked = ask_extract(evaluator, why=WHY)
    assert make_waiting() == 1
    assert make_waiting() == 0
    with acting_as(evaluator):
        assert Extract.objects.get(id=asked.id).state == ExtractState.READY
    assert remove_old(date(2026, 1, 1)) == 0
    assert remove_old(date(2099, 1, 1)) == 1
    assert not directory_of(asked.id).exists()


def test_one_that_is_withdrawn_while_it_is_made_leaves_nothing(sami):
    asked = ask_extract(evaluator, why=WHY)
    withdraw_extract(evaluator, extract_id=asked.id, why="Asked for by mistake")
    assert make_waiting() == 0
    assert not directory_of(asked.id).exists()


def test_one_that_is_withdrawn_while_rows_are_read_leaves_nothing_and_stops_nobody(sami, scratch):
    asked = ask_extract(evaluator, why=WHY)

    def work():
        try:
            return make_waiting()
        finally:
            connections.close_all()

    with scratch.superuser() as other, ThreadPoolExecutor(1) as threads:
        with other.transaction():
            other.execute("LOCK TABLE plans_planversion IN ACCESS EXCLUSIVE MODE")
            working = threads.submit(work)
            until(lambda: other.execute(WAITS).fetchone()[0])
            withdraw_extract(evaluator, extract_id=asked.id, why="Asked for by mistake")
        assert working.result(MOST_WAITING_SECONDS) == 0
    with acting_as(evaluator):
        assert Extract.objects.get(id=asked.id).state == ExtractState.WITHDRAWN
    assert not directory_of(asked.id).exists()


def until(is_so):
    for _ in range(MOST_WAITING_SECONDS * 20):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to that")


def test_what_another_process_makes_is_left_to_it(sami):
    asked = ask_extract(evaluator, why=WHY)
    with alone_with(asked.id) as alone:
        assert alone
        assert make_extract(evaluator, extract_id=asked.id).state == ExtractState.ASKED
        assert make_waiting() == 0
    assert make_waiting() == 1
    assert make_extract(evaluator, extract_id=asked.id).state == ExtractState.READY
    assert directory_of(asked.id).exists()
