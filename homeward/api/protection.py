"""REST: people's rights over their data, for the data protection officer's own programs."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.operations import creates, reads
from homeward.casework.rights.register import register
from homeward.casework.rights.retention import due_for_erasure
from homeward.privacy import commands
from homeward.privacy.queries import open_requests
from homeward.privacy.rules import AskedBy, RequestKind

router = Router(tags=["protection"])
MOST_LISTED = 500


class DataRequestIn(Schema):
    """What a person asks about their data."""

    person_id: UUID
    kind: RequestKind
    received_on: date
    asked_by: AskedBy = AskedBy.PERSON
    words: Annotated[str, Field(max_length=4000)] = ""


class DataRequestOut(Schema):
    """A request; their own words are read on its page only."""

    id: UUID
    subject_id: Annotated[UUID, Field(serialization_alias="person_id")]
    kind: RequestKind
    state: str
    received_on: date
    due_on: date
    is_extended: bool


class RetentionDueOut(Schema):
    """Somebody whom no rule keeps any longer; `goes` says whether tonight's work erases them."""

    person_id: UUID
    due_on: date
    months: Sequence[int]
    is_held: bool
    is_restricted: bool
    others_lead: bool
    goes: bool


class ProcessingOut(Schema):
    """Records of processing, as generated from the installation."""

    register_: Annotated[dict[str, Any], Field(serialization_alias="register")]


@reads(router, "/requests", Action.PROTECTION_VIEW, list[DataRequestOut])
def list_data_requests(request: HttpRequest) -> object:
    """Requests that wait for their answer, the oldest promise first."""
    actor = actor_of(request)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    return list(open_requests(actor)[:MOST_LISTED])


@creates(router, "/requests", Action.SUBJECT_REQUEST_RECORD, DataRequestOut)
def record_data_request(request: HttpRequest, told: DataRequestIn) -> object:
    """Take down what a person asks about their data; the clock runs from the day it came in."""
    given = told.dict()
    return commands.record_request(actor_of(request), subject_id=given.pop("person_id"), **given)


@reads(router, "/retention", Action.PROTECTION_VIEW, list[RetentionDueOut])
def list_retention_due(request: HttpRequest) -> object:
    """A dry run: whom the retention rules would erase tonight, and who stays and why."""
    actor = actor_of(request)
    remember_reading(actor, Action.PROTECTION_VIEW, subject_id=None)
    return due_for_erasure(actor, today=localdate(), most=MOST_LISTED)


@reads(router, "/processing", Action.PROTECTION_VIEW, ProcessingOut)
def view_processing(request: HttpRequest) -> object:
    """Records of processing, from how it is set up today."""
    return {"register_": register(actor_of(request), on=localdate())}
