from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.cases.commands.appointments import cancel_appointment, make_appointment
from homeward.cases.commands.closing import close_case, reopen_case
from homeward.cases.commands.contact import withdraw
from homeward.cases.commands.counselling import record_counselling
from homeward.cases.commands.sharing import NotTheLead
from homeward.cases.journey_rules import ClosingReason, Obstacle, OwnView, Topic
from homeward.cases.models import Closure
from homeward.cases.obstacles import NotNow
from homeward.cases.rules import Stage
from homeward.cases.tests.handing import offered
from homeward.cases.tests.journeys import applied, arrived, enquiry, fresh, travel_planned
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import jonas, nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
ON = date(2026, 6, 1)


def close(case, actor=jonas, **given):
    given = {"closed_on": ON, "reason": ClosingReason.COMPLETED, **given}
    return close_case(actor, case_id=case.id, **given)


def test_who_does_not_lead_does_not_close():
    case = enquiry()
    with pytest.raises(Refused):
        close(case, vera)
    with pytest.raises(NotFound):
        close(case, stranger)
    with pytest.raises(NotTheLead):
        close(case, nora)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closed_on": date(2990, 1, 1)}, "closed_on"),
        ({"closed_on": date(2020, 1, 1)}, "closed_on"),
        ({"own_view_asked": OwnView.TOLD}, "own_view"),
        ({"reason": ClosingReason.OTHER}, "note"),
    ],
)
def test_what_is_missing_is_asked_for(wrong, field):
    with pytest.raises(Invalid) as problem:
        close(enquiry(), **wrong)
    assert list(problem.value.fields) == [field]


def test_a_case_with_an_open_appointment_is_not_closed_and_the_message_says_which():
    case = enquiry()
    starts_at = now() + timedelta(days=2)
    appointment = make_appointment(jonas, case_id=case.id, starts_at=starts_at, subject="Talk")
    with pytest.raises(NotNow) as problem:
        close(case)
    assert problem.value.obstacle == Obstacle.APPOINTMENT_OPEN
    assert f"{starts_at:%Y, %H:%M}" in str(problem.value)
    cancel_appointment(jonas, appointment_id=appointment.id, reason="Not needed")
    close(case)


def test_a_case_whose_lead_is_on_offer_is_not_closed():
    case = enquiry()
    offered(jonas, nora, case.id)
    with pytest.raises(NotNow) as problem:
        close(case)
    assert problem.value.obstacle == Obstacle.LEAD_OFFERED


def test_a_case_that_waits_for_a_decision_is_not_closed():
    with pytest.raises(NotNow) as problem:
        close(applied().case)
    assert problem.value.obstacle == Obstacle.DECISION_OPEN


def test_a_closed_case_keeps_its_reason_and_the_persons_own_view_sealed():
    case = arrived()
    closure = close(case, own_view_asked=OwnView.TOLD, own_view="I stand on my own feet")
    case = fresh(case)
    assert (case.stage, case.closing_reason) == (Stage.CLOSED, ClosingReason.COMPLETED)
    assert b"feet" not in bytes(closure.own_view)
    with pytest.raises(NotNow) as problem:
        record_counselling(jonas, case_id=case.id, held_on=ON, topics=[Topic.OPTIONS])
    assert problem.value.obstacle == Obstacle.CLOSED


def test_an_open_case_is_not_reopened():
    with pytest.raises(NotNow) as problem:
        reopen_case(jonas, case_id=enquiry().id, on=ON, reason="x")
    assert problem.value.obstacle == Obstacle.NOT_ENDED


def test_reopening_needs_a_reason_and_goes_on_where_it_was():
    case = arrived()
    close(case)
    with pytest.raises(Invalid):
        reopen_case(jonas, case_id=case.id, on=ON, reason="")
    reopen_case(jonas, case_id=case.id, on=ON, reason="She asked for help again")
    case = fresh(case)
    assert (case.stage, case.closing_reason) == (Stage.ARRIVED, "")
    with acting_as(jonas):
        assert Closure.objects.get(case_id=case.id).reopened_by_name == jonas.name


def test_what_was_withdrawn_does_not_come_back_by_itself():
    application = applied()
    withdraw(jonas, case_id=application.case_id, on=ON, reason="Changed her mind")
    reopen_case(jonas, case_id=application.case_id, on=ON, reason="Changed it back")
    assert fresh(application.case).stage == Stage.COUNSELLING
    case = travel_planned(enquiry("Mina"))
    withdraw(jonas, case_id=case.id, on=ON, reason="Changed his mind")
    reopen_case(jonas, case_id=case.id, on=ON, reason="Changed it back")
    assert fresh(case).stage == Stage.ACCEPTED
