"""Acts of an officer on everything there is about a person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.casework.rights.erasing import BEGIN, ERASE, statements
from homeward.casework.rights.ledger import Line, add_to_ledger
from homeward.casework.rights.telling import tell_recipients
from homeward.files.blobs import remove_blob
from homeward.files.commands import store_copy
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.people.queries import same_person_ids
from homeward.privacy.commands import note_request_step
from homeward.privacy.commands.copies import finish_copy
from homeward.privacy.commands.erasing import begin_erasure, finish_erasure
from homeward.privacy.queries import copy_to_make
from homeward.privacy.rules import SHORTEST_REASON, ErasedBecause, NoticeKind, RequestStepKind

if TYPE_CHECKING:
    from homeward.privacy.models import Erasure, SubjectExport

COPY_NAME = "copy.zip"


@dataclass(frozen=True)
class Told:
    """About whom, and how many organisations were told."""

    id: UUID
    count: int


@command(Action.SUBJECT_ERASE)
def erase_person(
    actor: Actor,
    *,
    person_id: UUID,
    because: ErasedBecause = ErasedBecause.REQUEST,
    request_id: UUID | None = None,
) -> "Erasure":
    """Erase a person under every record joined with theirs, tell recipients, and write the ledger."""
    everybody = same_person_ids(actor, person_id)
    if person_id not in everybody:
        raise NotFound
    for one in everybody:
        tell_recipients(actor, subject_id=one, kind=NoticeKind.ERASED)
    erased = [_erase(actor, one, because, request_id) for one in everybody]
    if request_id:
        note_request_step(actor, request_id=request_id, kind=RequestStepKind.ERASED, note="")
    return next(one for one in erased if one.subject_id == person_id)


def _erase(actor: Actor, person_id: UUID, because: ErasedBecause, request_id: UUID | None) -> "Erasure":
    begun = begin_erasure(actor, subject_id=person_id, because=because, request_id=request_id)
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [person_id])
        blobs = [row[0] for row in cursor.fetchall()]
        rows: dict[str, int] = {}
        for one in statements(person_id):
            cursor.execute(ERASE, one.parameters)
            rows[one.table] = (cursor.fetchone() or (0,))[0]
    erasure = finish_erasure(actor, erasure_id=begun.id, rows={name: n for name, n in rows.items() if n})
    line = Line.of(actor.organisation_id, person_id, str(because), begun.begun_at)
    transaction.on_commit(lambda: _leave_the_database(line, blobs))
    return erasure


def _leave_the_database(line: Line, blobs: list[str]) -> None:
    add_to_ledger(settings.ERASURE_LEDGER, [line])
    for blob in blobs:
        remove_blob(blob)


@command(Action.SUBJECT_EXPORT)
def keep_copy(actor: Actor, *, export_id: UUID, content: bytes) -> "SubjectExport":
    """Keep the copy that was asked for, sealed under the person's own key, for some days."""
    asked = copy_to_make(actor, export_id)
    file = store_copy(actor, name=COPY_NAME, content=content, subject_id=asked.subject_id)
    if asked.request_id:
        note_request_step(actor, request_id=asked.request_id, kind=RequestStepKind.EXPORTED, note="")
    return finish_copy(actor, export_id=asked.id, file_id=file.id)


@command(Action.CORRECTION_TELL)
def tell_correction(actor: Actor, *, person_id: UUID, words: str) -> "Told":
    """Tell each organisation that ever received something about a person what was corrected."""
    if len(words.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"words": _("Say what was corrected.")})
    told = sum(
        tell_recipients(actor, subject_id=one, kind=NoticeKind.CORRECTED, words=words)
        for one in same_person_ids(actor, person_id)
    )
    if not told:
        raise WrongState(_("Nobody ever received anything about this person from your organisation."))
    return Told(person_id, told)
