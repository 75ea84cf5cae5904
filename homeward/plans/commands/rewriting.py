"""Writing a whole draft at once, as programs do."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.obstacles import require_text
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid
from homeward.plans.content import ActivityDetails
from homeward.plans.models import Activity, Goal, PlanVersion
from homeward.plans.queries import draft_for_edit
from homeward.plans.rules import MOST_ACTIVITIES, MOST_GOALS, Dimension
from homeward.plans.writing import checked_details, touch


@dataclass(frozen=True)
class LineWritten:
    """An activity; `line_id` names one that the plan has or had, None is a new one."""

    details: ActivityDetails
    line_id: UUID | None = None


@dataclass(frozen=True)
class GoalWritten:
    """A goal with all its activities."""

    own_words: str
    dimension: Dimension
    language: str = ""
    lines: tuple[LineWritten, ...] = ()
    line_id: UUID | None = None


@command(Action.PLAN_DRAFT)
def write_draft(
    actor: Actor, *, version_id: UUID, expected_revision: int, goals: Sequence[GoalWritten]
) -> PlanVersion:
    """Put these goals in place of everything the draft says; what keeps its `line_id` stays the same line."""
    version = draft_for_edit(actor, version_id, expected_revision)
    _require_known(version, goals)
    version.activities.all().delete()
    version.goals.all().delete()
    for position, written in enumerate(goals, 1):
        _write(version, position, written)
    depending = version.activities.exclude(depends_on_id=None)
    if depending.exclude(depends_on_id__in=version.activities.values("line_id")).exists():
        raise Invalid(fields={"depends_on_id": _("Choose another activity of this plan.")})
    return touch(actor, version)


def _require_known(version: PlanVersion, goals: Sequence[GoalWritten]) -> None:
    lines = [line for goal in goals for line in goal.lines]
    if len(goals) > MOST_GOALS or len(lines) > MOST_ACTIVITIES:
        raise Invalid(_("A plan has at most %(n)s activities.") % {"n": MOST_ACTIVITIES})
    given = [*(goal.line_id for goal in goals), *(line.line_id for line in lines)]
    told = [one for one in given if one]
    of_plan = {"version__plan_id": version.plan_id, "line_id__in": told}
    known = {
        *Goal.objects.filter(**of_plan).values_list("line_id", flat=True),
        *Activity.objects.filter(**of_plan).values_list("line_id", flat=True),
    }
    if set(told) - known or len(set(told)) != len(told):
        raise Invalid(fields={"line_id": _("Choose another activity of this plan.")})


def _write(version: PlanVersion, position: int, written: GoalWritten) -> None:
    require_text(own_words=written.own_words)
    id_ = new_id()
    goal = Goal.objects.create(
        id=id_,
        case_id=version.case_id,
        version=version,
        line_id=written.line_id or id_,
        position=position,
        own_words=written.own_words.strip(),
        dimension=written.dimension,
        language=written.language,
    )
    for place, line in enumerate(written.lines, 1):
        id_ = new_id()
        Activity.objects.create(
            id=id_,
            case_id=version.case_id,
            version=version,
            goal=goal,
            line_id=line.line_id or id_,
            position=position * MOST_ACTIVITIES + place,
            **checked_details(line.details),
        )
