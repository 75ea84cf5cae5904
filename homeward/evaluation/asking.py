"""Plain choices of a question that make its spec, so that nobody has to write one by hand. Pure."""

from enum import StrEnum

from homeward.evaluation.rules import Spec

ANSWERING_JOB = "answer_evaluation_question"
DRAWING_JOB = "draw_figures_of_question"
HORIZONS = (3, 6, 12, 18, 24, 36)
KNOWN_BEFOREHAND = ("sex", "age_band", "return_basis", "group")
"""Facts fixed before assistance: nothing that came after return may be adjusted for."""


class Asked(StrEnum):
    """What a question is about, in the order in which a programme asks it."""

    LEVEL = "level"
    PROGRESS = "progress"
    DIFFERENCE = "difference"
    PROVIDERS = "providers"


class Side(StrEnum):
    """Which side of life a question is about."""

    COMPOSITE = "composite"
    ECONOMIC = "economic"
    SOCIAL = "social"
    PSYCHOSOCIAL = "psychosocial"


ESTIMANDS = {
    Asked.LEVEL: "mean",
    Asked.PROGRESS: "adjusted",
    Asked.DIFFERENCE: "overlap",
    Asked.PROVIDERS: "providers",
}


def spec_of(
    asked: Asked, side: Side, horizon: int, *, sesoi: float, place: str = "", is_confirmatory: bool = True
) -> Spec:
    """The spec that these choices make, in the columns that `framing.gathered` gives."""
    baseline = None if asked is Asked.LEVEL else f"baseline_{side}"
    by_partner = asked in (Asked.PROGRESS, Asked.PROVIDERS)
    return Spec(
        ESTIMANDS[asked],
        outcome=side.value,
        treatment="is_assisted" if asked is Asked.DIFFERENCE else None,
        covariates=() if asked is Asked.LEVEL else KNOWN_BEFOREHAND,
        baseline=baseline,
        unit="partner" if by_partner else None,
        sesoi=sesoi,
        confirmatory=is_confirmatory,
        horizon_months=horizon,
        place=place or None,
    )
