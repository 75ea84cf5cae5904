from dataclasses import replace
from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands.arriving import (
    begin_planning,
    confirm_arrival,
    record_plan_agreed,
)
from homeward.cases.commands.travelling import (
    change_travel,
    plan_travel,
    record_departure,
    record_not_travelled,
)
from homeward.cases.journey_rules import Obstacle
from homeward.cases.models import Case, Listing, Travel
from homeward.cases.obstacles import NotNow
from homeward.cases.queries import expected_arrivals
from homeward.cases.queries.journey import live_travel
from homeward.cases.rules import Scope, Stage
from homeward.cases.tests.journeys import (
    JOURNEY,
    accepted,
    arrived,
    counselled,
    enquiry,
    fresh,
    travel_confirmed,
    travel_planned,
)
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused
from homeward.privacy.sealing import open_text, place_of
from tests.agreed import shared
from tests.cast import MARENIA, jonas, nora, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")


def travel_of(case):
    with acting_as(jonas):
        return live_travel(jonas, case.id)


def test_a_coordinator_plans_no_travel_and_a_stranger_sees_nothing():
    case = accepted()
    with pytest.raises(Refused):
        plan_travel(vera, case_id=case.id, details=JOURNEY)
    with pytest.raises(NotFound):
        plan_travel(stranger, case_id=case.id, details=JOURNEY)


def test_travel_is_planned_after_the_application_was_accepted():
    with pytest.raises(NotNow) as problem:
        plan_travel(jonas, case_id=counselled().id, details=JOURNEY)
    assert problem.value.obstacle == Obstacle.NOT_ACCEPTED


def test_nobody_arrives_before_leaving():
    case = accepted()
    with pytest.raises(Invalid) as problem:
        plan_travel(jonas, case_id=case.id, details=replace(JOURNEY, arrives_on=date(2026, 4, 1)))
    assert list(problem.value.fields) == ["arrives_on"]


def test_there_is_one_plan_at_a_time():
    case = travel_planned()
    with pytest.raises(NotNow) as problem:
        plan_travel(jonas, case_id=case.id, details=JOURNEY)
    assert problem.value.obstacle == Obstacle.TRAVEL_PLANNED


def test_every_organisation_on_the_case_learns_when_the_person_is_expected():
    case = travel_planned()
    assert (case.stage, case.expected_on) == (Stage.PRE_DEPARTURE, JOURNEY.arrives_on)
    with acting_as(nora):
        assert Listing.objects.get(case_id=case.id).expected_on == JOURNEY.arrives_on


def test_an_announced_arrival_shows_day_and_place_and_no_identity():
    case = travel_planned()
    shared(jonas, case.id, MARENIA, scope=Scope.ARRIVAL)
    with acting_as(salma):
        listing = expected_arrivals(salma).get()
        assert (listing.expected_on, listing.return_place) == (JOURNEY.arrives_on, "Saltfield")
        assert (listing.latin_name, listing.person_id) == ("", None)
        assert not Travel.objects.exists()


def test_a_change_made_in_between_is_not_overwritten():
    case = travel_planned()
    later = replace(JOURNEY, arrives_on=date(2026, 4, 30), medical_items=None)
    changed = change_travel(jonas, case_id=case.id, expected_version=1, details=later)
    assert changed.version == 2
    with pytest.raises(EditConflict):
        change_travel(nora, case_id=case.id, expected_version=1, details=JOURNEY)
    assert fresh(case).expected_on == date(2026, 4, 30)


def test_medical_items_are_sealed_and_stay_when_the_rest_changes():
    case = travel_planned()
    change_travel(jonas, case_id=case.id, expected_version=1, details=replace(JOURNEY, medical_items=None))
    travel = travel_of(case)
    assert b"Insulin" not in bytes(travel.medical_items)
    with acting_as(jonas):
        assert open_text(case.person_id, place_of(travel, "medical_items"), travel.medical_items) == "Insulin"


