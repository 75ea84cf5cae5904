"""Filled forms, by the one door through which every face hands them in."""

from collections.abc import Sequence
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.followup.handing import let_be_scored, link
from homeward.followup.queries import get_visit
from homeward.surveys.receiving import Arrival, Receipt, Sent, read, take_in


@command(Action.SUBMISSION_RECEIVE)
def hand_in(
    actor: Actor,
    *,
    body: bytes,
    attachments: Sequence[Sent] = (),
    device: str = "",
    visit_id: UUID | None = None,
) -> Receipt:
    """Take a filled form in and, when it is about a visit the actor may see, record that the visit was made.

    A key that stands for nobody the actor follows up loses nothing: the form is kept, and flagged.
    """
    respondent = get_visit(actor, visit_id).key if visit_id else None
    receipt = take_in(Arrival(actor, body, read(body), device, respondent), attachments)
    let_be_scored(actor, receipt)
    return link(actor, receipt)
