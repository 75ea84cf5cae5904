from itertools import product

import pytest

from homeward.access.actions import Action
from homeward.access.roles import MAY, Role
from homeward.approvals.rules import (
    APPROVERS,
    INCOMPATIBLE,
    MONEY,
    Answerer,
    ApprovalState,
    Bar,
    StepAsked,
    SubjectKind,
    Verdict,
    bar_to_answering,
    faulty_steps,
    state_after,
)
from homeward.lib.identifiers import new_id

WHO = new_id()
COORDINATOR = frozenset({Role.COORDINATOR})


def bar(kind=SubjectKind.PLAN, role=Role.COORDINATOR, hats=(), roles=COORDINATOR, barred=(), answered=()):
    answerer = Answerer(WHO, role, frozenset({role, *hats}))
    return bar_to_answering(answerer, kind=kind, roles=roles, barred_ids=barred, answered_ids=answered)


def test_who_has_not_the_role_of_the_step_does_not_answer():
    assert {bar(role=role) for role in Role if role != Role.COORDINATOR} == {Bar.ROLE}


def test_who_asked_or_drafted_does_not_answer_in_any_role():
    assert bar(barred=[WHO]) == Bar.ASKED


def test_nobody_answers_two_steps():
    assert bar(answered=[WHO]) == Bar.ANSWERED_EARLIER_STEP


def test_a_coordinator_answers():
    assert {bar(kind) for kind in SubjectKind} == {None}


@pytest.mark.parametrize(("kind", "hat"), list(product(SubjectKind, Role)))
def test_hats_that_do_not_go_together_are_exactly_those_of_the_table(kind, hat):
    expected = Bar.OTHER_HAT if hat in INCOMPATIBLE[kind] else None
    assert bar(kind, hats=[hat]) == expected


def test_who_spends_or_pays_approves_no_money():
    assert sorted(MONEY) == sorted([SubjectKind.COMMITMENT, SubjectKind.PAYMENT, SubjectKind.TOP_UP])
    spenders = {Role.FINANCE_OFFICER, Role.CASE_MANAGER, Role.RETURN_COUNSELLOR}
    assert all(spenders <= INCOMPATIBLE[kind] for kind in MONEY)


def test_a_role_that_the_programme_names_itself_is_compatible():
    finance = frozenset({Role.FINANCE_OFFICER})
    assert bar(SubjectKind.PAYMENT, role=Role.FINANCE_OFFICER, roles=finance) is None


def test_steps_name_who_may_answer_and_by_when():
    def faulty(roles=COORDINATOR, days=3, count=1):
        return faulty_steps([StepAsked(frozenset(roles), new_id(), days)] * count)

    assert not faulty()
    assert faulty(roles=[])
    assert faulty(days=0)
    assert faulty(count=0)
    assert faulty(count=7)
    assert [role for role in Role if not faulty(roles=[role])] == [role for role in Role if role in APPROVERS]


def test_every_role_that_a_step_can_name_may_answer():
    assert all(Action.APPROVAL_ANSWER in MAY[role] for role in APPROVERS)


def test_only_the_last_yes_approves_the_whole():
    after = {
        (verdict, last): state_after(verdict, is_last=last) for verdict in Verdict for last in (False, True)
    }
    assert after == {
        (Verdict.APPROVE, False): ApprovalState.WAITING,
        (Verdict.APPROVE, True): ApprovalState.APPROVED,
        (Verdict.SEND_BACK, False): ApprovalState.SENT_BACK,
        (Verdict.SEND_BACK, True): ApprovalState.SENT_BACK,
        (Verdict.DECLINE, False): ApprovalState.DECLINED,
        (Verdict.DECLINE, True): ApprovalState.DECLINED,
    }
