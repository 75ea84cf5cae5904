"""Agreements for programs: the list asks the database as much for twelve as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.access.roles import Role
from tests.agreed import proposed
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS
from tests.programs import program_of

pytestmark = pytest.mark.django_db


def asked(program):
    with CaptureQueriesContext(connection) as told:
        answer = program.call("get", "/agreements")
    assert answer.status_code == 200
    return len(told), answer.json()


def test_the_questions_to_the_database_do_not_grow_with_the_list(cast):
    program = program_of(Role.COORDINATOR, RETURN_PARTNERS)
    asked(program)
    proposed(HARBOUR, RETURN_PARTNERS)
    few, _ = asked(program)
    for _number in range(11):
        proposed(CLINIC, RETURN_PARTNERS)
    many, found = asked(program)
    assert many == few
    assert sum(one["title"] == "Care by the port" for one in found) == 12
    assert {len(one["parties"]) for one in found if one["title"] == "Care by the port"} == {2}
