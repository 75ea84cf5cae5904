"""REST: programmes."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.request import actor_of
from homeward.api.answers import PROBLEMS
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


@router.get("", response={200: list[ProgrammeOut], **PROBLEMS}, operation_id="programme.list")
def list_programmes(request: HttpRequest) -> object:
    """Programmes on this installation."""
    return queries.known_programmes(actor_of(request))
