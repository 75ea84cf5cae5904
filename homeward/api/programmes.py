"""REST: programmes."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.operations import reads
from homeward.programmes import queries

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


@reads(router, "", Action.ORGANISATION_VIEW, list[ProgrammeOut])
def list_programmes(request: HttpRequest) -> object:
    """Programmes on this installation; at most 500."""
    return queries.known_programmes(actor_of(request))[:500]
