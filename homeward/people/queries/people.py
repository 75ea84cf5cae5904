"""People: those the organisation registered and those of cases shared with it."""

from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound
from homeward.people.models import Document, Person
from homeward.privacy.sealing import blind_index


def visible_people(actor: Actor) -> QuerySet[Person]:
    """People the actor's organisation may see; which these are, the database's policies say."""
    return Person.objects.all()


def get_person(actor: Actor, person_id: UUID) -> Person:
    """One person, or NotFound."""
    found = visible_people(actor).filter(id=person_id).first()
    if found is None:
        raise NotFound
    return found


def person_for_edit(actor: Actor, person_id: UUID, expected_version: int | None = None) -> Person:
    """The person locked for change; EditConflict when somebody saved it after the version the actor read."""
    found = visible_people(actor).filter(id=person_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def persons_with_document(actor: Actor, number: str) -> list[UUID]:
    """People one of whose documents has exactly this number."""
    index = blind_index("document", number)
    return list(Document.objects.filter(number_index=index).values_list("person_id", flat=True)[:100])
