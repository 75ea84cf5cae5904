"""Writing notes on a case, and correcting them."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import NoteKind
from homeward.cases.models import Note
from homeward.cases.obstacles import require_past, require_text
from homeward.cases.queries import case_for_edit, get_case
from homeward.cases.queries.journey import get_note
from homeward.cases.rules import EventKind, Visibility
from homeward.cases.saving import tell
from homeward.lib.problems import Problem


class NotYourNote(Problem):
    """A note is corrected by who wrote it."""

    status = 403
    code = "not_your_note"
    message = _("Only who wrote a note corrects it. Write a note of your own instead.")


class CorrectedAlready(Problem):
    """The note was corrected before; the correction is what can be corrected."""

    status = 409
    code = "corrected_already"
    message = _("This note was corrected already. Correct the newer one.")


@command(Action.NOTE_WRITE)
def write_note(
    actor: Actor,
    *,
    case_id: UUID,
    text: str,
    on: date,
    kind: NoteKind = NoteKind.NOTE,
    visibility: Visibility = Visibility.CASE,
) -> Note:
    """Note something on a case, for everyone who is on it or for one's own organisation."""
    case = get_case(actor, case_id)
    require_text(text=text)
    require_past(on=on)
    note = _new_note(actor, case.id, text=text, on=on, kind=kind, visibility=visibility)
    note.save(force_insert=True)
    tell(actor, case.id, EventKind.NOTE_WRITTEN, on=on, subject_id=note.id, visibility=visibility)
    return note


@command(Action.NOTE_WRITE)
def correct_note(actor: Actor, *, note_id: UUID, text: str, reason: str) -> Note:
    """Write a note anew; the old text stays beneath it, with the reason for the change."""
    old = get_note(actor, note_id)
    case_for_edit(actor, old.case_id)  # one correction at a time
    if old.written_by_id != actor.user_id:
        raise NotYourNote
    if Note.objects.filter(corrects=old).exists():
        raise CorrectedAlready
    require_text(text=text, reason=reason)
    visibility = Visibility(old.visibility)
    note = _new_note(actor, old.case_id, text=text, on=old.on, kind=NoteKind(old.kind), visibility=visibility)
    note.corrects, note.correction_reason = old, reason.strip()
    note.save(force_insert=True)
    tell(actor, note.case_id, EventKind.NOTE_CORRECTED, subject_id=note.id, visibility=visibility)
    return note


def _new_note(
    actor: Actor, case_id: UUID, *, text: str, on: date, kind: NoteKind, visibility: Visibility
) -> Note:
    return Note(
        case_id=case_id,
        organisation_id=actor.organisation_id,
        visibility=visibility,
        kind=kind,
        on=on,
        text=text.strip(),
        written_by_id=actor.user_id,
        written_by_name=actor.name,
    )
