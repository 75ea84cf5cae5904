"""What the casework commands about consent share: telling the case, and which case an answer is told on."""

from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.casework.queries import cases_of_same_person

if TYPE_CHECKING:
    from homeward.consent.models import Consent


def tell_of_answer(actor: Actor, consent: "Consent", kind: EventKind) -> None:
    """Put an answer on the timeline of the case it was given on, if that is still the actor's to see."""
    cases: list[UUID] = [case.case_id for case in cases_of_same_person(actor, consent.person_id)]
    told_on = consent.case_id if consent.case_id in cases else next(iter(cases), None)
    if told_on:
        tell(actor, told_on, kind, subject_id=consent.id)
