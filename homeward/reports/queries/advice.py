"""Reading recommendations: who says one and who it is given to see it."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound
from homeward.organisations.queries import colleagues
from homeward.reports.models import Recommendation, RecommendationStep
from homeward.reports.rules import WAITING


def visible_recommendations(actor: Actor) -> QuerySet[Recommendation]:
    """What the organisation said or was told, what is due first on top."""
    actor.require(Action.RECOMMENDATION_VIEW)
    own = Q(organisation_id=actor.organisation_id) | Q(given_to_id=actor.organisation_id)
    return (
        Recommendation.objects.filter(own).select_related("organisation", "given_to").order_by("due_on", "id")
    )


def get_recommendation(actor: Actor, recommendation_id: UUID) -> Recommendation:
    """One recommendation."""
    found = visible_recommendations(actor).filter(id=recommendation_id).first()
    if found is None:
        raise NotFound
    return found


def recommendation_for_edit(actor: Actor, recommendation_id: UUID, expected_version: int) -> Recommendation:
    """One recommendation, locked; EditConflict when somebody answered it meanwhile."""
    found = visible_recommendations(actor).filter(id=recommendation_id)
    one = found.select_for_update(of=("self",)).first()
    if one is None:
        raise NotFound
    if one.version != expected_version:
        raise EditConflict
    return one


def steps_of_recommendation(actor: Actor, one: Recommendation) -> QuerySet[RecommendationStep]:
    """What became of it, in order."""
    return (
        RecommendationStep.objects.filter(recommendation=one)
        .select_related("organisation")
        .order_by("written_at", "id")
    )


def recommendations_waiting(actor: Actor, today: date) -> QuerySet[Recommendation]:
    """Given to this organisation and unanswered, or overdue: for who sees to it, else for whoever may.

    Who sees to it and works here no longer sees to nothing.
    """
    waiting = visible_recommendations(actor).filter(
        given_to_id=actor.organisation_id, state__in=[str(one) for one in WAITING]
    )
    here = colleagues(actor).values("user_id")
    mine = Q(owner_id=None) | Q(owner_id=actor.user_id) | ~Q(owner_id__in=here)
    return waiting.filter(mine, Q(state="open") | Q(due_on__lt=today))
