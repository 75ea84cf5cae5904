"""What is drawn, and where it belongs; pure."""

from enum import StrEnum

DRAWING_JOB = "draw_figures_of_question"


class FigureKind(StrEnum):
    """The kinds of figure."""

    PARTICIPANT_FLOW = "participant_flow"
    STAGES = "stages"
    BALANCE = "balance"
    LOVE = "love"
    OVERLAP = "overlap"
    FOREST = "forest"
    FUNNEL = "funnel"
    PROFILE = "profile"
    COST_PLANE = "cost_plane"
    ACCEPTABILITY = "acceptability"
    CUMULATIVE_INCIDENCE = "cumulative_incidence"
    DISTRICTS = "districts"
