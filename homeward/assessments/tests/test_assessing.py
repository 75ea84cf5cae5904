from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from homeward.access.acting import acting_as
from homeward.assessments.commands import (
    AnsweredAlready,
    NotForTheYoung,
    answer_proposal,
    begin_assessment,
    drop_assessment,
    finish_assessment,
    propose_from_list,
    save_answers,
)
from homeward.assessments.models import Assessment, Proposal
from homeward.assessments.queries import open_answers, open_proposals, own_draft, profile_of
from homeward.assessments.rules import Freshness, Kind, Missing, Origin, State, missing, value
from homeward.audit.models import Entry
from homeward.cases.gate_rules import Gate, ProfileFlag
from homeward.cases.journey_rules import OpeningReason
from homeward.cases.queries.gates import gates_of_case
from homeward.cases.tests.journeys import arrived, enquiry, fresh, travel_planned
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from tests.cast import jonas, lina, nora, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")

TODAY = date(2026, 4, 2)
begin = partial(begin_assessment, jonas)
ILL = {"individual_risks": value(["illness"]), "individual_notes": missing(Missing.REFUSED)}


def filled(case, kind=Kind.VULNERABILITY, step="individual", answers=ILL, actor=jonas, held_on=TODAY):
    """A finished assessment of one step."""
    draft = begin_assessment(actor, case_id=case.id, kind=kind)
    save_answers(actor, assessment_id=draft.id, step=step, answers=answers, expected_version=draft.version)
    return finish_assessment(
        actor, assessment_id=draft.id, held_on=held_on, expected_version=draft.version + 1
    )


def test_who_does_no_casework_assesses_nobody_and_a_stranger_finds_nothing():
    case = enquiry()
    for actor in (vera, salma):
        with pytest.raises(Refused):
            begin_assessment(actor, case_id=case.id, kind=Kind.NEEDS)
    with pytest.raises(NotFound):
        begin_assessment(stranger, case_id=case.id, kind=Kind.NEEDS)
    done = filled(case)
    with pytest.raises(NotFound):
        open_answers(stranger, done.id, reason=OpeningReason.CASEWORK)
    with acting_as(stranger):
        assert not Assessment.objects.exists()
        assert not Proposal.objects.exists()


def test_nobody_writes_in_anothers_draft():
    draft = begin(case_id=enquiry().id, kind=Kind.VULNERABILITY)
    given = {"assessment_id": draft.id, "step": "individual", "answers": ILL, "expected_version": 1}
    for actor in (lina, nora):
        with pytest.raises(NotFound):
            save_answers(actor, **given)
        with acting_as(actor), pytest.raises(NotFound):
            own_draft(actor, draft.id)


def test_an_answer_is_one_of_the_choices():
    draft = begin(case_id=enquiry().id, kind=Kind.VULNERABILITY)
    save = partial(save_answers, jonas, assessment_id=draft.id, expected_version=1)
    for answers in (
        {"individual_risks": value(["made_up"])},
        {"individual_risks": value("illness")},
        {"individual_risks": {"missing": "forgotten"}},
        {"individual_notes": value("x" * 4_001)},
        {"community_risks": value(["stigma"])},
    ):
        with pytest.raises(Invalid):
            save(step="individual", answers=answers)
    with pytest.raises(NotFound):
        save(step="nowhere", answers={})


def test_the_short_set_is_not_asked_of_small_children():
    case = enquiry("Rim", date.today().year - 3)  # noqa: TID251 (only the child's age matters)
    with pytest.raises(NotForTheYoung):
        begin(case_id=case.id, kind=Kind.FUNCTIONING)


def test_each_step_is_kept_and_nothing_of_another_is_lost():
    draft = begin(case_id=enquiry().id, kind=Kind.VULNERABILITY)
    assert begin(case_id=draft.case_id, kind=Kind.VULNERABILITY).id == draft.id
    save = partial(save_answers, jonas, assessment_id=draft.id)
    save(step="individual", answers=ILL, expected_version=1)
    save(step="community", answers={"community_risks": value(["stigma"])}, expected_version=2)
    with pytest.raises(EditConflict):
        save(step="community", answers={}, expected_version=2)
    with acting_as(jonas):
        opened = own_draft(jonas, draft.id)
    assert opened.answers == {**ILL, "community_risks": value(["stigma"])}
    assert opened.assessment.steps_done == ["individual", "community"]
    assert b"illness" not in bytes(opened.assessment.answers)


