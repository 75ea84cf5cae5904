"""REST: frameworks of indicators, what partners say, and values. Validating is for people, on a page."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Short, Word
from homeward.api.looking import MOST
from homeward.api.operations import creates, edits, reads
from homeward.indicators import commands, queries
from homeward.indicators.queries import TOTAL, ValueFilters
from homeward.indicators.rules import FrameworkState, Shown, TableState

router = Router(tags=["indicators"])
MOST_VALUES = 20_000


class FrameworkOut(Schema):
    """A framework with its name in every language."""

    id: UUID
    organisation_id: UUID
    code: str
    name: dict[str, str]


class FrameworkIn(Schema):
    """`from_catalogue` begins its draft with what comes along under that name."""

    code: Annotated[str, Field(min_length=1, max_length=40, pattern="^[A-Za-z0-9-]+$")]
    name: dict[str, Short]
    from_catalogue: Annotated[str, Field(pattern="^(avrr_core)?$")] = ""


class FrameworkVersionOut(Schema):
    """What a framework says; once it is validated it never changes."""

    id: UUID
    framework_id: UUID
    organisation_id: UUID
    number: int
    state: FrameworkState
    definitions: list[dict[str, Any]]
    definitions_sha256: str
    what_changed: str
    in_force_on: date | None
    superseded_on: date | None
    version: int


class DefinitionsIn(Schema):
    """The whole of what the draft defines; what is wrong is named by its path."""

    definitions: Annotated[list[dict[str, Any]], Field(max_length=200)]
    what_changed: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""


class FrameworkCommentIn(Schema):
    text: Annotated[str, Field(min_length=1, max_length=4000, pattern=ANY)]
    indicator: Word = ""


class FrameworkCommentOut(Schema):
    """What an organisation said of a version."""

    id: UUID
    version_id: UUID
    organisation_id: UUID
    indicator: str
    text: str
    at: datetime


class IndicatorTableIn(Schema):
    version_id: UUID
    extract_id: UUID


class IndicatorTableOut(Schema):
    """Values of a version over an extract: `done` indicators so far, and why some have none."""

    id: UUID
    version_id: UUID
    extract_id: UUID
    state: TableState
    done: int
    rows: int
    trouble: str
    troubles: dict[str, str]
    asked_at: datetime
    finished_at: datetime | None
    inputs_sha256: str
    code_version: str


class IndicatorValueOut(Schema):
    """One cell; an empty dimension is the total over it. `shown` says how much is told.

    `count`: 10 to 14 cases, counted without a value; `band`: 5 to 9, no number; `hidden`: fewer, or it would
    give such a cell away. Limits are those of a 95% interval; `coverage` is the share of cases asked about
    whose answer is known.
    """

    indicator: str
    programme: str
    country: str
    partner: str
    sex: str
    age_band: str
    group: str
    period: str
    n: int | None
    coverage: float | None
    value: float | None
    low: float | None
    high: float | None
    shown: Shown


class PointOut(Schema):
    """One period; `is_bridged` values are reckoned from another version's by the stated rule."""

    period: str
    version: int
    shown: Shown
    n: int | None
    coverage: float | None
    value: float | None
    low: float | None
    high: float | None
    is_bridged: bool


class SegmentOut(Schema):
    """Values that may be compared; `broken` says why they may not be with those of the segment before."""

    version: int
    broken: str
    points: list[PointOut]


class ValuesQuery(Schema):
    """Left out: any; empty: the total over it."""

    indicator: Word | None = None
    period: Word | None = None
    programme: Short | None = None
    country: Word | None = None
    partner: Short | None = None
    sex: Word | None = None
    age_band: Word | None = None
    group: Word | None = None


@reads(router, "/frameworks", Action.INDICATOR_VIEW, list[FrameworkOut])
def list_frameworks(request: HttpRequest) -> object:
    """Every framework on this installation."""
    return queries.visible_frameworks(actor_of(request))[:MOST]


@creates(router, "/frameworks", Action.INDICATOR_EDIT, FrameworkOut)
def add_framework(request: HttpRequest, given: FrameworkIn) -> object:
    """Begin a framework with a draft."""
    return commands.add_framework(actor_of(request), **given.dict())


@reads(router, "/frameworks/{uuid:framework_id}/versions", Action.INDICATOR_VIEW, list[FrameworkVersionOut])
def list_framework_versions(request: HttpRequest, framework_id: UUID) -> object:
    """The versions that the caller may see, the newest first."""
    actor = actor_of(request)
    found = queries.visible_versions(actor)
    return found.filter(framework_id=queries.get_framework(actor, framework_id).id)[:MOST]


@reads(router, "/frameworks/{uuid:framework_id}/series/{slug:code}", Action.INDICATOR_VIEW, list[SegmentOut])
def view_indicator_series(request: HttpRequest, framework_id: UUID, code: str) -> object:
    """An indicator's totals over its periods, joined over versions only as far as definitions allow."""
    actor = actor_of(request)
    return queries.series_of(actor, queries.get_framework(actor, framework_id).id, code, TOTAL)


@reads(router, "/versions/{uuid:version_id}", Action.INDICATOR_VIEW, FrameworkVersionOut)
def view_framework_version(request: HttpRequest, version_id: UUID) -> object:
    """One version with all it defines."""
    return queries.get_version(actor_of(request), version_id)


@edits(router, "/versions/{uuid:version_id}", Action.INDICATOR_EDIT, FrameworkVersionOut)
def change_framework_version(request: HttpRequest, version_id: UUID, given: DefinitionsIn) -> object:
    """Write what a draft defines."""
    return commands.change_definitions(
        actor_of(request), version_id=version_id, expected_version=version_asked(request), **given.dict()
    )


@reads(router, "/versions/{uuid:version_id}/comments", Action.INDICATOR_VIEW, list[FrameworkCommentOut])
def list_framework_comments(request: HttpRequest, version_id: UUID) -> object:
    """What partners said, to those who take part."""
    actor = actor_of(request)
    return queries.comments_of(actor, queries.get_version(actor, version_id).id)[:MOST]


@creates(router, "/versions/{uuid:version_id}/comments", Action.INDICATOR_COMMENT, FrameworkCommentOut)
def comment_on_framework(request: HttpRequest, version_id: UUID, given: FrameworkCommentIn) -> object:
    """Say what the caller's organisation thinks of a version under consultation."""
    return commands.comment_on_version(actor_of(request), version_id=version_id, **given.dict())


@reads(router, "/tables", Action.INDICATOR_VIEW, list[IndicatorTableOut])
def list_indicator_tables(request: HttpRequest) -> object:
    """The organisation's tables of values, the newest first."""
    return queries.visible_tables(actor_of(request))[:MOST]


@creates(router, "/tables", Action.INDICATOR_COMPUTE, IndicatorTableOut)
def compute_indicator_table(request: HttpRequest, given: IndicatorTableIn) -> object:
    """Ask for the values of a version over an extract; the worker reckons them."""
    return commands.compute_table(actor_of(request), **given.dict())


@reads(router, "/tables/{uuid:table_id}/values", Action.INDICATOR_VIEW, list[IndicatorValueOut])
def list_indicator_values(request: HttpRequest, table_id: UUID, asked: Query[ValuesQuery]) -> object:
    """The cells of a ready table; narrow them by indicator, period or dimension; at most 20,000."""
    return queries.values_of(actor_of(request), table_id, ValueFilters(**asked.dict()), most=MOST_VALUES)
