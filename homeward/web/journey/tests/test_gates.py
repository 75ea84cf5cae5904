"""Gates in the browser: travel waits and says for what, evidence is handed in with the decision."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.cases.commands import confirm_arrival, plan_travel, set_profile
from homeward.cases.gate_rules import Gate, ProfileFlag
from homeward.cases.queries.gates import clearances_of_case, gates_of_case
from homeward.cases.tests.journeys import JOURNEY, accepted, fresh, travel_confirmed
from homeward.files.tests.samples import picture
from homeward.web.inbox import waiting
from tests.cast import jonas, nora

pytestmark = pytest.mark.usefixtures("cast")

DECIDED = {
    "decided_by_name": "Dr Invented",
    "decided_by_function": "Physician",
    "decided_by_organisation": "Port Clinic Demo",
    "decided_on_day": "10",
    "decided_on_month": "4",
    "decided_on_year": "2026",
}


def ill():
    """Travel is planned for somebody with a health need."""
    case = accepted()
    set_profile(jonas, case_id=case.id, flags=[ProfileFlag.HEALTH_NEED])
    plan_travel(jonas, case_id=case.id, details=JOURNEY)
    return fresh(case)


def give(client, case, gate, **given):
    return client.post(reverse("give_clearance", args=[case.id, gate]), {**DECIDED, "gate": gate, **given})


def confirm(client, case):
    day = {"confirmed_on_day": "17", "confirmed_on_month": "4", "confirmed_on_year": "2026"}
    return client.post(reverse("confirm_travel", args=[case.id]), day)


def test_travel_waits_and_says_for_what(client_of):
    client, case = client_of(jonas), ill()
    refused = confirm(client, case)
    assert refused.status_code == 422
    assert "Fit to travel; Care found on return" in refused.content.decode()
    assert "Travel waits" in client.get(reverse("case", args=[case.id])).content.decode()


def test_a_clearance_without_its_evidence_is_sent_back(client_of):
    client, case = client_of(jonas), ill()
    back = give(client, case, "fit_to_travel")
    assert back.status_code == 422
    assert "The evidence is needed before a gate opens." in back.content.decode()


def test_a_letter_handed_in_opens_the_gate_and_travel_is_confirmed(client_of):
    client, case = client_of(jonas), ill()
    letter = SimpleUploadedFile("letter.jpg", picture(), "image/jpeg")
    sealed = {"file": letter, "conditions": "Oxygen on board"}
    assert give(client, case, "fit_to_travel", **sealed).status_code == 302
    with acting_as(jonas):
        clearance = clearances_of_case(jonas, case.id).get(gate="fit_to_travel", superseded_at=None)
    again = {"document_id": str(clearance.document_id)}
    assert give(client, case, "continuity_of_care", **again).status_code == 302
    assert confirm(client, case).status_code == 302
    page = client.get(reverse("case_gates", args=[case.id])).content.decode()
    assert "Dr Invented" in page
    assert "Travel was confirmed on 17 Apr 2026" in page
    assert "Oxygen" not in page
    opened = client.post(
        reverse("open_sealed", args=[case.id, "conditions", clearance.id]), {"reason": "casework"}
    )
    assert "Oxygen on board" in opened.content.decode()


def test_what_was_not_cleared_or_no_longer_holds_closes_the_gate(client_of):
    client, case = client_of(jonas), ill()
    url = reverse("refuse_clearance", args=[case.id, "fit_to_travel"])
    client.post(url, {**DECIDED, "gate": "fit_to_travel", "reason": "A high fever"})
    page = client.get(reverse("case_gates", args=[case.id])).content.decode()
    assert "A high fever" in page
    case = travel_confirmed()
    lapse = reverse("lapse_clearance", args=[case.id, "informed_decision"])
    client.post(lapse, {"gate": "informed_decision", "reason": "She asked for time"})
    with acting_as(jonas):
        assert gates_of_case(jonas, fresh(case)).closed == (Gate.INFORMED_DECISION,)
    assert fresh(case).travel_confirmed_on is None


def test_who_arrives_past_a_closed_gate_is_flagged_and_waits_in_the_inbox(client_of):
    client, case = client_of(jonas), ill()
    confirm_arrival(nora, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    assert "Past a closed gate" in client.get(reverse("case", args=[case.id])).content.decode()
    page = client.get(reverse("case_gates", args=[case.id])).content.decode()
    assert "The person arrived past a closed gate." in page
    with acting_as(jonas):
        titles = [str(task.title) for task in waiting(jonas, date(2026, 5, 1))]
    assert "See to somebody who arrived past a closed gate" in titles


def test_closed_gates_and_journeys_to_confirm_wait_in_the_inbox():
    case = ill()
    with acting_as(jonas):
        found = {task.url: str(task.title) for task in waiting(jonas, JOURNEY.departs_on - timedelta(days=3))}
    assert found[reverse("case_gates", args=[case.id])] == "Clear the gates before travel"


def test_a_gate_that_is_none_is_not_there(client_of):
    case = ill()
    assert client_of(jonas).get(f"/cases/{case.id}/gates/made_up/give").status_code == 404
