"""On what ground something of a case is disclosed."""

from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor
from homeward.consent.queries import ground_for
from homeward.sharing.rules import Basis, Category, Condition, Ground, Purpose

if TYPE_CHECKING:
    from homeward.cases.models import Case


def ground_of(
    actor: Actor,
    case: "Case",
    receiver_id: UUID,
    purpose: Purpose,
    categories: frozenset[Category],
    said: tuple[Basis, Condition | None],
) -> Ground:
    """The consent on record that covers this, where consent is the basis; else what the actor says."""
    basis, condition = said
    if basis == Basis.CONSENT:
        found = ground_for(
            actor, case.person_id, purpose=purpose, organisation_id=receiver_id, categories=categories
        )
        if found:
            return found
    return Ground(basis, condition, None, categories)
