"""What an answered approval means for its subject: each stage acts on its own, as the system.

Who answers may have no part in the case, so the act is done for the organisation that asked. A stage whose
subjects are approved adds its function to `AFTER`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from homeward.access.actor import Actor, system_actor
from homeward.approvals.rules import SubjectKind, Verdict
from homeward.assistance.commands import carry_out
from homeward.plans.commands import take_answer

if TYPE_CHECKING:
    from homeward.approvals.models import Approval

Act = Callable[[Actor, "Approval", Verdict, str], object]


def act_on_answer(actor: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> None:
    """Let the stage of the subject act on the last answer, in the name of who gave it."""
    act = AFTER.get(SubjectKind(approval.subject_kind))
    if act is not None and not approval.is_waiting:
        asking = replace(system_actor(approval.organisation_id), name=actor.name)
        act(asking, approval, verdict, reasons)


def _plan(asking: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> object:
    return take_answer(
        asking, version_id=approval.subject_id, verdict=verdict, reasons=reasons, by_name=asking.name
    )


def _top_up(asking: Actor, approval: "Approval", verdict: Verdict, reasons: str) -> object:
    """An approved top-up can be committed at once. What was approved to spend, who asked spends."""
    return carry_out(asking, intent_id=approval.subject_id) if verdict == Verdict.APPROVE else None


AFTER: Mapping[SubjectKind, Act] = {SubjectKind.PLAN: _plan, SubjectKind.TOP_UP: _top_up}
