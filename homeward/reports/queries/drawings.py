"""Reading the figures of an answer: whoever may see the question sees its figures."""

from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import NotFound
from homeward.reports.models.drawings import FigureDrawing


def visible_drawings(actor: Actor) -> QuerySet[FigureDrawing]:
    """The organisation's figures, in the order in which they are read."""
    actor.require(Action.EVALUATION_VIEW)
    own = FigureDrawing.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by("question_id", "language", "place")


def drawings_of(actor: Actor, question_id: UUID, language: str) -> QuerySet[FigureDrawing]:
    """The figures of one question in one language."""
    return visible_drawings(actor).filter(question_id=question_id, language=language)


def get_drawing(actor: Actor, drawing_id: UUID) -> FigureDrawing:
    """One figure."""
    found = visible_drawings(actor).filter(id=drawing_id).first()
    if found is None:
        raise NotFound
    return found
