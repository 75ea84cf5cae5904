"""Storing and removing files."""

from uuid import UUID

from django.db import transaction

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.files.blobs import new_blob_name, remove_blob, write_blob
from homeward.files.images import redraw
from homeward.files.models import StoredFile
from homeward.files.problems import FileTooLarge, FileTypeRefused
from homeward.files.queries import get_file
from homeward.files.rules import IMAGES, MAX_BYTES, ZIP, clean_name, type_of
from homeward.lib.encryption import new_key
from homeward.privacy.sealing import keyed_fingerprint, place_of, seal, seal_for_installation


@command(Action.FILE_STORE)
def store_file(
    actor: Actor, *, name: str, content: bytes, case_id: UUID | None = None, subject_id: UUID | None = None
) -> StoredFile:
    """Keep a file; name its person when it is about one, so that erasing the person erases it."""
    content_type = _accepted_type(content, name)
    if content_type in IMAGES:
        content = redraw(content, content_type)
    return _stored(actor, name, content, content_type, case_id, subject_id)


@command(Action.SUBJECT_EXPORT)
def store_copy(actor: Actor, *, name: str, content: bytes, subject_id: UUID) -> StoredFile:
    """Keep the archive that was made for a person, sealed under their own key."""
    return _stored(actor, name, content, ZIP, None, subject_id)


def _stored(
    actor: Actor, name: str, content: bytes, content_type: str, case_id: UUID | None, subject_id: UUID | None
) -> StoredFile:
    key = new_key()
    file = StoredFile(
        organisation_id=actor.organisation_id,
        case_id=case_id,
        subject_id=subject_id,
        blob=new_blob_name(),
        content_type=content_type,
        size_bytes=len(content),
        fingerprint=keyed_fingerprint("files", content),
        stored_by_id=actor.user_id,
    )
    file.name, file.key = _sealed(file, "name", clean_name(name).encode()), _sealed(file, "key", key)
    file.save(force_insert=True)
    # The row first: a file the database refuses leaves nothing on disk.
    write_blob(file.blob, key, place_of(file, "content"), content)
    return file


@command(Action.FILE_REMOVE)
def remove_file(actor: Actor, *, file_id: UUID) -> StoredFile:
    """Take a file away for good; only erasure and the undoing of an import do this."""
    file = get_file(actor, file_id)
    StoredFile.objects.filter(id=file.id).delete()
    transaction.on_commit(lambda: remove_blob(file.blob))
    return file


def _accepted_type(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    content_type = type_of(content, name)
    if content_type is None:
        raise FileTypeRefused
    return content_type


def _sealed(file: StoredFile, column: str, plaintext: bytes) -> bytes:
    place = place_of(file, column)
    return (
        seal(file.subject_id, place, plaintext)
        if file.subject_id
        else seal_for_installation(place, plaintext)
    )
