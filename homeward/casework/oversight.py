"""A case read in oversight: what an officer needs to judge its handling; nothing sealed, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import remember
from homeward.cases.queries import get_case, timeline_of
from homeward.sharing.queries import disclosures_of_case

if TYPE_CHECKING:
    from homeward.cases.models import Case

MOST_EVENTS = 100


class OversightReason(StrEnum):
    """Why an officer looks."""

    COMPLAINT = "complaint"
    REQUEST = "request"
    BREACH = "breach"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Overseen:
    """A case as an officer reads it."""

    case: "Case"
    events: Sequence[Any]
    disclosures: Sequence[Any]


def oversee_case(actor: Actor, *, case_id: UUID, reason: OversightReason) -> Overseen:
    """One case, read only; the look and its reason are on the record."""
    actor.require(Action.CASE_OVERSEE)
    with acting_as(actor):
        case = get_case(actor, case_id)
        remember(actor, Action.CASE_OVERSEE, subject_id=case.id, case_id=case.id, note=str(reason))
        events = list(timeline_of(actor, case.id)[:MOST_EVENTS])
        disclosures = list(disclosures_of_case(actor, case.id).select_related("organisation"))
    return Overseen(case, events, disclosures)
