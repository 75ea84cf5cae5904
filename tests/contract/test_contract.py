"""What the API says of itself holds, whatever it is sent.

Calls are made up from the description, well-formed and not, with ids that exist and ids that do not; each
must end in an answer that the description names, in the shape it gives. `make contract` tries far more.
"""

import os
from copy import copy
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from homeward.access.roles import Role
from homeward.config.wsgi import application
from tests.access.world import World
from tests.programs import program_of
from tests.sami import samis_case

EXAMPLES = int(os.environ.get("HOMEWARD_CONTRACT_EXAMPLES", "3"))
THOROUGH = EXAMPLES > 3

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.phases.update(phases=["examples", "coverage", "fuzzing"] if THOROUGH else ["fuzzing"])
schema.config.generation.update(database="none")
checks = schema.config.checks
checks.ignored_auth.enabled = False  # the access matrix tries every operation without a token
checks.missing_required_header.expected_statuses = ["401", "403", "422", "428"]
# What is well-formed may still be impossible: nobody arrives before leaving, and not every file is kept.
checks.positive_data_acceptance.expected_statuses = ["2xx", "403", "404", "409", "415", "422"]

COORDINATORS = {"application.decide", "case.assign", "case.emergency_review"}
ADMINISTRATORS = ("office.", "team.", "organisation.", "programme.", "integration.", "member.", "invitation.")

# In a form every value is text: what was meant to be no text arrives as text all the same.
AMBIGUOUS = {"multipart/form-data": [negative_data_rejection]}

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(autouse=True)
def one_connection():
    """A server lets go of its connection with each request; here the test's transaction is in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def standing(standing_cast):
    """Sami's case, and a program of each role, made once for all operations."""
    roles = (Role.CASE_MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
    return World(samis_case()), {role: program_of(role) for role in roles}


@pytest.fixture
def world(standing):
    return copy(standing[0])


@pytest.fixture
def programs(standing, settings):
    settings.API_CALLS_A_MINUTE = 1_000_000
    return standing[1]


def role_for(action):
    if action.startswith("audit."):
        return Role.DATA_PROTECTION_OFFICER
    if action in COORDINATORS:
        return Role.COORDINATOR
    return Role.ADMINISTRATOR if action.startswith(ADMINISTRATORS) else Role.CASE_MANAGER


def with_ids_that_exist(values, world):
    """Of the ids that were made up, three of four become those of Sami's case."""
    for name, value in values.items() if isinstance(values, dict) else ():
        real = getattr(world, name, None) if name.endswith("_id") and isinstance(value, str) else None
        if isinstance(real, UUID) and sum(value.encode()) % 4:
            values[name] = str(real)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not THOROUGH,
    database=None,
)
def test_every_answer_is_one_that_the_description_names(case, world, programs):
    if case.meta.generation.mode is GenerationMode.POSITIVE:
        with_ids_that_exist(case.path_parameters, world)
        with_ids_that_exist(case.body, world)
    program = programs[role_for(case.operation.definition.raw["x-action"])]
    with transaction.atomic():
        response = case.call(headers=program.headers)
        case.validate_response(response, excluded_checks=AMBIGUOUS.get(case.media_type, []))
        transaction.set_rollback(True)
