"""Visits follow the arrival, the programme, the person's situation, their place and whoever leads."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.commands import edit_case, record_death, set_profile
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.commands.travelling import record_departure
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.queries import get_case, timeline_of
from homeward.cases.rules import EventKind
from homeward.cases.tests.handing import offered
from homeward.cases.tests.journeys import JOURNEY, travel_confirmed
from homeward.casework.commands import accept_handover, confirm_arrival
from homeward.followup.commands import (
    ask_for_visit,
    assign_visits,
    close_windows,
    extend_follow_up,
    keep_up_visits,
    plan_changed_cases,
    set_area,
)
from homeward.followup.jobs import close, follow
from homeward.followup.models import Visit
from homeward.followup.queries import visits_assigned, visits_of
from homeward.followup.rules import NotNeeded, VisitState, Why
from homeward.followup.tests.visits import a_visit, fresh
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import HARBOUR, RETURN_PARTNERS, frida, hana, jonas, nora, rosa, stranger, tarek

office, harbour = system_actor(RETURN_PARTNERS), system_actor(HARBOUR)


@pytest.fixture
def case(cast):
    """Nora confirmed that somebody came whom Jonas leads."""
    case = travel_confirmed()
    record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    confirm_arrival(nora, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    return case


def due(case, actor=jonas):
    with acting_as(actor):
        return {one.round: one for one in visits_of(actor, case.id) if one.state == VisitState.DUE}


def edited(case, actor=jonas, **given):
    with acting_as(actor):
        now_is = get_case(actor, case.id)
    details = CaseDetails(host_country="XN", return_country="XM", **{"return_place": "Saltfield", **given})
    return edit_case(actor, case_id=case.id, expected_version=now_is.version, details=details)


def test_only_who_works_with_people_plans_and_only_what_is_theirs(case):
    soon = localdate() + timedelta(7)
    for actor in (frida, hana, rosa):
        with pytest.raises(Refused):
            ask_for_visit(actor, case_id=case.id, due_on=soon, closes_on=soon)
    with pytest.raises(NotFound):
        ask_for_visit(stranger, case_id=case.id, due_on=soon, closes_on=soon)
    with pytest.raises(Refused):
        keep_up_visits(nora, case_id=case.id)
    with pytest.raises(NotFound):
        assign_visits(
            tarek, visit_ids=[one.id for one in due(case).values()], membership_id=nora.membership_id
        )


def test_the_database_lets_nobody_plan_for_a_third_organisation_or_delete(case):
    with acting_as(nora), pytest.raises(ProgrammingError), transaction.atomic():
        Visit.objects.filter(case_id=case.id).delete()
    with pytest.raises(ProgrammingError), transaction.atomic():
        a_visit(case, by=nora, organisation_id=stranger.organisation_id)


def test_an_arrival_plans_what_is_still_ahead_for_whoever_leads(case):
    found = due(case)
    assert list(found) == ["six_months", "twelve_months"]  # the first month is long over
    one = found["six_months"]
    assert (one.organisation_id, one.assigned_to_id, one.place) == (HARBOUR, jonas.user_id, "Saltfield")
    assert one.opens_on == date(2026, 10, 21)
    with acting_as(jonas):
        assert [event.kind for event in timeline_of(jonas, case.id)].count(EventKind.VISITS_PLANNED) == 1
        assert list(visits_assigned(jonas)) == list(found.values())


def test_planning_again_changes_nothing(case):
    before = {one.id: one.version for one in due(case).values()}
    assert keep_up_visits(harbour, case_id=case.id).count == 0
    assert {one.id: one.version for one in due(case).values()} == before


def test_a_handover_takes_the_visits_along(case):
    handover = offered(jonas, nora, case.id)
    accept_handover(nora, handover_id=handover.id)
    assert {(one.organisation_id, one.assigned_to_id) for one in due(case, nora).values()} == {
        (RETURN_PARTNERS, nora.user_id)
    }


def test_what_becomes_known_of_the_person_adds_visits_and_what_proves_wrong_takes_them_away(case):
    set_profile(jonas, case_id=case.id, flags=[ProfileFlag.UNACCOMPANIED_CHILD])
    follow(0)
    seen = [one for one in due(case).values() if one.round.startswith("seen_")]
    assert seen
    assert {one.why for one in seen} == {Why.PROFILE}
    done = seen[0]
    with acting_as(jonas):
        done.state, done.done_on = VisitState.DONE, localdate()
        done.save()
        profile = get_case(jonas, case.id).profiles.get(superseded_at=None)
        type(profile).objects.filter(id=profile.id).update(superseded_at=now())
    assert keep_up_visits(harbour, case_id=case.id).count == len(seen) - 1
    assert list(due(case)) == ["six_months", "twelve_months"]
    assert fresh(done, jonas).state == VisitState.DONE
    assert fresh(seen[2], jonas).not_needed_because == NotNeeded.SCHEDULE
    # and when it turns out to be so after all, they are due again
    set_profile(jonas, case_id=case.id, flags=[ProfileFlag.UNACCOMPANIED_CHILD])
    plan_changed_cases(harbour, since=now() - timedelta(minutes=5))
    assert fresh(seen[2], jonas).state == VisitState.DUE


def test_who_moves_to_another_district_is_visited_there_by_who_goes_there(case):
    accept_handover(nora, handover_id=offered(jonas, nora, case.id).id)
    set_area(rosa, place="Old Harbour", membership_id=hana.membership_id)
    edited(case, nora, return_place="Old Harbour")
    follow(0)
    assert {(one.place, one.assigned_to_id) for one in due(case, nora).values()} == {
        ("Old Harbour", hana.user_id)
    }
    with acting_as(hana):
        assert visits_assigned(hana).count() == 2


def test_a_visit_given_to_a_colleague_stays_with_them_until_the_person_moves(case):
    accept_handover(nora, handover_id=offered(jonas, nora, case.id).id)
    ids = [one.id for one in due(case, nora).values()]
    with pytest.raises(Invalid):
        assign_visits(nora, visit_ids=ids, membership_id=frida.membership_id)
    assert assign_visits(nora, visit_ids=ids, membership_id=hana.membership_id).count == 2
    keep_up_visits(office, case_id=case.id)
    assert {one.assigned_to_id for one in due(case, nora).values()} == {hana.user_id}
    edited(case, nora, return_place="Hill Road")
    keep_up_visits(office, case_id=case.id)
    assert {one.assigned_to_id for one in due(case, nora).values()} == {nora.user_id}


def test_nobody_visits_who_has_died(case):
    record_death(jonas, case_id=case.id, on=localdate())
    keep_up_visits(harbour, case_id=case.id)
    assert due(case) == {}


def test_follow_up_is_extended_by_choice(case):
    for months in (6, 37):
        with pytest.raises(Invalid):
            extend_follow_up(jonas, case_id=case.id, months=months)
    assert extend_follow_up(jonas, case_id=case.id, months=24).count == 2
    assert extend_follow_up(jonas, case_id=case.id, months=36).count == 1
    assert keep_up_visits(harbour, case_id=case.id).count == 0
    assert list(due(case))[-1] == "thirty_six_months"


def test_a_visit_can_be_asked_for_beside_the_rounds(case):
    soon = localdate() + timedelta(7)
    for wrong in (
        {"due_on": localdate() - timedelta(1)},
        {"closes_on": localdate()},
        {"instrument": "no such form"},
        {"member_id": case.person_id},
    ):
        with pytest.raises(Invalid):
            ask_for_visit(jonas, case_id=case.id, **{"due_on": soon, "closes_on": soon, **wrong})
    for _twice in range(2):
        ask_for_visit(jonas, case_id=case.id, due_on=soon, closes_on=soon, note="See how the child is.")
    with acting_as(jonas):
        assert visits_of(jonas, case.id).filter(why=Why.ASKED, state=VisitState.DUE).count() == 2
    assert keep_up_visits(harbour, case_id=case.id).count == 0


def test_a_window_that_has_passed_is_missed(case):
    assert close_windows(harbour, today=localdate()).count == 0
    last = max(one.closes_on for one in due(case).values())
    assert close_windows(harbour, today=last + timedelta(1)).count == 2
    assert due(case) == {}
    close(0)  # runs for everybody, and plans none twice
    assert due(case) == {}
