"""Who answered, what weights make of it, and what following up some of the others adds."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from homeward.estimators.calibration import Response, kish, response_cells, response_propensity, trim
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.unreachable import double_sample
from homeward.evaluation.columns import Floats, flags, matrix, number_option, numbers, weights
from homeward.evaluation.estimands.drawn_rows import answered, option_column
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd


def response_weights(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Weights for each row over its propensity to answer, 0 for those who did not."""
    found, before = _response(frame, spec)
    after = found.weights
    trail: dict[str, object] = {"kish_before": kish(before), "kish_after": kish(after)}
    if "trim" in spec.options:
        cut = trim(after, times_median=number_option(spec, "trim", 5.0))
        after = cut.weights
        trail |= {"trimmed": cut.cut, "kish_trimmed": cut.after}
    used = after > 0
    return Estimated(
        method="response_cells" if "cells" in spec.options else "response_propensity",
        n=len(frame),
        estimate=float(kish(after)),
        n_eff=float(used.sum()) / kish(after),
        parts=(
            Part(
                "weights",
                float(after[used].mean()),
                details={"least": after[used].min(), "most": after.max()},
            ),
            Part("propensities", float(found.propensities.mean()), details=_ends(found.propensities)),
        ),
        measures={"response_rate": found.response_rate},
        assumptions=("response_at_random",),
        details={
            **trail,
            "r_indicator": found.r_indicator,
            "weights": after,
            "propensities": found.propensities,
        },
    )


def r_indicator(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """How alike in answering people are, as far as the covariates tell."""
    found, _before = _response(frame, spec)
    return Estimated(
        method="r_indicator",
        n=len(frame),
        estimate=found.r_indicator,
        measures={"response_rate": found.response_rate},
        details={"response_rate": found.response_rate, **_ends(found.propensities)},
    )


def double(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The mean from those who answered at once and a random part of the others, followed up."""
    later = flags(frame, str(option_column(frame, spec, "followed_up")))
    known = answered(frame, spec.outcome)
    y = numbers(frame, str(spec.outcome))
    first, second = y[known & ~later], y[known & later]
    if min(len(first), len(second)) < 2:
        raise CannotEstimate("too_few", {"n": 2})
    people = int(number_option(spec, "size", 0)) or None
    missed = len(frame) - len(first)
    found = double_sample(list(first), list(second), missed, people)
    reach = _normal(spec.alpha) * found.standard_error
    reached = (len(first) + missed * _share(len(second), later)) / len(frame)
    return Estimated(
        method="hansen_hurwitz",
        n=len(first) + len(second),
        estimate=found.mean,
        se=found.standard_error,
        ci=(found.mean - reach, found.mean + reach),
        parts=(
            Part("answered at once", float(first.mean()), n=len(first)),
            Part("followed up", float(second.mean()), n=len(second)),
        ),
        measures={"response_rate": reached},
        details={"weight_of_followed_up": found.weight_of_followed_up, "not_answered": missed},
    )


def _share(reached: int, later: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> float:
    """Of those drawn for follow-up, who answered then."""
    return reached / max(int(later.sum()), 1)


def _response(frame: "pd.DataFrame", spec: Spec) -> tuple[Response, Floats]:
    column = str(spec.outcome)
    gave = option_column(frame, spec, "answered")
    known = flags(frame, gave) if gave else answered(frame, column)
    before = weights(frame, spec)
    cells = option_column(frame, spec, "cells")
    if cells:
        least = int(number_option(spec, "least_in_cell", 20))
        return response_cells(known, frame[cells].map(str), before, least=least), before
    return response_propensity(known, matrix(frame, spec.covariates)[0], before), before


def _ends(given: Floats) -> dict[str, object]:
    return {"least_propensity": float(given.min()), "most_propensity": float(given.max())}


def _normal(alpha: float) -> float:
    return NormalDist().inv_cdf(1 - alpha / 2)


OPTIONS = {
    "answered": "column of 1 and 0; without it whoever has an outcome answered",
    "cells": "column of cells within which answering is taken to be random (else: covariates)",
    "least_in_cell": "respondents that a cell has to have, 20 by default",
}
ENTRIES: Mapping[str, Estimand] = {
    "response_weights": Estimand(
        response_weights,
        Kind.WEIGHTS,
        "Weights for who answered, by a logit of the covariates or by cells; the estimate is Kish's effect.",
        optional=("outcome", "covariates", "design.weight"),
        options={**OPTIONS, "trim": "cut weights at so many medians"},
        source="Little (1986), Int. Stat. Rev. 54",
    ),
    "r_indicator": Estimand(
        r_indicator,
        Kind.WEIGHTS,
        "How alike in answering people are: 1 where all are as likely, less where some are missed.",
        optional=("outcome", "covariates", "design.weight"),
        options=OPTIONS,
        source="Schouten, Cobben & Bethlehem (2009), Surv. Methodol. 35",
    ),
    "double_sampling": Estimand(
        double,
        Kind.LEVEL,
        "Mean of everybody from those who answered and a random part of the others who were followed up.",
        required=("outcome", "options.followed_up"),
        options={
            "followed_up": "column of 1 for those drawn for follow-up, 0 for the others",
            "size": "people in the population, for the finite correction",
        },
        source="Hansen & Hurwitz (1946), J. Am. Stat. Assoc. 41",
    ),
}
