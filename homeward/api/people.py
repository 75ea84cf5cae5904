"""REST: people, and what is recorded of them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import Country, Day, Language, Short
from homeward.api.operations import creates, edits, reads
from homeward.lib.dates import PartialDate, Precision
from homeward.lib.problems import Invalid
from homeward.people import commands, queries
from homeward.people.rules import PersonDetails, Sex

router = Router(tags=["people"])


class BirthIn(Schema):
    """The days a person may have been born on, and how precisely that was told."""

    earliest: Day
    latest: Day
    precision: Precision


class BirthOut(Schema):
    """The days a person may have been born on, and how precisely that was told."""

    earliest: date
    latest: date
    precision: Precision


class PersonIn(Schema):
    given_names: Short = ""
    family_name: Short = ""
    native_name: Short = ""
    sex: Sex = Sex.UNKNOWN
    birth: BirthIn | None = None
    nationalities: Annotated[list[Country], Field(max_length=10)] = []
    languages: Annotated[list[Language], Field(max_length=20)] = []
    birth_country: Country = ""


class PersonOut(Schema):
    """A person as recorded; the number of a document is opened by an operation of its own."""

    id: UUID
    given_names: str
    family_name: str
    native_name: str
    sex: Sex
    birth: BirthOut | None
    nationalities: list[str]
    languages: list[str]
    birth_country: str
    version: int


@creates(router, "", Action.PERSON_REGISTER, PersonOut)
def register_person(request: HttpRequest, body: PersonIn) -> object:
    """Record somebody for the first time."""
    return commands.register_person(actor_of(request), details=_details(body))


@reads(router, "/{uuid:person_id}", Action.PERSON_VIEW, PersonOut)
def view_person(request: HttpRequest, person_id: UUID) -> object:
    """One person whom the organisation may see."""
    actor = actor_of(request)
    person = queries.get_person(actor, person_id)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=person.id)
    return person


@edits(router, "/{uuid:person_id}", Action.PERSON_EDIT, PersonOut)
def change_person(request: HttpRequest, person_id: UUID, body: PersonIn) -> object:
    """Correct what is recorded of a person."""
    return commands.change_person(
        actor_of(request),
        person_id=person_id,
        expected_version=version_asked(request),
        details=_details(body),
    )


def _details(body: PersonIn) -> PersonDetails:
    birth = body.birth
    if birth and birth.earliest > birth.latest:
        raise Invalid(fields={"birth": "The earliest day lies after the latest."})
    return PersonDetails(
        given_names=body.given_names,
        family_name=body.family_name,
        native_name=body.native_name,
        sex=body.sex,
        birth=PartialDate(birth.earliest, birth.latest, birth.precision) if birth else None,
        nationalities=tuple(body.nationalities),
        languages=tuple(body.languages),
        birth_country=body.birth_country,
    )
