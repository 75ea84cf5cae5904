"""Proposing a draft for approval, and what the answers do to it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.approvals.commands import ask_approval, withdraw_approval
from homeward.approvals.queries import approval_of
from homeward.approvals.rules import StepAsked, SubjectKind, Verdict
from homeward.cases.commands import note_plan
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.lib.money import Money
from homeward.lib.moves import check_move
from homeward.plans.content import Content, hash_of
from homeward.plans.findings import Limits, Right, findings
from homeward.plans.models import PlanVersion
from homeward.plans.obstacles import require_on_path
from homeward.plans.problems import NotReady
from homeward.plans.queries import content_of, draft_for_edit, rights_as_json, version_for_edit
from homeward.plans.rules import MOVES, PlanState

NO_LIMITS = Limits()


@command(Action.PLAN_PROPOSE)
def propose_plan(
    actor: Actor,
    *,
    version_id: UUID,
    expected_revision: int,
    steps: Sequence[StepAsked] = (),
    rights: Sequence[Right] = (),
    limits: Limits = NO_LIMITS,
    amount: Money | None = None,
    note: str = "",
) -> PlanVersion:
    """Ask for the approvals that the programme requires; without any, the draft is approved as it stands."""
    version = draft_for_edit(actor, version_id, expected_revision)
    case = get_case(actor, version.case_id)
    require_on_path(case)
    content = content_of(version)
    _require_ready(content, rights, limits)
    version.content_hash, version.rights = hash_of(content), rights_as_json(rights)
    version.proposed_on, version.proposed_by_id = localdate(), actor.user_id
    version.proposed_by_name = actor.name
    version.returned_reasons = version.returned_by_name = ""
    if not steps:
        version.approved_on = localdate()
        return _move(version, PlanState.APPROVED)
    ask_approval(
        actor,
        subject_kind=SubjectKind.PLAN,
        subject_id=version.id,
        steps=steps,
        case_id=version.case_id,
        amount=amount,
        reference=case.reference,
        reason=note or version.reason,
        drafted_by_ids=version.drafted_by_ids,
    )
    _move(version, PlanState.PROPOSED)
    note_plan(actor, case_id=version.case_id, kind=EventKind.PLAN_PROPOSED, subject_id=version.id)
    return version


@command(Action.PLAN_PROPOSE)
def withdraw_proposal(actor: Actor, *, version_id: UUID) -> PlanVersion:
    """Take a proposed plan back to change it; whoever was asked need not answer any more."""
    version = version_for_edit(actor, version_id)
    check_move(MOVES, PlanState(version.state), PlanState.DRAFT)
    approval = approval_of(actor, SubjectKind.PLAN, version.id)
    if approval and approval.is_waiting:
        withdraw_approval(actor, approval_id=approval.id)
    return _to_draft(version)


@command(Action.PLAN_TAKE_ANSWER)
def take_answer(
    actor: Actor, *, version_id: UUID, verdict: Verdict, reasons: str = "", by_name: str = ""
) -> PlanVersion:
    """Do to a proposed version what those who approve answered; only the system acts on an answer."""
    version = version_for_edit(actor, version_id)
    if verdict == Verdict.SEND_BACK:
        version.returned_reasons, version.returned_by_name = reasons, by_name
        _to_draft(version)
    elif verdict == Verdict.DECLINE:
        version.returned_reasons, version.returned_by_name = reasons, by_name
        _move(version, PlanState.DECLINED)
    else:
        version.approved_on = localdate()
        _move(version, PlanState.APPROVED)
    note_plan(actor, case_id=version.case_id, kind=_TOLD[verdict], subject_id=version.id)
    return version


_TOLD = {
    Verdict.APPROVE: EventKind.PLAN_APPROVED,
    Verdict.SEND_BACK: EventKind.PLAN_SENT_BACK,
    Verdict.DECLINE: EventKind.PLAN_DECLINED,
}


def _require_ready(content: Content, rights: Sequence[Right], limits: Limits) -> None:
    stops = [one for one in findings(content, rights, limits) if one.stops]
    if stops:
        raise NotReady(stops)


def _to_draft(version: PlanVersion) -> PlanVersion:
    version.approved_on = None
    return _move(version, PlanState.DRAFT)


def _move(version: PlanVersion, wanted: PlanState) -> PlanVersion:
    check_move(MOVES, PlanState(version.state), wanted)
    version.state = wanted
    version.revision += 1
    version.save()
    return version