def test_an_empty_assessment_is_not_finished_and_silence_counts_as_not_asked():
    draft = begin(case_id=enquiry().id, kind=Kind.NEEDS)
    with pytest.raises(Invalid):
        finish_assessment(jonas, assessment_id=draft.id, held_on=TODAY, expected_version=1)
    drop_assessment(jonas, assessment_id=draft.id)
    done = filled(enquiry("Mina"))
    opened = open_answers(nora, done.id, reason=OpeningReason.TAKING_OVER)
    assert opened.answers["structural_risks"] == missing(Missing.NOT_ASKED)
    assert opened.answers["individual_notes"] == missing(Missing.REFUSED)
    with acting_as(nora):
        entry = Entry.objects.get(action="assessment.open")
    assert (entry.actor_id, entry.subject_id) == (nora.user_id, done.id)


def test_what_is_finished_stays():
    done = filled(enquiry())
    with pytest.raises(WrongState):
        save_answers(jonas, assessment_id=done.id, step="individual", answers={}, expected_version=3)
    with acting_as(jonas):
        for statement in ("UPDATE assessments_assessment SET conclusion = 'low'",):
            with pytest.raises(IntegrityError), transaction.atomic():
                connection.cursor().execute(statement)


def test_an_assessment_proposes_and_a_person_confirms():
    case = travel_planned()
    filled(case)
    with acting_as(jonas):
        (proposal,) = open_proposals(jonas, case.id)
        assert gates_of_case(jonas, fresh(case)).closed == ()  # nothing follows from a form by itself
    answer_proposal(jonas, proposal_id=proposal.id, confirm=True)
    with acting_as(jonas):
        assert gates_of_case(jonas, fresh(case)).closed == (Gate.FIT_TO_TRAVEL, Gate.CONTINUITY_OF_CARE)
        assert profile_of(jonas, case.id).flags == {ProfileFlag.HEALTH_NEED}
    with pytest.raises(AnsweredAlready):
        answer_proposal(jonas, proposal_id=proposal.id, confirm=False, reason="No")


def test_declining_takes_a_reason_and_leaves_the_profile_alone():
    case = enquiry()
    filled(case)
    with acting_as(jonas):
        (proposal,) = open_proposals(jonas, case.id)
    with pytest.raises(Invalid):
        answer_proposal(jonas, proposal_id=proposal.id, confirm=False)
    answer_proposal(jonas, proposal_id=proposal.id, confirm=False, reason="A cold, over by now")
    with acting_as(jonas):
        profile = profile_of(jonas, case.id)
    assert (profile.flags, profile.proposals) == (frozenset(), ())


def test_what_a_list_says_is_proposed_once():
    case = enquiry()
    flags = {case.id: [ProfileFlag.SINGLE_PARENT, ProfileFlag.HEALTH_NEED]}
    assert propose_from_list(jonas, flags=flags).count == 2
    propose_from_list(jonas, flags=flags)
    filled(case)
    with acting_as(jonas):
        found = [(one.flag, one.origin) for one in open_proposals(jonas, case.id)]
    assert sorted(found) == [("health_need", Origin.PARTNER_LIST), ("single_parent", Origin.PARTNER_LIST)]


def test_the_short_set_finds_a_disability_and_a_risk_its_level():
    case = enquiry()
    done = filled(case, Kind.FUNCTIONING, "senses", {"seeing": value("a_lot"), "hearing": value("some")})
    assert done.proposed == [ProfileFlag.DISABILITY]
    some = filled(case, Kind.FUNCTIONING, "senses", {"seeing": value("some")})
    assert some.proposed == []
    risk = filled(case, Kind.RISK, "safety", {"level": value("high")})
    assert risk.conclusion == "high"


def test_the_profile_says_what_is_known_by_whom_and_what_is_stale():
    case = arrived()
    filled(case, held_on=date(2026, 4, 2))
    filled(case, actor=nora, kind=Kind.RISK, step="safety", answers={"level": value("low")}, held_on=TODAY)
    begin_assessment(nora, case_id=case.id, kind=Kind.FAMILY)
    with acting_as(nora):
        profile = profile_of(nora, case.id)
    known = {one.kind: one for one in profile.known}
    assert known[Kind.VULNERABILITY].freshness == Freshness.BEFORE_ARRIVAL
    assert known[Kind.VULNERABILITY].newest.done_by_name == jonas.name
    assert known[Kind.RISK].newest.conclusion == "low"
    assert (known[Kind.FAMILY].newest, known[Kind.FAMILY].draft.state) == (None, State.DRAFT)
    assert profile.seen_until == date(2027, 4, 21)
    assert known[Kind.SKILLS].newest is None
