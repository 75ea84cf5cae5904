"""Handing an import to the worker, and saying how far it has got."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.exchange.models import Import


def send_to_work(given: Import, job: str) -> None:
    """Queue the job as the member who made the import; it carries ids only, and waits its turn once."""
    task = app.configure_task(
        job, allow_unknown=True, queueing_lock=f"{job}:{given.id}", lock=f"import:{given.id}"
    )
    try:
        with transaction.atomic():
            task.defer(
                organisation_id=str(given.organisation_id),
                membership_id=str(given.made_by_membership_id),
                import_id=str(given.id),
            )
    except AlreadyEnqueued:
        return


def note_progress(actor: Actor, import_id: UUID, done: int, everything: int) -> None:
    """Write how far the work has got, in a transaction of its own, for whoever watches."""
    with acting_as(actor):
        Import.objects.filter(id=import_id).update(work_done=done, work_all=everything, worked_at=now())
