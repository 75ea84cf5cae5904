import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.approvals.commands import answer_approval, pass_on
from homeward.approvals.models import Approval, Step
from homeward.approvals.problems import AnsweredEarlierStep, IncompatibleRoles, NotWaiting, OwnRequest
from homeward.approvals.queries import answered_approvals, approval_of, people_who_may_answer, waiting_for
from homeward.approvals.rules import ApprovalState, StepAsked, SubjectKind, Verdict
from homeward.approvals.tests.asked import OWN, PROGRAMME, asked
from homeward.lib.problems import EditConflict, Invalid, NotFound, Problem, Refused
from homeward.organisations.models import Membership
from tests.cast import NORDHOLM, RETURN_PARTNERS, adil, karim, nora, rosa, stranger, tarek, vera

pytestmark = pytest.mark.usefixtures("cast")


def answer(actor, approval, verdict=Verdict.APPROVE, **given):
    given = {"expected_version": approval.version, **given}
    return answer_approval(actor, approval_id=approval.id, verdict=verdict, **given)


def wear(actor, role):
    with acting_as(actor):
        Membership.objects.create(user_id=actor.user_id, organisation_id=actor.organisation_id, role=role)


def test_a_service_provider_and_a_stranger_do_not_answer():
    approval = asked()
    with pytest.raises(Refused):
        answer(karim, approval)
    with pytest.raises(NotFound):
        answer(stranger, approval)


def test_who_has_not_the_role_of_the_step_does_not_answer():
    approval = asked()
    for actor in (tarek, vera):  # a case manager, and the coordinator whose turn has not come
        with pytest.raises(Refused):
            answer(actor, approval)


def test_who_asked_does_not_answer_even_in_another_role():
    approval = asked(rosa)
    with pytest.raises(OwnRequest):
        answer(rosa, approval)


def test_who_drafted_does_not_answer():
    approval = asked(drafted_by_ids=[rosa.user_id])
    with pytest.raises(OwnRequest):
        answer(rosa, approval)


def test_nobody_answers_two_steps():
    approval = answer(rosa, asked(steps=(OWN, OWN)))
    with pytest.raises(AnsweredEarlierStep):
        answer(rosa, approval)


def test_who_pays_does_not_approve_payments():
    wear(rosa, Role.FINANCE_OFFICER)
    with pytest.raises(IncompatibleRoles):
        answer(rosa, asked(kind=SubjectKind.PAYMENT))
    assert answer(rosa, asked(kind=SubjectKind.PLAN)).step_number == 2


def test_sending_back_and_declining_need_reasons():
    approval = asked()
    for verdict in (Verdict.SEND_BACK, Verdict.DECLINE):
        with pytest.raises(Invalid) as caught:
            answer(rosa, approval, verdict, reasons=" ")
        assert set(caught.value.fields) == {"reasons"}


def test_each_yes_moves_to_the_next_step_and_the_last_approves():
    approval = answer(rosa, asked())
    assert (approval.state, approval.step_number) == (ApprovalState.WAITING, 2)
    with acting_as(vera):
        assert list(waiting_for(vera)) == [approval]
    approval = answer(vera, approval)
    assert approval.state == ApprovalState.APPROVED
    with acting_as(nora):
        assert list(answered_approvals(nora)) == [approval]
        assert approval_of(nora, SubjectKind.PLAN, approval.subject_id).state == ApprovalState.APPROVED


@pytest.mark.parametrize(
    ("verdict", "state"),
    [(Verdict.SEND_BACK, ApprovalState.SENT_BACK), (Verdict.DECLINE, ApprovalState.DECLINED)],
)
def test_a_no_at_any_step_ends_it_with_its_reasons(verdict, state):
    approval = answer(rosa, asked(), verdict, reasons="The price is missing")
    assert approval.state == state
    with acting_as(nora):
        assert approval.steps.get(number=1).reasons == "The price is missing"
    with pytest.raises(NotWaiting):
        answer(vera, approval)


def test_an_answer_to_what_was_read_before_somebody_else_answered_is_refused():
    approval = asked()
    answer(rosa, approval)
    with pytest.raises(EditConflict):
        answer(vera, approval, expected_version=1)


def test_a_step_is_passed_on_to_one_who_may_answer():
    wear(tarek, Role.COORDINATOR)
    approval = asked()
    with pytest.raises(Refused):
        pass_on(nora, approval_id=approval.id, user_id=tarek.user_id, expected_version=1)
    for somebody in (nora, adil, vera):
        with pytest.raises(Invalid):
            pass_on(rosa, approval_id=approval.id, user_id=somebody.user_id, expected_version=1)
    approval = pass_on(rosa, approval_id=approval.id, user_id=tarek.user_id, expected_version=1)
    with acting_as(rosa):
        assert list(waiting_for(rosa)) == []
        assert set(people_who_may_answer(rosa, approval, approval.steps.get(number=1))) == {
            rosa.user_id,
            tarek.user_id,
        }


def test_what_was_passed_to_somebody_who_left_waits_for_the_others_again():
    wear(tarek, Role.COORDINATOR)
    approval = asked()
    pass_on(adil, approval_id=approval.id, user_id=tarek.user_id, expected_version=1)
    with acting_as(rosa):
        Membership.objects.filter(user_id=tarek.user_id).update(ended_at="2026-06-01T00:00:00Z")
        assert list(waiting_for(rosa)) == [approval]


def test_the_database_takes_no_answer_of_who_asked_nor_from_another_organisation():
    approval = asked()
    given = {"verdict": "approve", "answered_at": "2026-06-01T00:00:00Z"}
    with acting_as(rosa), pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(approval=approval, number=1).update(answered_by_id=nora.user_id, **given)
    with acting_as(rosa), pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(id=approval.id).update(state="approved", ended_at="2026-06-01T00:00:00Z")
    with acting_as(vera):
        first = Step.objects.filter(approval=approval, number=1)
        assert first.update(answered_by_id=vera.user_id, **given) == 0
    given["answered_by_id"] = vera.user_id
    with acting_as(vera), pytest.raises(IntegrityError), transaction.atomic():  # her turn has not come
        Step.objects.filter(approval=approval, number=2).update(**given)


def test_an_answer_stays_as_it_was_given():
    approval = asked()
    answer(rosa, approval)
    with acting_as(rosa), pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(approval=approval, number=1).update(reasons="Other reasons")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_told_that_the_other_did(cast):
    wear(tarek, Role.COORDINATOR)
    other = tarek.__class__(**{**tarek.__dict__, "role": Role.COORDINATOR})
    approval = asked()
    together, outcomes = threading.Barrier(2), []

    def at_once(actor, verdict):
        together.wait()
        try:
            outcomes.append(answer(actor, approval, verdict, reasons="Seen").state)
        except Problem as problem:
            outcomes.append(type(problem))
        finally:
            connection.close()

    pair = [(rosa, Verdict.APPROVE), (other, Verdict.DECLINE)]
    threads = [threading.Thread(target=at_once, args=one) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert EditConflict in outcomes
    with acting_as(nora):
        assert approval.steps.exclude(verdict="").count() == 1


def test_an_organisation_may_ask_itself_and_another():
    approval = asked(steps=(StepAsked(frozenset({Role.COORDINATOR}), RETURN_PARTNERS, 1), PROGRAMME))
    assert set(approval.party_ids) == {RETURN_PARTNERS, NORDHOLM}
    assert approval.due_on > date(2026, 1, 1)
