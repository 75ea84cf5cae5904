"""REST: scores of people round by round, profiles, and scoring anew."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, reads
from homeward.outcomes import commands, queries
from homeward.outcomes.rules import RoundPicture
from homeward.surveys.queries import get_instrument
from homeward.surveys.rules import ProfileState
from homeward.surveys.scoring.queries import profiles_of

case_router = Router(tags=["outcomes"])
instrument_router = Router(tags=["outcomes"])


class SideScoreOut(Schema):
    """A score from 0 to 1, or null and the reason: a missing score is never 0."""

    side: str
    value: float | None
    band: str
    coverage: float
    reason: str
    missing: dict[str, int]


class ScoredRoundOut(Schema):
    """One round with its three dimensions and what is made of them together."""

    id: UUID
    visit_id: UUID
    round: str
    on: date
    sides: list[SideScoreOut]
    form_number: int
    profile_id: UUID
    profile_number: int
    is_provisional: bool
    is_flagged: bool


class ScoringProfileOut(Schema):
    """One way of scoring an instrument; one that was in use never changes."""

    id: UUID
    instrument_id: UUID
    number: int
    state: ProfileState
    title: str
    source: str
    is_provisional: bool
    verified_by: str
    verified_on: date | None
    used_at: datetime | None
    terms: dict[str, object]
    derivation: dict[str, object]


class RescoringOut(Schema):
    """How far scoring anew has got."""

    id: UUID
    profile_id: UUID
    everything: int
    done: int
    started_at: datetime
    finished_at: datetime | None


@reads(case_router, "/{uuid:case_id}/outcomes", Action.OUTCOME_VIEW, list[ScoredRoundOut])
def list_outcomes(request: HttpRequest, case_id: UUID) -> object:
    """How the person of a case was doing, round by round; always the three dimensions, with coverage."""
    actor, case = seen_case(request, case_id)
    return [_told(one) for one in queries.rounds_of(actor, case.id)]


@reads(
    instrument_router,
    "/{uuid:instrument_id}/scoring-profiles",
    Action.INSTRUMENT_VIEW,
    list[ScoringProfileOut],
)
def list_scoring_profiles(request: HttpRequest, instrument_id: UUID) -> object:
    """The profiles of an instrument, newest first, with all they say."""
    actor = actor_of(request)
    return profiles_of(actor, get_instrument(actor, instrument_id).id)[:MOST]


@creates(instrument_router, "/{uuid:instrument_id}/rescorings", Action.OUTCOME_RESCORE, RescoringOut)
def start_rescoring(request: HttpRequest, instrument_id: UUID) -> object:
    """Score what other profiles scored by the one in use; both scores are kept."""
    return commands.start_rescoring(actor_of(request), instrument_id=instrument_id)


@reads(instrument_router, "/rescorings/{uuid:rescoring_id}", Action.OUTCOME_RESCORE, RescoringOut)
def view_rescoring(request: HttpRequest, rescoring_id: UUID) -> object:
    """How far scoring anew has got."""
    return queries.get_rescoring(actor_of(request), rescoring_id)


def _told(one: RoundPicture) -> dict[str, object]:
    sides = [
        {"side": side.value, **vars(score), "missing": dict(score.missing)}
        for side, score in one.sides.items()
    ]
    return {**vars(one), "id": one.outcome_id, "sides": sides}
