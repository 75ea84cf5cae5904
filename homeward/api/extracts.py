"""REST: extracts for evaluation. That one may be joined with another, people answer on a page."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
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
