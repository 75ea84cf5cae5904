"""Telling everybody who was given something about a person what became of it."""

from uuid import UUID

from homeward.access.actor import Actor
from homeward.privacy.commands.telling import tell_recipient
from homeward.privacy.rules import NoticeKind
from homeward.sharing.queries import disclosures_about


def tell_recipients(actor: Actor, *, subject_id: UUID, kind: NoticeKind, words: str = "") -> int:
    """One notice to each organisation that ever received something about this person from the actor's."""
    told = set()
    made = disclosures_about(actor, subject_id).filter(by_organisation_id=actor.organisation_id)
    for one in made.order_by("-made_at"):
        if one.organisation_id not in told:
            told.add(one.organisation_id)
            tell_recipient(
                actor,
                subject_id=subject_id,
                recipient_id=one.organisation_id,
                disclosure_id=one.id,
                pseudonym=one.pseudonym,
                kind=kind,
                words=words,
            )
    return len(told)
