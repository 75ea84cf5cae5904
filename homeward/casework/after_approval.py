"""What an answered approval means for its subject: each stage acts on its own, as the system.

Who answers may have no part in the case, so the act is done for the organisation that asked. A stage whose
subjects are approved adds its function to `AFTER`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.approvals import commands as approvals
from homeward.approvals.queries import current_step
from homeward.approvals.rules import SubjectKind, Verdict
from homeward.assistance.commands import carry_out
from homeward.cases.commands import take_override_answer, take_override_back
from homeward.cases.queries import visible_cases
from homeward.plans.commands import take_answer, withdraw_proposal

if TYPE_CHECKING:
    from homeward.approvals.models import Approval

Act = Callable[[Actor, "Approval", Verdict, str], object]
TakeBack = Callable[[Actor, "Approval"], object]


def act_on_answer(actor: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> None:
    """Let the stage of the subject act on the last answer, in the name of who gave it.

    When who asked has no part in the case any more, the answer is kept and moves nothing.
    """
    act = AFTER.get(SubjectKind(approval.subject_kind))
    if act is None or approval.is_waiting:
        return
    asking = replace(system_actor(approval.organisation_id), name=actor.name)
    with acting_as(asking):
        is_still_theirs = _sees_case(asking, approval)
    if is_still_theirs:
        act(asking, approval, verdict, reasons)


def take_back(actor: Actor, approval: "Approval") -> None:
    """Let the stage of the subject take back what it asked for, and the question with it."""
    act = TAKE_BACK.get(SubjectKind(approval.subject_kind)) if _sees_case(actor, approval) else None
    if act is None:
        approvals.withdraw_approval(actor, approval_id=approval.id)
    else:
        act(actor, approval)


def _sees_case(actor: Actor, approval: "Approval") -> bool:
    case_id = approval.case_id
    return case_id is not None and visible_cases(actor).filter(id=case_id).exists()


def _plan(asking: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> object:
    return take_answer(
        asking, version_id=approval.subject_id, verdict=verdict, reasons=reasons, by_name=asking.name
    )


def _top_up(asking: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> object:
    """An approved top-up can be committed at once. What was approved to spend, who asked spends."""
    return carry_out(asking, intent_id=approval.subject_id) if verdict == Verdict.APPROVE else None


def _exception(asking: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> object:
    by = current_step(approval)
    assert by.answered_by_id is not None  # noqa: S101 - answered just now
    return take_override_answer(
        asking,
        decision_id=approval.subject_id,
        verdict=verdict,
        reasons=reasons,
        by_id=by.answered_by_id,
        by_name=by.answered_by_name,
    )


AFTER: Mapping[SubjectKind, Act] = {
    SubjectKind.ELIGIBILITY_OVERRIDE: _exception,
    SubjectKind.PLAN: _plan,
    SubjectKind.TOP_UP: _top_up,
}
TAKE_BACK: Mapping[SubjectKind, TakeBack] = {
    SubjectKind.ELIGIBILITY_OVERRIDE: lambda actor, approval: take_override_back(
        actor, decision_id=approval.subject_id
    ),
    SubjectKind.PLAN: lambda actor, approval: withdraw_proposal(actor, version_id=approval.subject_id),
}
