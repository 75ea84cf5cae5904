"""REST: notes, which are corrected and never overwritten."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Day, Text
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, reads
from homeward.cases import commands
from homeward.cases.journey_rules import NoteKind
from homeward.cases.queries import journey as queries
from homeward.cases.rules import Visibility

router = Router(tags=["journey"])


class NoteIn(Schema):
    text: Annotated[Text, Field(min_length=1)]
    on: Day
    kind: NoteKind = NoteKind.NOTE
    visibility: Visibility = Visibility.CASE


class CorrectionIn(Schema):
    text: Annotated[Text, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=ANY)]


class NoteOut(Schema):
    """A note as it stands now; `corrects_id` names the one it corrects."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    visibility: Visibility
    kind: NoteKind
    on: date
    text: str
    corrects_id: UUID | None
    correction_reason: str
    written_by_name: str
    written_at: datetime


@reads(router, "/{uuid:case_id}/notes", Action.CASE_VIEW, list[NoteOut])
def list_notes(request: HttpRequest, case_id: UUID) -> object:
    """Notes as they stand now, newest first."""
    actor, case = seen_case(request, case_id)
    return queries.notes_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/notes", Action.NOTE_WRITE, NoteOut)
def write_note(request: HttpRequest, case_id: UUID, body: NoteIn) -> object:
    """Note something on a case, for everyone who is on it or for one's own organisation."""
    return commands.write_note(actor_of(request), case_id=case_id, **body.dict())


@creates(router, "/notes/{uuid:note_id}/correction", Action.NOTE_WRITE, NoteOut)
def correct_note(request: HttpRequest, note_id: UUID, body: CorrectionIn) -> object:
    """Write one's own note anew; the old text stays beneath it, with the reason."""
    return commands.correct_note(actor_of(request), note_id=note_id, **body.dict())
