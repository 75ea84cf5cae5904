"""How people are doing: means, shares, ratios, totals and quantiles by the design of the sample."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.calibration import (
    Calibration,
    calibrate,
    kish,
    margin_columns,
    response_cells,
    response_propensity,
    trim,
)
from homeward.estimators.designs import Design
from homeward.estimators.means import Estimate, proportion, quantile, ratio
from homeward.estimators.means import mean as mean_of
from homeward.estimators.means import total as total_of
from homeward.evaluation.columns import Bools, Floats, flags, labels, matrix, number_option, numbers
from homeward.evaluation.estimands.asked_options import number_list
from homeward.evaluation.estimands.drawn_rows import (
    DESIGN,
    DESIGN_OPTIONS,
    answered,
    asked_of,
    choice,
    design_from,
    groups_of,
    level_of,
    mapping_option,
    option_column,
    part_of,
    wrong_option,
)
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Spec
from homeward.evaluation.specs import require_known

if TYPE_CHECKING:
    import pandas as pd

Of = Callable[[Design, Bools], Estimate]
DISTANCES = ("greg", "raking", "logit")


def mean(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The mean, of everybody and of each group."""
    y = numbers(frame, str(spec.outcome))
    confidence = 1 - spec.alpha
    return _of(
        frame,
        spec,
        "hajek_linearised",
        lambda drawn, whom: mean_of(y, drawn, domain=whom, confidence=confidence),
    )


