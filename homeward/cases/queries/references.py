"""From a case's key to the reference people say aloud, and back."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from homeward.access.actor import Actor
from homeward.cases.queries.cases import own_listings
from homeward.lib.identifiers import clean_reference


def references_of(actor: Actor, case_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """References of the cases among these that the actor's organisation still sees."""
    wanted = {case_id for case_id in case_ids if case_id}
    return dict(own_listings(actor).filter(case_id__in=wanted).values_list("case_id", "reference"))


def case_of_reference(actor: Actor, reference: str) -> UUID | None:
    """The case a reference stands for, or None when it is mistyped, missing or not the actor's to know of."""
    cleaned = clean_reference(reference)
    return own_listings(actor).filter(reference=cleaned).values_list("case_id", flat=True).first()
