"""Whether projects changed the places they went to, where they began at different times."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from homeward.estimators.staggered import (
    Aggregated,
    Aggregation,
    Comparison,
    GroupTime,
    Method,
    Panel,
    aggregate,
    att_gt,
    multiplier_bootstrap,
    permuted_cohorts_p,
    pretrend_test,
)
from homeward.evaluation.columns import complete, labels, matrix, number_option, numbers
from homeward.evaluation.estimands.asked_options import one_of, require_one
from homeward.evaluation.estimands.communities import FACTS, FEW
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd

COMPARISONS: Mapping[str, Comparison] = {"never": "never", "not_yet": "not_yet"}
METHODS: Mapping[str, Method] = {"dr": "dr", "reg": "reg", "ipw": "ipw"}
KINDS: Mapping[str, Aggregation] = {
    "simple": "simple",
    "dynamic": "dynamic",
    "group": "group",
    "calendar": "calendar",
}


def staggered(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """ATT(g, t) and their mean; permutation of beginnings where five places or fewer are treated."""
    require_one(spec, "unit", "group")
    needs = (spec.outcome, spec.time, spec.unit or spec.group, *spec.covariates, spec.cluster)
    kept, share = complete(frame, needs)
    panel = _panel(kept, spec)
    comparison = COMPARISONS[one_of(spec, "comparison", COMPARISONS, "never")]
    method = METHODS[one_of(spec, "method", METHODS, "dr")]
    kind = KINDS[one_of(spec, "aggregation", KINDS, "simple")]
    lead, universal = int(number_option(spec, "anticipation", 0)), bool(spec.options.get("universal_base"))

    def cells_of(given: Panel) -> GroupTime:
        return att_gt(
            given, comparison=comparison, method=method, anticipation=lead, universal_base=universal
        )

    found = cells_of(panel)
    made = aggregate(found, kind)
    se, critical = _error(found, made, spec)
    treated, details = int(np.isfinite(found.unit_cohort).sum()), _details(found, made, critical)
    half, p = _z(spec.alpha) * se, _p(made.estimate, se)
    few = treated <= FEW
    if few:
        p, ways = permuted_cohorts_p(panel, lambda one: aggregate(cells_of(one), kind).estimate)
        details.update({"permutation": {"p_value": p, "ways": ways}, "analytic_se": se})
    return Estimated(
        method=f"callaway_santanna_{method if spec.covariates else 'unconditional'}_{comparison}_{kind}",
        n=int(len(kept)),
        estimate=made.estimate,
        se=None if few else se,
        ci=None if few else (made.estimate - half, made.estimate + half),
        p_value=p,
        clusters=int(found.clusters.max() + 1),
        parts=_parts(found, made, spec.alpha),
        measures=_measures(found, treated, share),
        facts=FACTS,
        assumptions=("parallel_trends", "no_interference"),
        details=details,
    )


def _measures(found: GroupTime, treated: int, share: float) -> dict[str, float]:
    measures = {
        "did_clusters": float(min(treated, found.unit_cohort.size - treated)),
        "pre_periods": float(1 + np.unique(found.times[found.times < found.cohorts]).size),
        "complete_share": share,
    }
    if (found.times < found.cohorts).any() and treated > FEW:
        measures["pretrend_p"] = pretrend_test(found)[2]
    return measures


def _error(found: GroupTime, made: Aggregated, spec: Spec) -> tuple[float, float | None]:
    """The analytic error, or the bootstrap's with the critical value of the band over all parts."""
    draws = int(number_option(spec, "draws", 0))
    if not draws:
        return made.se, None
    whole = np.column_stack((made.influence, made.influence_of_parts))
    seed = int(number_option(spec, "seed", 0))
    errors, critical = multiplier_bootstrap(whole, found.clusters, draws=draws, seed=seed)
    return float(errors[0]), critical


def _details(found: GroupTime, made: Aggregated, critical: float | None) -> dict[str, object]:
    return {
        "aggregation": made.kind,
        "band_critical_value": critical,
        "cohorts_without_a_period_before": list(found.left_out),
        "units": int(found.unit_cohort.size),
    }


def _parts(found: GroupTime, made: Aggregated, alpha: float) -> tuple[Part, ...]:
    names = {"dynamic": "since", "group": "cohort", "calendar": "period", "simple": ""}
    z = _z(alpha)
    parts = [
        Part(
            f"{names[made.kind]} {at:g}",
            float(att),
            float(se),
            (float(att - z * se), float(att + z * se)),
            details={names[made.kind]: float(at)},
        )
        for at, att, se in zip(made.at, made.att, made.att_se, strict=True)
    ]
    cells = zip(found.cohorts, found.times, found.att, found.se, found.treated, found.controls, strict=True)
    return (
        *parts,
        *(
            Part(
                f"ATT({g:g},{t:g})",
                float(att),
                float(se),
                (float(att - z * se), float(att + z * se)),
                n=int(treated + controls),
                details={
                    "cohort": float(g),
                    "period": float(t),
                    "treated": int(treated),
                    "controls": int(controls),
                },
            )
            for g, t, att, se, treated, controls in cells
        ),
    )


def _z(alpha: float) -> float:
    return NormalDist().inv_cdf(1 - alpha / 2)


def _p(estimate: float, se: float) -> float | None:
    return 2 * (1 - NormalDist().cdf(abs(estimate) / se)) if se > 0 else None


def _panel(kept: "pd.DataFrame", spec: Spec) -> Panel:
    return Panel(
        numbers(kept, str(spec.outcome)),
        labels(kept, str(spec.unit or spec.group)),
        numbers(kept, str(spec.time)),
        numbers(kept, str(spec.cohort)),
        matrix(kept, spec.covariates)[0] if spec.covariates else None,
        labels(kept, spec.cluster) if spec.cluster else None,
    )


ENTRIES: Mapping[str, Estimand] = {
    "staggered_did": Estimand(
        staggered,
        Kind.COMMUNITY,
        "Effects ATT(g, t) of projects that begin at different times, and their mean.",
        required=("outcome", "time", "cohort"),
        optional=("unit", "group", "covariates", "cluster"),
        options={
            "comparison": "never (default) or not_yet treated places",
            "method": "with covariates: dr (default), reg or ipw",
            "aggregation": "simple (default), dynamic, group or calendar",
            "anticipation": "periods before the beginning that already react, default 0",
            "universal_base": "true: every effect since the last period before; else changes before it",
            "draws": "of the multiplier bootstrap; 0 (default): analytic errors",
            "seed": "of the draws, default 0",
        },
        source="Callaway & Sant'Anna (2021), J. Econometrics 225",
    ),
}
