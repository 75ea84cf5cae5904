"""Reading stored files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.files.blobs import read_blob
from homeward.files.models import StoredFile
from homeward.files.rules import ZIP
from homeward.lib.problems import NotFound
from homeward.privacy.sealing import SubjectKeys, keys_of, open_for_installation, place_of


@dataclass(frozen=True)
class OpenedFile:
    """A file ready to be handed over."""

    id: UUID
    case_id: UUID | None
    name: str = field(repr=False)
    content_type: str
    content: bytes = field(repr=False)


def visible_files(actor: Actor) -> QuerySet[StoredFile]:
    """Files of cases the actor's organisation sees, and the organisation's own that belong to no case."""
    own = StoredFile.objects.order_by("-stored_at")
    return own if actor.may(Action.SUBJECT_EXPORT) else own.exclude(content_type=ZIP)


def names_of(actor: Actor, files: Iterable[StoredFile]) -> Mapping[UUID, str]:
    """The names of several files by id, opened with one query."""
    files = list(files)
    keys = keys_of(file.subject_id for file in files if file.subject_id)
    return {file.id: open_column(file, "name", keys).decode() for file in files}


def get_file(actor: Actor, file_id: UUID) -> StoredFile:
    """One file's facts, without its content."""
    found = visible_files(actor).filter(id=file_id).first()
    if found is None:
        raise NotFound
    return found


@reading(Action.FILE_OPEN)
def open_file(actor: Actor, file_id: UUID) -> OpenedFile:
    """One file with its content; the look is on the record."""
    return content_of(get_file(actor, file_id))


@reading(Action.SUBJECT_EXPORT)
def open_copy(actor: Actor, file_id: UUID) -> OpenedFile:
    """The archive that was made for a person; the look is on the record."""
    file = get_file(actor, file_id)
    if file.content_type != ZIP:
        raise NotFound
    return content_of(file)


def content_of(file: StoredFile) -> OpenedFile:
    """A file with its content, for a query that put the look on the record."""
    keys = keys_of([file.subject_id] if file.subject_id else [])
    key, name = open_column(file, "key", keys), open_column(file, "name", keys).decode()
    content = read_blob(file.blob, key, place_of(file, "content"))
    return OpenedFile(file.id, file.case_id, name, file.content_type, content)


def open_column(file: StoredFile, column: str, keys: SubjectKeys) -> bytes:
    """A sealed column of a file: under its person's key, or the installation's when it is nobody's."""
    place, sealed = place_of(file, column), getattr(file, column)
    if file.subject_id:
        return keys.open(file.subject_id, place, sealed)
    return open_for_installation(place, sealed)
