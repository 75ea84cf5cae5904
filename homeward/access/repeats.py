"""Answering a repeated request with the answer it had the first time."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.models import HandledRequest
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Problem

CLAIM = """
INSERT INTO access_handledrequest (id, organisation_id, actor_id, key, fingerprint, at)
VALUES (%s, %s, %s, %s, %s, now()) ON CONFLICT DO NOTHING
"""


class KeyReused(Problem):
    """The same idempotency key came with a different request."""

    status = 422
    code = "idempotency_key_reused"
    message = _("This idempotency key was used for a different request.")


@dataclass(frozen=True)
class Answered:
    """The answer that was given the first time, still sealed."""

    status: int
    answer: bytes
    id: UUID


def claim(actor: Actor, key: str, request: bytes) -> Answered | UUID:
    """Take the key for this transaction, or give the answer it got before.

    Whoever sends the same key at the same moment waits here until the first transaction ends.
    """
    row_id, fingerprint = new_id(), sha256(request).digest()
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [row_id, actor.organisation_id, actor.user_id, key, fingerprint])
        if cursor.rowcount:
            return row_id
    known = HandledRequest.objects.get(organisation_id=actor.organisation_id, actor_id=actor.user_id, key=key)
    if bytes(known.fingerprint) != fingerprint:
        raise KeyReused
    return Answered(known.status or 500, bytes(known.answer or b""), known.id)


def keep_answer(row_id: UUID, status: int, answer: bytes) -> None:
    """Keep the sealed answer beside its key, in the transaction that did the work."""
    HandledRequest.objects.filter(id=row_id).update(status=status, answer=answer)


def forget_answers(actor: Actor, before: datetime) -> int:
    """Forget the organisation's keys from before a moment, with their answers; gives how many those were."""
    with acting_as(actor):
        old = HandledRequest.objects.filter(organisation_id=actor.organisation_id, at__lt=before)
        return old.delete()[0]
