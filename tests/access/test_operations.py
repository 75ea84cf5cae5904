"""The access matrix of the API holds, and no operation is missing from it."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from homeward.access.actions import Action
from homeward.access.roles import MAY, Role
from homeward.api.urls import api
from tests.access.operations import BESIDE, ROWS
from tests.access.world import Nowhere, World
from tests.cast import ELSEWHERE, HARBOUR, RETURN_PARTNERS
from tests.programs import Program, program_of

OPERATIONS = {
    described["operationId"]: (method, path.removeprefix("/api/v1"), described)
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1").get("paths").items()
    for method, described in methods.items()
}
KNOWN = [row for row in ROWS if row.operation in OPERATIONS]
AT_PARTNERS = [Role.FIELD_OFFICER, Role.DATA_PROTECTION_OFFICER, Role.CASE_MANAGER, Role.ADMINISTRATOR]
TABLE = re.compile(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"')
# Whose token it is, and the record of the refusal: nothing of what was asked for.
READ_FOR_A_REFUSAL = {"organisations_integration", "organisations_organisation", "audit_entry"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(sami):
    return World(sami)


def ask(row, caller, world):
    method, path, _ = OPERATIONS[row.operation]
    headers = {"If_Match": f'"{row.version(world)}"'} if row.version else {}
    body = {name: str_of(value) for name, value in row.body(world, caller).items()} if row.body else None
    return caller.call(method, path.format(**row.path(world, caller)), body, **headers)


def str_of(value):
    return value if isinstance(value, bool | int | list | dict | None) else str(value)


def tried(row, caller, world):
    """The answer, with everything it changed undone."""
    with transaction.atomic():
        response = ask(row, caller, world)
        transaction.set_rollback(True)
    return response


def test_every_operation_is_in_the_matrix():
    missing = set(OPERATIONS) - {row.operation for row in ROWS}
    assert not missing, f"add rows to tests/access/operations.py for {sorted(missing)}"


def test_the_matrix_names_no_operation_that_is_gone():
    assert not {row.operation for row in ROWS} - set(OPERATIONS)


def test_every_operation_names_its_action():
    assert {described["x-action"] for _, _, described in OPERATIONS.values()} <= set(Action)


@pytest.mark.parametrize("row", KNOWN, ids=str)
def test_without_a_token_every_operation_is_shut(row, world):
    caller = Program()
    assert ask(row, caller, world).status_code == 401
    assert ask(row, caller, Nowhere()).content == ask(row, caller, world).content


@pytest.mark.parametrize("row", KNOWN, ids=str)
def test_another_role_is_refused_before_anything_is_looked_up(row, world, past_policies):
    method, path, described = OPERATIONS[row.operation]
    wrong = next((role for role in AT_PARTNERS if Action(described["x-action"]) not in MAY[role]), None)
    if wrong is None:
        assert described["x-action"] == Action.ORGANISATION_VIEW
        return
    caller = program_of(wrong)
    row.path(world, caller)  # makes what is asked for
    with CaptureQueriesContext(connection) as asked:
        about_sami = ask(row, caller, world)
    assert about_sami.status_code == 403
    assert {table for one in asked for table in TABLE.findall(one["sql"])} <= READ_FOR_A_REFUSAL
    assert {ask(row, caller, Nowhere()).content, nonsense(method, path, caller).content} == {
        about_sami.content
    }
    assert len(past_policies("SELECT id FROM audit_entry WHERE refused")) == 3


def nonsense(method, path, caller):

    return caller.call(method, path.format_map(Anything()), "no json at all" if method != "get" else None)


class Anything(dict):
    def __missing__(self, name):
        return Nowhere().any


@pytest.mark.parametrize("row", KNOWN, ids=str)
def test_each_organisation_gets_the_answer_that_the_matrix_says(row, world):
    callers = {
        "own": program_of(row.role, RETURN_PARTNERS),
        "participant": program_of(BESIDE.get(row.role, row.role), HARBOUR),
        "foreign": program_of(row.role, ELSEWHERE),
    }
    answers = {name: tried(row, caller, world) for name, caller in callers.items()}
    said = {"own": row.own, "participant": row.participant, "foreign": row.foreign}
    assert {name: answer.status_code for name, answer in answers.items()} == said
    for name in [name for name, status in said.items() if status == 404]:
        missing = tried(row, callers[name], Nowhere())
        assert (missing.status_code, missing.content) == (404, answers[name].content)
    if row.foreign != 404:
        assert b"Sami" not in answers["foreign"].content
        assert str(world.case_id).encode() not in answers["foreign"].content
