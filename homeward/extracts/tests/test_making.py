"""Extracts made through the door: what is in them, and what never is. They commit: the door logs in."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.extracts.commands import ask_extract, withdraw_extract
from homeward.extracts.making import make_waiting, remove_old
from homeward.extracts.models import Extract
from homeward.extracts.queries import directory_of
from homeward.extracts.rules import ExtractState
from homeward.extracts.tests.asked import WHY, evaluator, made, rows
from homeward.privacy.commands.requests import record_request, refuse_request
from homeward.privacy.commands.restricting import restrict
from homeward.privacy.rules import RequestKind
from tests.cast import ines

pytestmark = pytest.mark.django_db(transaction=True)


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
