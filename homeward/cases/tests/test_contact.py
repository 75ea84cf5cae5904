from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands.contact import (
    record_contact,
    record_contact_found,
    record_contact_lost,
    record_death,
    record_remigration,
    withdraw,
)
from homeward.cases.commands.counselling import record_counselling
from homeward.cases.journey_rules import (
    ApplicationState,
    Cause,
    ContactOutcome,
    ContactWay,
    Exit,
    Obstacle,
    Topic,
    Way,
)
from homeward.cases.models import Application, ContactAttempt, SideExit
from homeward.cases.obstacles import NotNow
from homeward.cases.rules import Stage
from homeward.cases.tests.journeys import applied, arrived, enquiry, fresh, travel_planned
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import jonas, nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
ON = date(2026, 6, 1)


def attempt(case, actor=nora, outcome=ContactOutcome.REACHED, on=ON):
    return record_contact(actor, case_id=case.id, on=on, way=ContactWay.CALL, outcome=outcome)


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (record_contact, {"way": ContactWay.CALL, "outcome": ContactOutcome.REACHED}),
        (record_contact_lost, {"reason": "x"}),
        (record_contact_found, {}),
        (withdraw, {"reason": "x"}),
        (record_remigration, {}),
        (record_death, {}),
    ],
)
def test_a_coordinator_records_none_of_this_and_a_stranger_sees_nothing(act, given):
    case = enquiry()
    with pytest.raises(Refused):
        act(vera, case_id=case.id, on=ON, **given)
    with pytest.raises(NotFound):
        act(stranger, case_id=case.id, on=ON, **given)


def test_every_attempt_is_kept_and_only_a_met_person_counts_as_contact():
    case = enquiry()
    attempt(case, outcome=ContactOutcome.NO_ANSWER)
    assert fresh(case).last_contact_on is None
    attempt(case)
    attempt(case, outcome=ContactOutcome.LEFT_MESSAGE, on=date(2026, 6, 9))
    assert fresh(case).last_contact_on == ON
    with acting_as(jonas):
        assert ContactAttempt.objects.filter(case_id=case.id).count() == 3


def test_losing_contact_needs_what_was_tried():
    with pytest.raises(Invalid):
        record_contact_lost(nora, case_id=enquiry().id, on=ON, reason="")


def test_who_is_reached_is_no_longer_lost():
    case = arrived()
    with pytest.raises(NotNow):
        record_contact_found(nora, case_id=case.id, on=ON)
    record_contact_lost(nora, case_id=case.id, on=ON, reason="Three calls, one visit")
    assert fresh(case).stage == Stage.LOST_CONTACT
    attempt(case, on=date(2026, 6, 20))
    assert fresh(case).stage == Stage.ARRIVED
    with acting_as(jonas):
        assert SideExit.objects.get(case_id=case.id, kind=Exit.CONTACT_LOST).ended_on == date(2026, 6, 20)


def test_withdrawing_takes_the_waiting_application_along():
    application = applied()
    withdraw(jonas, case_id=application.case_id, on=ON, reason="Wants to stay with her sister")
    assert fresh(application.case).stage == Stage.WITHDRAWN
    with acting_as(jonas):
        assert Application.objects.get(id=application.id).state == ApplicationState.WITHDRAWN


def test_who_withdrew_is_no_longer_expected():
    case = travel_planned()
    withdraw(jonas, case_id=case.id, on=ON, reason="Changed his mind")
    assert fresh(case).expected_on is None


def test_moving_on_says_by_what_way_and_whether_it_was_a_choice():
    with pytest.raises(NotNow) as problem:
        record_remigration(nora, case_id=enquiry().id, on=ON)
    assert problem.value.obstacle == Obstacle.NOT_ARRIVED
    case = arrived(enquiry("Mina"))
    with pytest.raises(Invalid):
        record_remigration(nora, case_id=case.id, on=ON, to_country="QQ")
    left = record_remigration(
        nora, case_id=case.id, on=ON, to_country="XN", way=Way.REGULAR, cause=Cause.CHOICE
    )
    assert (left.way, left.cause) == (Way.REGULAR, Cause.CHOICE)
    assert fresh(case).stage == Stage.REMIGRATED


def test_after_a_death_nothing_is_planned_any_more():
    case = enquiry()
    record_death(jonas, case_id=case.id, on=ON)
    assert fresh(case).stage == Stage.DECEASED
    with pytest.raises(NotNow) as problem:
        record_counselling(jonas, case_id=case.id, held_on=ON, topics=[Topic.OPTIONS])
    assert problem.value.obstacle == Obstacle.DIED
