"""Plans of cases the actor may see: what each version says, how versions differ, what was agreed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from homeward.access.actor import Actor
from homeward.cases.queries import require_case, visible_cases
from homeward.lib.money import Money
from homeward.lib.problems import EditConflict, NotFound
from homeward.plans.content import (
    ActivityDetails,
    Content,
    Difference,
    GoalContent,
    Line,
    difference,
)
from homeward.plans.findings import Right
from homeward.plans.models import Activity, Agreement, Goal, Plan, PlanVersion
from homeward.plans.problems import NotADraft
from homeward.plans.rules import (
    OPEN,
    Dimension,
    Level,
    PayForm,
    Picture,
    PlanState,
    ProviderKind,
)
from homeward.programmes.terms import Label

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class PlanLine:
    """An activity that the person agreed to. `activity_id` stays the same in every later version."""

    activity_id: UUID
    what: str
    package_code: str
    provider_kind: ProviderKind
    provider: str
    form: PayForm
    amount: Money | None
    planned_on: date | None
    dimension: Dimension


def visible_versions(actor: Actor) -> QuerySet[PlanVersion]:
    """Versions of plans of cases the actor may see."""
    return PlanVersion.objects.filter(case__in=visible_cases(actor))


def versions_of(actor: Actor, case_id: UUID) -> list[PlanVersion]:
    """Every version of the plan of a case, the latest first; none where no plan was begun."""
    require_case(actor, case_id)
    return list(visible_versions(actor).filter(case_id=case_id).order_by("-number"))


def plan_of(actor: Actor, case_id: UUID) -> Plan | None:
    """The plan of a case the actor may see, or None."""
    return Plan.objects.filter(case__in=visible_cases(actor), case_id=case_id).first()


def get_version(actor: Actor, version_id: UUID, case_id: UUID | None = None) -> PlanVersion:
    """One version, or NotFound, whether it is missing, of another case or not the actor's to see."""
    about = {"id": version_id} | ({"case_id": case_id} if case_id else {})
    return _one(visible_versions(actor).filter(**about))


def version_for_edit(actor: Actor, version_id: UUID, expected_revision: int | None = None) -> PlanVersion:
    """The version locked for change; EditConflict when somebody changed it after the actor read it."""
    found = _one(visible_versions(actor).filter(id=version_id).select_for_update(of=("self",)))
    if expected_revision is not None and found.revision != expected_revision:
        raise EditConflict
    return found


def draft_for_edit(actor: Actor, version_id: UUID, expected_revision: int) -> PlanVersion:
    """A draft locked for change, or NotADraft."""
    found = version_for_edit(actor, version_id, expected_revision)
    if found.state != PlanState.DRAFT:
        raise NotADraft
    return found


def open_version(actor: Actor, case_id: UUID) -> PlanVersion | None:
    """The version being worked on, or None."""
    return visible_versions(actor).filter(case_id=case_id, state__in=OPEN).first()


def agreed_version(actor: Actor, case_id: UUID) -> PlanVersion | None:
    """The version that is in force, or None."""
    return visible_versions(actor).filter(case_id=case_id, state=PlanState.AGREED).first()


def proposed_by(actor: Actor) -> QuerySet[PlanVersion]:
    """What the actor proposed and has to take further: came back to be changed, or waits for the person."""
    own = visible_versions(actor).filter(proposed_by_id=actor.user_id)
    came_back = Q(state=PlanState.DRAFT) & ~Q(returned_reasons="")
    waiting = own.filter(came_back | Q(state=PlanState.APPROVED))
    return waiting.select_related("case", "case__person").order_by("proposed_on", "id")


def agreement_of(actor: Actor, version: PlanVersion) -> Agreement | None:
    """How the person agreed to a version, or None."""
    return version.agreements.first()


def get_goal(actor: Actor, version: PlanVersion, goal_id: UUID) -> Goal:
    """One goal of a version."""
    return _one(Goal.objects.filter(version=version, id=goal_id))


def get_activity(actor: Actor, version: PlanVersion, activity_id: UUID) -> Activity:
    """One activity of a version."""
    return _one(Activity.objects.filter(version=version, id=activity_id))


