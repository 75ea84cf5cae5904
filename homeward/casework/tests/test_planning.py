"""A plan as the programme of its case asks for it, from the draft to the answer of who approves."""

from dataclasses import replace

import pytest

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.approvals.queries import approval_of, steps_of, waiting_for
from homeward.approvals.rules import SubjectKind, Verdict
from homeward.cases.commands import end_share, submit_application
from homeward.cases.queries import shares_of, timeline_of
from homeward.cases.rules import EventKind
from homeward.cases.tests.journeys import APPLIED, counselled, programme
from homeward.casework.commands import answer_approval, propose_plan
from homeward.casework.planning import frame_of
from homeward.casework.tests.test_eligibility import TERMS, published
from homeward.lib.money import Money
from homeward.lib.problems import NotFound, Refused
from homeward.plans.findings import Finding, Limits
from homeward.plans.problems import NotReady
from homeward.plans.queries import open_version
from homeward.plans.rules import PayForm, PlanState
from homeward.plans.tests.drafts import SHOP, begun, fresh, with_activity, with_goal
from tests.cast import NORDHOLM, jonas, nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")

BY_PROGRAMME = {"subject": "plan", "roles": ["coordinator"], "organisation": "programme", "answer_days": 5}
ASKING = TERMS | {"approvals": [BY_PROGRAMME | {"from_minor": 50_000}], "income_share_min_percent": 60}


def drafted(details=SHOP, terms=ASKING):
    """Jonas drafts the plan of somebody who applied to a programme of Vera's office."""
    case, one = counselled(), programme()
    published(one.id, terms)
    submit_application(jonas, case_id=case.id, programme_id=one.id, submitted_on=APPLIED)
    version = begun(jonas, case)
    with_activity(version, with_goal(version, actor=jonas), details, actor=jonas)
    return fresh(version, jonas)


def propose(version, actor=jonas):
    return propose_plan(actor, version_id=version.id, expected_revision=version.revision)


def approval_for(version, actor=jonas):
    with acting_as(actor):
        return approval_of(actor, SubjectKind.PLAN, version.id)


def test_a_stranger_and_a_coordinator_propose_nothing():
    version = drafted()
    with pytest.raises(NotFound):
        propose(version, stranger)
    with pytest.raises(Refused):
        propose(version, vera)


def test_the_entitlement_comes_from_the_version_the_case_goes_by():
    version = drafted()
    with acting_as(jonas):
        frame = frame_of(jonas, version.case_id)
    (right,) = frame.rights
    assert (right.package_code, right.amount, right.in_cash) == ("start", Money(200_000, "EUR"), False)
    assert frame.limits == Limits(income_share_min_percent=60)


def test_more_than_the_entitlement_is_not_proposed():
    with pytest.raises(NotReady) as caught:
        propose(drafted(replace(SHOP, cost_minor=200_001)))
    assert [one.finding for one in caught.value.found] == [Finding.OVER_ENTITLEMENT]
    with pytest.raises(NotReady) as caught:
        propose(drafted(replace(SHOP, form=PayForm.CASH)))
    assert [one.finding for one in caught.value.found] == [Finding.NOT_IN_CASH]


def test_who_runs_the_programme_is_asked_from_its_threshold_upwards():
    version = propose(drafted())
    approval = approval_for(version)
    assert (version.state, approval.amount) == (PlanState.PROPOSED, Money(90_000, "EUR"))
    with acting_as(vera):
        (step,) = steps_of(vera, approval)
        assert list(waiting_for(vera)) == [approval]
    assert (step.organisation_id, step.asked_roles, step.answer_days) == (NORDHOLM, {Role.COORDINATOR}, 5)


def test_below_the_threshold_nobody_is_asked():
    version = propose(drafted(replace(SHOP, cost_minor=49_999)))
    assert version.state == PlanState.APPROVED
    assert approval_for(version) is None


@pytest.mark.parametrize(
    ("verdict", "state", "kind"),
    [
        (Verdict.APPROVE, PlanState.APPROVED, EventKind.PLAN_APPROVED),
        (Verdict.SEND_BACK, PlanState.DRAFT, EventKind.PLAN_SENT_BACK),
        (Verdict.DECLINE, PlanState.DECLINED, EventKind.PLAN_DECLINED),
    ],
)
def test_an_answer_takes_effect_on_the_plan_in_the_name_of_who_gave_it(verdict, state, kind):
    version = propose(drafted())
    answer_approval(
        vera,
        approval_id=approval_for(version).id,
        verdict=verdict,
        reasons="Seen",
        expected_version=1,
    )
    assert fresh(version, jonas).state == state
    with acting_as(jonas):
        told = next(event for event in timeline_of(jonas, version.case_id) if event.kind == kind)
    assert told.actor_name == vera.name


def test_who_approves_need_not_see_the_case():
    version = propose(drafted())
    with acting_as(jonas):
        share = shares_of(jonas, version.case_id).get(organisation_id=NORDHOLM)
    end_share(jonas, case_id=version.case_id, share_id=share.id)
    approval = approval_for(version, vera)
    answer_approval(vera, approval_id=approval.id, verdict=Verdict.APPROVE, expected_version=1)
    assert fresh(version, jonas).state == PlanState.APPROVED
    with acting_as(vera):
        assert open_version(vera, version.case_id) is None


def test_a_case_without_a_programme_needs_no_approval():
    version = begun(nora)
    with_activity(version, with_goal(version), replace(SHOP, package_code=""))
    assert propose(fresh(version), nora).state == PlanState.APPROVED
