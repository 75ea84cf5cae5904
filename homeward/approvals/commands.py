"""Asking for an answer, answering, passing on, withdrawing; seeing that nothing is stuck."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.approvals.models import Approval, Step
from homeward.approvals.notices import tell_that_something_waits
from homeward.approvals.problems import PROBLEMS, AskedAlready, NotWaiting
from homeward.approvals.queries import (
    OWNERS,
    approval_for_edit,
    approval_of,
    bar_for,
    current_step,
    overdue_steps,
    owners_of,
    people_who_may_answer,
)
from homeward.approvals.rules import (
    ApprovalState,
    StepAsked,
    SubjectKind,
    Verdict,
    faulty_steps,
    state_after,
)
from homeward.codelists.queries import working_days_after
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, Refused
from homeward.organisations.queries import colleagues, known_organisations


@command(Action.APPROVAL_ASK)
def ask_approval(
    actor: Actor,
    *,
    subject_kind: SubjectKind,
    subject_id: UUID,
    steps: Sequence[StepAsked],
    case_id: UUID | None = None,
    amount: Money | None = None,
    reference: str = "",
    reason: str = "",
    drafted_by_ids: Collection[UUID] = (),
) -> Approval:
    """Ask for the answers that a subject needs; who asks and who drafted never give one."""
    _require_steps(actor, steps)
    waiting = approval_of(actor, subject_kind, subject_id)
    if waiting and waiting.is_waiting:
        raise AskedAlready
    parties = list({actor.organisation_id, *(step.organisation_id for step in steps)})
    barred = list({actor.user_id, *drafted_by_ids})
    approval = Approval.objects.create(
        organisation_id=actor.organisation_id,
        party_ids=parties,
        subject_kind=subject_kind,
        subject_id=subject_id,
        case_id=case_id,
        reference=reference,
        reason=reason.strip(),
        amount_minor=amount.minor if amount else None,
        currency=amount.currency if amount else "",
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        barred_ids=barred,
        asked_at=now(),
        due_on=_due_on(actor, steps[0].organisation_id, steps[0].answer_days),
    )
    Step.objects.bulk_create(
        Step(
            approval=approval,
            number=number,
            organisation_id=step.organisation_id,
            party_ids=parties,
            barred_ids=barred,
            roles=sorted(step.roles),
            answer_days=step.answer_days,
        )
        for number, step in enumerate(steps, 1)
    )
    return approval


@command(Action.APPROVAL_ANSWER)
def answer_approval(
    actor: Actor, *, approval_id: UUID, verdict: Verdict, reasons: str = "", expected_version: int
) -> Approval:
    """Answer the step that waits; the last yes approves the whole, any other answer ends it."""
    approval = approval_for_edit(actor, approval_id, expected_version)
    step = _waiting_step(approval)
    bar = bar_for(actor, approval, step)
    if bar:
        raise PROBLEMS[bar]
    if verdict != Verdict.APPROVE and not reasons.strip():
        raise Invalid(fields={"reasons": _("Say why, so that it can be put right.")})
    step.verdict, step.reasons = verdict, reasons.strip()
    step.answered_by_id, step.answered_by_name, step.answered_at = actor.user_id, actor.name, now()
    step.save()
    return _move_on(actor, approval, verdict)


@command(Action.APPROVAL_PASS_ON)
def pass_on(actor: Actor, *, approval_id: UUID, user_id: UUID, expected_version: int) -> Approval:
    """Ask a colleague by name to give the answer that waits."""
    approval = approval_for_edit(actor, approval_id, expected_version)
    step = _waiting_step(approval)
    if actor.role not in OWNERS and bar_for(actor, approval, step):
        raise Refused
    able = people_who_may_answer(actor, approval, step)
    if user_id not in able:
        raise Invalid(fields={"user_id": _("Choose somebody who may answer this.")})
    step.passed_to_id, step.passed_to_name = user_id, able[user_id]
    step.save()
    approval.version += 1
    approval.save()
    tell_that_something_waits(actor, [user_id])
    return approval


@command(Action.APPROVAL_ASK)
def withdraw_approval(actor: Actor, *, approval_id: UUID) -> Approval:
    """Take back a question of one's own organisation that nobody needs answered any more."""
    approval = approval_for_edit(actor, approval_id)
    _waiting_step(approval)
    if approval.organisation_id != actor.organisation_id:
        raise Refused
    return _end(approval, ApprovalState.WITHDRAWN)


@command(Action.APPROVAL_ESCALATE)
def escalate_overdue(actor: Actor, *, today: date) -> list[Step]:
    """Tell those who owe a late answer, and those who run the organisation, that it is late; once a step."""
    late = list(overdue_steps(actor, today).select_for_update(of=("self",)))
    above = (
        set(colleagues(actor).filter(role__in=OWNERS).values_list("user_id", flat=True)) if late else set()
    )
    for step in late:
        step.escalated_at = now()
        step.save()
    tell_that_something_waits(actor, above.union(*(owners_of(actor, step) for step in late)))
    return late


def _require_steps(actor: Actor, steps: Sequence[StepAsked]) -> None:
    asked = {step.organisation_id for step in steps}
    if faulty_steps(steps) or known_organisations(actor).filter(id__in=asked).count() != len(asked):
        raise Invalid(_("The programme does not say who can approve this. Its rules need another look."))


def _due_on(actor: Actor, organisation_id: UUID, answer_days: int) -> date:
    """The last working day on which an answer is on time, where those who answer work."""
    answering = known_organisations(actor).get(id=organisation_id)
    return working_days_after(actor, localdate(), answer_days, answering.country)


def _waiting_step(approval: Approval) -> Step:
    if not approval.is_waiting:
        raise NotWaiting
    return current_step(approval)


def _move_on(actor: Actor, approval: Approval, verdict: Verdict) -> Approval:
    following = approval.steps.filter(number=approval.step_number + 1).first()
    state = state_after(verdict, is_last=following is None)
    if state != ApprovalState.WAITING or following is None:
        return _end(approval, state)
    approval.step_number = following.number
    approval.due_on = _due_on(actor, following.organisation_id, following.answer_days)
    approval.version += 1
    approval.save()
    return approval


def _end(approval: Approval, state: ApprovalState) -> Approval:
    approval.state, approval.ended_at = state, now()
    approval.version += 1
    approval.save()
    return approval
