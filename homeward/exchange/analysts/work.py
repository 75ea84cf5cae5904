"""Writing asked-for files: what goes wrong is noted on the file, and nothing half-written stays."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from shutil import rmtree
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.exchange.analysts.commands import begin_file, fail_file, finish_file
from homeward.exchange.analysts.queries import directory_of_file
from homeward.exchange.analysts.rules import COUNTED, OTHER, AnalystAudience, AnalystFormat, AnalystUnit
from homeward.exchange.models import AnalystFile
from homeward.extracts.alone import alone_with
from homeward.extracts.queries import frames_of
from homeward.lib.problems import Problem, WrongState

log = logging.getLogger(__name__)
SECONDS_BETWEEN_NOTES = 1.0


def write_file(actor: Actor, file_id: UUID, *, wait: bool = False) -> AnalystFile:
    """Write one file, or note why not, unless another process is at it (`wait` until it has ended)."""
    with alone_with(file_id, wait=wait) as alone, suppress(WrongState):  # written meanwhile
        if alone:
            return _written(actor, begin_file(actor, file_id=file_id))
    with acting_as(actor):
        return AnalystFile.objects.select_related("extract").get(id=file_id)


def _written(actor: Actor, file: AnalystFile) -> AnalystFile:
    directory = directory_of_file(file)
    try:
        made = _made(actor, file)
        given = {"rows": made.rows, "size_bytes": made.size_bytes, "sha256": made.sha256, "risk": made.risk}
        done = finish_file(actor, file_id=file.id, name=made.file.name if made.file else "", **given)
    except Problem as problem:
        rmtree(directory, ignore_errors=True)
        return fail_file(actor, file_id=file.id, trouble=str(problem))
    except Exception:
        log.exception("a file for analysts could not be written: %s", file.id)
        rmtree(directory, ignore_errors=True)
        return fail_file(actor, file_id=file.id, trouble=OTHER)
    if not made.file:
        rmtree(directory, ignore_errors=True)
    return done


def _made(actor: Actor, file: AnalystFile) -> Any:
    # Only who writes loads the engine: pages know files by their row.
    making = import_module("homeward.exchange.analysts.making")
    with acting_as(actor):
        frames = frames_of(actor, file.extract_id, verified=True)
    if AnalystFormat(file.format) in COUNTED:
        publishing = import_module("homeward.exchange.analysts.publishing")
        return publishing.publish(actor, file, frames, directory_of_file(file), at=now())
    wanted = making.Wanted(
        AnalystFormat(file.format),
        AnalystUnit(file.unit),
        AnalystAudience(file.audience),
        tuple(file.columns),
        tuple(file.keys),
        (("What for", file.why),),
    )
    return making.make(frames, wanted, directory_of_file(file), at=now(), note=_noting(actor, file))


def _noting(actor: Actor, file: AnalystFile) -> Callable[[int], None]:
    noted = [0.0]

    def note(rows: int) -> None:
        if time.monotonic() - noted[0] >= SECONDS_BETWEEN_NOTES:
            noted[0] = time.monotonic()
            with acting_as(actor):
                AnalystFile.objects.filter(id=file.id).update(rows_done=rows)

    return note
