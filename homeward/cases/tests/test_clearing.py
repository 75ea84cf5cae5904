"""Gates before travel: nobody passes a closed one, by command, by list or by a statement of one's own."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.timezone import now as this_moment

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.commands import (
    add_case_document,
    change_travel,
    confirm_arrival,
    confirm_travel,
    give_clearance,
    lapse_clearance,
    lapse_outdated,
    plan_travel,
    record_departure,
    refuse_clearance,
    require_gates,
    set_profile,
    start_file,
)
from homeward.cases.commands.clearing import DecidedBy, NoSuchGate, NotedByYou
from homeward.cases.commands.listed import NewCase, open_cases
from homeward.cases.gate_rules import ClearanceState, Gate, NeededBecause, ProfileFlag
from homeward.cases.gates import GatesClosed
from homeward.cases.header import CaseDetails
from homeward.cases.journey_rules import Decision, Obstacle
from homeward.cases.models import Arrival, Case, Clearance, Profile
from homeward.cases.obstacles import NotNow
from homeward.cases.queries.gates import (
    cases_to_confirm,
    cases_with_closed_gates,
    clearances_of_case,
    gates_of_case,
    late_arrivals,
    seen_until,
)
from homeward.cases.queries.journey import counselling_of_case
from homeward.cases.rules import RoleInFile, Stage
from homeward.cases.tests.journeys import (
    COUNSELLED,
    JOURNEY,
    OPENED,
    accepted,
    arrived,
    counsel,
    counselled,
    enquiry,
    fresh,
    travel_confirmed,
    travel_planned,
)
from homeward.files.tests.samples import picture
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import HARBOUR, jonas, lina, nora, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")

F, G = ProfileFlag, Gate
PHYSICIAN = DecidedBy("Dr Invented", "Physician", "Port Clinic Demo", date(2026, 4, 10))
note = partial(set_profile, jonas)
give = partial(give_clearance, jonas, decided_by=PHYSICIAN)


def paper(case, actor=jonas):
    return add_case_document(actor, case_id=case.id, name="letter.jpg", content=picture()).id


def with_health_need():
    """Travel is planned, and a physician has yet to speak."""
    case = accepted()
    note(case_id=case.id, flags=[F.HEALTH_NEED])
    plan_travel(jonas, case_id=case.id, details=JOURNEY)
    return fresh(case)


def cleared(case):
    """The physician said yes, and care was found."""
    for gate in (G.FIT_TO_TRAVEL, G.CONTINUITY_OF_CARE):
        give(case_id=case.id, gate=gate, document_id=paper(case))
    return fresh(case)


def closed(case):
    with acting_as(jonas):
        return gates_of_case(jonas, fresh(case)).closed


# refusals


@pytest.mark.parametrize("actor", [vera, salma])
def test_who_does_no_casework_clears_nothing(actor):
    case = with_health_need()
    with pytest.raises(Refused):
        set_profile(actor, case_id=case.id, flags=[])
    with pytest.raises(Refused):
        give_clearance(actor, case_id=case.id, gate=G.FIT_TO_TRAVEL, decided_by=PHYSICIAN)
    with pytest.raises(Refused):
        confirm_travel(actor, case_id=case.id)


def test_a_stranger_finds_nothing_to_clear():
    case = with_health_need()
    with pytest.raises(NotFound):
        give_clearance(stranger, case_id=case.id, gate=G.FIT_TO_TRAVEL, decided_by=PHYSICIAN)
    with pytest.raises(NotFound):
        confirm_travel(stranger, case_id=case.id)
    with acting_as(stranger):
        assert not Clearance.objects.exists()
        assert not Profile.objects.exists()


def test_travel_past_a_closed_gate_is_refused_and_the_refusal_names_it():
    case = with_health_need()
    with pytest.raises(GatesClosed) as problem:
        confirm_travel(jonas, case_id=case.id)
    assert problem.value.gates == (G.FIT_TO_TRAVEL, G.CONTINUITY_OF_CARE)
    assert "Fit to travel; Care found on return" in str(problem.value)
    with pytest.raises(NotNow) as problem:
        record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    assert problem.value.obstacle == Obstacle.NOT_CONFIRMED


def test_a_gate_opens_only_with_its_evidence_and_somebody_who_decided():
    case = with_health_need()
    with pytest.raises(Invalid) as problem:
        give(case_id=case.id, gate=G.FIT_TO_TRAVEL)
    assert list(problem.value.fields) == ["document_id"]
    nobody = replace(PHYSICIAN, name=" ", function="")
    with pytest.raises(Invalid) as problem:
        give(case_id=case.id, gate=G.FIT_TO_TRAVEL, decided_by=nobody, document_id=paper(case))
    assert list(problem.value.fields) == ["decided_by_name", "decided_by_function"]
    with pytest.raises(Invalid):
        give(case_id=case.id, gate=G.FIT_TO_TRAVEL, document_id=paper(enquiry("Mina")))


def test_what_a_case_need_not_pass_is_not_cleared():
    with pytest.raises(NoSuchGate):
        give(case_id=travel_planned().id, gate=G.BEST_INTERESTS)


def test_whoever_noted_something_does_not_take_it_away_again():
    case = with_health_need()
    with pytest.raises(Invalid):
        note(case_id=case.id, flags=[])
    with pytest.raises(NotedByYou):
        note(case_id=case.id, flags=[], reason="A mistake")
    set_profile(lina, case_id=case.id, flags=[], reason="Another person's paper")
    assert closed(case) == ()
    with acting_as(jonas):
        states = {
            one.gate: one.state for one in clearances_of_case(jonas, case.id).filter(superseded_at=None)
        }
    assert states[G.FIT_TO_TRAVEL] == ClearanceState.DROPPED


# what happens


def test_with_its_evidence_every_gate_opens_and_travel_is_confirmed():
    case = cleared(with_health_need())
    confirm_travel(jonas, case_id=case.id)
    case = record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    assert case.stage == Stage.TRAVELLING
    with acting_as(nora):
        clearance = clearances_of_case(nora, case.id).get(gate=G.FIT_TO_TRAVEL, superseded_at=None)
    assert (clearance.decided_by_name, clearance.needed_because) == ("Dr Invented", NeededBecause.PROFILE)


def test_an_informed_decision_opens_its_gate_and_another_mind_closes_it():
    case = travel_confirmed()
    counsel(case_id=case.id, held_on=date(2026, 4, 12), decision=Decision.UNDECIDED)
    assert closed(case) == (G.INFORMED_DECISION,)
    assert fresh(case).travel_confirmed_on is None
    counsel(case_id=case.id, held_on=date(2026, 4, 14), decision=Decision.RETURN, is_informed=True)
    assert closed(case) == ()


def test_a_child_needs_the_consent_of_a_guardian():
    case = travel_planned(enquiry("Rim", 2018))
    assert closed(case) == (G.GUARDIAN_CONSENT,)
    mother = DecidedBy("Dalia Specimen", "Mother", "Family", date(2026, 4, 2))
    session = counsel(case_id=case.id, decision=Decision.RETURN)
    give(case_id=case.id, gate=G.GUARDIAN_CONSENT, decided_by=mother, counselling_id=session.id)
    confirm_travel(jonas, case_id=case.id)


def unheard(birth_year=2015):
    """A child who decided in a session of which nobody said who spoke with the child."""
    case = enquiry("Rim", birth_year)
    return case, counsel(case_id=case.id, decision=Decision.RETURN, is_informed=True)


def test_a_child_who_was_not_heard_does_not_travel_by_any_path():
    case, session = unheard()
    assert G.INFORMED_DECISION in closed(case)
    with pytest.raises(Invalid) as problem:
        give(case_id=case.id, gate=G.INFORMED_DECISION, counselling_id=session.id)
    assert list(problem.value.fields) == ["counselling_id"]
    with acting_as(jonas):
        now = {one.gate: one for one in gates_of_case(jonas, fresh(case)).gates}
    assert now[G.INFORMED_DECISION].waits_for_child
    counsel(case_id=case.id, decision=Decision.RETURN, is_informed=True, child_heard_by="Jonas")
    assert G.INFORMED_DECISION in closed(case)  # somebody spoke with the child, not in a way suited to age


def test_the_database_lets_no_unheard_child_leave():
    case, session = unheard()
    give(case_id=case.id, gate=G.GUARDIAN_CONSENT, document_id=paper(case))
    with acting_as(jonas):
        Clearance.objects.filter(case=case, gate=G.INFORMED_DECISION).update(superseded_at=this_moment())
        Clearance.objects.create(
            case=case,
            organisation_id=jonas.organisation_id,
            gate=G.INFORMED_DECISION,
            state=ClearanceState.GIVEN,
            needed_because=NeededBecause.EVERYONE,
            needed_since=COUNSELLED,
            counselling=session,
            decided_by_name="Jonas",
            decided_on=COUNSELLED,
            recorded_by_id=jonas.user_id,
            recorded_by_name=jonas.name,
        )
        with pytest.raises(IntegrityError, match="informed_decision"), transaction.atomic():
            Case.objects.filter(id=case.id).update(travel_confirmed_on=COUNSELLED)
        assert gates_of_case(jonas, fresh(case)).closed == (G.INFORMED_DECISION,)


def test_a_child_who_was_heard_and_a_small_child_have_an_informed_decision():
    case, _session = unheard()
    heard = {"child_heard_by": "Jonas, counsellor", "is_suited_to_age": True}
    counsel(case_id=case.id, decision=Decision.RETURN, is_informed=True, **heard)
    assert closed(case) == (G.GUARDIAN_CONSENT,)
    small, _session = unheard(2023)
    assert closed(small) == (G.GUARDIAN_CONSENT,)


def test_a_child_alone_has_the_gates_of_a_child_alone_instead():
    case = enquiry("Idris", 2010)
    note(case_id=case.id, flags=[F.UNACCOMPANIED_CHILD])
    counsel(case_id=case.id, decision=Decision.RETURN, is_informed=True)
    assert G.INFORMED_DECISION not in closed(case)


def test_each_child_is_counselled_and_consented_for_by_itself():
    """Neither the parents' decision nor a sibling's session or paper opens the gate of a child."""
    file = start_file(jonas, opened_on=OPENED)
    first, second = (
        enquiry(name, 2015, file_id=file.id, role_in_file=RoleInFile.CHILD) for name in ("Rim", "Adam")
    )
    parent = counselled(enquiry("Omar", file_id=file.id))
    assert closed(first) == closed(second) == (G.INFORMED_DECISION, G.GUARDIAN_CONSENT)
    with acting_as(jonas):
        of_parent = counselling_of_case(jonas, parent.id).get()
    for gate, given in (
        (G.INFORMED_DECISION, {"counselling_id": of_parent.id}),
        (G.GUARDIAN_CONSENT, {"counselling_id": of_parent.id}),
        (G.GUARDIAN_CONSENT, {"document_id": paper(second)}),
    ):
        with pytest.raises(Invalid):
            give(case_id=first.id, gate=gate, **given)
    counselled(first)
    give(case_id=first.id, gate=G.GUARDIAN_CONSENT, document_id=paper(first))
    assert closed(first) == ()
    assert closed(second) == (G.INFORMED_DECISION, G.GUARDIAN_CONSENT)


def test_a_child_alone_passes_four_gates_more():
    case = travel_planned(enquiry("Idris", 2010))
    note(case_id=case.id, flags=[F.UNACCOMPANIED_CHILD])
    assert closed(case) == (G.BEST_INTERESTS, G.FAMILY_TRACING, G.FAMILY_ASSESSMENT, G.GUARDIAN_CONSENT)


def test_a_clearance_that_ends_before_the_journey_does_not_open_the_gate():
    case = with_health_need()
    give(
        case_id=case.id,
        gate=G.FIT_TO_TRAVEL,
        document_id=paper(case),
        valid_until=date(2026, 4, 19),
    )
    assert G.FIT_TO_TRAVEL in closed(case)
    give(case_id=case.id, gate=G.FIT_TO_TRAVEL, document_id=paper(case), valid_until=date(2026, 4, 20))
    assert G.FIT_TO_TRAVEL not in closed(case)


@pytest.mark.parametrize("closing", ["refused", "lapsed", "noted"])
def test_a_confirmation_falls_when_a_gate_closes(closing):
    case = cleared(with_health_need())
    confirm_travel(jonas, case_id=case.id)
    if closing == "refused":
        refuse_clearance(
            jonas, case_id=case.id, gate=G.FIT_TO_TRAVEL, decided_by=PHYSICIAN, reason="Fever since"
        )
    elif closing == "lapsed":
        lapse_clearance(jonas, case_id=case.id, gate=G.FIT_TO_TRAVEL, reason="He fell ill")
    else:
        note(case_id=case.id, flags=[F.HEALTH_NEED, F.CAPACITY_DOUBT])
    assert fresh(case).travel_confirmed_on is None


def test_another_day_of_departure_is_confirmed_anew():
    case = travel_confirmed()
    later = replace(JOURNEY, arrival_place="Old Harbour", medical_items=None)
    change_travel(jonas, case_id=case.id, expected_version=1, details=later)
    assert fresh(case).travel_confirmed_on
    later = replace(later, departs_on=date(2026, 4, 21))
    change_travel(jonas, case_id=case.id, expected_version=2, details=later)
    assert fresh(case).travel_confirmed_on is None


def test_what_a_programme_asks_for_bars_the_way_too():
    case = travel_planned()
    require_gates(jonas, case_id=case.id, gates=[G.FIT_TO_TRAVEL, G.INFORMED_DECISION])
    assert closed(case) == (G.FIT_TO_TRAVEL,)
    give(case_id=case.id, gate=G.FIT_TO_TRAVEL, document_id=paper(case))
    assert closed(case) == ()


def test_a_clearance_out_of_date_lapses_by_itself_before_departure():
    case = with_health_need()
    valid = {"document_id": paper(case), "valid_until": date(2026, 4, 11)}
    give(case_id=case.id, gate=G.FIT_TO_TRAVEL, **valid)
    assert lapse_outdated(system_actor(HARBOUR), today=date(2026, 4, 11)) == []
    (lapsed,) = lapse_outdated(system_actor(HARBOUR), today=date(2026, 4, 12))
    assert (lapsed.gate, lapsed.state) == (G.FIT_TO_TRAVEL, ClearanceState.LAPSED)


def test_conditions_are_sealed():
    case = with_health_need()
    give(case_id=case.id, gate=G.FIT_TO_TRAVEL, document_id=paper(case), conditions="Oxygen on board")
    with acting_as(jonas):
        clearance = clearances_of_case(jonas, case.id).get(gate=G.FIT_TO_TRAVEL, superseded_at=None)
    assert b"Oxygen" not in bytes(clearance.conditions)


def test_closed_gates_and_journeys_to_confirm_wait_for_the_lead():
    case = with_health_need()
    with acting_as(jonas):
        assert [one.id for one in cases_with_closed_gates(jonas)] == [case.id]
        assert not cases_to_confirm(jonas, JOURNEY.arrives_on).exists()
    with acting_as(nora):
        assert not cases_with_closed_gates(nora).exists()
    cleared(case)
    with acting_as(jonas):
        assert not cases_with_closed_gates(jonas).exists()
        assert [one.id for one in cases_to_confirm(jonas, JOURNEY.arrives_on)] == [case.id]


# arriving all the same


def test_who_arrives_past_a_closed_gate_is_recorded_and_flagged():
    case = with_health_need()
    arrival = confirm_arrival(nora, case_id=case.id, arrived_on=JOURNEY.arrives_on, place="Saltfield")
    assert arrival.past_gates == [G.FIT_TO_TRAVEL, G.CONTINUITY_OF_CARE]
    assert fresh(case).stage == Stage.ARRIVED
    with acting_as(jonas):
        assert [one.id for one in late_arrivals(jonas)] == [arrival.id]
    cleared(case)
    with acting_as(jonas):
        assert not late_arrivals(jonas).exists()


def test_who_arrives_after_a_departure_or_unprepared_is_not_flagged():
    with acting_as(jonas):
        assert not Arrival.objects.exists()
    case = arrived()
    spontaneous = enquiry("Mina")
    confirm_arrival(nora, case_id=spontaneous.id, arrived_on=date(2026, 4, 21), place="Saltfield")
    with acting_as(jonas):
        assert {tuple(one.past_gates) for one in Arrival.objects.all()} == {()}
        assert gates_of_case(jonas, fresh(spontaneous)).gates == ()
        assert seen_until(jonas, fresh(case)) == date(2027, 4, 21)


def test_whoever_is_noted_after_arrival_has_no_gate_to_pass():
    case = arrived()
    set_profile(nora, case_id=case.id, flags=[F.SURVIVOR_OF_VIOLENCE])
    assert closed(case) == ()


# past the commands


DIRECT = {
    "a confirmation": "UPDATE cases_case SET travel_confirmed_on = '2026-04-17' WHERE id = %s",
    "a departure": "UPDATE cases_case SET departed_on = '2026-04-20' WHERE id = %s",
    "both at once": "UPDATE cases_case SET travel_confirmed_on = '2026-04-17', departed_on = '2026-04-20' "
    "WHERE id = %s",
    "an arrival with a confirmation": "UPDATE cases_case SET travel_confirmed_on = '2026-04-17', "
    "departed_on = '2026-04-20', arrived_on = '2026-04-21' WHERE id = %s",
}


@pytest.mark.parametrize("statement", DIRECT.values(), ids=DIRECT.keys())
def test_the_database_refuses_it_too(statement):
    case = with_health_need()
    with acting_as(jonas), pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement, [case.id])


def test_the_database_refuses_it_by_the_orm_and_lets_pass_whom_nothing_bars():
    case = with_health_need()
    with acting_as(jonas), pytest.raises(IntegrityError, match="continuity_of_care"), transaction.atomic():
        Case.objects.filter(id=case.id).update(travel_confirmed_on=date(2026, 4, 17))
    cleared(case)
    with acting_as(jonas):
        assert Case.objects.filter(id=case.id).update(travel_confirmed_on=date(2026, 4, 17)) == 1


def test_the_database_refuses_a_departure_on_a_day_the_clearance_does_not_reach():
    case = with_health_need()
    for gate in (G.FIT_TO_TRAVEL, G.CONTINUITY_OF_CARE):
        give(case_id=case.id, gate=gate, document_id=paper(case), valid_until=date(2026, 4, 20))
    confirm_travel(jonas, case_id=case.id)
    with pytest.raises(GatesClosed):
        record_departure(jonas, case_id=case.id, departed_on=date(2026, 4, 25))
    with acting_as(jonas), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(id=case.id).update(departed_on=date(2026, 4, 25))


FORGED = {
    "taken out of the way": "DELETE FROM cases_clearance WHERE case_id = %s",
    "made to say yes": "UPDATE cases_clearance SET state = 'given' WHERE case_id = %s",
    "another profile": "UPDATE cases_profile SET flags = '{}' WHERE case_id = %s",
    "no profile": "DELETE FROM cases_profile WHERE case_id = %s",
}


@pytest.mark.parametrize("statement", FORGED.values(), ids=FORGED.keys())
def test_what_is_on_record_about_gates_is_not_rewritten(statement):
    case = with_health_need()
    with acting_as(jonas), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement, [case.id])


def test_a_clearance_without_a_successor_still_counts():
    case = with_health_need()
    with acting_as(jonas):
        Profile.objects.filter(case_id=case.id).update(superseded_at="2026-04-01T00:00Z")
        Clearance.objects.filter(case_id=case.id).update(superseded_at="2026-04-01T00:00Z")
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(id=case.id).update(travel_confirmed_on=date(2026, 4, 17))


def test_a_clearance_by_nobody_or_without_evidence_is_refused_by_the_database():
    case = with_health_need()
    given = {
        "case_id": case.id,
        "organisation_id": HARBOUR,
        "gate": G.BEST_INTERESTS,
        "needed_because": "profile",
        "needed_since": date(2026, 4, 1),
        "recorded_by_id": jonas.user_id,
        "state": "given",
    }
    decided = {"decided_by_name": "Somebody", "decided_on": date(2026, 4, 1)}
    with acting_as(jonas):
        elsewhere = paper(enquiry("Mina"))
        for missing in ({"document_id": paper(case)}, decided, decided | {"document_id": elsewhere}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Clearance.objects.create(**given, **missing)
        flags = {"flags": [], "noted_by_id": jonas.user_id, "organisation_id": HARBOUR}
        Profile.objects.filter(case_id=case.id).update(superseded_at="2026-04-01T00:00Z")
        with pytest.raises(IntegrityError), transaction.atomic():
            Profile.objects.create(case_id=case.id, **flags)


def test_a_list_brings_nobody_past_a_gate():
    person_id = counselled().person_id
    new = NewCase(person_id=person_id, details=CaseDetails(), departed_on=date(2026, 4, 1))
    with pytest.raises(IntegrityError):
        open_cases(jonas, cases=[new], opened_on=date(2026, 4, 2))
    (case,) = open_cases(jonas, cases=[replace(new, arrived_on=date(2026, 4, 2))], opened_on=date(2026, 4, 2))
    assert fresh(case).stage == Stage.ARRIVED
