"""What waits of plans and approvals: answers to give, late ones to see to, plans to take further."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.approvals.queries import escalated_to, waiting_for
from homeward.plans.queries import proposed_by
from homeward.plans.rules import PlanState
from homeward.web.approvals.words import TASKS as APPROVAL_TASKS
from homeward.web.case_words import latin_name
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.words_in_order import isolated, listed


def approvals(actor: Actor, today: date) -> Iterable[InboxTask]:
    """What was asked for and waits for the reader's answer; or is late where they run the organisation."""
    if not actor.may(Action.APPROVAL_VIEW):
        return
    waiting = list(waiting_for(actor)[:MOST_OF_A_KIND])
    known = {one.id for one in waiting}
    late = [one for one in escalated_to(actor)[:MOST_OF_A_KIND] if one.id not in known]
    for one in (*waiting, *late):
        yield InboxTask(
            APPROVAL_TASKS[one.subject_kind]
            if one.id in known
            else _("See that a late question is answered"),
            reverse("approval", args=[one.id]),
            "check",
            when=one.due_on,
            detail=listed((isolated(one.asked_by_name), isolated(one.organisation.name))),
            reference=one.reference,
        )


def plans(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Plans the reader proposed: sent back to be changed, or approved and waiting for the person."""
    if not actor.may(Action.PLAN_PROPOSE):
        return
    for one in proposed_by(actor)[:MOST_OF_A_KIND]:
        is_approved = one.state == PlanState.APPROVED
        yield InboxTask(
            _("Go through the approved plan with the person")
            if is_approved
            else _("Change a plan that came back"),
            reverse("plan", args=[one.case_id]),
            "plan",
            reference=one.case.reference,
            name=latin_name(one.case.person),
            native_name=one.case.person.native_name,
        )
