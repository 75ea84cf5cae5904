"""The ledger of erasures: begun, and finished with the count of rows."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound, Problem
from homeward.privacy.models import Erasure
from homeward.privacy.queries import require_subject
from homeward.privacy.rules import ErasedBecause


class OthersLead(Problem):
    """Somebody else answers for the person."""

    status = 409
    code = "others_lead"
    message = _(
        "Another organisation leads a case of this person. It answers for the records: ask its data "
        "protection officer, and end what was shared with you."
    )


class Held(Problem):
    """A hold stands."""

    status = 409
    code = "held"
    message = _("A legal hold stands. Nothing can be erased before it is released.")


@command(Action.SUBJECT_ERASE)
def begin_erasure(
    actor: Actor, *, subject_id: UUID, because: ErasedBecause, request_id: UUID | None = None
) -> Erasure:
    """Write the line of the ledger without which the database erases nothing."""
    require_subject(actor, subject_id)
    _require_standing(subject_id)
    return Erasure.objects.create(
        organisation_id=actor.organisation_id,
        subject_id=subject_id,
        because=because,
        request_id=request_id,
        by_id=actor.user_id,
    )


@command(Action.SUBJECT_ERASE)
def finish_erasure(actor: Actor, *, erasure_id: UUID, rows: Mapping[str, int]) -> Erasure:
    """Close the line of the ledger with how many rows of each table were erased."""
    erasure = Erasure.objects.filter(organisation_id=actor.organisation_id, id=erasure_id).first()
    if erasure is None or erasure.finished_at is not None:
        raise NotFound
    erasure.rows, erasure.finished_at = dict(rows), now()
    erasure.save(update_fields=["rows", "finished_at"])
    return erasure


def _require_standing(subject_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT homeward_answers_for(%s), homeward_is_held(%s)", [subject_id, subject_id])
        answers_for, is_held = cursor.fetchone() or (False, False)
    if not answers_for:
        raise OthersLead
    if is_held:
        raise Held
