"""Reading extracts: what an organisation asked for, how far it is, and where its files are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.extracts.files import changed_files
from homeward.extracts.models import Extract
from homeward.extracts.problems import NotAsWritten, NotReady
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import NotFound


@dataclass(frozen=True)
class Frames:
    """A ready extract on disk: the files of each frame, and its manifest."""

    extract_id: UUID
    manifest: Mapping[str, Any]
    files: Mapping[str, tuple[Path, ...]]


def visible_extracts(actor: Actor) -> QuerySet[Extract]:
    """The organisation's extracts, the newest first."""
    actor.require(Action.EXTRACT_VIEW)
    own = Extract.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by("-asked_at", "-id").defer("key")


def get_extract(actor: Actor, extract_id: UUID) -> Extract:
    """One extract of the organisation."""
    found = visible_extracts(actor).filter(id=extract_id).select_related("follows").first()
    if found is None:
        raise NotFound
    return found


def linkable_extracts(actor: Actor) -> QuerySet[Extract]:
    """Ready extracts that another can follow under the same pseudonyms."""
    return visible_extracts(actor).filter(state=ExtractState.READY, is_linkable=True, key__isnull=False)


def frames_of(actor: Actor, extract_id: UUID, *, verified: bool = False) -> Frames:
    """The files of a ready extract; `verified` reads all of them first and raises NotAsWritten."""
    extract = get_extract(actor, extract_id)
    if extract.state != ExtractState.READY:
        raise NotReady
    if verified and changed_files(directory_of(extract.id), extract.manifest_sha256):
        raise NotAsWritten
    directory = directory_of(extract.id)
    files = {
        name: tuple(directory / one["name"] for one in frame["files"])
        for name, frame in extract.manifest["frames"].items()
    }
    return Frames(extract.id, extract.manifest, files)


def directory_of(extract_id: UUID) -> Path:
    """Where the files of an extract are."""
    return Path(settings.EXTRACTS_DIR) / str(extract_id)


def made_from(extract_id: UUID) -> Path:
    """Where files that were made from an extract are; they go with it."""
    return Path(settings.EXTRACTS_DIR) / f"{extract_id}-made"


def has_files_made(extract_id: UUID) -> bool:
    """Whether there is a file for analysts that was made from an extract: rows or scores were open."""
    made = made_from(extract_id)
    return made.is_dir() and any(made.iterdir())
