"""Making an extract that was asked for: read through the door, written by frame, then frozen."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from adbc_driver_manager import Error as DatabaseFault
from django.utils.timezone import now
from duckdb import Error as EngineFault

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.extracts import files
from homeward.extracts.alone import alone_with
from homeward.extracts.changes import BY_CASE, CHANGES, write_changes
from homeward.extracts.codebook import codebook
from homeward.extracts.commands import (
    begin_extract,
    expire_extract,
    fail_extract,
    finish_extract,
    note_extract_progress,
)
from homeward.extracts.door import reading_as
from homeward.extracts.frames import FRAMES, Frame
from homeward.extracts.models import Extract
from homeward.extracts.problems import NoExtractsLogin, NotReady
from homeward.extracts.pseudonyms import Pseudonyms
from homeward.extracts.queries import directory_of
from homeward.extracts.rules import ExtractState, Failure, parts_for
from homeward.extracts.sql import query_of
from homeward.extracts.writing import schema_of, write_frame
from homeward.lib.problems import WrongState
from homeward.organisations.queries import organisation_ids
from homeward.privacy.sealing import open_for_installation, place_of

if TYPE_CHECKING:
    from datetime import date

log = logging.getLogger(__name__)
FORMAT = 1


def make_waiting() -> int:
    """Make every extract that was asked for, one organisation after the other; how many were made."""
    made = 0
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        for extract_id in _waiting(actor):
            made += make_extract(actor, extract_id=extract_id).state == ExtractState.READY
    return made


def make_extract(actor: Actor, *, extract_id: UUID, wait: bool = False) -> Extract:
    """Make one, unless another process is at it (`wait` until that one has ended); how it stands then.

    What goes wrong is noted on it, and nothing half-made is left.
    """
    system = system_actor(actor.organisation_id)
    with alone_with(extract_id, wait=wait) as alone, suppress(WrongState):  # made, or withdrawn, meanwhile
        if alone:
            return _make(system, begin_extract(system, extract_id=extract_id))
    with acting_as(system):
        return Extract.objects.get(id=extract_id)


def remove_old(today: "date") -> int:
    """Take away what is kept no longer, organisation by organisation; how many."""
    gone = 0
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        with acting_as(actor):
            over = Extract.objects.filter(state=ExtractState.READY, kept_until__lt=today)
            ids = list(over.values_list("id", flat=True))
        for extract_id in ids:
            with suppress(WrongState):  # withdrawn meanwhile
                expire_extract(actor, extract_id=extract_id)
                gone += 1
    return gone


def _make(actor: Actor, extract: Extract) -> Extract:
    directory = directory_of(extract.id)
    files.remove(directory)
    try:
        return _made(actor, extract, directory)
    except WrongState:
        files.remove(directory)
        raise
    except (NoExtractsLogin, NotReady, DatabaseFault, EngineFault, OSError, ValueError) as fault:
        log.exception("An extract could not be made")
        try:  # said first: whoever withdraws it meanwhile is taking its files away
            return fail_extract(actor, extract_id=extract.id, failure=_failure(fault))
        finally:
            files.remove(directory)


def _made(actor: Actor, extract: Extract, directory: Path) -> Extract:
    key = _key_for(actor, extract)
    directory.mkdir(mode=0o700, parents=True)
    frames: dict[str, Any] = {}
    rows_done = 0
    with reading_as(extract.organisation_id) as reader:
        cases = int(reader.value(query_of("", extract.opened_from, extract.opened_until)))
        parts = parts_for(cases)
        for place, frame in enumerate(FRAMES):
            note_extract_progress(
                actor, extract_id=extract.id, frame=frame.name, frames_done=place, rows_done=rows_done
            )
            question = query_of(frame.name, extract.opened_from, extract.opened_until)
            rows = sum(
                write_frame(
                    frame,
                    reader.batches(question),
                    directory / frame.name,
                    pseudonyms=Pseudonyms(key),
                    parts=parts,
                )
            )
            rows_done += rows
            frames[frame.name] = _described(frame, rows, directory)
    manifest = _manifest(extract, frames, directory)
    return finish_extract(
        actor,
        extract_id=extract.id,
        manifest=manifest,
        manifest_sha256=files.write_manifest(directory, manifest),
        key=key,
        rows_done=rows_done,
    )


def _key_for(actor: Actor, extract: Extract) -> bytes:
    """A new key, or that of the extract it follows."""
    if extract.follows_id is None:
        return secrets.token_bytes(32)
    with acting_as(actor):
        followed = Extract.objects.get(id=extract.follows_id)
    if followed.key is None:  # taken away since it was asked for
        raise NotReady
    return open_for_installation(place_of(followed, "key"), followed.key)


def _described(frame: Frame, rows: int, directory: Path) -> dict[str, Any]:
    columns = [
        {"name": one.name, "kind": one.kind.value, "type": str(field.type), "words": one.words}
        for one, field in zip(frame.columns, schema_of(frame), strict=True)
    ]
    written = sorted((directory / frame.name).glob("*.parquet"))
    return {
        "rows": rows,
        "words": frame.words,
        "columns": columns,
        "files": [
            {
                "name": str(one.relative_to(directory)),
                "sha256": files.digest_of(one),
                "size_bytes": one.stat().st_size,
            }
            for one in written
        ],
    }


def _manifest(extract: Extract, frames: dict[str, Any], directory: Path) -> dict[str, Any]:
    book = directory / files.CODEBOOK
    book.write_text(codebook(), encoding="utf-8")
    book.chmod(0o600)
    return {
        "format": FORMAT,
        "extract_id": str(extract.id),
        "organisation_id": str(extract.organisation_id),
        "asked_by_id": str(extract.asked_by_id),
        "asked_at": extract.asked_at.astimezone(UTC).isoformat(timespec="seconds"),
        "why": extract.why,
        "opened_from": extract.opened_from.isoformat() if extract.opened_from else None,
        "opened_until": extract.opened_until.isoformat() if extract.opened_until else None,
        "follows": str(extract.follows_id) if extract.follows_id else None,
        "is_linkable": extract.is_linkable,
        "made_at": now().astimezone(UTC).isoformat(timespec="seconds"),
        "code_version": code_version(),
        "framework_version": None,
        "codebook_sha256": files.digest_of(book),
        "changes": _changes(extract, frames, directory),
        "frames": frames,
    }


def _changes(extract: Extract, frames: dict[str, Any], directory: Path) -> dict[str, Any] | None:
    """What is not as it was in the extract that this one follows: only that has to be worked on anew."""
    if extract.follows_id is None:
        return None
    before = directory_of(extract.follows_id)
    written = directory / CHANGES
    counted = write_changes(
        {name: sorted((before / name).glob("*.parquet")) for name in BY_CASE},
        {name: [directory / one["name"] for one in frames[name]["files"]] for name in BY_CASE},
        written,
    )
    return {"name": CHANGES, "sha256": files.digest_of(written), "cases": counted}


def code_version() -> str:
    """A digest of the code that says what leaves and how: another one may mean other frames."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(one.read_bytes() for one in own)).hexdigest()[:16]


def _waiting(actor: Actor) -> Iterator[UUID]:
    """What was asked for, what a crash left behind, and what another process is at."""
    with acting_as(actor):
        states = [ExtractState.ASKED.value, ExtractState.MAKING.value]
        ids = list(Extract.objects.filter(state__in=states).order_by("asked_at").values_list("id", flat=True))
    yield from ids


def _failure(fault: Exception) -> Failure:
    if isinstance(fault, NoExtractsLogin):
        return Failure.NO_LOGIN
    if isinstance(fault, DatabaseFault):
        return Failure.DATABASE
    return Failure.DISK if isinstance(fault, OSError) else Failure.OTHER
