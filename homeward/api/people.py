"""REST: people."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import PROBLEMS, tagged, version_asked
from homeward.lib.dates import PartialDate, Precision
from homeward.lib.problems import Invalid
from homeward.people import commands, queries
from homeward.people.rules import PersonDetails, Sex

router = Router(tags=["people"])
Name = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=8)]


class Birth(Schema):
    """The days a person may have been born on, and how precisely that was told."""

    earliest: date
    latest: date
    precision: Precision


class PersonIn(Schema):
    given_names: Name = ""
    family_name: Name = ""
    native_name: Name = ""
    sex: Sex = Sex.UNKNOWN
    birth: Birth | None = None
    nationalities: list[Code] = []
    languages: list[Code] = []
    birth_country: Code = ""


class PersonOut(PersonIn):
    id: UUID
    version: int


@router.post("", response={201: PersonOut, **PROBLEMS}, operation_id=Action.PERSON_REGISTER)
def register_person(request: HttpRequest, response: HttpResponse, body: PersonIn) -> object:
    """Record somebody for the first time."""
    person = commands.register_person(actor_of(request), details=_details(body))
    tagged(response, person.version)
    return 201, person


@router.get("/{uuid:person_id}", response={200: PersonOut, **PROBLEMS}, operation_id=Action.PERSON_VIEW)
def view_person(request: HttpRequest, response: HttpResponse, person_id: UUID) -> object:
    """One person the organisation may see."""
    actor = actor_of(request)
    actor.require(Action.PERSON_VIEW)
    person = queries.get_person(actor, person_id)
    tagged(response, person.version)
    return person


@router.put("/{uuid:person_id}", response={200: PersonOut, **PROBLEMS}, operation_id=Action.PERSON_EDIT)
def change_person(request: HttpRequest, response: HttpResponse, person_id: UUID, body: PersonIn) -> object:
    """Correct what is recorded of a person; If-Match names the version that was read."""
    person = commands.change_person(
        actor_of(request),
        person_id=person_id,
        expected_version=version_asked(request),
        details=_details(body),
    )
    tagged(response, person.version)
    return person


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
