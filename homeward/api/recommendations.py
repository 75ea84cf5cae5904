"""REST: recommendations, what was answered, and what was done."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY, Day
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
from homeward.reports.commands import advice as commands
from homeward.reports.queries import advice as queries
from homeward.reports.rules import AdviceState

router = Router(tags=["reports"])
Said = Annotated[str, Field(max_length=1000, pattern=ANY)]
Version = Annotated[int, Field(ge=1, le=1_000_000_000)]


class RecommendationIn(Schema):
    """What should be done, by which organisation, until when, and what it rests on."""

    text: Said
    given_to_id: UUID
    due_on: Day
    report_id: UUID | None = None
    question_id: UUID | None = None


class RecommendationAnswerIn(Schema):
    answer: AdviceState
    reason: Said = ""
    due_on: Day | None = None
    expected_version: Version


class RecommendationDoneIn(Schema):
    done: Said
    done_on: Day
    expected_version: Version


class RecommendationOut(Schema):
    """One recommendation and how far it is."""

    id: UUID
    organisation_id: UUID
    given_to_id: UUID
    text: str
    rests_on: str
    state: AdviceState
    due_on: date
    answer_reason: str
    done: str
    done_on: date | None
    said_at: datetime
    version: int


@reads(router, "", Action.RECOMMENDATION_VIEW, list[RecommendationOut])
def list_recommendations(request: HttpRequest) -> object:
    """What the organisation said or was told, what is due first on top."""
    return queries.visible_recommendations(actor_of(request))[:MOST]


@creates(router, "", Action.RECOMMENDATION_MAKE, RecommendationOut)
def recommend(request: HttpRequest, given: RecommendationIn) -> object:
    """Recommend something to an organisation, which sees and answers it."""
    return commands.recommend(actor_of(request), **given.dict())


@creates(router, "/{uuid:recommendation_id}/answer", Action.RECOMMENDATION_ANSWER, RecommendationOut)
def answer_recommendation(
    request: HttpRequest, recommendation_id: UUID, given: RecommendationAnswerIn
) -> object:
    """Accept what was recommended to one's organisation, in part or whole, or reject it."""
    return commands.answer_recommendation(
        actor_of(request), recommendation_id=recommendation_id, **given.dict()
    )


@creates(router, "/{uuid:recommendation_id}/done", Action.RECOMMENDATION_ANSWER, RecommendationOut)
def complete_recommendation(
    request: HttpRequest, recommendation_id: UUID, given: RecommendationDoneIn
) -> object:
    """Tell what was done about an accepted recommendation."""
    return commands.complete_recommendation(
        actor_of(request), recommendation_id=recommendation_id, **given.dict()
    )
