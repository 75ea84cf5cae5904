import pytest
from django.db import IntegrityError, transaction

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.approvals.commands import withdraw_approval
from homeward.approvals.models import Approval
from homeward.approvals.problems import AskedAlready, NotWaiting
from homeward.approvals.queries import approval_of, asked_approvals, get_approval, steps_of, waiting_for
from homeward.approvals.rules import ApprovalState, StepAsked, SubjectKind
from homeward.approvals.tests.asked import OWN, asked
from homeward.lib.identifiers import new_id
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import (
    NORDHOLM,
    RETURN_PARTNERS,
    jonas,
    karim,
    lina_as_case_manager,
    nora,
    rosa,
    stranger,
    vera,
)

pytestmark = pytest.mark.usefixtures("cast")


def test_a_service_provider_asks_for_nothing():
    with pytest.raises(Refused):
        asked(karim)


def test_a_stranger_cannot_tell_that_it_was_asked():
    approval = asked()
    for actor in (stranger, jonas):
        with acting_as(actor), pytest.raises(NotFound):
            get_approval(actor, approval.id)
    with pytest.raises(NotFound):
        withdraw_approval(stranger, approval_id=approval.id)


def test_steps_need_somebody_who_may_answer():
    for steps in ((), (StepAsked(frozenset({Role.EVALUATOR}), NORDHOLM),), (StepAsked(OWN.roles, new_id()),)):
        with pytest.raises(Invalid):
            asked(steps=steps)


def test_a_subject_is_asked_about_once_at_a_time():
    approval = asked()
    with pytest.raises(AskedAlready):
        asked(subject_id=approval.subject_id)
    withdraw_approval(lina_as_case_manager, approval_id=approval.id)
    assert asked(subject_id=approval.subject_id).is_waiting


def test_who_asks_and_who_answers_see_what_waits():
    approval = asked(amount=Money(150_000, "EUR"))
    for actor in (nora, rosa, vera):
        with acting_as(actor):
            seen = approval_of(actor, SubjectKind.PLAN, approval.subject_id)
            assert (seen, seen.amount) == (approval, Money(150_000, "EUR"))
            assert [step.organisation_id for step in steps_of(actor, seen)] == [RETURN_PARTNERS, NORDHOLM]
    with acting_as(rosa):
        assert list(waiting_for(rosa)) == [approval]
    with acting_as(nora):
        assert list(asked_approvals(nora)) == [approval]


def test_the_second_step_waits_for_the_first():
    asked()
    with acting_as(vera):
        assert list(waiting_for(vera)) == []


def test_a_withdrawn_question_waits_no_more_and_stays():
    approval = asked()
    with pytest.raises(Refused):
        withdraw_approval(vera, approval_id=approval.id)
    assert withdraw_approval(nora, approval_id=approval.id).state == ApprovalState.WITHDRAWN
    with pytest.raises(NotWaiting):
        withdraw_approval(nora, approval_id=approval.id)
    with acting_as(rosa):
        assert list(waiting_for(rosa)) == []


def test_what_was_asked_is_never_changed_afterwards():
    approval = asked()
    for change in ({"amount_minor": 5, "currency": "EUR"}, {"barred_ids": []}, {"state": "approved"}):
        with acting_as(rosa), pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.filter(id=approval.id).update(**change)
