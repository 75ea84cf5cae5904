"""Notices to recipients, and their receipts."""

from uuid import UUID

from django.utils.timezone import now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound
from homeward.privacy.models import CorrectionNotice
from homeward.privacy.rules import NoticeKind


@command(Action.CORRECTION_TELL)
def tell_recipient(
    actor: Actor,
    *,
    subject_id: UUID,
    recipient_id: UUID,
    disclosure_id: UUID,
    pseudonym: str,
    kind: NoticeKind,
    words: str = "",
) -> CorrectionNotice:
    """Tell one recipient that what they were given was corrected, restricted or erased."""
    return CorrectionNotice.objects.create(
        organisation_id=actor.organisation_id,
        recipient_id=recipient_id,
        subject_id=subject_id,
        disclosure_id=disclosure_id,
        pseudonym=pseudonym,
        kind=kind,
        words=words.strip(),
        sent_by_name=actor.name,
    )


@command(Action.CORRECTION_RECEIVE)
def take_note(actor: Actor, *, notice_id: UUID, words: str = "") -> CorrectionNotice:
    """Confirm, as the recipient, that the own copy was put right."""
    told = CorrectionNotice.objects.filter(recipient_id=actor.organisation_id, id=notice_id, receipt_at=None)
    notice = told.select_for_update().first()
    if notice is None:
        raise NotFound
    notice.receipt_at, notice.receipt_by_name, notice.receipt_words = now(), actor.name, words.strip()
    notice.save(update_fields=["receipt_at", "receipt_by_name", "receipt_words"])
    return notice
