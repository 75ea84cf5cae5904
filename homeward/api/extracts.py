"""REST: extracts for evaluation. That one may be joined with another, people answer on a page."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import ANY
from homeward.api.looking import MOST
from homeward.api.operations import creates, hands_over, reads
from homeward.exchange.analysts import commands as file_commands
from homeward.exchange.analysts import queries as file_queries
from homeward.exchange.analysts.rules import (
    MEDIA_TYPE,
    SUFFIX,
    AnalystAudience,
    AnalystFileState,
    AnalystFormat,
    AnalystUnit,
)
from homeward.extracts import commands, queries
from homeward.extracts.rules import ExtractState

router = Router(tags=["extracts"])


class ExtractIn(Schema):
    """What an extract is for, and which cases it holds; joined with another only for a reason."""

    why: str
    opened_from: date | None = None
    opened_until: date | None = None
    linkable_why: str = ""
    follows_id: UUID | None = None


class ExtractWithdrawalIn(Schema):
    why: str


class ExtractOut(Schema):
    """One extract: how far it is; when it is ready, its manifest with the digest of each file."""

    id: UUID
    state: ExtractState
    why: str
    opened_from: date | None
    opened_until: date | None
    is_linkable: bool
    follows_id: UUID | None
    asked_at: datetime
    frame: str
    frames_done: int
    rows_done: int
    failure: str
    ready_at: datetime | None
    kept_until: date | None
    ended_at: datetime | None
    manifest_sha256: str
    manifest: dict[str, object]


@reads(router, "", Action.EXTRACT_VIEW, list[ExtractOut])
def list_extracts(request: HttpRequest) -> object:
    """The organisation's extracts, newest first."""
    return queries.visible_extracts(actor_of(request))[:MOST]


@creates(router, "", Action.EXTRACT_ASK, ExtractOut)
def ask_extract(request: HttpRequest, given: ExtractIn) -> object:
    """Ask for an extract; a process of its own makes it, and its state says when it is ready."""
    return commands.ask_extract(actor_of(request), **given.dict())


@reads(router, "/{uuid:extract_id}", Action.EXTRACT_VIEW, ExtractOut)
def view_extract(request: HttpRequest, extract_id: UUID) -> object:
    """One extract with its manifest."""
    actor = actor_of(request)
    found = queries.get_extract(actor, extract_id)
    remember_reading(actor, Action.EXTRACT_VIEW, subject_id=found.id)
    return found


@creates(router, "/{uuid:extract_id}/withdrawal", Action.EXTRACT_WITHDRAW, ExtractOut)
def withdraw_extract(request: HttpRequest, extract_id: UUID, given: ExtractWithdrawalIn) -> object:
    """Take an extract away: its files and its key are gone."""
    return commands.withdraw_extract(actor_of(request), extract_id=extract_id, why=given.why)


Name = Annotated[str, Field(max_length=60, pattern=ANY)]


class AnalystFileIn(Schema):
    """A file for analysts: no `columns` means all; `keys` identify beside those that always do."""

    format: AnalystFormat
    why: Annotated[str, Field(min_length=10, max_length=400, pattern=ANY)]
    unit: AnalystUnit = AnalystUnit.CASE
    audience: AnalystAudience = AnalystAudience.INSIDE
    receiver: Annotated[str, Field(max_length=200, pattern=ANY)] = ""
    columns: Annotated[list[Name], Field(max_length=100)] = []
    keys: Annotated[list[Name], Field(max_length=100)] = []
    reporting_org: Name = ""


class AnalystFileOut(Schema):
    """A file made from an extract: how far it is; with `refused`, the risk that kept it back."""

    id: UUID
    extract_id: UUID
    format: AnalystFormat
    unit: AnalystUnit
    audience: AnalystAudience
    receiver: str
    why: str
    columns: list[str]
    keys: list[str]
    state: AnalystFileState
    rows_done: int
    rows_all: int
    trouble: str
    risk: dict[str, object]
    rows: int
    size_bytes: int
    sha256: str
    asked_at: datetime
    ended_at: datetime | None


@reads(router, "/{uuid:extract_id}/files", Action.EXTRACT_VIEW, list[AnalystFileOut])
def list_extract_files(request: HttpRequest, extract_id: UUID) -> object:
    """Files made from an extract for analysts, newest first."""
    actor = actor_of(request)
    extract = queries.get_extract(actor, extract_id)
    remember_reading(actor, Action.EXTRACT_VIEW, subject_id=extract.id)
    return file_queries.visible_files(actor, extract.id)[:MOST]


@creates(router, "/{uuid:extract_id}/files", Action.EXTRACT_EXPORT, AnalystFileOut)
def ask_extract_file(request: HttpRequest, extract_id: UUID, given: AnalystFileIn) -> object:
    """Ask for a file of a ready extract; the worker writes it. Rows leave only past the risk check."""
    return file_commands.ask_file(actor_of(request), extract_id=extract_id, **given.dict())


@hands_over(router, "/{uuid:extract_id}/files/{uuid:file_id}/content", Action.EXTRACT_EXPORT)
def download_extract_file(request: HttpRequest, extract_id: UUID, file_id: UUID) -> FileResponse:
    """The file itself; each time is on record."""
    file = file_queries.hand_out_file(actor_of(request), extract_id=extract_id, file_id=file_id)
    kind = MEDIA_TYPE[SUFFIX[AnalystFormat(file.format)]]
    return FileResponse(
        file_queries.path_of(file).open("rb"), as_attachment=True, filename=file.name, content_type=kind
    )
