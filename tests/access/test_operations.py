"""The access matrix of the API holds, and no operation is missing from it."""

import importlib
import pkgutil
import re
from copy import copy
from inspect import isfunction
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import homeward
from homeward.access.actions import Action
from homeward.access.roles import MAY, Role
from homeward.api.urls import api
from homeward.files.tests.samples import picture
from tests.access.operations import BESIDE, ROWS
from tests.access.world import Nowhere, World
from tests.cast import ELSEWHERE, HARBOUR, RETURN_PARTNERS
from tests.programs import Program, program_of
from tests.sami import samis_case

SCHEMAS = api.get_openapi_schema()["components"]["schemas"]
OPERATIONS = {
    described["operationId"]: (method, path.removeprefix("/api/v1"), described)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, described in methods.items()
}
KNOWN = [row for row in ROWS if row.operation in OPERATIONS]
AT_PARTNERS = [Role.FIELD_OFFICER, Role.DATA_PROTECTION_OFFICER, Role.CASE_MANAGER, Role.ADMINISTRATOR]
AT_PARTNERS += [Role.FINANCE_OFFICER]  # has no directory of services
TABLE = re.compile(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"')
# Whose token it is, and the record of the refusal: nothing of what was asked for.
READ_FOR_A_REFUSAL = {"organisations_integration", "organisations_organisation", "audit_entry"}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing(standing_cast):
    """Sami's case, and programs of every role and organisation, made once for all rows."""
    roles = dict.fromkeys(row.role for row in ROWS)
    asked = [(role, RETURN_PARTNERS) for role in (*roles, *AT_PARTNERS)]
    asked += [(BESIDE.get(role, role), HARBOUR) for role in roles]
    asked += [(role, ELSEWHERE) for role in roles]
    return World(samis_case()), {who: program_of(*who) for who in dict.fromkeys(asked)}


@pytest.fixture
def world(standing):
    """What a row makes beyond that is its own, and is undone after it."""
    return copy(standing[0])


@pytest.fixture
def program(standing):
    """`program(role, organisation)` is a program in that role there."""
    return lambda role, organisation_id=RETURN_PARTNERS: standing[1][role, organisation_id]


def prepared(row, caller, world, more=None):
    """The call, ready to be made."""
    method, path, _ = OPERATIONS[row.operation]
    headers = {"If_Match": f'"{row.version(world)}"'} if row.version else {}
    body = {name: str_of(value) for name, value in row.body(world, caller).items()} if row.body else None
    if body is not None:
        body = {**(more or {}), **body}
    address = path.format(**row.path(world, caller)) + row.query
    if row.form:
        return lambda: caller.send(address, {**body, "file": SimpleUploadedFile("photo.jpg", picture())})
    return lambda: caller.call(method, address, body, **headers)


def ask(row, caller, world):
    return prepared(row, caller, world)()


def made(row, caller, world):
    """Make what is asked for."""
    row.path(world, caller)
    if row.body:
        row.body(world, caller)


def str_of(value):
    return value if isinstance(value, bool | int | list | dict | None) else str(value)


def tried(row, caller, world, more=None):
    """The answer, with everything it changed undone."""
    with transaction.atomic():
        response = prepared(row, caller, world, more)()
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
def test_without_a_token_or_in_another_role_nothing_is_even_looked_up(row, world, program, past_policies):
    _, _, described = OPERATIONS[row.operation]
    assert told_nothing(row, Program(), world) == 401
    wrong = next((role for role in AT_PARTNERS if Action(described["x-action"]) not in MAY[role]), None)
    if wrong is None:
        assert described["x-action"] == Action.ORGANISATION_VIEW
    else:
        assert told_nothing(row, program(wrong), world) == 403
        assert len(past_policies("SELECT id FROM audit_entry WHERE refused")) == 3


def told_nothing(row, caller, world):
    """The status that a call about Sami, about nobody and about nothing at all have in common."""
    made(row, caller, world)
    call = prepared(row, caller, world)
    with CaptureQueriesContext(connection) as asked:
        answer = call()
    assert {table for one in asked for table in TABLE.findall(one["sql"])} <= READ_FOR_A_REFUSAL
    method, path, _ = OPERATIONS[row.operation]
    nonsense = caller.call(method, path.format_map(Anything()), None if method == "get" else "no json at all")
    assert ask(row, caller, Nowhere()).content == nonsense.content == answer.content
    return answer.status_code


class Anything(dict):
    def __missing__(self, name):
        return Nowhere().any


@pytest.mark.parametrize("row", KNOWN, ids=str)
def test_each_organisation_gets_the_answer_that_the_matrix_says(row, world, program):
    callers = {
        "own": program(row.role, RETURN_PARTNERS),
        "participant": program(BESIDE.get(row.role, row.role), HARBOUR),
        "foreign": program(row.role, ELSEWHERE),
    }
    if row.before:
        getattr(world, row.before)()
    made(row, callers["own"], world)
    answers = {name: tried(row, caller, world) for name, caller in callers.items()}
    assert_only_listed_fields_count(row, callers["own"], world, answers["own"])
    said = {"own": row.own, "participant": row.participant, "foreign": row.foreign}
    assert {name: answer.status_code for name, answer in answers.items()} == said
    for name in [name for name, status in said.items() if status == 404]:
        missing = tried(row, callers[name], Nowhere())
        assert (missing.status_code, missing.content) == (404, answers[name].content)
    if row.foreign != 404:
        assert b"Sami" not in answers["foreign"].content
        assert str(world.case_id).encode() not in answers["foreign"].content


EVERY_FIELD = {
    field.attname
    for model in apps.get_models()
    if model.__module__.startswith("homeward.")
    for field in model._meta.concrete_fields
}
INVENTED = dict.fromkeys((*EVERY_FIELD, *(f"is_{number}" for number in range(20))), "invented")
MADE_ANEW = re.compile(
    r'[0-9a-f]{8}-[0-9a-f-]{27}|"\d{4}-\d\d-\d\dT[^"]+"|"(?:reference|secret|token|link)":"[^"]*"|"code":"\d{6}"'
)


def assert_only_listed_fields_count(row, caller, world, plain):
    """Sending every field of every table, and some of no table, changes nothing beyond what is listed."""
    if row.body is None:
        return
    listed = fields_listed(OPERATIONS[row.operation][2]["requestBody"])
    more = {name: value for name, value in INVENTED.items() if name not in listed}
    crowded = tried(row, caller, world, more)
    assert crowded.status_code == plain.status_code
    assert MADE_ANEW.sub("", crowded.content.decode()) == MADE_ANEW.sub("", plain.content.decode())


def fields_listed(body):
    (described,) = body["content"].values()
    schema = described["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    return set((SCHEMAS[name] if name else schema)["properties"])


# What no program does, and why.
FOR_PEOPLE = {
    "accept_invitation": "a person joins, with a password of their own",
    "ask_for_factor_reset": "a person lost their own second factor",
    "confirm_factor_reset": "a colleague has seen the person",
    "decline_factor_reset": "a colleague has seen the person",
    "open_in_emergency": "a program's reach has no limit that an emergency could lift",
    "save_view": "a view of one's own screen",
    "forget_view": "a view of one's own screen",
    "save_step_done": "an application that is still being written on the screen",
    "save_wish": "an application that is still being written on the screen",
    "discard_version": "a person throws away what people wrote",
    "remove_party": "a person takes a partner out of a programme",
    "export_cases": "programs read the list itself",
    "propose_protocol": "two people answer for what an enforcement body is told",
    "approve_protocol": "two people answer for what an enforcement body is told",
    "end_protocol": "two people answer for what an enforcement body is told",
    "make_notice": "a named person tells an enforcement body of one journey, never a program",
    "withdraw_notice": "a named person tells an enforcement body of one journey, never a program",
    "make_account": "from the command line only",
    "end_account": "from the command line only",
    "create_enforcement_body": "from the command line only",
    "look_at_alert": "an officer looks, and answers for what they found",
    "add_provider": "directories come in as files",
    "edit_provider": "directories come in as files",
    "add_service": "directories come in as files",
    "edit_service": "directories come in as files",
    "bring_in_services": "directories come in as files, with `homeward services import` or on the page",
    "take_out_services": "programs read the public directory",
    "propose_service": "a person tells of what they know",
    "read_feedback": "a person reads what may tell of somebody",
    "take_example_rules": "a person begins with what nobody verified",
    "verify_transfer_rule": "a lawyer confirmed it to a person",
    "answer_approval": "a person answers, who can be asked about it",
    "pass_on": "a person asks a colleague",
    "adopt_rates": "a person answers for whose rates are used",
    "end_adoption": "a person answers for whose rates are used",
    "add_holiday": "lists of holidays come in as files on the page",
    "import_holidays": "lists of holidays come in as files on the page",
    "remove_holiday": "lists of holidays come in as files on the page",
    "set_weekend": "lists of holidays come in as files on the page",
    "withdraw_approval": "programs take back the plan or the money they asked for",
    "add_goal": "programs write a draft as a whole",
    "change_goal": "programs write a draft as a whole",
    "remove_goal": "programs write a draft as a whole",
    "add_activity": "programs write a draft as a whole",
    "change_activity": "programs write a draft as a whole",
    "remove_activity": "programs write a draft as a whole",
    "answer_override": "two people answer for a life in danger",
    "accept_agreement": "a person binds their organisation",
    "record_breach": "an officer answers for the register of breaches",
    "note_breach_step": "an officer answers for the register of breaches",
    "answer_request": "an officer answers a person",
    "extend_request": "an officer answers a person",
    "note_request_step": "an officer answers a person",
    "refuse_request": "an officer answers a person",
    "confirm_identity": "an officer looked at who asks",
    "ask_copy": "everything about somebody goes through an officer's hands, never to a token",
    "erase_person": "an officer erases, and answers for it",
    "enter_own_page": "the person's own page",
    "leave_own_page": "the person's own page",
    "ask_question": "the person's own page",
    "complain": "the person's own page",
    "add_form_file": "a person looks a draft through before anybody is asked",
    "set_privacy": "a person answers for how private answers are",
    "discard_form": "a person throws a draft away",
    "review_submission": "a person looks at what is odd",
    "answer_complaint": "a person answers a person",
    "allow_asking": "a named person answers for what somebody protected gains by it",
    "note_possible_match": "a colleague expects a partner's call",
    "add_phone": "an officer sets their own telephone up",
    "end_phone": "an officer shuts a lost telephone out",
    "begin_filling": "programs send filled forms as telephones do",
    "send_filled": "programs send filled forms as telephones do",
    "open_to_person": "whoever visits a person lets them answer by themselves",
    "close_to_person": "whoever visits a person lets them answer by themselves",
    "set_area": "a coordinator knows who goes where",
    "clear_area": "a coordinator knows who goes where",
    "confirm_extract": "a second person answers for what can be joined",
    "decline_extract": "a second person answers for what can be joined",
    "check_report": "two people answer for what goes outside",
    "release_report": "two people answer for what goes outside",
    "copy_template": "on a page, by who answers for what a report says",
    "change_template": "on a page, by who answers for what a report says",
    "end_template": "on a page, by who answers for what a report says",
    "schedule_report": "on a page, by who answers for what a report says",
    "end_schedule": "on a page, by who answers for what a report says",
    "import_profile": "on a page or the command line, by who answers for the weights",
    "use_profile": "on a page or the command line, by who answers for the weights",
    "discard_profile": "on a page or the command line, by who answers for the weights",
    "derive_profile": "on a page or the command line, by who answers for the weights",
    "name_party": "a person asks partners what they think",
    "begin_framework_version": "a person begins what people will agree on",
    "open_consultation": "a person asks partners what they think",
    "take_back": "a person answers for a draft that partners read",
    "validate_version": "named people say yes",
    "put_in_force": "a named person answers for it",
}
# What other commands and timers do on the way.
FROM_WITHIN = """
disclose record_consent record_refusal
escalate_silent tell_of_turns receive_enquiries
ask_approval begin_planning escalate_overdue note_plan record_plan_agreed take_answer
take_override_answer take_override_back
decide_match destroy_key destroy_keys finish_saving forget_files give_up_saving grant_entitlements
keep_reading lapse_outdated mark_unreadable note_merge note_person_changed open_cases propose_from_list
register_people remind_of_appointments remove_file remove_people require_gates rewrap_keys save_rows
search_on store_file take_back_cases take_back_proposals tell_imported
begin_erasure draft_referral escalate_late_referrals expire_silent_referrals finish_copy finish_erasure
keep_copy note_copy_progress
remind_receivers store_copy take_copy_away take_over_referrals tell_recipient withdraw_open_referrals
receive erase_answers load_shipped
load_programme record_eligibility reserve_room free_room write_letter
renew_match_tokens
close_windows doubt_submission hand_in keep_up_visits load_shipped_profile plan_changed_cases rescore_on
score_new forget_unsent
begin_extract expire_extract fail_extract finish_extract note_extract_progress write_answer
release_tables keep_drawings
load_framework begin_table write_values finish_table
begin_file fail_file finish_file
write_comparison fail_comparison
begin_report fail_report finish_report move_schedule note_report_progress
claim_messages forget_strangers note_replies remind_people settle_message take_reply take_report
"""


def test_every_command_can_be_given_by_a_program_or_it_is_said_why_not():
    commands = {
        name
        for module in pkgutil.walk_packages(homeward.__path__, "homeward.")
        if "commands" in module.name.split(".")
        for name, function in vars(importlib.import_module(module.name)).items()
        if isfunction(function) and hasattr(function, "action")
    }
    api_code = [path.read_text() for path in Path(homeward.__path__[0], "api").rglob("*.py")]
    called = set(re.findall(r"\b(?:\w*commands|casework|people)\.(\w+)\(", "\n".join(api_code)))
    assert commands - called == set(FOR_PEOPLE) | set(FROM_WITHIN.split())
