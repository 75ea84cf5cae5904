"""Copies for people: asked for, made in the background, taken away after some days."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound
from homeward.privacy.models import SubjectExport
from homeward.privacy.queries import get_request, require_subject
from homeward.privacy.rules import COPY_JOB, ExportState


@command(Action.SUBJECT_EXPORT)
def ask_copy(
    actor: Actor, *, subject_id: UUID, language: str, request_id: UUID | None = None
) -> SubjectExport:
    """Have a copy of everything about a person made in the background."""
    require_subject(actor, subject_id)
    if request_id is not None:
        get_request(actor, request_id)
    made = SubjectExport.objects.create(
        organisation_id=actor.organisation_id,
        subject_id=subject_id,
        request_id=request_id,
        language=language,
        made_by_id=actor.user_id,
        made_by_name=actor.name,
    )
    _send_to_work(actor, made)
    return made


@command(Action.SUBJECT_EXPORT)
def note_copy_progress(actor: Actor, *, export_id: UUID, done: int, whole: int) -> SubjectExport:
    """Note how far a copy is, while it is being made."""
    made = SubjectExport.objects.get(organisation_id=actor.organisation_id, id=export_id)
    made.work_done, made.work_all = done, whole
    made.save(update_fields=["work_done", "work_all"])
    return made


@command(Action.SUBJECT_EXPORT)
def finish_copy(actor: Actor, *, export_id: UUID, file_id: UUID | None) -> SubjectExport:
    """Note that a copy is ready in this file, or that it could not be made."""
    made = SubjectExport.objects.filter(organisation_id=actor.organisation_id, id=export_id).first()
    if made is None:
        raise NotFound
    made.state, made.file_id = (ExportState.READY if file_id else ExportState.FAILED), file_id
    made.ready_at, made.work_done = now(), made.work_all
    made.save(update_fields=["state", "file_id", "ready_at", "work_done"])
    return made


@command(Action.SUBJECT_EXPORT)
def take_copy_away(actor: Actor, *, export_id: UUID, at: datetime) -> SubjectExport:
    """Note that the file of a copy was removed."""
    made = SubjectExport.objects.get(organisation_id=actor.organisation_id, id=export_id)
    made.state, made.file_id = ExportState.TAKEN_AWAY, None
    made.save(update_fields=["state", "file_id"])
    return made


def _send_to_work(actor: Actor, made: SubjectExport) -> None:
    task = app.configure_task(COPY_JOB, allow_unknown=True, queueing_lock=f"{COPY_JOB}:{made.id}")
    given = {
        "organisation_id": str(actor.organisation_id),
        "membership_id": str(actor.membership_id),
        "export_id": str(made.id),
    }
    try:
        with transaction.atomic():
            task.defer(**given)
    except AlreadyEnqueued:
        return
