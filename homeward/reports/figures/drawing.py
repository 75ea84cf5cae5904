"""The door: a figure in, its drawing out."""

from collections.abc import Callable
from typing import Any

from homeward.reports.figures import kinds
from homeward.reports.figures.beside import districts, forest, funnel
from homeward.reports.figures.comparing import love, overlap
from homeward.reports.figures.drawn import Drawing, Drawn, Pen
from homeward.reports.figures.flow import participant_flow, stages
from homeward.reports.figures.incidence import cumulative_incidence
from homeward.reports.figures.money import acceptability, cost_plane
from homeward.reports.figures.sheet import Medium
from homeward.reports.figures.sides import profile
from homeward.reports.figures.wording import Voice
from homeward.reports.rules import FigureKind

HANDS: dict[type, tuple[FigureKind, Callable[[Any, Pen], Drawn]]] = {
    kinds.ParticipantFlow: (FigureKind.PARTICIPANT_FLOW, participant_flow),
    kinds.Stages: (FigureKind.STAGES, stages),
    kinds.Love: (FigureKind.LOVE, love),
    kinds.Overlap: (FigureKind.OVERLAP, overlap),
    kinds.Forest: (FigureKind.FOREST, forest),
    kinds.Funnel: (FigureKind.FUNNEL, funnel),
    kinds.Profile: (FigureKind.PROFILE, profile),
    kinds.CostPlane: (FigureKind.COST_PLANE, cost_plane),
    kinds.Acceptability: (FigureKind.ACCEPTABILITY, acceptability),
    kinds.CumulativeIncidence: (FigureKind.CUMULATIVE_INCIDENCE, cumulative_incidence),
    kinds.Districts: (FigureKind.DISTRICTS, districts),
}


def draw(figure: kinds.Figure, *, language: str, medium: Medium | str = Medium.SCREEN) -> Drawing:
    """The figure in one language, for a screen or for paper, with its table and its source line."""
    kind, hand = HANDS[type(figure)]
    pen = Pen(Voice(language), Medium(medium))
    return pen.finished(kind, hand(figure, pen), figure.source)
