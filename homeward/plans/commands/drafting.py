"""Changing a draft, goal by goal and activity by activity."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.obstacles import require_text
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid
from homeward.plans.content import ActivityDetails
from homeward.plans.models import Activity, Goal, PlanVersion
from homeward.plans.queries import draft_for_edit, get_activity, get_goal
from homeward.plans.rules import MOST_ACTIVITIES, MOST_GOALS, Dimension
from homeward.plans.writing import checked_details, touch


@command(Action.PLAN_DRAFT)
def add_goal(
    actor: Actor,
    *,
    version_id: UUID,
    expected_revision: int,
    own_words: str,
    dimension: Dimension,
    language: str = "",
) -> Goal:
    """Write down what the person wants, as they say it."""
    version = draft_for_edit(actor, version_id, expected_revision)
    require_text(own_words=own_words)
    if version.goals.count() >= MOST_GOALS:
        raise Invalid(_("A plan has at most %(n)s goals.") % {"n": MOST_GOALS})
    id_ = new_id()
    goal = Goal.objects.create(
        id=id_,
        case_id=version.case_id,
        version=version,
        line_id=id_,
        position=_next(version.goals),
        own_words=own_words.strip(),
        dimension=dimension,
        language=language,
    )
    touch(actor, version)
    return goal


@command(Action.PLAN_DRAFT)
def change_goal(
    actor: Actor,
    *,
    version_id: UUID,
    expected_revision: int,
    goal_id: UUID,
    own_words: str,
    dimension: Dimension,
    language: str = "",
) -> Goal:
    """Correct a goal of a draft."""
    version = draft_for_edit(actor, version_id, expected_revision)
    goal = get_goal(actor, version, goal_id)
    require_text(own_words=own_words)
    goal.own_words, goal.dimension, goal.language = own_words.strip(), dimension, language
    goal.save()
    touch(actor, version)
    return goal


@command(Action.PLAN_DRAFT)
def remove_goal(actor: Actor, *, version_id: UUID, expected_revision: int, goal_id: UUID) -> PlanVersion:
    """Leave a goal and its activities out of the draft; earlier versions keep theirs."""
    version = draft_for_edit(actor, version_id, expected_revision)
    goal = get_goal(actor, version, goal_id)
    _forget_lines(version, list(goal.activities.values_list("line_id", flat=True)))
    goal.activities.all().delete()
    Goal.objects.filter(id=goal.id).delete()
    return touch(actor, version)


@command(Action.PLAN_DRAFT)
def add_activity(
    actor: Actor, *, version_id: UUID, expected_revision: int, goal_id: UUID, details: ActivityDetails
) -> Activity:
    """Say what is done for a goal, by whom, when and at what cost."""
    version = draft_for_edit(actor, version_id, expected_revision)
    goal = get_goal(actor, version, goal_id)
    if version.activities.count() >= MOST_ACTIVITIES:
        raise Invalid(_("A plan has at most %(n)s activities.") % {"n": MOST_ACTIVITIES})
    id_ = new_id()
    activity = Activity.objects.create(
        id=id_,
        case_id=version.case_id,
        version=version,
        goal=goal,
        line_id=id_,
        position=_next(version.activities),
        **_checked(version, details, id_),
    )
    touch(actor, version)
    return activity


@command(Action.PLAN_DRAFT)
def change_activity(
    actor: Actor, *, version_id: UUID, expected_revision: int, activity_id: UUID, details: ActivityDetails
) -> Activity:
    """Correct an activity of a draft."""
    version = draft_for_edit(actor, version_id, expected_revision)
    activity = get_activity(actor, version, activity_id)
    for name, value in _checked(version, details, activity.line_id).items():
        setattr(activity, name, value)
    activity.save()
    touch(actor, version)
    return activity


@command(Action.PLAN_DRAFT)
def remove_activity(
    actor: Actor, *, version_id: UUID, expected_revision: int, activity_id: UUID
) -> PlanVersion:
    """Leave an activity out of the draft; what waited for it waits no longer."""
    version = draft_for_edit(actor, version_id, expected_revision)
    activity = get_activity(actor, version, activity_id)
    _forget_lines(version, [activity.line_id])
    Activity.objects.filter(id=activity.id).delete()
    return touch(actor, version)


def _checked(version: PlanVersion, details: ActivityDetails, line_id: UUID) -> dict[str, Any]:
    if details.depends_on_id and not _is_other_line(version, details.depends_on_id, line_id):
        raise Invalid(fields={"depends_on_id": _("Choose another activity of this plan.")})
    return checked_details(details)


def _is_other_line(version: PlanVersion, wanted: UUID, line_id: UUID) -> bool:
    return wanted != line_id and version.activities.filter(line_id=wanted).exists()


def _forget_lines(version: PlanVersion, line_ids: list[UUID]) -> None:
    version.activities.filter(depends_on_id__in=line_ids).update(depends_on_id=None)


def _next(rows: Any) -> int:
    last: int = rows.aggregate(last=Max("position"))["last"] or 0
    return last + 1