def test_nobody_departs_without_a_plan_or_tomorrow():
    with pytest.raises(NotNow) as problem:
        record_departure(jonas, case_id=accepted().id, departed_on=JOURNEY.departs_on)
    assert problem.value.obstacle == Obstacle.NO_TRAVEL_PLANNED
    with pytest.raises(Invalid):
        record_departure(jonas, case_id=travel_confirmed().id, departed_on=date(2990, 1, 1))


def test_a_journey_that_did_not_take_place_can_be_planned_anew():
    case = travel_confirmed()
    record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    with pytest.raises(Invalid):
        record_not_travelled(jonas, case_id=case.id, on=JOURNEY.departs_on, reason=" ")
    record_not_travelled(jonas, case_id=case.id, on=JOURNEY.departs_on, reason="Turned back at the airport")
    case = fresh(case)
    assert (case.stage, case.departed_on, case.expected_on) == (Stage.NOT_TRAVELLED, None, None)
    with pytest.raises(NotNow) as problem:
        confirm_arrival(nora, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    assert problem.value.obstacle == Obstacle.NOT_TRAVELLED
    plan_travel(jonas, case_id=case.id, details=JOURNEY)
    assert fresh(case).stage == Stage.PRE_DEPARTURE
    with acting_as(jonas):
        assert Travel.objects.filter(case_id=case.id).count() == 2


def test_the_arrival_is_confirmed_by_who_receives_not_by_who_sends():
    case = travel_planned()
    for actor in (jonas, vera, salma):
        with pytest.raises(Refused):
            confirm_arrival(actor, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    with pytest.raises(NotFound):
        confirm_arrival(stranger, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")


def test_nobody_arrives_before_the_recorded_departure():
    case = travel_confirmed()
    record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    with pytest.raises(Invalid) as problem:
        confirm_arrival(nora, case_id=case.id, arrived_on=date(2026, 4, 19), place="Saltfield")
    assert list(problem.value.fields) == ["arrived_on"]


def test_who_applied_and_waits_does_not_arrive():
    with pytest.raises(NotNow) as problem:
        confirm_arrival(nora, case_id=accepted().id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    assert problem.value.obstacle == Obstacle.NO_TRAVEL_PLANNED


def test_who_never_applied_may_simply_arrive():
    case = enquiry()
    confirm_arrival(nora, case_id=case.id, arrived_on=date(2026, 4, 21), place="Saltfield")
    assert fresh(case).stage == Stage.ARRIVED


def test_an_arrival_says_who_confirmed_it_and_starts_the_clock():
    case = arrived()
    assert (case.stage, case.arrived_on, case.last_contact_on) == (
        Stage.ARRIVED,
        JOURNEY.arrives_on,
        JOURNEY.arrives_on,
    )
    with acting_as(jonas):
        assert Case.objects.get(id=case.id).arrival.confirmed_by_name == nora.name
    with pytest.raises(NotNow):
        confirm_arrival(nora, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")


def test_planning_begins_after_counselling_and_before_arrival_moves_no_stage():
    with pytest.raises(NotNow) as problem:
        begin_planning(jonas, case_id=enquiry().id, on=JOURNEY.arrives_on)
    assert problem.value.obstacle == Obstacle.NOT_COUNSELLED
    case = travel_planned(enquiry("Dalia"))
    begin_planning(jonas, case_id=case.id, on=JOURNEY.arrives_on)
    assert fresh(case).stage == Stage.PRE_DEPARTURE


def test_agreement_follows_planning():
    case = arrived(enquiry("Mina"))
    with pytest.raises(NotNow):
        record_plan_agreed(nora, case_id=case.id, on=date(2026, 5, 1))
    begin_planning(nora, case_id=case.id, on=date(2026, 5, 1))
    assert fresh(case).stage == Stage.PLANNING
    with pytest.raises(Invalid):
        record_plan_agreed(nora, case_id=case.id, on=date(2026, 4, 30))
    record_plan_agreed(nora, case_id=case.id, on=date(2026, 5, 9))
    assert fresh(case).stage == Stage.REINTEGRATING
