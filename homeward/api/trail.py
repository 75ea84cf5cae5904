"""REST: the audit trail, for the data protection officer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import Moment
from homeward.api.operations import reads
from homeward.audit.trail import TrailFilters
from homeward.privacy.trail import search_trail, state_of_trail

router = Router(tags=["audit"])


class TrailIn(Schema):
    actor_id: UUID | None = None
    case_id: UUID | None = None
    action: Annotated[str, Field(max_length=60, pattern="^[a-z_.]*$")] = ""
    since: Moment | None = None
    until: Moment | None = None
    refused: bool = False
    after: Annotated[str, Field(max_length=80, pattern="^[0-9a-zA-Z_:.+ -]*$")] = ""


class EntryOut(Schema):
    """One thing that somebody did or was refused; staff of other organisations stay unnamed."""

    id: UUID
    at: datetime
    organisation: str
    who: str
    role: str
    action: str
    purpose: str
    refused: bool
    note: str
    case_id: UUID | None
    subject_id: UUID | None


class TrailOut(Schema):
    """A page of entries; `older` goes into `after` for the next one, empty on the last."""

    lines: Annotated[list[EntryOut], Field(serialization_alias="entries")]
    older: str


class TrailStateOut(Schema):
    """How far the entries are sealed, and how the last verification of the whole chain ended."""

    waiting: int
    waiting_since: datetime | None
    verified_at: datetime | None
    is_sound: bool


@reads(router, "", Action.AUDIT_SEARCH, TrailOut)
def search_audit_trail(request: HttpRequest, asked: Query[TrailIn]) -> object:
    """What was done, newest first; the search is an entry itself."""
    told = asked.dict()
    after = told.pop("after")
    return search_trail(actor_of(request), TrailFilters(**told), after=after)


@reads(router, "/state", Action.AUDIT_SEARCH, TrailStateOut)
def view_audit_state(request: HttpRequest) -> object:
    """How far the trail is sealed and verified."""
    return state_of_trail(actor_of(request))
