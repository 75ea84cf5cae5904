"""REST: partners' lists: brought in, read in the background, answered, saved once, undone within a day."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, UploadedFile
from pydantic import WithJsonSchema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Word, Yes
from homeward.api.operations import creates, ends, reads, receives
from homeward.exchange import commands
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.queries import (
    counts_of,
    get_import,
    possible_duplicates,
    problem_groups,
    rows_of_kind,
    visible_imports,
)
from homeward.exchange.rules import Answer, Decision, ImportState
from homeward.exchange.values.dates import DayOrder

router = Router(tags=["imports"])
Words = Annotated[str, Field(max_length=200, pattern=ANY)]
Key = Annotated[str, Field(max_length=80, pattern=ANY, description="As in the list of problems: kind:field")]
Rows = Annotated[list[UUID], Field(max_length=1000)]
# Written out: what a person decides about returning has the same name in the code.
Same = Annotated[Decision, WithJsonSchema({"type": "string", "enum": list(Decision)})]
Start = Annotated[int, Field(ge=0, le=1_000_000)]


class ListIn(Schema):
    membership_id: Annotated[UUID, Field(description="The colleague who answers for the list")]
    sender: Annotated[str, Field(max_length=120, pattern=ANY)] = ""


class ImportOut(Schema):
    """A list and how far it has got: `work_done` of `work_all` rows while it is read or saved."""

    id: UUID
    state: ImportState
    name: str
    sender: str
    trouble: str
    columns_confirmed: bool
    work_done: int
    work_all: int
    made_by_name: str
    made_at: datetime
    saved_at: datetime | None
    undone_at: datetime | None


class CountsOut(Schema):
    """Rows by what became of them; `undecided` are ready but for a possible duplicate."""

    ready: int
    asked: int
    blocked: int
    left_out: int
    saved: int
    saved_before: int
    taken_back: int
    undecided: int


class ProblemsOut(Schema):
    """One kind of problem in one field, and how many rows have it."""

    key: str
    severity: str
    title: str
    hint: str
    count: int
    answered: int


class PreviewOut(Schema):
    """A list with what stands where and what is asked."""

    given: Annotated[ImportOut, Field(serialization_alias="import")]
    counts: CountsOut
    problems: list[ProblemsOut]


class RowsIn(Schema):
    key: Key
    start: Start = 0


class RowOut(Schema):
    """A row beside what was found in it."""

    id: Annotated[UUID, Field(validation_alias="kept.id")]
    sheet_row: Annotated[int, Field(validation_alias="kept.sheet_row")]
    found: str
    suggestion: str
    answer: str


class ChoicesIn(Schema):
    """How the list is to be read; what is left empty is guessed."""

    sheet: Words = ""
    header_row: Annotated[int, Field(ge=0, le=1000, strict=True)] | None = None
    columns: Annotated[dict[Words, Word], Field(max_length=200)] = {}
    meanings: Annotated[dict[Word, dict[Words, Word]], Field(max_length=50)] = {}
    orders: Annotated[dict[Word, DayOrder], Field(max_length=50)] = {}
    currency: Annotated[str, Field(pattern="^([A-Z]{3})?$")] = ""
    phone_region: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    encoding: Annotated[str, Field(pattern="^[a-zA-Z0-9_-]{0,20}$")] = ""
    separator: Annotated[str, Field(pattern=r"^[,;\t|]?$")] = ""


class AnswerIn(Schema):
    key: Key
    answer: Answer
    row_ids: Rows | None = None


class LeaveOutIn(Schema):
    key: Key = ""
    row_ids: Rows | None = None
    out: Yes = True


class PairOut(Schema):
    """Two descriptions that may be of one person: a row, and an earlier row or somebody known."""

    id: Annotated[UUID, Field(validation_alias="pair.id")]
    row_id: Annotated[UUID, Field(validation_alias="pair.row_id")]
    earlier_id: Annotated[UUID | None, Field(validation_alias="pair.earlier_id")]
    person_id: Annotated[UUID | None, Field(validation_alias="pair.person_id")]
    score: Annotated[float, Field(validation_alias="pair.score")]
    decision: Annotated[Same, Field(validation_alias="pair.decision")]


class DecideIn(Schema):
    decision: Same
    pair_id: UUID | None = None
    at_least: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.0


class SaveIn(Schema):
    questions_as_unknown: Yes = False
    undecided: Same = Decision.LATER


@reads(router, "", Action.IMPORT_PREPARE, list[ImportOut])
def list_imports(request: HttpRequest) -> object:
    """Lists that were brought in, newest first; at most 200."""
    return visible_imports(actor_of(request))[:200]


@receives(router, "", Action.IMPORT_PREPARE, ImportOut)
def prepare_import(request: HttpRequest, about: Form[ListIn], file: File[UploadedFile]) -> object:
    """Bring in a list (CSV or XLSX); it is read in the background, and nothing is saved yet."""
    return commands.prepare_import(
        actor_of(request),
        name=file.name or "",
        content=file.read(),
        sender=about.sender,
        membership_id=about.membership_id,
    )


@reads(router, "/{uuid:import_id}", Action.IMPORT_PREPARE, PreviewOut)
def view_import(request: HttpRequest, import_id: UUID) -> object:
    """How far a list has got, what stands where, and what is asked."""
    actor = actor_of(request)
    given = get_import(actor, import_id)
    return {"given": given, "counts": counts_of(given), "problems": problem_groups(actor, given)}


@reads(router, "/{uuid:import_id}/rows", Action.IMPORT_PREPARE, list[RowOut])
def list_problem_rows(request: HttpRequest, import_id: UUID, asked: Query[RowsIn]) -> object:
    """Rows with one problem, those not answered first; at most 100 from `start`."""
    actor = actor_of(request)
    remember_reading(actor, Action.IMPORT_PREPARE, subject_id=import_id)
    return rows_of_kind(actor, get_import(actor, import_id), asked.key, start=asked.start, most=100)


@creates(router, "/{uuid:import_id}/choices", Action.IMPORT_PREPARE, ImportOut)
def set_import_choices(request: HttpRequest, import_id: UUID, body: ChoicesIn) -> object:
    """Say how the list is to be read; it is read again, and remembered for this layout."""
    return commands.set_choices(actor_of(request), import_id=import_id, choices=ReadingChoices(**body.dict()))


@creates(router, "/{uuid:import_id}/answers", Action.IMPORT_PREPARE, ImportOut)
def answer_problems(request: HttpRequest, import_id: UUID, body: AnswerIn) -> object:
    """Answer one problem in these rows, or in every row that has it."""
    return commands.answer_problems(actor_of(request), import_id=import_id, **body.dict())


@creates(router, "/{uuid:import_id}/left-out", Action.IMPORT_PREPARE, ImportOut)
def leave_out(request: HttpRequest, import_id: UUID, body: LeaveOutIn) -> object:
    """Leave rows out of the import, or take them in again."""
    return commands.leave_out(actor_of(request), import_id=import_id, **body.dict())


@reads(router, "/{uuid:import_id}/duplicates", Action.IMPORT_PREPARE, list[PairOut])
def list_possible_duplicates(request: HttpRequest, import_id: UUID, start: Start = 0) -> object:
    """Pairs that may be one person, likeliest first; at most 100 from `start`."""
    actor = actor_of(request)
    remember_reading(actor, Action.IMPORT_PREPARE, subject_id=import_id)
    return possible_duplicates(actor, get_import(actor, import_id), start=start, most=100)


@creates(router, "/{uuid:import_id}/decisions", Action.IMPORT_PREPARE, ImportOut)
def decide_duplicates(request: HttpRequest, import_id: UUID, body: DecideIn) -> object:
    """Say whether a row is somebody known: of one pair, or of all undecided ones of at least that score."""
    return commands.decide_duplicates(actor_of(request), import_id=import_id, **body.dict())


@creates(router, "/{uuid:import_id}/saving", Action.IMPORT_SAVE, ImportOut)
def save_import(request: HttpRequest, import_id: UUID, body: SaveIn) -> object:
    """Begin to save what is ready, each row once; the list's state tells when it is done."""
    return commands.save_import(actor_of(request), import_id=import_id, **body.dict())


@creates(router, "/{uuid:import_id}/undoing", Action.IMPORT_UNDO, ImportOut)
def undo_import(request: HttpRequest, import_id: UUID) -> object:
    """Take back everything the import made, within a day."""
    return commands.undo_import(actor_of(request), import_id=import_id)


@ends(router, "/{uuid:import_id}", Action.IMPORT_PREPARE, ImportOut)
def discard_import(request: HttpRequest, import_id: UUID) -> object:
    """Throw away a list that was not saved; its file and its rows are gone."""
    return commands.discard_import(actor_of(request), import_id=import_id)
