"""Approvals through the pages: seen by who asks and answers, answered, passed on, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.approvals.commands import escalate_overdue
from homeward.approvals.queries import get_approval
from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.approvals.tests.asked import asked
from homeward.lib.money import Money
from homeward.organisations.models import Membership
from tests.cast import RETURN_PARTNERS, adil, frida, nora, rosa, tarek

pytestmark = pytest.mark.usefixtures("cast")


def at(name, approval):
    return reverse(name, args=[approval.id])


def fresh(approval, actor=nora):
    with acting_as(actor):
        return get_approval(actor, approval.id)


def answer(client, approval, **told):
    return client.post(at("approval", approval), {"expected_version": approval.version, **told})


def test_what_waits_is_in_the_list_and_in_the_inbox_of_who_answers(client_of):
    asked(kind=SubjectKind.PAYMENT, amount=Money(150_000, "EUR"), reference="HW-1")
    by_rosa = client_of(rosa)
    for name in ("approvals", "inbox"):
        assert "HW-1" in by_rosa.get(reverse(name)).content.decode()
    assert "Asked by your organisation" in client_of(nora).get(reverse("approvals")).content.decode()
    assert "HW-1" not in client_of(nora).get(reverse("inbox")).content.decode()


def test_sending_back_needs_reasons_and_who_asked_reads_them(client_of):
    approval, by_rosa = asked(kind=SubjectKind.PAYMENT), client_of(rosa)
    bare = answer(by_rosa, approval, verdict="send_back", reasons="")
    assert bare.status_code == 422
    assert "Say why, so that it can be put right" in bare.content.decode()
    answer(by_rosa, approval, verdict="send_back", reasons="The quote is missing")
    assert "The quote is missing" in client_of(nora).get(at("approval", approval)).content.decode()


def test_who_may_not_answer_is_told_why(client_of):
    with acting_as(rosa):
        Membership.objects.create(
            user_id=rosa.user_id, organisation_id=RETURN_PARTNERS, role=Role.FINANCE_OFFICER
        )
    page = client_of(rosa).get(at("approval", asked(kind=SubjectKind.PAYMENT))).content.decode()
    assert "Another role you have in this organisation" in page
    assert "Give this answer" not in page


def test_an_answer_to_what_has_moved_on_is_not_taken(client_of):
    approval = asked()
    answered = answer(client_of(rosa), approval, verdict="approve")
    assert answered.status_code == 302
    again = answer(client_of(rosa), approval, verdict="approve")
    assert again.status_code in (403, 422)
    assert fresh(approval).step_number == 2


def test_what_is_late_waits_for_who_runs_the_organisation_and_is_passed_on(client_of):
    with acting_as(rosa):
        Membership.objects.create(
            user_id=tarek.user_id, organisation_id=RETURN_PARTNERS, role=Role.COORDINATOR
        )
    approval = asked()
    escalate_overdue(system_actor(RETURN_PARTNERS), today=approval.due_on + timedelta(days=1))
    by_adil = client_of(adil)
    assert "See that a late question is answered" in by_adil.get(reverse("inbox")).content.decode()
    told = {"to-user_id": str(tarek.user_id), "to-expected_version": "1"}
    assert by_adil.post(at("pass_on_approval", approval), told).status_code == 302
    assert tarek.name in by_adil.get(at("approval", approval)).content.decode()


def test_what_nobody_needs_any_more_is_taken_back(client_of):
    approval = asked(kind=SubjectKind.PAYMENT)
    assert client_of(frida).post(at("withdraw_approval", approval)).status_code == 302
    assert fresh(approval).state == ApprovalState.WITHDRAWN


def test_the_questions_to_the_database_do_not_grow_with_the_list(client_of, django_assert_max_num_queries):
    for _ in range(5):
        asked()
    client = client_of(rosa)
    with django_assert_max_num_queries(48):  # the menu asks once a minute what waits, of every kind
        client.get(reverse("approvals"))
