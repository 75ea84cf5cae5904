"""The demonstration has a handover in every state, of every kind, with what was said about it."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands import confirm_arrival, open_case
from homeward.cases.handover_rules import HandoverKind, HandoverState
from homeward.cases.models import CaseQuestion, Handover, ReceivedEnquiry
from homeward.exchange.demonstration.handovers import tell_handovers
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.cast import jonas, nora

TODAY = date(2026, 3, 2)


@pytest.mark.usefixtures("cast")
def test_there_is_one_in_every_state_and_of_every_kind_and_only_once():
    for number in range(24):
        person = register_person(nora, details=PersonDetails(given_names="Person", family_name=str(number)))
        case = open_case(nora, person_id=person.id, opened_on=TODAY)
    confirm_arrival(nora, case_id=case.id, arrived_on=TODAY, place="Saltfield")
    tell_handovers(nora, jonas, TODAY)
    tell_handovers(nora, jonas, TODAY)
    with acting_as(nora):
        found = Handover.objects.all()
        assert {one.state for one in found} == set(HandoverState)
        assert {one.kind for one in found} == set(HandoverKind)
        assert len(found) == 9
        assert ReceivedEnquiry.objects.count() == 1
        assert {bool(one.answered_at) for one in CaseQuestion.objects.all()} == {True, False}
