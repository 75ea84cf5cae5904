"""Making a copy that was asked for: read at one moment, opened piece by piece, telling how far it is."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.casework.rights.commands import keep_copy
from homeward.casework.rights.copying import copy_of
from homeward.privacy.commands.copies import note_copy_progress
from homeward.privacy.queries import copy_to_make

if TYPE_CHECKING:
    from homeward.privacy.models import SubjectExport

TOLD = 4  # times: each is a line of the trail


def make_copy(actor: Actor, *, export_id: UUID) -> "SubjectExport":
    """Read everything there is about the person, then keep it; NotFound when it was made before."""
    with acting_as(actor):
        asked = copy_to_make(actor, export_id)

    def progress(done: int, whole: int) -> None:
        if done * TOLD // whole > (done - 1) * TOLD // whole:
            note_copy_progress(actor, export_id=asked.id, done=done, whole=whole)

    content = copy_of(actor, asked.subject_id, language=asked.language, at=now(), progress=progress)
    return keep_copy(actor, export_id=asked.id, content=content)
