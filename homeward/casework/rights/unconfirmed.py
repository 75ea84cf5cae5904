"""What recipients were told and did not confirm in time: corrections, the end of what they were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.privacy.queries import notices_unconfirmed
from homeward.sharing.queries import endings_unconfirmed

CONFIRMED_WITHIN = timedelta(hours=72)
ENDED = "ended"


@dataclass(frozen=True)
class Unconfirmed:
    """Who still has to confirm what about whom, since when; `what` is a kind of notice, or `ended`."""

    id: UUID
    recipient: str
    subject_id: UUID
    what: str
    since: datetime


def unconfirmed(actor: Actor, at: datetime, *, most: int) -> list[Unconfirmed]:
    """The longest waiting first."""
    actor.require(Action.PROTECTION_VIEW)
    waiting = sorted(_waiting(actor, at - CONFIRMED_WITHIN, most), key=lambda one: one.since)
    return list(islice(waiting, most))


def _waiting(actor: Actor, before: datetime, most: int) -> Iterator[Unconfirmed]:
    for told in notices_unconfirmed(actor, before)[:most]:
        yield Unconfirmed(told.id, told.recipient.name, told.subject_id, told.kind, told.sent_at)
    for sent in endings_unconfirmed(actor, before)[:most]:
        assert sent.ended_at is not None  # noqa: S101 (for the type checker)
        yield Unconfirmed(sent.id, sent.organisation.name, sent.subject_id, ENDED, sent.ended_at)
