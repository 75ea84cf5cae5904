"""Beginning a plan, and beginning to amend one that was agreed."""

from datetime import date
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.commands import begin_planning
from homeward.cases.obstacles import require_past, require_text
from homeward.cases.queries import case_for_edit
from homeward.lib.identifiers import new_id
from homeward.plans.models import Goal, Plan, PlanVersion
from homeward.plans.obstacles import require_on_path
from homeward.plans.problems import AmendedAlready, NothingToAmend
from homeward.plans.queries import plan_of, versions_of
from homeward.plans.rules import OPEN, PlanState


@command(Action.PLAN_DRAFT)
def begin_plan(actor: Actor, *, case_id: UUID, on: date) -> PlanVersion:
    """Begin to draw up a plan with the person, before departure or after arrival."""
    case = case_for_edit(actor, case_id)
    require_on_path(case)
    if plan_of(actor, case_id):
        raise AmendedAlready
    require_past(on=on)
    if case.planning_on is None:
        begin_planning(actor, case_id=case_id, on=on)
    plan = Plan.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        begun_on=on,
        begun_by_id=actor.user_id,
        begun_by_name=actor.name,
    )
    return _new_version(actor, plan, 1)


@command(Action.PLAN_DRAFT)
def amend_plan(actor: Actor, *, case_id: UUID, reason: str) -> PlanVersion:
    """Begin a new version of an agreed or declined plan, which stays in force until this one is agreed."""
    require_on_path(case_for_edit(actor, case_id))
    require_text(reason=reason)
    versions = versions_of(actor, case_id)
    if any(one.state in OPEN for one in versions):
        raise AmendedAlready
    ended = (PlanState.AGREED, PlanState.DECLINED)
    latest = next((one for one in versions if one.state in ended), None)
    if latest is None:
        raise NothingToAmend
    version = _new_version(actor, latest.plan, versions[0].number + 1, reason.strip())
    _copy(latest, version)
    return version


def _new_version(actor: Actor, plan: Plan, number: int, reason: str = "") -> PlanVersion:
    return PlanVersion.objects.create(
        case_id=plan.case_id,
        plan=plan,
        number=number,
        reason=reason,
        organisation_id=actor.organisation_id,
        drafted_by_ids=[actor.user_id],
    )


def _copy(source: PlanVersion, target: PlanVersion) -> None:
    for goal in Goal.objects.filter(version=source):
        activities = list(goal.activities.all())
        goal.id, goal.version = new_id(), target
        goal.save(force_insert=True)
        for activity in activities:
            activity.id, activity.version, activity.goal = new_id(), target, goal
            activity.save(force_insert=True)
