"""Reading and saving lists in the background, as the member who brought them; and tidying up."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.exchange.analysts.queries import files_to_write
from homeward.exchange.analysts.rules import WRITING_JOB
from homeward.exchange.analysts.work import write_file
from homeward.exchange.choices import ReadingChoices, layout_key
from homeward.exchange.commands import (
    finish_saving,
    forget_files,
    give_up_saving,
    keep_reading,
    mark_unreadable,
    save_rows,
)
from homeward.exchange.duplicates import duplicate_row_pairs
from homeward.exchange.keeping import open_choices, row_fingerprint
from homeward.exchange.known_people import known_people
from homeward.exchange.models import Import
from homeward.exchange.preview import Preview, headers_of, preview
from homeward.exchange.queries import file_content, get_import
from homeward.exchange.queries.remembered import remembered_choices, saved_fingerprints
from homeward.exchange.rules import READ_JOB, SAVE_JOB, ImportState
from homeward.exchange.work import note_progress
from homeward.lib.problems import NotFound, Problem
from homeward.organisations.queries import actor_of_membership, organisation_ids

log = logging.getLogger(__name__)
SECONDS_BETWEEN_NOTES = 1.0
FAILED = "failed"


@app.task(name=READ_JOB)
def read_list(organisation_id: str, membership_id: str, import_id: str) -> None:
    """Read a list that was uploaded."""
    actor = actor_of_membership(UUID(organisation_id), UUID(membership_id))
    if actor:
        read_import(actor, UUID(import_id))


@app.task(name=SAVE_JOB)
def save_list(organisation_id: str, membership_id: str, import_id: str) -> None:
    """Save what is ready of a list."""
    actor = actor_of_membership(UUID(organisation_id), UUID(membership_id))
    if actor:
        save_ready_rows(actor, UUID(import_id))


@app.task(name=WRITING_JOB)
def write_analyst_file(organisation_id: str, file_id: str) -> None:
    """Write a file for analysts, unless another process did it or is at it."""
    with suppress(NotFound):
        write_file(system_actor(UUID(organisation_id)), UUID(file_id))


@app.periodic(cron="*/10 * * * *")
@app.task(name="write_files_left_behind", queueing_lock="write_files_left_behind")
def write_files_left_behind(timestamp: int) -> None:
    """Every ten minutes, one organisation after the other, write what a crash left behind."""
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        with acting_as(actor):
            stale = files_to_write(actor).filter(asked_at__lt=now() - timedelta(hours=1))
            waiting = list(stale.values_list("id", flat=True)[:20])
        for file_id in waiting:
            write_analyst_file(str(organisation_id), str(file_id))


@app.periodic(cron="7 * * * *")
@app.task(name="forget_import_files", queueing_lock="forget_import_files")
def forget(timestamp: int) -> None:
    """Each hour, one organisation after the other, remove files that can no longer be undone."""
    for organisation_id in organisation_ids():
        forget_files(system_actor(organisation_id), at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give work that a crashed worker left behind to another; each job goes on where it stopped."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


def read_import(actor: Actor, import_id: UUID) -> None:
    """Read the list, look for possible duplicates in it and among known people, and keep what was found."""
    with acting_as(actor):
        given = get_import(actor, import_id)
        if given.state != ImportState.READING:
            return
        content, choices = file_content(actor, given), open_choices(given)
    try:
        _read(actor, given, content, choices)
    except Problem as problem:
        mark_unreadable(actor, import_id=import_id, trouble=problem.code)
    except Exception:
        log.exception("an import could not be read: %s", import_id)
        mark_unreadable(actor, import_id=import_id, trouble=FAILED)


def save_ready_rows(actor: Actor, import_id: UUID) -> None:
    """Save part by part; when a part fails, what was saved before is taken back."""
    with acting_as(actor):
        if get_import(actor, import_id).state != ImportState.SAVING:
            return
    try:
        while True:
            part = save_rows(actor, import_id=import_id)
            if not part.count and not part.before:
                break
    except Exception as trouble:
        log.exception("an import could not be saved: %s", import_id)
        code = trouble.code if isinstance(trouble, Problem) else FAILED
        give_up_saving(actor, import_id=import_id, trouble=code)
    else:
        finish_saving(actor, import_id=import_id)


def _read(actor: Actor, given: Import, content: bytes, choices: ReadingChoices) -> None:
    headers, known_layout = layout_key(headers_of(content, choices)), None
    if choices == ReadingChoices():
        with acting_as(actor):
            known_layout = remembered_choices(actor, given.sender, headers)
        choices = known_layout or choices
    progress = _progress(actor, given.id)
    read = preview(content, given.name, today=localdate(), choices=choices, progress=progress)
    saved = _saved(actor, given, read)
    pairs = duplicate_row_pairs(read.rows)
    new = [row for row in read.rows if row_fingerprint(given.organisation_id, row) not in saved]
    with acting_as(actor):
        known = known_people(actor, new)
    keep_reading(
        actor,
        import_id=given.id,
        choices=choices,
        layout_key=headers,
        read=read,
        pairs=pairs,
        known=known,
        saved=saved,
        is_known_layout=known_layout is not None,
    )


def _saved(actor: Actor, given: Import, read: Preview) -> frozenset[bytes]:
    with acting_as(actor):
        return saved_fingerprints(actor, [row_fingerprint(given.organisation_id, row) for row in read.rows])


def _progress(actor: Actor, import_id: UUID) -> Callable[[int, int], None]:
    noted = [0.0]

    def note(done: int, everything: int) -> None:
        if time.monotonic() - noted[0] >= SECONDS_BETWEEN_NOTES:
            noted[0] = time.monotonic()
            note_progress(actor, import_id, done, everything)

    return note
