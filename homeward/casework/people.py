"""From what an officer is told to the person: a case reference, spoken or on paper."""

from uuid import UUID

from homeward.access.actor import Actor
from homeward.cases.queries import visible_cases
from homeward.cases.queries.references import case_of_reference
from homeward.people.queries import same_person_ids


def person_of_reference(actor: Actor, reference: str) -> UUID | None:
    """The person whose case bears this reference, if the organisation still sees the case."""
    case_id = case_of_reference(actor, reference)
    if case_id is None:
        return None
    return visible_cases(actor).filter(id=case_id).values_list("person_id", flat=True).first()


def references_of_person(actor: Actor, person_id: UUID) -> dict[UUID, str]:
    """The cases of a person under every record joined with theirs, as far as the organisation sees them."""
    ids = same_person_ids(actor, person_id)
    found = visible_cases(actor).filter(person_id__in=ids).order_by("opened_on", "id")
    return dict(found.values_list("id", "reference"))
