"""REST: programmes."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Day, Text
from homeward.api.operations import creates, edits, reads
from homeward.api.organisations import Land, Named
from homeward.programmes import commands, queries
from homeward.programmes.facts import VOCABULARY, FactKind, Source
from homeward.programmes.rules import Part, VersionState

router = Router(tags=["programmes"])


class ProgrammeOut(Schema):
    """A programme as every partner knows it."""

    id: UUID
    name: str
    code: str
    organisation_id: UUID
    host_countries: list[str]
    return_countries: list[str]
    opens_on: date
    closes_on: date | None


class ProgrammeIn(Schema):
    name: Named
    code: Annotated[str, Field(min_length=1, max_length=40, pattern=ANY)]
    opens_on: Day
    closes_on: Day | None = None
    host_countries: Annotated[list[Land], Field(max_length=250)] = []
    return_countries: Annotated[list[Land], Field(max_length=250)] = []


class VersionOut(Schema):
    """What a programme says from a day on; `terms` are read and written whole."""

    id: UUID
    programme_id: UUID
    organisation_id: UUID
    number: int
    state: VersionState
    takes_effect_on: date | None
    terms: dict[str, Any]
    what_changed: str
    published_at: datetime | None
    version: int


class VersionIn(Schema):
    """The whole of what the draft says; what is wrong is named by its path."""

    terms: dict[str, Any]
    what_changed: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""


class PublicationIn(Schema):
    takes_effect_on: Day
    expected_version: Annotated[int, Field(ge=1, le=1_000_000_000)]
    what_changed: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""


class PartyIn(Schema):
    organisation_id: UUID
    part: Part


class PartyOut(Schema):
    """An organisation that pays for a programme or carries it out."""

    id: UUID
    programme_id: UUID
    party_id: UUID
    part: Part


class FactOut(Schema):
    """A word of the vocabulary of rules; a fact that is not known makes a rule unknown, never false."""

    name: str
    kind: FactKind
    label: Text
    source: Source
    codes: list[str]


@reads(router, "/facts", Action.ORGANISATION_VIEW, list[FactOut])
def list_facts(request: HttpRequest) -> object:
    """The facts that rules may use. None says whether a person agreed to share data."""
    return [
        {
            "name": fact.name,
            "kind": fact.kind,
            "label": str(fact.label),
            "source": fact.source,
            "codes": list(fact.codes),
        }
        for fact in VOCABULARY
    ]


@reads(router, "", Action.ORGANISATION_VIEW, list[ProgrammeOut])
def list_programmes(request: HttpRequest) -> object:
    """Programmes on this installation; at most 500."""
    return queries.known_programmes(actor_of(request))[:500]


@creates(router, "", Action.PROGRAMME_ADD, ProgrammeOut)
def add_programme(request: HttpRequest, body: ProgrammeIn) -> object:
    """Put a programme on the installation, run by the caller's organisation."""
    return commands.add_programme(actor_of(request), **body.dict())


@reads(router, "/{uuid:programme_id}/versions", Action.ORGANISATION_VIEW, list[VersionOut])
def list_programme_versions(request: HttpRequest, programme_id: UUID) -> object:
    """The versions of a programme, newest first; at most 200."""
    actor = actor_of(request)
    programme = queries.get_programme(actor, programme_id)
    return queries.versions_of(actor, programme.id)[:200]


@creates(router, "/{uuid:programme_id}/versions", Action.PROGRAMME_EDIT, VersionOut)
def begin_programme_version(request: HttpRequest, programme_id: UUID) -> object:
    """Begin a draft from what the latest version says."""
    return commands.begin_version(actor_of(request), programme_id=programme_id)


@reads(router, "/versions/{uuid:version_id}", Action.ORGANISATION_VIEW, VersionOut)
def view_programme_version(request: HttpRequest, version_id: UUID) -> object:
    """One version with all it says."""
    return queries.get_version(actor_of(request), version_id)


@edits(router, "/versions/{uuid:version_id}", Action.PROGRAMME_EDIT, VersionOut)
def change_programme_version(request: HttpRequest, version_id: UUID, body: VersionIn) -> object:
    """Write what a draft says."""
    return commands.change_version(
        actor_of(request), version_id=version_id, expected_version=version_asked(request), **body.dict()
    )


@creates(router, "/versions/{uuid:version_id}/publication", Action.PROGRAMME_PUBLISH, VersionOut)
def publish_programme_version(request: HttpRequest, version_id: UUID, body: PublicationIn) -> object:
    """Put a draft in force from a day on; days that passed keep their rules."""
    return commands.publish_version(actor_of(request), version_id=version_id, **body.dict())


@reads(router, "/{uuid:programme_id}/parties", Action.ORGANISATION_VIEW, list[PartyOut])
def list_parties(request: HttpRequest, programme_id: UUID) -> object:
    """Who pays for a programme and who carries it out."""
    actor = actor_of(request)
    return queries.parties_of(actor, queries.get_programme(actor, programme_id).id)


@creates(router, "/{uuid:programme_id}/parties", Action.PROGRAMME_EDIT, PartyOut)
def add_party(request: HttpRequest, programme_id: UUID, body: PartyIn) -> object:
    """Name an organisation that pays for a programme or carries it out."""
    return commands.add_party(actor_of(request), programme_id=programme_id, **body.dict())
