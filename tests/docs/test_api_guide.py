"""What the guide to the API shows can be done as shown."""

import json
import re

import pytest

from homeward.api.urls import api
from homeward.config.places import project_directory
from tests.programs import program_of

GUIDE = (project_directory() / "docs" / "guide" / "api.md").read_text("utf-8")
BODIES = [json.loads(body) for body in re.findall(r"-d '(\{.*?\})'", GUIDE)]
NAMED = sorted(set(re.findall(r"(GET|POST|PUT|DELETE) (/[\w/{}-]+)", GUIDE)))


@pytest.mark.parametrize(("method", "path"), NAMED)
def test_every_operation_that_the_guide_names_is_there(method, path):
    known = {
        _places_alike(known.removeprefix("/api/v1")): methods
        for known, methods in api.get_openapi_schema()["paths"].items()
    }
    assert method.lower() in known[_places_alike(path)]


def _places_alike(path):
    return re.sub(r"\{\w+\}", "{}", path)


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_the_first_calls_work_as_shown():
    program = program_of()
    assert program.get("/organisations/own").json()["name"]
    person = program.post("/people", BODIES[0]).json()
    lead = program.get("/cases/leads").json()[0]
    case = program.post("/cases", BODIES[1] | {"person_id": person["id"], "lead_membership_id": lead["id"]})
    assert case.status_code == 201
