"""How far from their neighbours, for whom, and with missing answers filled in."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.effects.regression import aipw, regression_adjustment
from homeward.estimators.effects.results import Effect
from homeward.estimators.effects.studies import Form, Study, study
from homeward.estimators.effects.weighting import ipw, unadjusted
from homeward.estimators.imputation import Pooled, impute, pooled, times_needed
from homeward.estimators.parity import parity_gap
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.sensitivity.lost import observed_share
from homeward.estimators.subgroups import subgroup_effects
from homeward.evaluation.columns import Bools, Floats, complete, labels, matrix, number_option, numbers
from homeward.evaluation.estimands.asked_options import number_list
from homeward.evaluation.estimands.compared_rows import (
    MODEL_OPTIONS,
    form_of,
    rows_of,
    sampling_of,
    treated_of,
)
from homeward.evaluation.estimands.effects import ASSUMPTIONS, OPTIONAL, facts_of, part_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_known

if TYPE_CHECKING:
    import pandas as pd

METHODS: Mapping[str, Callable[[Study, Form], Effect]] = {
    "unadjusted": unadjusted,
    "regression_adjustment": lambda given, form: regression_adjustment(given, form=form),
    "ipw": lambda given, form: ipw(given, form=form),
    "overlap": lambda given, form: ipw(given, "ATO", form=form),
    "aipw": lambda given, form: aipw(given, form=form),
}


def parity(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The gap between returnees and neighbours, standardised to one mix of the covariates' cells."""
    design = (spec.design.weight, spec.design.strata, spec.cluster or spec.design.psu)
    kept, share = complete(frame, (spec.outcome, spec.treatment, *spec.covariates, *design))
    returnee = treated_of(kept, spec)
    cells = np.array(list(map(" / ".join, zip(*(labels(kept, one) for one in spec.covariates), strict=True))))
    mix = str(spec.options.get("mix", "returnees"))
    found = parity_gap(
        numbers(kept, str(spec.outcome)),
        returnee,
        cells,
        mix=mix,
        sampling=sampling_of(kept, spec),
        confidence=1 - spec.alpha,
    )
    gap = found.difference
    return Estimated(
        method="direct_standardisation",
        n=found.n,
        estimate=gap.estimate,
        se=gap.standard_error,
        ci=(gap.low, gap.high),
        df=found.df,
        p_value=gap.p_value,
        parts=(part_of("neighbours", found.means[0]), part_of("returnees", found.means[1])),
        measures={
            "comparison_n": found.n,
            "comparison_arm_n": min(found.n_returnees, found.n - found.n_returnees),
            "complete_share": share,
        },
        facts=DesignFacts(comparison=True, adjusted=True),
        population={"mix": mix},
        details={
            "crude": found.crude,
            "composition": found.composition,
            "cells": [
                dict(zip(("cell", "share", "returnees", "neighbours", "n", "n_neighbours"), one, strict=True))
                for one in found.cells
            ],
        },
    )


