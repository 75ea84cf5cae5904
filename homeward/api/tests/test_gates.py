"""Gates by program: refused past a closed one, opened with evidence, like everywhere else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from homeward.cases.commands import plan_travel, set_profile
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.tests.journeys import JOURNEY, accepted
from homeward.files.tests.samples import picture
from tests.cast import jonas
from tests.programs import program_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

FIT = {
    "gate": "fit_to_travel",
    "decided_by_name": "Dr Invented",
    "decided_by_function": "Physician",
    "decided_by_organisation": "Port Clinic Demo",
    "decided_on": "2026-04-10",
}


def test_a_program_passes_no_closed_gate_and_opens_one_with_evidence():
    case, program = accepted(), program_of()
    set_profile(jonas, case_id=case.id, flags=[ProfileFlag.HEALTH_NEED])
    plan_travel(jonas, case_id=case.id, details=JOURNEY)
    refused = program.post(f"/cases/{case.id}/travel/confirmed", {"confirmed_on": "2026-04-17"})
    assert (refused.status_code, refused.json()["code"]) == (409, "gates_closed")
    departed = program.post(f"/cases/{case.id}/departure", {"departed_on": "2026-04-20"})
    assert departed.status_code == 409
    gates = program.get(f"/cases/{case.id}/gates").json()
    assert gates["closed"] == ["fit_to_travel", "continuity_of_care"]
    bare = program.post(f"/cases/{case.id}/gates/cleared", FIT)
    assert (bare.status_code, bare.json()["code"]) == (422, "invalid")
    scan = SimpleUploadedFile("letter.jpg", picture(), "image/jpeg")
    letter = program.send(f"/cases/{case.id}/documents", {"kind": "medical", "file": scan})
    for gate in gates["closed"]:
        given = {**FIT, "gate": gate, "document_id": letter.json()["id"]}
        assert program.post(f"/cases/{case.id}/gates/cleared", given).status_code == 201
    confirmed = program.post(f"/cases/{case.id}/travel/confirmed", {"confirmed_on": "2026-04-17"})
    assert confirmed.json()["travel_confirmed_on"] == "2026-04-17"
