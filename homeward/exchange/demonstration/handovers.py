"""Cases of the demonstration on their way between organisations."""

from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor
from homeward.cases.commands import Justification, offer_handover
from homeward.sharing.rules import Basis, Condition

if TYPE_CHECKING:
    from homeward.cases.models import Handover

WHY = Justification(
    Basis.PUBLIC_INTEREST,
    "They work where the person lives from now on, and lead from there.",
    Condition.HEALTH_OR_SOCIAL_CARE,
)
MESSAGE = "Wants to live near the family. A first talk in the first week would help."


def offer(giver: Actor, case_id: UUID, organisation_id: UUID, message: str = MESSAGE) -> "Handover":
    """An offer that waits for the other organisation's answer."""
    return offer_handover(giver, case_id=case_id, organisation_id=organisation_id, why=WHY, message=message)