def subgroups(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Effects by the first column of sub-groups, with the test that they are all the same."""
    rows = rows_of(frame.dropna(subset=[spec.subgroups[0]]), spec)
    found = subgroup_effects(rows.given, labels(rows.kept, spec.subgroups[0]), confidence=1 - spec.alpha)
    planned = bool(spec.options.get("planned", spec.confirmatory))
    parts = tuple(
        Part(
            str(one.label),
            one.effect.estimate,
            one.effect.standard_error,
            (one.effect.low, one.effect.high),
            n=one.n,
            p_value=one.p_holm if planned else one.p_bh,
            details={
                "contrast": asdict(one.contrast),
                "shrunk": asdict(one.shrunk),
                "p_raw": one.contrast.p_value,
                "p_holm": one.p_holm,
                "p_bh": one.p_bh,
                "n_treated": one.n_treated,
            },
        )
        for one in found.groups
    )
    smallest = min(min(one.n_treated, one.n - one.n_treated) for one in found.groups)
    whole = found.overall
    return Estimated(
        method="interaction",
        n=rows.given.size,
        estimate=whole.estimate,
        se=whole.standard_error,
        ci=(whole.low, whole.high),
        p_value=found.q_p_value,
        parts=parts,
        measures={"subgroup_arm_n": smallest, "subgroups_unplanned": 0 if planned else len(parts)},
        facts=facts_of(spec, adjusted=bool(rows.names)),
        assumptions=ASSUMPTIONS,
        details={
            "q": found.q,
            "q_df": list(found.q_df),
            "q_p_value": found.q_p_value,
            "i2": found.i2,
            "spread": found.spread,
            "adjusted_after": "holm" if planned else "bh",
        },
    )


def multiple_imputation(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """An effect of rows filled in many times by arm; or estimates and variances given, put together."""
    if "estimates" in spec.options:
        found = pooled(
            number_list(spec, "estimates", ()),
            number_list(spec, "variances", ()),
            number_option(spec, "df_complete", np.inf),
            confidence=1 - spec.alpha,
        )
        return _pooled(found, 0, {}, {})
    kept, treated = _askable(frame, spec)
    columns, names = matrix(kept, spec.covariates)
    data = np.column_stack([numbers(kept, str(spec.outcome)), columns])
    times = int(number_option(spec, "times", times_needed(data)))
    filled = impute(
        data,
        _kinds(data, str(spec.options.get("outcome_kind", "linear"))),
        int(number_option(spec, "seed", 1)),
        times=times,
        rounds=int(number_option(spec, "rounds", 10)),
        by=treated,
    )
    missing = np.isnan(data[:, 0])
    effects = [_effect(one, treated, kept, spec) for one in filled]
    found = _put_together(effects, len(kept) - columns.shape[1] - 2, spec)
    deltas = number_list(spec, "deltas", ())
    table = [_at_delta(filled, (treated, missing), (kept, spec), one) for one in deltas]
    control, answered = observed_share(~missing, treated)
    share = float(treated.mean())
    measures = {
        "comparison_n": len(kept),
        "comparison_arm_n": min(int(treated.sum()), int((~treated).sum())),
        "response_rate": share * answered + (1 - share) * control,
    }
    return _pooled(found, len(kept), measures, {"delta_table": table, "covariates": list(names)})


def _askable(frame: "pd.DataFrame", spec: Spec) -> tuple["pd.DataFrame", Bools]:
    if spec.outcome is None or spec.treatment is None or frame.empty:
        raise CannotEstimate("too_few", {"rows": 2, "found": 0})
    design = (spec.design.weight, spec.design.strata, spec.cluster or spec.design.psu)
    kept, _share = complete(frame, (spec.treatment, *design))
    return kept, treated_of(kept, spec)


def _kinds(data: Floats, outcome: str) -> tuple[str, ...]:
    require_known(outcome, ("linear", "matched", "logit"), _("kind of outcome"))
    of_covariates = []
    for column in data.T[1:]:
        known = column[~np.isnan(column)]
        of_covariates.append("logit" if np.isin(known, (0.0, 1.0)).all() else "matched")
    return (outcome, *of_covariates)


def _effect(data: Floats, treated: Bools, kept: "pd.DataFrame", spec: Spec) -> Effect:
    method = str(spec.options.get("method", "regression_adjustment" if data.shape[1] > 1 else "unadjusted"))
    require_known(method, METHODS, _("method"))
    given = study(data[:, 0], treated, data[:, 1:], sampling=sampling_of(kept, spec))
    return METHODS[method](given, form_of(spec))


def _put_together(effects: list[Effect], df: float, spec: Spec) -> Pooled:
    return pooled(
        [one.difference.estimate for one in effects],
        [one.difference.standard_error**2 for one in effects],
        effects[0].df or df,
        confidence=1 - spec.alpha,
    )


def _at_delta(
    filled: Floats, who: tuple[Bools, Bools], asked: tuple["pd.DataFrame", Spec], delta: float
) -> dict[str, float]:
    """The effect when those of the treated whose answer is missing did so much worse than filled in."""
    (treated, missing), (kept, spec) = who, asked
    moved = filled.copy()
    moved[:, treated & missing, 0] -= delta
    found = _put_together([_effect(one, treated, kept, spec) for one in moved], len(kept), spec)
    return {"delta": delta, "estimate": found.estimate, "low": found.low, "high": found.high}


def _pooled(found: Pooled, n: int, measures: Mapping[str, float], details: Mapping[str, object]) -> Estimated:
    return Estimated(
        method="multiple_imputation",
        n=n,
        estimate=found.estimate,
        se=found.standard_error,
        ci=(found.low, found.high),
        df=found.df,
        p_value=found.p_value,
        measures=measures,
        facts=DesignFacts(comparison=True, adjusted=True),
        assumptions=("response_at_random",),
        details={**asdict(found), **details},
    )


ENTRIES: Mapping[str, Estimand] = {
    "parity": Estimand(
        parity,
        Kind.PARITY,
        "Gap between returnees and neighbours, standardised directly to one mix of cells.",
        required=("outcome", "treatment", "covariates"),
        optional=("cluster", "design.weight", "design.strata", "design.psu"),
        options={
            "mix": "whose mix of cells: returnees (default), neighbours or both",
            "treated_value": MODEL_OPTIONS["treated_value"],
        },
        source="Kitagawa (1955), J. Am. Stat. Assoc. 50; Hernán & Robins (2020), ch. 13",
    ),
    "subgroups": Estimand(
        subgroups,
        Kind.SUBGROUPS,
        "Effects by sub-group, the test that they are the same, shrunk, and adjusted for their number.",
        required=("outcome", "treatment", "subgroups"),
        optional=OPTIONAL,
        options={**MODEL_OPTIONS, "planned": "true: the sub-groups were named beforehand"},
        source="Holm (1979); Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57",
    ),
    "multiple_imputation": Estimand(
        multiple_imputation,
        Kind.EFFECT,
        "Effect with missing answers filled in many times by arm, put together after Rubin.",
        optional=("outcome", "treatment", "covariates", "cluster", "design.weight"),
        options={
            "estimates": "estimates of filled-in data sets, where there are no rows",
            "variances": "their variances",
            "df_complete": "degrees of freedom if nothing were missing",
            "times": "how many times to fill in (default 100 times the share incomplete, at least 20)",
            "rounds": "rounds of the chained equations (default 10)",
            "seed": "the seed of the draws (default 1)",
            "outcome_kind": "linear (default), matched or logit",
            "method": f"one of {', '.join(METHODS)}",
            "deltas": "how much worse the treated without an answer did, for the table",
            **{name: MODEL_OPTIONS[name] for name in ("treated_value", "small_sample", "errors")},
        },
        source="Rubin (1987); Barnard & Rubin (1999), Biometrika 86",
        has_rows=False,
    ),
}
