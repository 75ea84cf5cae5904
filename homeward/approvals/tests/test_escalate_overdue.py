from datetime import timedelta

import pytest
from django.core import mail

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.approvals.commands import answer_approval, escalate_overdue
from homeward.approvals.queries import escalated_to, owners_of
from homeward.approvals.rules import StepAsked, Verdict
from homeward.approvals.tests.asked import asked
from homeward.lib.problems import Refused
from homeward.organisations.models import Membership
from tests.cast import NORDHOLM, RETURN_PARTNERS, adil, nora, rosa, vera

pytestmark = pytest.mark.usefixtures("cast")
OFFICE = system_actor(RETURN_PARTNERS)


def escalated(approval, days=1, actor=OFFICE):
    return escalate_overdue(actor, today=approval.due_on + timedelta(days=days))


def test_nobody_escalates_by_hand():
    with pytest.raises(Refused):
        escalated(asked(), actor=rosa)


def test_an_answer_on_its_last_day_is_not_late():
    assert escalated(asked(), days=0) == []


def test_a_late_answer_is_told_once_to_who_owes_it_and_who_runs_the_place(
    django_capture_on_commit_callbacks,
):
    approval = asked()
    with django_capture_on_commit_callbacks(execute=True):
        assert len(escalated(approval)) == 1
    assert escalated(approval) == []
    with acting_as(rosa):
        people = Membership.objects.filter(user_id__in=[rosa.user_id, adil.user_id])
        assert {to for one in mail.outbox for to in one.to} == {one.user.email for one in people}
    for actor in (rosa, adil):
        with acting_as(actor):
            assert list(escalated_to(actor)) == [approval]
    with acting_as(nora):
        assert list(escalated_to(nora)) == []


def test_the_next_step_has_a_clock_of_its_own():
    approval = asked()
    escalated(approval)
    approval = answer_approval(rosa, approval_id=approval.id, verdict=Verdict.APPROVE, expected_version=1)
    assert escalated(approval) == []
    assert len(escalated(approval, actor=system_actor(NORDHOLM))) == 1
    with acting_as(vera):
        assert list(escalated_to(vera)) == [approval]


def test_a_step_that_nobody_can_answer_still_has_an_owner():
    approval = asked(steps=(StepAsked(frozenset({Role.DONOR}), RETURN_PARTNERS, 2),))
    with acting_as(rosa):
        step = approval.steps.get()
        assert owners_of(rosa, step) == {rosa.user_id}
        Membership.objects.filter(role=Role.COORDINATOR).update(ended_at="2026-06-01T00:00:00Z")
        assert owners_of(rosa, step) == {adil.user_id}
