"""What a merge of two people means for a case: its listings bear every name, its timeline tells."""

from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import Case
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import refresh_listings, tell


@command(Action.PERSON_MERGE)
def note_merge(actor: Actor, *, case_id: UUID, merge_id: UUID, is_undone: bool = False) -> Case:
    """Let the case be found under the names its person now has, and tell its timeline."""
    case = get_case(actor, case_id)
    refresh_listings(case.id)
    tell(actor, case.id, EventKind.MERGE_UNDONE if is_undone else EventKind.MERGED, subject_id=merge_id)
    return case


@command(Action.PERSON_EDIT)
def note_person_changed(actor: Actor, *, case_id: UUID, person_id: UUID) -> Case:
    """Bring the names in lists up to date after the person's record changed, and tell the timeline."""
    case = get_case(actor, case_id)
    refresh_listings(case.id)
    tell(actor, case.id, EventKind.PERSON_CHANGED, subject_id=person_id)
    return case