def total(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The total; how exact it is follows the effective size of a mean, as a share of everybody."""
    y = numbers(frame, str(spec.outcome))

    def of(drawn: Design, whom: Bools) -> Estimate:
        found = total_of(y, drawn, domain=whom, confidence=1 - spec.alpha)
        return replace(found, n_eff=found.n / kish(drawn.weight[whom]))

    return _of(frame, spec, "expansion_linearised", of)


def share(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The share of yes, or of the category that the option names."""
    y = _yes(frame, spec)
    interval = choice(spec, "interval", ("beta", "logit", "mean"), "beta")

    def of(drawn: Design, whom: Bools) -> Estimate:
        return proportion(y, drawn, domain=whom, interval=interval, confidence=1 - spec.alpha)

    return _of(frame, spec, f"proportion_{interval}", of)


def ratio_of_totals(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The ratio of two totals."""
    below = option_column(frame, spec, "denominator")
    y, x = numbers(frame, str(spec.outcome)), numbers(frame, str(below))

    def of(drawn: Design, whom: Bools) -> Estimate:
        return ratio(y, x, drawn, domain=whom, confidence=1 - spec.alpha)

    return _of(frame, spec, "ratio_linearised", of, below)


def quantiles(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """One quantile, or several as parts."""
    y = numbers(frame, str(spec.outcome))
    name = "quantiles" if "quantiles" in spec.options else "quantile"
    wanted = number_list(spec, name, [0.5])
    if not wanted:
        raise wrong_option(name, _("The option {name} is a list of numbers."))

    def at(share: float) -> Of:
        return lambda drawn, whom: quantile(y, drawn, share, domain=whom, confidence=1 - spec.alpha)

    found = _of(frame, spec, "quantile_woodruff", at(wanted[0]))
    drawn, whom = design_from(frame, spec), asked_of(frame, spec) & answered(frame, spec.outcome)
    several = tuple(part_of(f"quantile={one}", at(one)(drawn, whom)) for one in wanted)
    return replace(found, parts=(*several, *found.parts)) if len(wanted) > 1 else found


def calibrated(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Weights for who answered, trimmed, and made to meet the register; then the mean, share or total."""
    known = answered(frame, spec.outcome)
    drawn = design_from(frame, spec)
    trail: dict[str, object] = {"kish_design": kish(drawn.weight)}
    if not known.all():
        drawn = replace(drawn, weight=_for_response(frame, spec, drawn, known))
        trail["kish_response"] = kish(drawn.weight)
    if "trim" in spec.options:
        cut = trim(drawn.weight, times_median=number_option(spec, "trim", 5.0))
        drawn = replace(drawn, weight=cut.weights)
        trail |= {"trimmed": cut.cut, "kish_trimmed": cut.after}
    found = _calibration(frame, spec, drawn.weight)
    after = drawn.calibrated(found.weights, found.x)
    trail |= {
        "kish_calibrated": kish(after.weight),
        "g_least": float(found.g[known].min()),
        "g_most": float(found.g[known].max()),
    }
    y = _yes(frame, spec) if spec.options.get("of") == "proportion" else numbers(frame, str(spec.outcome))
    kinds: Mapping[str, Callable[..., Estimate]] = {
        "mean": mean_of,
        "total": total_of,
        "proportion": proportion,
    }
    of = kinds[choice(spec, "of", kinds, "mean")]
    made = _levels(
        frame,
        spec,
        f"calibrated_{choice(spec, 'distance', DISTANCES, 'greg')}",
        (after, lambda drawn, whom: of(y, drawn, domain=whom, confidence=1 - spec.alpha)),
        known,
    )
    n_eff = made.n / kish(after.weight)
    return replace(
        made, n_eff=n_eff, measures={**made.measures, "level_n_eff": n_eff}, details={**made.details, **trail}
    )


def _of(frame: "pd.DataFrame", spec: Spec, method: str, of: Of, *more: str | None) -> Estimated:
    drawn = design_from(frame, spec)
    return _levels(frame, spec, method, (drawn, of), answered(frame, spec.outcome, *more))


def _levels(
    frame: "pd.DataFrame", spec: Spec, method: str, given: tuple[Design, Of], known: Bools
) -> Estimated:
    drawn, of = given
    asked = asked_of(frame, spec)
    whole = of(drawn, asked & known)
    parts = [
        part_of(label, of(drawn, asked & known & rows))
        for label, rows in groups_of(frame, spec.by).items()
        if (asked & known & rows).sum() > 1
    ]
    start = design_from(frame, spec).weight[asked]
    response = float(start[known[asked]].sum() / start.sum())
    return level_of(method, whole, drawn, parts, response)


def _yes(frame: "pd.DataFrame", spec: Spec) -> Floats:
    """1 and 0, NaN where nothing was answered."""
    column = str(spec.outcome)
    known = answered(frame, column)
    said = np.full(len(frame), np.nan)
    if "category" in spec.options:
        said[known] = frame[column][known].map(str) == str(spec.options["category"])
    else:
        said[known] = flags(frame[known], column)
    return said


def _for_response(frame: "pd.DataFrame", spec: Spec, drawn: Design, known: Bools) -> Floats:
    cells = option_column(frame, spec, "cells")
    if cells:
        least = int(number_option(spec, "least_in_cell", 20))
        return response_cells(known, frame[cells].map(str), drawn.weight, least=least).weights
    if spec.covariates:
        return response_propensity(known, matrix(frame, spec.covariates)[0], drawn.weight).weights
    return np.where(known, drawn.weight * drawn.weight.sum() / drawn.weight[known].sum(), 0.0)


def _calibration(frame: "pd.DataFrame", spec: Spec, weight: Floats) -> Calibration:
    """Weights that meet the register's margins (counts by label), totals of numbers, and its size."""
    given = spec.options.get("bounds")
    bounds = (float(given[0]), float(given[1])) if isinstance(given, list) and len(given) == 2 else None
    margins, totals = mapping_option(spec, "margins"), mapping_option(spec, "totals")
    for name in (*margins, *totals):
        require_known(name, [str(column) for column in frame.columns], _("column"))
    x, wanted = margin_columns([(labels(frame, name), counts) for name, counts in margins.items()], weight)
    more = [numbers(frame, name) for name in totals]
    aims = [float(one) for one in totals.values()]
    if "size" in spec.options and not margins:
        more, aims = [np.ones(len(frame)), *more], [number_option(spec, "size", 0), *aims]
    if not (margins or more):
        raise wrong_option("margins", _("Calibration needs the option {name}, totals or size."))
    return calibrate(
        np.column_stack([*x.T, *more]),
        [*wanted, *aims],
        weight,
        distance=choice(spec, "distance", DISTANCES, "greg"),
        bounds=bounds,
    )


OPTIONAL = ("by", *DESIGN)
ENTRIES: Mapping[str, Estimand] = {
    "mean": Estimand(
        mean,
        Kind.LEVEL,
        "Mean of a finite population by the design of the sample; rows without an answer keep their place.",
        required=("outcome",),
        optional=OPTIONAL,
        options=DESIGN_OPTIONS,
        source="Lumley (2004), J. Stat. Softw. 9(8)",
    ),
    "proportion": Estimand(
        share,
        Kind.LEVEL,
        "Share of a finite population, with an interval that stays within 0 and 1.",
        required=("outcome",),
        optional=OPTIONAL,
        options={
            **DESIGN_OPTIONS,
            "interval": "beta (Korn and Graubard, the default), logit or mean",
            "category": "the value of the outcome whose share is asked, where it is not yes and no",
        },
        source="Korn & Graubard (1998), Surv. Methodol. 24",
    ),
    "ratio": Estimand(
        ratio_of_totals,
        Kind.LEVEL,
        "Ratio of two totals of a finite population.",
        required=("outcome", "options.denominator"),
        optional=OPTIONAL,
        options={**DESIGN_OPTIONS, "denominator": "column of what stands below the line"},
        source="Lumley (2004), J. Stat. Softw. 9(8)",
    ),
    "total": Estimand(
        total,
        Kind.LEVEL,
        "Total of a finite population; weights say how many people each row stands for.",
        required=("outcome",),
        optional=OPTIONAL,
        options=DESIGN_OPTIONS,
        source="Lumley (2004), J. Stat. Softw. 9(8)",
    ),
    "quantile": Estimand(
        quantiles,
        Kind.LEVEL,
        "Quantiles of a finite population with Woodruff's interval.",
        required=("outcome",),
        optional=OPTIONAL,
        options={
            **DESIGN_OPTIONS,
            "quantile": "the share below it, 0.5 by default",
            "quantiles": "a list of such shares: the first is the estimate, all are parts",
        },
        source="Woodruff (1952), J. Am. Stat. Assoc. 47",
    ),
    "calibrated_mean": Estimand(
        calibrated,
        Kind.LEVEL,
        "Mean, share or total with weights for who answered, calibrated to a register; errors of residuals.",
        required=("outcome",),
        optional=("covariates", *OPTIONAL),
        options={
            **DESIGN_OPTIONS,
            "of": "mean (the default), proportion or total",
            "category": "with of=proportion: the value of the outcome whose share is asked",
            "margins": "{column: {label: people}} of the register",
            "totals": "{column: total} of numbers in the register",
            "size": "people in the register, where no margin tells it",
            "distance": "greg (the default), raking or logit",
            "bounds": "[lower, upper] of the new weight over the old; logit needs them",
            "cells": "column of cells within which answering is taken to be random (else: covariates)",
            "least_in_cell": "respondents that a cell has to have, 20 by default",
            "trim": "cut weights at so many medians before calibration",
        },
        source="Deville & Särndal (1992), J. Am. Stat. Assoc. 87",
    ),
}
