"""What happens to the plan of a case, as its timeline tells it."""

from datetime import date
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import Case
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell


@command(Action.PLAN_RECORD)
def note_plan(
    actor: Actor, *, case_id: UUID, kind: EventKind, subject_id: UUID, on: date | None = None
) -> Case:
    """Tell the timeline of a case what became of a version of its plan."""
    case = get_case(actor, case_id)
    tell(actor, case.id, kind, on=on, subject_id=subject_id)
    return case
