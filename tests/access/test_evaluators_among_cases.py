"""An evaluator in an organisation that has cases measures, and never learns whom."""

import pytest
from django.urls import reverse

from homeward.cases.tests.journeys import arrived
from homeward.evaluation.tests.asked import a_question
from homeward.extracts.commands import ask_extract
from homeward.followup.sampling.tests.samples import a_sample
from homeward.followup.tests.visits import a_visit
from tests.cast import mona
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    case = arrived()
    a_visit(case)
    return case


def test_no_case_file_opens_and_no_list_of_people(world, client_of):
    browser = client_of(mona)
    for name, kwargs in [
        ("case", {"case_id": world.id}),
        ("cases", {}),
        ("case_outcomes", {"case_id": world.id}),
    ]:
        assert browser.get(reverse(name, kwargs=kwargs)).status_code == 403, name


def test_a_program_in_that_role_opens_no_case_either(world):
    program = program_of(mona.role, mona.organisation_id)
    for address in ("/cases", f"/cases/{world.id}", f"/people/{world.person_id}"):
        assert program.get(address).status_code == 403, address


def test_the_pages_that_open_name_nobody(world, client_of):
    browser, question = client_of(mona), a_question(mona)
    shown = [
        reverse("inbox"),
        reverse("rounds"),
        reverse("flagged_forms"),
        reverse("questions"),
        reverse("question", args=[question.id]),
        reverse("extracts"),
        reverse("extract", args=[ask_extract(mona, why="Evaluation of the spring programme").id]),
        reverse("sample", args=[a_sample(mona, number=1).id]),
    ]
    for address in shown:
        told = browser.get(address)
        assert told.status_code == 200, address
        for name in (world.reference, world.person.family_name, world.person.given_names):
            assert name not in told.content.decode(), address
