"""Keeping the figures of an answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.evaluation.queries import answer_of, get_question
from homeward.lib.problems import WrongState
from homeward.reports.figures.drawn import Drawing
from homeward.reports.models.drawings import FigureDrawing

if TYPE_CHECKING:
    from homeward.evaluation.models import Answer

LONGEST_SOURCE = 400


@command(Action.EVALUATION_DRAW)
def keep_drawings(
    actor: Actor, *, question_id: UUID, drawings: Sequence[tuple[str, Drawing]]
) -> FigureDrawing:
    """Keep the figures of an answered question, each with its language; once. The first is returned."""
    question = get_question(actor, question_id)
    answer = answer_of(question)
    if answer is None or not drawings or FigureDrawing.objects.filter(question=question).exists():
        raise WrongState
    try:
        with transaction.atomic():
            return _kept(actor, answer, drawings)
    except IntegrityError:  # another job was quicker
        raise WrongState from None


def _kept(actor: Actor, answer: "Answer", drawings: Sequence[tuple[str, Drawing]]) -> FigureDrawing:
    places: dict[str, int] = {}
    kept: list[FigureDrawing] = []
    for language, one in drawings:
        places[language] = places.get(language, 0) + 1
        made = FigureDrawing(
            organisation_id=actor.organisation_id,
            question_id=answer.question_id,
            kind=one.kind,
            language=language,
            place=places[language],
            title=one.title,
            alt=one.alt,
            source=one.source[:LONGEST_SOURCE],
            table=[list(row) for row in one.table],
            svg=one.svg,
            code_version=answer.code_version,
        )
        made.save(force_insert=True)
        kept.append(made)
    return kept[0]