def content_of(version: PlanVersion) -> Content:
    """What a version says."""
    return contents_of([version])[version.id]


def contents_of(versions: Sequence[PlanVersion]) -> dict[UUID, Content]:
    """What each of several versions says, in two questions."""
    of_goal, of_version = defaultdict(list), defaultdict(list)
    for activity in Activity.objects.filter(version__in=versions).order_by("position", "id"):
        of_goal[activity.goal_id].append(Line(activity.line_id, details_of(activity)))
    for goal in Goal.objects.filter(version__in=versions).order_by("position", "id"):
        of_version[goal.version_id].append(_goal_content(goal, of_goal[goal.id]))
    return {one.id: Content(tuple(of_version[one.id]), one.reason) for one in versions}


def rows_of(version: PlanVersion) -> list[tuple[Goal, list[Activity]]]:
    """The goals of a version in order, each with its activities, as a draft is changed row by row."""
    of_goal = defaultdict(list)
    for activity in Activity.objects.filter(version=version).order_by("position", "id"):
        of_goal[activity.goal_id].append(activity)
    goals = Goal.objects.filter(version=version).order_by("position", "id")
    return [(goal, of_goal[goal.id]) for goal in goals]


def details_of(activity: Activity) -> ActivityDetails:
    """An activity as a value."""
    return ActivityDetails(
        what=activity.what,
        dimension=Dimension(activity.dimension),
        level=Level(activity.level),
        provider_kind=ProviderKind(activity.provider_kind),
        provider_name=activity.provider_name,
        package_code=activity.package_code,
        form=PayForm(activity.form),
        cost_minor=activity.cost_minor,
        currency=activity.currency,
        matching_percent=activity.matching_percent,
        planned_on=activity.planned_on,
        depends_on_id=activity.depends_on_id,
        feasibility=activity.feasibility,
        plain_words=activity.plain_words,
        picture=Picture(activity.picture) if activity.picture else None,
    )


def difference_of(actor: Actor, version: PlanVersion) -> tuple[PlanVersion, Difference] | None:
    """How a version differs from the one before it, or None for the first."""
    before = visible_versions(actor).filter(plan_id=version.plan_id, number__lt=version.number).last()
    if before is None:
        return None
    told = contents_of([before, version])
    return before, difference(told[before.id], told[version.id])


def agreed_lines(actor: Actor, case_id: UUID) -> list[PlanLine]:
    """What the person agreed to, in order; nothing while no version is in force."""
    version = agreed_version(actor, case_id)
    return [_plan_line(line) for line in content_of(version).lines()] if version else []


def rights_of(version: PlanVersion) -> list[Right]:
    """What the programme entitled to when the version was proposed."""
    return [_right(one) for one in version.rights]


def rights_as_json(rights: Iterable[Right]) -> list[dict[str, Any]]:
    """Rights as a version keeps them."""
    return [
        {
            "package_code": one.package_code,
            "label": asdict(one.label),
            "amount_minor": one.amount.minor,
            "currency": one.amount.currency,
            "in_cash": one.in_cash,
            "in_kind": one.in_kind,
            "window_ends_on": one.window_ends_on.isoformat() if one.window_ends_on else None,
        }
        for one in rights
    ]


def _right(told: dict[str, Any]) -> Right:
    ends = told["window_ends_on"]
    return Right(
        told["package_code"],
        Label(**told["label"]),
        Money(told["amount_minor"], told["currency"]),
        told["in_cash"],
        told["in_kind"],
        date.fromisoformat(ends) if ends else None,
    )


def _goal_content(goal: Goal, lines: Sequence[Line]) -> GoalContent:
    return GoalContent(goal.line_id, goal.own_words, Dimension(goal.dimension), goal.language, tuple(lines))


def _plan_line(line: Line) -> PlanLine:
    told = line.details
    return PlanLine(
        activity_id=line.line_id,
        what=told.what,
        package_code=told.package_code,
        provider_kind=told.provider_kind,
        provider=told.provider_name,
        form=told.form,
        amount=told.cost,
        planned_on=told.planned_on,
        dimension=told.dimension,
    )


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise NotFound
    return row
