"""Opening the record that an address names: let in, and on the record."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.people.queries import get_person

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.people.models import Person

MOST = 500  # rows of one case or person in one answer; nobody has more


def seen_case(request: HttpRequest, case_id: UUID) -> "tuple[Actor, Case]":
    """The case, and that the actor looked at it."""
    actor = actor_of(request)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    return actor, case


def seen_person(request: HttpRequest, person_id: UUID) -> "tuple[Actor, Person]":
    """The person, and that the actor looked at them."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=person.id)
    return actor, person
