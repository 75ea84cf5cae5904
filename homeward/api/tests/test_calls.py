"""What every call has in common: a token, problem details, versions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.organisations.commands import end_integration
from homeward.organisations.models import Integration
from tests.cast import RETURN_PARTNERS, nora
from tests.programs import Program, program_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

PROBLEM = "application/problem+json"


@pytest.fixture
def program():
    return program_of()


def problem_of(response):
    assert response.headers["Content-Type"] == PROBLEM
    return response.status_code, response.json()["code"]


def test_without_a_token_nothing_opens(sami):
    response = Program().get(f"/cases/{sami.id}")
    assert problem_of(response) == (401, "unauthenticated")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_an_invented_token_opens_nothing(sami):
    token = f"hw_{RETURN_PARTNERS.hex}_invented"
    assert problem_of(Program(token).get(f"/cases/{sami.id}")) == (401, "unauthenticated")


def test_a_session_opens_nothing_here(sami, client_of):
    assert client_of(nora).get(f"/api/v1/cases/{sami.id}").status_code == 401


def test_an_ended_integration_is_out_at_the_next_call(program, sami, as_actor):
    assert program.get(f"/cases/{sami.id}").status_code == 200
    with as_actor(nora):
        integration = Integration.objects.get()
    end_integration(system_actor(RETURN_PARTNERS), integration_id=integration.id)
    assert program.get(f"/cases/{sami.id}").status_code == 401


@pytest.mark.parametrize("path", ["/nothing", "/cases/not-an-id", "/cases/", "/../v2", "/people/1/2/3"])
def test_an_unknown_address_is_told_as_a_record_that_is_not_there(program, path):
    assert problem_of(program.get(path)) == (404, "not_found")


def test_an_unknown_address_is_told_without_a_token_too():
    assert problem_of(Program().get("/nothing")) == (404, "not_found")


def test_another_method_is_told_which_there_are(program):
    response = program.call("patch", "/cases", {})
    assert problem_of(response) == (405, "method_not_allowed")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_a_body_that_is_no_json_is_not_understood(program):
    assert problem_of(program.post("/people", "{")) == (400, "not_understood")


@pytest.mark.parametrize("body", ['"text"', "[]", "null", '{"family_name": "\\ud800"}', "{'a': 1}", "\xff"])
def test_a_body_that_is_no_object_is_not_understood(program, body):
    assert problem_of(program.post("/people", body)) == (400, "not_understood")


def test_a_body_of_another_kind_is_not_taken(program):
    response = program.client.post("/api/v1/people", {"family_name": "Example"}, headers=program.headers)
    assert problem_of(response) == (415, "unknown_media_type")


@pytest.mark.parametrize("name", ["with\x00nothing", "x" * 201, 1, None, ["x"]])
def test_what_the_database_cannot_keep_is_named(program, name):
    response = program.post("/people", {"family_name": name})
    assert problem_of(response) == (422, "invalid")
    assert "family_name" in response.json()["fields"]


def test_a_body_without_end_is_not_read(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert problem_of(program.post("/people", {"family_name": "x" * 1100})) == (413, "too_large")


def test_problems_are_told_in_the_callers_language(program):
    response = program.get("/nothing", Accept_Language="fr")
    assert response.headers["Content-Language"] == "fr"


def test_a_person_is_registered_and_read_back(program):
    sent = {
        "given_names": "Amal",
        "family_name": "Example",
        "birth": {"earliest": "1988-01-01", "latest": "1988-12-31", "precision": "year"},
        "nationalities": ["XM"],
    }
    made = program.post("/people", sent)
    assert made.status_code == 201, made.json()
    person = made.json()
    assert {name: person[name] for name in sent} == sent
    again = program.get(f"/people/{person['id']}")
    assert (again.json(), again.headers["ETag"]) == (person, '"1"')


def test_an_edit_without_a_version_changes_nothing(program, sami):
    assert problem_of(program.put(f"/cases/{sami.id}", {})) == (428, "precondition_required")


def test_an_edit_of_an_old_version_changes_nothing(program, sami):
    version = program.get(f"/cases/{sami.id}").headers["ETag"]
    changed = program.put(f"/cases/{sami.id}", {"return_place": "Old Harbour"}, If_Match=version)
    assert changed.status_code == 200
    late = program.put(f"/cases/{sami.id}", {"return_place": "Elsewhere"}, If_Match=version)
    assert problem_of(late) == (409, "edit_conflict")
    now = program.get(f"/cases/{sami.id}")
    assert (now.json()["return_place"], now.headers["ETag"]) == ("Old Harbour", changed.headers["ETag"])


def test_fields_that_no_schema_names_change_nothing(program, sami, past_policies):
    invented = {
        "lead_organisation_id": str(sami.id),
        "closed_on": "2026-01-01",
        "is_admin": True,
        "version": 9,
    }
    program.put(f"/cases/{sami.id}", invented, If_Match=f'"{sami.version}"')
    row = past_policies("SELECT * FROM cases_case")[0]
    assert (row["lead_organisation_id"], row["closed_on"], row["version"]) == (
        str(RETURN_PARTNERS),
        None,
        sami.version + 1,
    )


def test_a_program_leads_no_case_itself(program, sami):
    body = {"person_id": str(sami.person_id), "opened_on": "2026-03-02", "lead_membership_id": str(sami.id)}
    response = program.post("/cases", body)
    assert problem_of(response) == (422, "invalid")
    assert list(response.json()["fields"]) == ["lead_membership_id"]


def test_a_program_opens_a_case_for_the_colleague_it_names(program, sami):
    body = {
        "person_id": str(sami.person_id),
        "opened_on": "2026-03-02",
        "lead_membership_id": str(nora.membership_id),
    }
    assert program.post("/cases", body).json()["lead_user_id"] == str(nora.user_id)


def test_a_refusal_is_on_record(sami, past_policies):
    program_of(Role.FIELD_OFFICER).get(f"/cases/{sami.id}")
    refused = past_policies("SELECT note, organisation_id FROM audit_entry WHERE refused")
    assert refused == [{"note": "api:v1:view_case", "organisation_id": str(RETURN_PARTNERS)}]


def test_who_calls_too_often_is_told_when_to_come_back(program, settings):
    settings.API_CALLS_A_MINUTE = 2
    answers = [program.get("/programmes") for _ in range(4)]
    assert problem_of(answers[-1]) == (429, "too_many_calls")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert program_of(name="Another").get("/programmes").status_code == 200


def open_cases(program, person_id, count):
    body = {
        "person_id": str(person_id),
        "opened_on": "2026-03-02",
        "lead_membership_id": str(nora.membership_id),
    }
    assert {program.post("/cases", body).status_code for _ in range(count)} == {201}


@pytest.mark.parametrize("order", ["newest", "promise"])
def test_a_list_goes_on_where_the_page_before_ended(program, order, sami):
    open_cases(program, sami.person_id, 30)
    seen, after = [], ""
    while after is not None:
        page = program.get(f"/cases?order={order}" + (f"&after={after}" if after else "")).json()
        seen += [case["case_id"] for case in page["cases"]]
        after = page["following"]
    assert len(seen) == len(set(seen)) == 31


@pytest.mark.parametrize("path", ["/cases", "/people", "/cases/{}/timeline", "/cases/{}/notes"])
def test_a_list_asks_the_database_no_more_often_for_many_than_for_one(program, path, sami):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert program.get(path.format(sami.id)).status_code == 200
        return len(asked)

    queries()
    with_one = queries()
    open_cases(program, sami.person_id, 5)
    for _ in range(5):
        program.post("/people", {"family_name": "Example"})
        program.post(f"/cases/{sami.id}/notes", {"text": "A note", "on": "2026-06-01"})
    assert queries() == with_one


@pytest.mark.parametrize("told", ["18:00:00Z", "25:00", "6 pm", 5, "18:00+01"])
def test_a_time_of_day_is_told_as_on_a_clock(program, sami, told):
    body = {"kind": "phone", "value": "+999 555", "not_after": told}
    assert problem_of(program.post(f"/people/{sami.person_id}/contacts", body)) == (422, "invalid")


def test_when_it_is_safe_to_call_is_read_back_as_it_was_told(program, sami):
    body = {"kind": "phone", "value": "+999 555", "not_after": "18:00", "safety_note": "Ask for his sister"}
    made = program.post(f"/people/{sami.person_id}/contacts", body).json()
    assert {name: made[name] for name in body} == body


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch"])
def test_an_unknown_address_is_told_alike_to_every_method(program, method):
    assert problem_of(program.call(method, "/nothing", {})) == (404, "not_found")


@pytest.mark.parametrize("day", ["0", "5.5", 0, "2026-02-30", "1899-12-31", "2026", "02/03/2026", "20260302"])
def test_a_day_is_told_as_on_a_calendar(program, day):
    assert problem_of(program.post("/cases/files", {"opened_on": day})) == (422, "invalid")
