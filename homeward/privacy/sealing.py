"""Sealing and opening values: under a person's key, or under the installation's.

The database decides who may open: a person's key shows only to organisations that may see the person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from homeward.lib import encryption
from homeward.lib.bulk_insert import bulk_insert
from homeward.lib.encryption import Place, decrypt, encrypt, new_key
from homeward.lib.key_files import KeyRing, load_keys
from homeward.lib.problems import NotFound, Problem
from homeward.privacy.models import SubjectKey

PERSONAL = 0  # the version noted on values under a person's own key; master keys count from 1


class Erased(Problem):
    """The person's key was destroyed: the value is gone for everyone, for ever."""

    status = 410
    code = "erased"
    message = _("This person's details were erased.")


@dataclass(frozen=True)
class SubjectKeys:
    """The opened keys of several persons, read with one query; for lists and imports."""

    opened: Mapping[UUID, bytes | None] = field(repr=False)

    def seal(self, subject_id: UUID, place: Place, plaintext: bytes) -> bytes:
        return encrypt(self._key(subject_id), PERSONAL, place, plaintext)

    def open(self, subject_id: UUID, place: Place, sealed: bytes | memoryview) -> bytes:
        return decrypt({PERSONAL: self._key(subject_id)}, place, bytes(sealed))

    def seal_text(self, subject_id: UUID, place: Place, text: str) -> bytes:
        return self.seal(subject_id, place, text.encode())

    def open_text(self, subject_id: UUID, place: Place, sealed: bytes | memoryview) -> str:
        return self.open(subject_id, place, sealed).decode()

    def _key(self, subject_id: UUID) -> bytes:
        if subject_id not in self.opened:
            raise NotFound
        key = self.opened[subject_id]
        if key is None:
            raise Erased
        return key


def make_keys(organisation_id: UUID, subject_ids: Iterable[UUID]) -> SubjectKeys:
    """Make the keys of new persons; call in the command that makes the person."""
    ring = key_ring()
    made = {subject_id: new_key() for subject_id in subject_ids}
    rows = [
        SubjectKey(
            subject_id=subject_id,
            organisation_id=organisation_id,
            wrapped=wrap(ring, subject_id, key),
            master_version=ring.active,
        )
        for subject_id, key in made.items()
    ]
    bulk_insert(SubjectKey, rows)
    return SubjectKeys(made)


def keys_of(subject_ids: Iterable[UUID]) -> SubjectKeys:
    """The keys of these persons, as far as the acting organisation may see them."""
    ring = key_ring()
    rows = SubjectKey.objects.filter(subject_id__in=set(subject_ids)).values_list("subject_id", "wrapped")
    return SubjectKeys({subject_id: unwrap(ring, subject_id, wrapped) for subject_id, wrapped in rows})


def seal(subject_id: UUID, place: Place, plaintext: bytes) -> bytes:
    """Close a value of this person at its place."""
    return keys_of([subject_id]).seal(subject_id, place, plaintext)


def open_sealed(subject_id: UUID, place: Place, sealed: bytes | memoryview) -> bytes:
    """Open a value of this person; NotFound when the person is not the actor's to see."""
    return keys_of([subject_id]).open(subject_id, place, sealed)


def seal_text(subject_id: UUID, place: Place, text: str) -> bytes:
    """Close a text of this person at its place."""
    return seal(subject_id, place, text.encode())


def open_text(subject_id: UUID, place: Place, sealed: bytes | memoryview) -> str:
    """Open a text of this person."""
    return open_sealed(subject_id, place, sealed).decode()


def seal_for_installation(place: Place, plaintext: bytes) -> bytes:
    """Close a value that belongs to no one person (a second factor's secret, an import's row)."""
    ring = key_ring()
    return encrypt(ring.active_master, ring.active, place, plaintext)


def open_for_installation(place: Place, sealed: bytes | memoryview) -> bytes:
    """Open what seal_for_installation closed, under whichever master key it was."""
    return decrypt(key_ring().masters, place, bytes(sealed))


def blind_index(kind: str, value: str) -> bytes:
    """The keyed fingerprint of a number, for finding equal ones of the same kind."""
    return encryption.blind_index(key_ring().blind_index, kind, value)


def keyed_fingerprint(kind: str, content: bytes) -> bytes:
    """A fingerprint of bytes that tells nothing to whoever has no key."""
    return encryption.keyed_digest(key_ring().blind_index, kind, content)


def place_of(record: Model, column: str) -> Place:
    """The place of one column of a record."""
    return Place(record._meta.db_table, column, record.pk)


def wrap(ring: KeyRing, subject_id: UUID, key: bytes) -> bytes:
    return encrypt(ring.active_master, ring.active, _place_of_key(subject_id), key)


def unwrap(ring: KeyRing, subject_id: UUID, wrapped: bytes | memoryview | None) -> bytes | None:
    """The key itself; None once it was destroyed."""
    if wrapped is None:
        return None
    return decrypt(ring.masters, _place_of_key(subject_id), bytes(wrapped))


def key_ring() -> KeyRing:
    """The installation's keys, from the file that settings name."""
    return load_keys(settings.KEYS_FILE)


def _place_of_key(subject_id: UUID) -> Place:
    return Place("privacy_subjectkey", "wrapped", subject_id)
