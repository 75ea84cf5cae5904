"""REST: what became of people like the one of a case, and publishing what there is to compare with."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import ANY
from homeward.api.looking import MOST
from homeward.api.operations import creates, ends, finds, reads
from homeward.cases.queries import get_case
from homeward.cases.queries.traits import traits_of
from homeward.evaluation.likeness import commands, queries
from homeward.evaluation.likeness.rules import ComparisonState, let_go, profile_of

case_router = Router(tags=["evaluation"])
router = Router(tags=["evaluation"])


class ComparisonOut(Schema):
    """People to compare with, as they were published; `places` by country of return."""

    id: UUID
    extract_id: UUID
    state: ComparisonState
    places: dict[str, list[str]]
    programmes: list[str]
    inputs_sha256: str
    code_version: str
    published_at: datetime
    ready_at: datetime | None
    withdrawn_at: datetime | None


class ComparisonIn(Schema):
    extract_id: UUID


class WantedIn(Schema):
    """Another place or programme to compare with than those of the case."""

    place: Annotated[str, Field(max_length=200, pattern=ANY)] = ""
    programme: Annotated[str, Field(max_length=60, pattern=ANY)] = ""


class LikePeopleOut(Schema):
    """What became of a group of people; null where too few stand together, or nothing is published.

    `traits` they are alike in; `let_go`: those they need not be, in the order of widening. In `told`, by
    months after the return, a number that is null is not shown because too few stand behind it.
    """

    comparison_id: UUID | None
    traits: dict[str, str] | None
    let_go: list[str]
    told: dict[str, Any] | None


@finds(case_router, "/{uuid:case_id}/people-like-this", Action.COMPARISON_VIEW, LikePeopleOut)
def view_people_like_this(request: HttpRequest, case_id: UUID, wanted: WantedIn) -> object:
    """What became of people like the one of a case: never a prediction for the person."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.COMPARISON_VIEW, subject_id=case.id, case_id=case.id)
    comparison = queries.comparison_in_use(actor)
    none: dict[str, object] = {"comparison_id": None, "traits": None, "let_go": [], "told": None}
    if comparison is None:
        return none
    profile = profile_of(traits_of(actor, case), comparison.places, comparison.programmes, **wanted.dict())
    group = queries.likeness_of(actor, profile, comparison).group
    if group is None:
        return none | {"comparison_id": comparison.id}
    return {
        "comparison_id": comparison.id,
        "traits": group.traits,
        "let_go": list(let_go(group.level)),
        "told": group.told,
    }


@reads(router, "", Action.COMPARISON_VIEW, list[ComparisonOut])
def list_comparisons(request: HttpRequest) -> object:
    """What the organisation published to compare with, the newest first."""
    return queries.visible_comparisons(actor_of(request))[:MOST]


@creates(router, "", Action.COMPARISON_PUBLISH, ComparisonOut)
def publish_comparison(request: HttpRequest, comparison: ComparisonIn) -> object:
    """Publish groups of people of a ready extract for colleagues to compare with."""
    return commands.publish_comparison(actor_of(request), extract_id=comparison.extract_id)


@ends(router, "/{uuid:comparison_id}", Action.COMPARISON_WITHDRAW, ComparisonOut)
def withdraw_comparison(request: HttpRequest, comparison_id: UUID) -> object:
    """Take a publication away: its numbers are gone, the line that there was one stays."""
    return commands.withdraw_comparison(actor_of(request), comparison_id=comparison_id)
