"""Cases of the demonstration on their way between organisations."""

from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor
from homeward.cases.commands import offer_handover
from homeward.sharing.rules import Basis

if TYPE_CHECKING:
    from homeward.cases.models import Handover

MESSAGE = "Wants to live near the family. A first talk in the first week would help."


def offer(giver: Actor, case_id: UUID, organisation_id: UUID, message: str = MESSAGE) -> "Handover":
    """An offer that waits for the other organisation's answer."""
    return offer_handover(
        giver, case_id=case_id, organisation_id=organisation_id, basis=Basis.CONSENT, message=message
    )
