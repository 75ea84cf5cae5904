"""A case passes on only under an agreement in force that names handing over."""

from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.actor import Actor
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.queries import closest_clause
from homeward.sharing.rules import Category, Decision, Purpose, Refusal

PASSED_ON = frozenset({Category.IDENTITY, Category.JOURNEY})  # without these there is no case to lead


def require_agreed(actor: Actor, giver_id: UUID, receiver_id: UUID) -> None:
    """Refuse, saying what is missing, unless the giver may hand cases to the receiver today."""
    clause = closest_clause(actor, giver_id, receiver_id, Purpose.HANDOVER, PASSED_ON, localdate())
    if clause is None:
        raise NotAllowedToShare(Decision((Refusal.NO_AGREEMENT,)))
    faults = {
        Refusal.AGREEMENT_NOT_LIVE: not clause.agreement.is_live(localdate()),
        Refusal.PURPOSE_NOT_AGREED: Purpose.HANDOVER not in clause.purposes,
        Refusal.CATEGORY_NOT_AGREED: not set(clause.categories) >= PASSED_ON,
    }
    found = tuple(fault for fault, is_so in faults.items() if is_so)
    if found:
        raise NotAllowedToShare(Decision(found))
