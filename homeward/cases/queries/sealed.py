"""Opening what is sealed on a case: one thing at a time, for a reason, on the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import OpeningReason
from homeward.cases.models import Clearance, Closure, Counselling, Travel
from homeward.cases.queries.cases import hidden_categories, visible_cases
from homeward.lib.problems import NotFound
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import place_of
from homeward.sharing.rules import Category


class Sealed(StrEnum):
    """What is sealed on a case."""

    SUMMARY = "summary"
    MEDICAL_ITEMS = "medical_items"
    OWN_VIEW = "own_view"
    CONDITIONS = "conditions"


SealedRow = Counselling | Travel | Closure | Clearance
WHERE: Mapping[Sealed, tuple[type[SealedRow], Action]] = {
    Sealed.SUMMARY: (Counselling, Action.COUNSELLING_OPEN),
    Sealed.MEDICAL_ITEMS: (Travel, Action.MEDICAL_ITEMS_OPEN),
    Sealed.OWN_VIEW: (Closure, Action.OWN_VIEW_OPEN),
    Sealed.CONDITIONS: (Clearance, Action.CONDITIONS_OPEN),
}


# The journey is shared with everybody on the case, but not what somebody needs on the way.
CATEGORY_OF = {Sealed.MEDICAL_ITEMS: Category.HEALTH}


@dataclass(frozen=True)
class Opened:
    """A sealed text while it is open."""

    id: UUID
    case_id: UUID
    text: str = field(repr=False)


def open_sealed_text(
    actor: Actor, *, kind: Sealed, row_id: UUID, reason: OpeningReason, words: str = ""
) -> Opened:
    """One sealed text of a case the actor may read; the look and its reason are on the record."""
    table, action = WHERE[kind]
    actor.require(action)
    with acting_as(actor):
        row = table.objects.filter(id=row_id).first()
        case = visible_cases(actor).filter(id=row.case_id).first() if row else None
        if row is None or case is None or getattr(row, kind) is None:
            raise NotFound
        if CATEGORY_OF.get(kind) in hidden_categories(actor, case.id):
            raise NotFound
        closed = Closed(case.person_id, place_of(row, kind), getattr(row, kind), row.id, case.id)
        text = open_field(actor, action, closed, Why(reason, words)).decode()
    return Opened(row.id, case.id, text)
