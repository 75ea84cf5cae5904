"""REST: programmes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Day
from homeward.api.operations import creates, reads
from homeward.api.organisations import Land, Named
from homeward.programmes import commands, queries

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


@reads(router, "", Action.ORGANISATION_VIEW, list[ProgrammeOut])
def list_programmes(request: HttpRequest) -> object:
    """Programmes on this installation; at most 500."""
    return queries.known_programmes(actor_of(request))[:500]


@creates(router, "", Action.PROGRAMME_ADD, ProgrammeOut)
def add_programme(request: HttpRequest, body: ProgrammeIn) -> object:
    """Put a programme on the installation, run by the caller's organisation."""
    return commands.add_programme(actor_of(request), **body.dict())
