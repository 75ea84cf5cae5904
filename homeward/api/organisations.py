"""REST: organisations on this installation; the caller's own with its offices and teams."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Short
from homeward.api.operations import creates, edits, reads
from homeward.organisations import commands, queries
from homeward.organisations.rules import OrganisationClass

router = Router(tags=["organisations"])
Named = Annotated[str, Field(min_length=1, max_length=200, pattern=ANY)]
Land = Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166 alpha-2")]
Email = Annotated[str, Field(max_length=254, pattern=ANY)]
Tongue = Annotated[str, Field(pattern="^(en|fr|ar)$")]


class OrganisationOut(Schema):
    """An organisation as every partner knows it."""

    id: UUID
    name: str
    organisation_class: OrganisationClass
    country: str
    language: str


class OwnOrganisationOut(OrganisationOut):
    """The caller's own organisation."""

    contact_email: str
    version: int


class OrganisationIn(Schema):
    name: Named
    organisation_class: OrganisationClass
    country: Land
    administrator_email: Email
    language: Tongue = "en"


class OwnOrganisationIn(Schema):
    name: Named
    country: Land
    language: Tongue
    contact_email: Email = ""


class OfficeIn(Schema):
    name: Named
    place: Short = ""


class OfficeOut(Schema):
    """An office of the organisation."""

    id: UUID
    name: str
    place: str
    version: int


class TeamIn(Schema):
    name: Named
    office_id: UUID | None = None


class TeamOut(Schema):
    """A team of the organisation, in an office or across all of them."""

    id: UUID
    name: str
    office_id: UUID | None
    version: int


@reads(router, "", Action.ORGANISATION_VIEW, list[OrganisationOut])
def list_organisations(request: HttpRequest) -> object:
    """Every organisation on this installation; at most 1,000."""
    return queries.known_organisations(actor_of(request))[:1000]


@creates(router, "", Action.ORGANISATION_CREATE, OrganisationOut)
def create_organisation(request: HttpRequest, body: OrganisationIn) -> object:
    """Bring in a partner and invite its first administrator, who renews the invitation to get its link."""
    return commands.create_organisation(actor_of(request), **body.dict()).organisation


@reads(router, "/own", Action.ORGANISATION_VIEW, OwnOrganisationOut)
def view_own_organisation(request: HttpRequest) -> object:
    """The organisation that the token belongs to."""
    return queries.own_organisation(actor_of(request))


@edits(router, "/own", Action.ORGANISATION_EDIT, OwnOrganisationOut)
def edit_own_organisation(request: HttpRequest, body: OwnOrganisationIn) -> object:
    """Correct the details of one's own organisation."""
    return commands.edit_organisation(
        actor_of(request), expected_version=version_asked(request), **body.dict()
    )


@reads(router, "/own/offices", Action.ORGANISATION_VIEW, list[OfficeOut])
def list_offices(request: HttpRequest) -> object:
    """Offices of one's own organisation."""
    return queries.own_offices(actor_of(request))[:1000]


@creates(router, "/own/offices", Action.OFFICE_ADD, OfficeOut)
def add_office(request: HttpRequest, body: OfficeIn) -> object:
    """Add an office to one's own organisation."""
    return commands.add_office(actor_of(request), **body.dict())


@edits(router, "/own/offices/{uuid:office_id}", Action.OFFICE_EDIT, OfficeOut)
def edit_office(request: HttpRequest, office_id: UUID, body: OfficeIn) -> object:
    """Rename an office or correct its place."""
    return commands.edit_office(
        actor_of(request), office_id=office_id, expected_version=version_asked(request), **body.dict()
    )


@reads(router, "/own/teams", Action.ORGANISATION_VIEW, list[TeamOut])
def list_teams(request: HttpRequest) -> object:
    """Teams of one's own organisation."""
    return queries.own_teams(actor_of(request))[:1000]


@creates(router, "/own/teams", Action.TEAM_ADD, TeamOut)
def add_team(request: HttpRequest, body: TeamIn) -> object:
    """Add a team, in an office or across all of them."""
    return commands.add_team(actor_of(request), **body.dict())


@edits(router, "/own/teams/{uuid:team_id}", Action.TEAM_EDIT, TeamOut)
def edit_team(request: HttpRequest, team_id: UUID, body: TeamIn) -> object:
    """Rename a team or move it to another office."""
    return commands.edit_team(
        actor_of(request), team_id=team_id, expected_version=version_asked(request), **body.dict()
    )
