"""Reading the figures of an answer: whoever may see the question sees its figures."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.evaluation.queries import visible_questions
from homeward.lib.problems import NotFound
from homeward.reports.figures.kinds import DoesNotReconcile
from homeward.reports.figures.of_findings import figures_of
from homeward.reports.models.drawings import FigureDrawing

MOST = 200


def visible_drawings(actor: Actor) -> QuerySet[FigureDrawing]:
    """The organisation's figures, in the order in which they are read."""
    actor.require(Action.EVALUATION_VIEW)
    own = FigureDrawing.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by("question_id", "language", "place")


def drawings_of(actor: Actor, question_id: UUID, language: str) -> QuerySet[FigureDrawing]:
    """The figures of one question in one language."""
    return visible_drawings(actor).filter(question_id=question_id, language=language)


def questions_to_draw(actor: Actor, before: datetime) -> QuerySet[Any]:
    """The newest questions without a drawing of those that were answered before a moment."""
    answered = visible_questions(actor).filter(answer__answered_at__lt=before).exclude(answer__finding={})
    return answered.filter(drawings=None)[:MOST]


def has_figures(finding: Mapping[str, Any]) -> bool:
    """Whether figures belong to a finding; none where its numbers do not add up."""
    try:
        return bool(figures_of(finding))
    except DoesNotReconcile:
        return False


def get_drawing(actor: Actor, drawing_id: UUID) -> FigureDrawing:
    """One figure."""
    found = visible_drawings(actor).filter(id=drawing_id).first()
    if found is None:
        raise NotFound
    return found
