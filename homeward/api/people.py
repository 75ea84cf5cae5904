"""REST: people, finding them, and who may be known already."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Country, Day, Language, Nationality, Short
from homeward.api.looking import seen_person
from homeward.api.operations import creates, edits, finds, reads
from homeward.casework import commands as casework
from homeward.casework.queries import likely_matches, people_found
from homeward.lib.dates import PartialDate, Precision
from homeward.lib.problems import Invalid
from homeward.people import commands, queries
from homeward.people.rules import PersonDetails, Sex

router = Router(tags=["people"])
Number = Annotated[str, Field(max_length=60, pattern=ANY)]


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
    nationalities: Annotated[list[Nationality], Field(max_length=10)] = []
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
    merged_into_id: UUID | None
    version: int


class PeoplePageOut(Schema):
    """A page of people; `following` goes into `after` for the next one, null on the last."""

    people: list[PersonOut]
    following: UUID | None


class PageIn(Schema):
    after: UUID | None = None


class SoughtIn(Schema):
    """Names are sent in the body: addresses are kept in logs."""

    text: Annotated[str, Field(min_length=2, max_length=200, pattern=ANY)]


class DescribedIn(PersonIn):
    documents: Annotated[list[Number], Field(max_length=10)] = []
    phones: Annotated[list[Number], Field(max_length=10)] = []


class ReasonOut(Schema):
    """One field that speaks for or against two records being one person."""

    field: str
    level: str
    weight: float


class CaseSeenOut(Schema):
    """A case by which the person may be known."""

    case_id: UUID
    reference: str


class LikelyOut(Schema):
    """Somebody known who may be the one described, how likely (0 to 1), and why."""

    person: PersonOut
    score: float
    reasons: list[ReasonOut]
    cases: list[CaseSeenOut]


@reads(router, "", Action.PERSON_VIEW, PeoplePageOut)
def list_people(request: HttpRequest, asked: Query[PageIn]) -> object:
    """People whom the organisation registered, the last first."""
    actor = actor_of(request)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=None)
    return queries.newest_people(actor, asked.after)


@finds(router, "/search", Action.PERSON_VIEW, list[PersonOut])
def search_people(request: HttpRequest, body: SoughtIn) -> object:
    """People by part of a name in any script, document number or case reference; at most 100."""
    actor = actor_of(request)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=None)
    return people_found(actor, body.text)


@finds(router, "/likely", Action.PERSON_MATCH, list[LikelyOut])
def find_likely_people(request: HttpRequest, body: DescribedIn) -> object:
    """Known people who may be the one described, likeliest first; ask before registering somebody."""
    actor = actor_of(request)
    remember_reading(actor, Action.PERSON_MATCH, subject_id=None)
    return likely_matches(actor, details_of(body), documents=body.documents, phones=body.phones)


@creates(router, "", Action.PERSON_REGISTER, PersonOut)
def register_person(request: HttpRequest, body: PersonIn) -> object:
    """Record somebody for the first time."""
    return commands.register_person(actor_of(request), details=details_of(body))


@reads(router, "/{uuid:person_id}", Action.PERSON_VIEW, PersonOut)
def view_person(request: HttpRequest, person_id: UUID) -> object:
    """One person whom the organisation may see."""
    return seen_person(request, person_id)[1]


@edits(router, "/{uuid:person_id}", Action.PERSON_EDIT, PersonOut)
def change_person(request: HttpRequest, person_id: UUID, body: PersonIn) -> object:
    """Correct what is recorded of a person; lists of cases show the new name at once."""
    return casework.change_person(
        actor_of(request),
        person_id=person_id,
        expected_version=version_asked(request),
        details=details_of(body),
    )


def details_of(body: PersonIn) -> PersonDetails:
    """What was sent, as commands take it."""
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
