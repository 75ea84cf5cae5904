from dataclasses import replace

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.approvals.commands import answer_approval
from homeward.approvals.queries import waiting_for
from homeward.approvals.rules import ApprovalState, Verdict
from homeward.lib.money import Money
from homeward.lib.problems import EditConflict, Refused, WrongState
from homeward.plans import commands
from homeward.plans.findings import Finding
from homeward.plans.problems import NotReady
from homeward.plans.queries import content_of, rights_of
from homeward.plans.rules import PlanState
from homeward.plans.tests.drafts import (
    RIGHTS,
    SHOP,
    STEPS,
    approval_for,
    approved,
    begun,
    drafted,
    fresh,
    proposed,
)
from tests.cast import RETURN_PARTNERS, nora, rosa, vera

pytestmark = pytest.mark.usefixtures("cast")
SYSTEM = system_actor(RETURN_PARTNERS)


def propose(version, actor=nora, **given):
    given = {"expected_revision": version.revision, "rights": RIGHTS, "steps": STEPS, **given}
    return commands.propose_plan(actor, version_id=version.id, **given)


def test_a_coordinator_proposes_nothing_and_nobody_acts_on_answers_by_hand():
    version = drafted()
    with pytest.raises(Refused):
        propose(version, vera)
    for actor in (nora, vera):
        with pytest.raises(Refused):
            commands.take_answer(actor, version_id=version.id, verdict=Verdict.APPROVE)


def test_a_plan_that_takes_more_than_the_entitlement_is_not_proposed():
    version = drafted(details=replace(SHOP, cost_minor=100_001))
    with pytest.raises(NotReady) as caught:
        propose(version)
    assert [one.finding for one in caught.value.found] == [Finding.OVER_ENTITLEMENT]
    assert fresh(version).state == PlanState.DRAFT


def test_an_empty_plan_is_not_proposed():
    with pytest.raises(NotReady):
        propose(begun())


def test_what_changed_after_it_was_read_is_not_proposed():
    version = drafted()
    with pytest.raises(EditConflict):
        propose(version, expected_revision=1)


def test_a_proposed_plan_waits_for_who_approves_and_keeps_the_entitlement_of_the_day():
    version = proposed()
    assert (version.state, len(version.content_hash)) == (PlanState.PROPOSED, 64)
    assert tuple(rights_of(version)) == RIGHTS
    approval = approval_for(version)
    assert (approval.amount, approval.reference) == (Money(90_000, "EUR"), approval.reference)
    assert nora.user_id in approval.barred_ids
    with acting_as(rosa):
        assert list(waiting_for(rosa)) == [approval]


def test_where_no_approval_is_asked_the_plan_is_ready_for_the_person():
    assert approved().state == PlanState.APPROVED


def test_an_approved_plan_is_ready_for_the_person():
    version = commands.take_answer(SYSTEM, version_id=proposed().id, verdict=Verdict.APPROVE)
    assert version.state == PlanState.APPROVED
    assert version.approved_on is not None


def test_a_plan_sent_back_is_a_draft_again_that_says_why():
    version = commands.take_answer(
        SYSTEM, version_id=proposed().id, verdict=Verdict.SEND_BACK, reasons="No quote", by_name="Rosa"
    )
    assert (version.state, version.returned_reasons) == (PlanState.DRAFT, "No quote")
    assert propose(fresh(version), steps=()).returned_reasons == ""


def test_a_declined_plan_is_amended_into_a_new_version():
    first = commands.take_answer(SYSTEM, version_id=proposed().id, verdict=Verdict.DECLINE, reasons="No")
    second = commands.amend_plan(nora, case_id=first.case_id, reason="A smaller shop")
    assert (first.state, second.number) == (PlanState.DECLINED, 2)
    with acting_as(nora):
        assert [line.details for line in content_of(second).lines()] == [SHOP]


def test_a_proposal_is_taken_back_with_its_question():
    version = proposed()
    approval = approval_for(version)
    assert commands.withdraw_proposal(nora, version_id=version.id).state == PlanState.DRAFT
    assert approval_for(version).state == ApprovalState.WITHDRAWN
    with pytest.raises(WrongState):
        answer_approval(rosa, approval_id=approval.id, verdict=Verdict.APPROVE, expected_version=2)
