"""Destroying and rewrapping persons' keys; looking at an alert of too many openings."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound, WrongState
from homeward.privacy.models import OpeningAlert, SubjectKey
from homeward.privacy.openings import get_alert
from homeward.privacy.sealing import key_ring, unwrap, wrap


@dataclass(frozen=True)
class Rewrapped:
    """How many keys were wrapped anew; no more were waiting when it is 0."""

    count: int


@dataclass(frozen=True)
class Destroyed:
    """How many keys are gone for ever."""

    count: int


@command(Action.KEY_DESTROY)
def destroy_key(actor: Actor, *, subject_id: UUID) -> SubjectKey:
    """Erase everything sealed for a person, in every table and in the trail, by destroying their key."""
    key = SubjectKey.objects.select_for_update().filter(subject_id=subject_id).first()
    if key is None:
        raise NotFound
    if key.wrapped is not None:
        key.wrapped, key.destroyed_at = None, timezone.now()
        key.save(update_fields=["wrapped", "destroyed_at"])
    return key


@command(Action.IMPORT_UNDO)
def destroy_keys(actor: Actor, *, subject_ids: Iterable[UUID]) -> Destroyed:
    """Destroy the keys of people whom the organisation brought by a list and takes back again."""
    own = SubjectKey.objects.filter(
        organisation_id=actor.organisation_id, subject_id__in=list(subject_ids), destroyed_at=None
    )
    return Destroyed(own.update(wrapped=None, destroyed_at=timezone.now()))


@command(Action.KEY_ROTATE)
def rewrap_keys(actor: Actor, *, at_most: int = 500) -> Rewrapped:
    """Wrap the organisation's keys under the newest master key; values sealed by them stay as they are."""
    ring = key_ring()
    waiting = SubjectKey.objects.filter(
        organisation_id=actor.organisation_id, destroyed_at=None, master_version__lt=ring.active
    )
    keys = list(waiting.select_for_update(skip_locked=True)[:at_most])
    for key in keys:
        opened = unwrap(ring, key.subject_id, key.wrapped)
        if opened is not None:
            key.wrapped, key.master_version = wrap(ring, key.subject_id, opened), ring.active
    SubjectKey.objects.bulk_update(keys, ["wrapped", "master_version"])
    return Rewrapped(len(keys))


@command(Action.OPENING_REVIEW)
def look_at_alert(actor: Actor, *, alert_id: UUID, note: str) -> OpeningAlert:
    """Put on record what an officer found behind an alert; nobody does so about themselves."""
    alert = get_alert(actor, alert_id, for_update=True)
    if alert.looked_at is not None:
        raise WrongState
    alert.looked_at, alert.looked_by_id, alert.note = timezone.now(), actor.user_id, note.strip()
    alert.save(update_fields=["looked_at", "looked_by_id", "note"])
    return alert
