"""At what cost: incremental cost per unit of effect, net benefit, acceptability."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from homeward.estimators.arrays import Floats
from homeward.estimators.costs import (
    Increments,
    acceptability_curve,
    bootstrap_plane,
    cost_ratio,
    increments,
    perfect_information,
    perfect_information_analytic,
    quadrant,
    quadrant_shares,
)
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import complete, flags, labels, number_option, numbers, weights
from homeward.evaluation.estimands.asked_options import number_list
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd


CLOUD, CURVE = 300, 41


def cost_effectiveness(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The difference of mean costs over that of mean effects, with Fieller's limits and a joint bootstrap."""
    kept, share = complete(frame, (spec.outcome, spec.cost, spec.treatment, spec.cluster))
    cost, effect = numbers(kept, str(spec.cost)), numbers(kept, str(spec.outcome))
    a = flags(kept, str(spec.treatment))
    clusters = labels(kept, spec.cluster) if spec.cluster else None
    w = weights(kept, spec) if spec.design.weight else None
    given = increments(cost, effect, a, clusters=clusters, weights=w)
    draws, seed = int(number_option(spec, "draws", 1000)), int(number_option(spec, "seed", 0))
    plane = bootstrap_plane(cost, effect, a, clusters=clusters, draws=draws, seed=seed)
    ratio, low, high = _ratio(given, spec.alpha)
    z = float(stats.norm.ppf(1 - spec.alpha / 2))
    sure = given.effect - z * np.sqrt(given.effect_variance) > 0
    return Estimated(
        method="incremental_cost_effectiveness_ratio_fieller",
        n=given.people,
        estimate=ratio,
        ci=None if low is None or high is None else (low, high),
        clusters=given.clusters if spec.cluster else None,
        parts=(*_increments(given, z), *_benefits(given, plane, _values(spec, given), z)),
        measures={
            "cost_bounded": float(ratio is not None),
            "cost_benefit": float(sure),
            "comparison_arm_n": float(min(a.sum(), (~a).sum())),
            "complete_share": share,
        },
        facts=DesignFacts(comparison=True),
        assumptions=("no_unmeasured_confounding",),
        details={
            "quadrant": quadrant(given.cost, given.effect),
            "quadrant_shares": quadrant_shares(plane),
            "perspective": str(spec.options.get("perspective", "programme")),
            "covariance_of_cost_and_effect": given.covariance,
            "draws": draws,
            **_pictured(given, plane),
        },
    )


def _pictured(given: Increments, plane: Floats) -> dict[str, object]:
    """What a plane and a curve are drawn from: some of the draws, and acceptability at many values."""
    middle = abs(given.cost / given.effect) if given.effect else 1.0
    worth = np.linspace(0, 2.5 * middle, CURVE)
    curve = np.column_stack([worth, acceptability_curve(plane, worth)])
    return {"plane": plane[:CLOUD, ::-1].tolist(), "acceptability": curve.tolist()}


def _ratio(given: Increments, alpha: float) -> tuple[float | None, float | None, float | None]:
    """Nothing where the interval has no bounds: then there is no ratio to speak of."""
    try:
        found = cost_ratio(given, confidence=1 - alpha)
    except CannotEstimate:
        return None, None, None
    return found.ratio, found.low, found.high


def _values(spec: Spec, given: Increments) -> list[float]:
    middle = abs(given.cost / given.effect) if given.effect else 1.0
    return number_list(spec, "values", [middle * one for one in (0.0, 0.5, 1.0, 1.5, 2.0)])


def _increments(given: Increments, z: float) -> tuple[Part, ...]:
    pairs = (("cost", given.cost, given.cost_variance), ("effect", given.effect, given.effect_variance))
    return tuple(
        Part(name, one, float(np.sqrt(v)), (one - z * float(np.sqrt(v)), one + z * float(np.sqrt(v))))
        for name, one, v in pairs
    )


def _benefits(given: Increments, plane: Floats, values: list[float], z: float) -> list[Part]:
    benefit, se = given.net_benefit(values)
    drawn, normal = acceptability_curve(plane, values), given.acceptability(values)
    worth, worth_normal = perfect_information(plane, values), perfect_information_analytic(given, values)
    return [
        Part(
            f"net benefit at {value:g}",
            float(benefit[n]),
            float(se[n]),
            (float(benefit[n] - z * se[n]), float(benefit[n] + z * se[n])),
            details={
                "value": value,
                "acceptable": float(drawn[n]),
                "acceptable_analytic": float(normal[n]),
                "perfect_information": float(worth[n]),
                "perfect_information_analytic": float(worth_normal[n]),
            },
        )
        for n, value in enumerate(values)
    ]


ENTRIES: Mapping[str, Estimand] = {
    "cost_effectiveness": Estimand(
        cost_effectiveness,
        Kind.COST,
        "Incremental cost per unit of effect with Fieller's limits; net benefit and acceptability by value.",
        required=("outcome", "cost", "treatment"),
        optional=("cluster", "design.weight"),
        options={
            "values": "what a unit of effect is worth, one or more, in the currency of the cost",
            "draws": "of the joint bootstrap, default 1000",
            "seed": "of the draws, default 0",
            "perspective": "whose costs these are: programme (default), public or society",
        },
        source="Fieller (1954); Stinnett & Mullahy (1998); Fenwick et al. (2001)",
    )
}
