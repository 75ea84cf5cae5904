"""REST: questions of evaluation, registered before their outcomes are opened, and their findings."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
from homeward.evaluation import commands, queries
from homeward.evaluation.checklists import Asked, Checklist, checklists_of
from homeward.evaluation.queries import answer_of
from homeward.evaluation.rules import Claim
from homeward.reports.queries import drawings_of
from homeward.reports.rules import FigureKind

router = Router(tags=["evaluation"])
Language = Literal["en", "fr", "ar"]


class FindingOut(Schema):
    """What came of a question: the finding, or the trouble that there is none."""

    claim: Claim | None
    is_suppressed: bool
    finding: dict[str, Any] | None
    trouble: str
    inputs_sha256: str
    code_version: str
    answered_at: datetime


class EvaluationOut(Schema):
    """A plan of analysis as it was registered; `answer` is null until the worker has written it."""

    id: UUID
    title: str
    extract_id: UUID
    spec: dict[str, Any]
    spec_sha256: str
    is_confirmatory: bool
    registered_at: datetime
    answer: FindingOut | None


class EvaluationIn(Schema):
    title: Annotated[str, Field(min_length=8, max_length=200, pattern=ANY)]
    extract_id: UUID
    spec: dict[str, Any]


@reads(router, "", Action.EVALUATION_VIEW, list[EvaluationOut])
def list_evaluations(request: HttpRequest) -> object:
    """The newest questions with their answers."""
    return [_told(one) for one in queries.visible_questions(actor_of(request))[:MOST]]


@reads(router, "/{uuid:question_id}", Action.EVALUATION_VIEW, EvaluationOut)
def view_evaluation(request: HttpRequest, question_id: UUID) -> object:
    """One question with its answer."""
    return _told(queries.get_question(actor_of(request), question_id))


@creates(router, "", Action.EVALUATION_REGISTER, EvaluationOut)
def register_evaluation(request: HttpRequest, question: EvaluationIn) -> object:
    """Register a question of a ready extract; it is never changed, and the worker answers it."""
    made = commands.register_question(actor_of(request), **question.dict())
    return _told(made)


class FigureOut(Schema):
    """A figure in one language, with the table of its numbers (the first row its heads)."""

    id: UUID
    kind: FigureKind
    language: str
    title: str
    alt: str
    source: str
    table: list[list[str]]
    svg: str


class ChecklistItemOut(Schema):
    """What an item asks for, in our own words; `answer` is null where people have to write it."""

    place: int
    asks: str
    answer: str | None


class ChecklistOut(Schema):
    """A checklist of reporting, filled in as far as plan, finding and extract go."""

    name: str
    answered: int
    items: list[ChecklistItemOut]


@reads(router, "/{uuid:question_id}/figures", Action.EVALUATION_VIEW, list[FigureOut])
def list_evaluation_figures(request: HttpRequest, question_id: UUID, language: Language = "en") -> object:
    """The figures of a question's answer; none before the worker has drawn them."""
    actor = actor_of(request)
    return list(drawings_of(actor, queries.get_question(actor, question_id).id, language))


@reads(router, "/{uuid:question_id}/checklists", Action.EVALUATION_VIEW, list[ChecklistOut])
def list_evaluation_checklists(request: HttpRequest, question_id: UUID, language: Language = "en") -> object:
    """STROBE, TREND or CHEERS 2022 as they fit the question; none before it is answered."""
    one = queries.get_question(actor_of(request), question_id)
    answer = answer_of(one)
    if answer is None:
        return []
    asked = Asked(one.title, one.spec, one.spec_sha256, queries.shown_finding(answer), language)
    return [_listed(each) for each in checklists_of(asked)]


def _listed(one: Checklist) -> dict[str, Any]:
    items = [{"place": each.place, "asks": each.asks, "answer": each.answer or None} for each in one.items]
    return {"name": one.name, "answered": one.answered, "items": items}


def _told(one: Any) -> dict[str, Any]:
    """A question with its answer; a finding that too few people stand behind keeps its numbers to itself."""
    answer = answer_of(one)
    names = ("id", "title", "extract_id", "spec", "spec_sha256", "is_confirmatory", "registered_at")
    told = {name: getattr(one, name) for name in names}
    if answer is None:
        return {**told, "answer": None}
    finding = queries.shown_finding(answer)
    known = ("is_suppressed", "trouble", "inputs_sha256", "code_version", "answered_at")
    rest = {name: getattr(answer, name) for name in known}
    return {**told, "answer": {**rest, "claim": answer.claim or None, "finding": finding or None}}
