"""Keeping the figures of an answer."""

from collections.abc import Sequence
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.evaluation.queries import answer_of, get_question
from homeward.lib.problems import WrongState
from homeward.reports.figures.drawn import Drawing
from homeward.reports.models.drawings import FigureDrawing


@command(Action.EVALUATION_DRAW)
def keep_drawings(
    actor: Actor, *, question_id: UUID, drawings: Sequence[tuple[str, Drawing]]
) -> FigureDrawing:
    """Keep the figures of an answered question, each with its language; once. The first is returned."""
    question = get_question(actor, question_id)
    answer = answer_of(question)
    if answer is None or not drawings or FigureDrawing.objects.filter(question=question).exists():
        raise WrongState
    places: dict[str, int] = {}
    kept: list[FigureDrawing] = []
    for language, one in drawings:
        places[language] = places.get(language, 0) + 1
        made = FigureDrawing(
            organisation_id=actor.organisation_id,
            question=question,
            kind=one.kind,
            language=language,
            place=places[language],
            title=one.title,
            alt=one.alt,
            source=one.source,
            table=[list(row) for row in one.table],
            svg=one.svg,
            code_version=answer.code_version,
        )
        made.save(force_insert=True)
        kept.append(made)
    return kept[0]
