"""Starting points, and providers and places beside one another."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.adjusted import Adjusted, starting_point_adjusted
from homeward.estimators.arrays import Floats
from homeward.estimators.funnels import Funnel, of_means, of_ratios, of_shares
from homeward.estimators.providers import Asked, Providers, partial_pooling
from homeward.estimators.small_areas import fay_herriot
from homeward.evaluation.columns import complete, labels, matrix, number_option, numbers
from homeward.evaluation.estimands.drawn_rows import (
    choice,
    names_of,
    option_column,
    squared_errors,
    wrong_option,
)
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_known

if TYPE_CHECKING:
    import pandas as pd


def adjusted(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Each unit's mean beside what its people's starting points foretell."""
    found, kept, reached = _adjusted(frame, spec)
    places = {name: place for place, name in enumerate(found.units)}
    parts = tuple(
        Part(
            name,
            float(found.values[place]),
            float(found.variances[place]) ** 0.5,
            _around(float(found.values[place]), float(found.variances[place]) ** 0.5, spec),
            n=int(found.counts[place]),
        )
        for name, place in places.items()
    )
    wanted = spec.options.get("unit")
    if wanted is not None:
        require_known(str(wanted), places, _("unit"))
    one = parts[places[str(wanted)]] if wanted is not None else None
    return Estimated(
        method="starting_point_adjusted",
        n=len(kept),
        estimate=one.estimate if one else None,
        se=one.se if one else None,
        ci=one.ci if one else None,
        clusters=len(places),
        parts=parts,
        measures={**reached, "cell_n": float(found.counts.min())},
        assumptions=("response_at_random",),
        details=_of_slope(found),
    )


def _of_slope(found: Adjusted) -> dict[str, object]:
    return {
        "slope": found.slope,
        "slope_se": found.slope_se,
        "slope_df": found.slope_df,
        "reliability": found.reliability,
        "r2_within": found.r2,
        "coefficients": found.coefficients,
    }


def _adjusted(frame: "pd.DataFrame", spec: Spec) -> tuple[Adjusted, "pd.DataFrame", dict[str, float]]:
    kept, share = complete(frame, (spec.outcome, spec.baseline, spec.unit, spec.cluster, *spec.covariates))
    found = starting_point_adjusted(
        numbers(kept, str(spec.outcome)),
        numbers(kept, str(spec.baseline)),
        labels(kept, str(spec.unit)),
        covariates=matrix(kept, spec.covariates)[0] if spec.covariates else None,
        cluster=labels(kept, spec.cluster) if spec.cluster else None,
        reliability=number_option(spec, "reliability", 1.0),
    )
    return found, kept, {"complete_share": share, **_reached(frame, spec, found.units)}


def _reached(frame: "pd.DataFrame", spec: Spec, units: tuple[str, ...]) -> dict[str, float]:
    """The share of rows with an outcome: of all, and of the unit with the lowest, of those that are shown."""
    has_answer = frame[str(spec.outcome)].notna()
    by_unit = has_answer.groupby(frame[str(spec.unit)].map(str)).mean()
    return {
        "response_rate": float(has_answer.mean()),
        "unit_response_rate": float(by_unit.loc[list(units)].min()),
    }


def providers(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Providers shrunk to their mean: from people with a baseline, or from a row for each provider."""
    names, values, variances, counts, details, reached = _own_values(frame, spec)
    benchmark = spec.options.get("benchmark")
    found = partial_pooling(
        values,
        variances,
        counts=counts,
        scale=number_option(spec, "scale", 0.0) or None,
        asked=Asked(
            benchmark=None if benchmark is None else number_option(spec, "benchmark", 0.0),
            confidence=1 - spec.alpha,
            seed=int(number_option(spec, "seed", 20250101)),
        ),
    )
    measures = {**reached, "provider_units": float(len(names))}
    if counts is not None:
        measures["provider_n"] = float(counts.min())
    return Estimated(
        method="partial_pooling_half_t",
        n=len(frame) if counts is None else int(counts.sum()),
        estimate=found.mu,
        se=found.mu_sd,
        clusters=len(names),
        parts=_side_by_side(found, names, values, variances, counts),
        measures=measures,
        assumptions=("exchangeable_providers",),
        details={"tau": found.tau, "tau_interval": [found.tau_low, found.tau_high], **details},
    )


Own = tuple[tuple[str, ...], Floats, Floats, Floats | None, dict[str, object], dict[str, float]]


def _own_values(frame: "pd.DataFrame", spec: Spec) -> Own:
    variances = squared_errors(frame, spec)
    if variances is None:
        if not spec.baseline:
            raise wrong_option("se", _("Without a baseline, the option {name} names the column of errors."))
        found, _kept, reached = _adjusted(frame, spec)
        people = np.asarray(found.counts, dtype=np.float64)
        return found.units, found.values, found.variances, people, _of_slope(found), reached
    column = option_column(frame, spec, "n")
    counts = numbers(frame, column) if column else None
    names = tuple(str(one) for one in names_of(frame, spec.unit))
    return names, numbers(frame, str(spec.outcome)), variances, counts, {}, {}


def _side_by_side(
    found: Providers, names: tuple[str, ...], values: Floats, variances: Floats, counts: Floats | None
) -> tuple[Part, ...]:
    limits = of_means(values, variances)
    return tuple(
        Part(
            name,
            float(found.means[at]),
            float(found.sds[at]),
            (float(found.low[at]), float(found.high[at])),
            n=None if counts is None else int(counts[at]),
            details={
                "own": float(values[at]),
                "own_se": float(variances[at]) ** 0.5,
                "limits_95": limits.inner[at],
                "limits_998": limits.outer[at],
                "above": float(found.above[at]),
                "rank_interval": [int(found.rank_low[at]), int(found.rank_high[at])],
                "tier": found.tiers[at].value,
            },
        )
        for at, name in enumerate(names)
    )


def small_areas(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Places that borrow from one another and from what is known of them."""
    variances = squared_errors(frame, spec)
    if variances is None:
        raise wrong_option(
            "se", _("The option {name} names the column of errors, or variance that of variances.")
        )
    direct = numbers(frame, str(spec.outcome))
    found = fay_herriot(
        direct,
        variances,
        matrix(frame, spec.covariates)[0] if spec.covariates else None,
        method=choice(spec, "method", ("REML", "ML", "FH"), "REML"),
    )
    errors = np.sqrt(found.mse)
    parts = tuple(
        Part(
            str(name),
            float(found.estimates[at]),
            float(errors[at]),
            _around(float(found.estimates[at]), float(errors[at]), spec),
            details={
                "direct": float(direct[at]),
                "direct_se": float(variances[at]) ** 0.5,
                "mse": float(found.mse[at]),
                "synthetic": float(found.synthetic[at]),
                "weight_of_own": float(found.own[at]),
            },
        )
        for at, name in enumerate(names_of(frame, spec.unit))
    )
    return Estimated(
        method=f"fay_herriot_{found.method}",
        n=len(frame),
        clusters=len(frame),
        parts=parts,
        assumptions=("exchangeable_providers",),
        details={
            "variance_between": found.variance_between,
            "coefficients": found.coefficients,
            "coefficients_se": np.sqrt(np.diag(found.covariance)),
        },
    )


def funnel(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Results beside the limits that their size allows."""
    found = _funnel(frame, spec)
    column = option_column(frame, spec, "counts") or option_column(frame, spec, "expected")
    sizes = numbers(frame, column) if column else None
    parts = tuple(
        Part(
            str(name),
            float(found.results[at]),
            details={
                "z": float(found.z[at]),
                "place": found.places[at].value,
                "limits_95": found.inner[at],
                "limits_998": found.outer[at],
                **({} if sizes is None else {"size": float(sizes[at])}),
            },
        )
        for at, name in enumerate(names_of(frame, spec.unit))
    )
    return Estimated(
        method="funnel_additive" if found.tau2 > 0 else "funnel",
        n=len(frame),
        estimate=found.target,
        clusters=len(frame),
        parts=parts,
        measures={"provider_units": float(len(frame))},
        details={"phi": found.phi, "tau2": found.tau2, "target": found.target},
    )


def _funnel(frame: "pd.DataFrame", spec: Spec) -> Funnel:
    y = numbers(frame, str(spec.outcome))
    given: dict[str, Any] = {
        "overdispersed": bool(spec.options.get("overdispersed", True)),
        "winsorised": number_option(spec, "winsorised", 0.0),
    }
    if "target" in spec.options:
        given["target"] = number_option(spec, "target", 0.0)
    counts, expected = option_column(frame, spec, "counts"), option_column(frame, spec, "expected")
    if counts:
        return of_shares(y, numbers(frame, counts), **given)
    if expected:
        return of_ratios(y, numbers(frame, expected), **given)
    variances = squared_errors(frame, spec)
    if variances is None:
        raise wrong_option("se", _("One of the options counts, expected, variance or {name} is needed."))
    return of_means(y, variances, **given)


def _around(value: float, error: float, spec: Spec) -> tuple[float, float]:
    from_normal = _normal(spec.alpha)
    return value - from_normal * error, value + from_normal * error


def _normal(alpha: float) -> float:
    return NormalDist().inv_cdf(1 - alpha / 2)


ERRORS = {
    "se": "column of standard errors",
    "variance": "column of squared standard errors, instead",
}
ENTRIES: Mapping[str, Estimand] = {
    "adjusted": Estimand(
        adjusted,
        Kind.ADJUSTED,
        "Outcomes beside what the starting point foretells; the slope is estimated within units.",
        required=("outcome", "baseline", "unit"),
        optional=("covariates", "cluster"),
        options={
            "reliability": "of the baseline, 0.3 to 1: the slope is divided by it",
            "unit": "the unit whose value is the estimate; all are parts",
        },
        source="Senn (2006), Stat. Med. 25; Raudenbush & Willms (1995), J. Educ. Behav. Stat. 20",
    ),
    "providers": Estimand(
        providers,
        Kind.PROVIDERS,
        "Providers side by side: shrunk to their mean, with intervals of ranks and tiers, never ranks.",
        required=("outcome", "unit"),
        optional=("baseline", "covariates", "cluster"),
        options={
            **ERRORS,
            "n": "column of people behind each row, where a row is a provider",
            "benchmark": "a value to stand above or below; by default the mean of such providers",
            "scale": "of the half-t prior of the SD between providers; by default the SD of their values",
            "seed": "of the draws that ranks are counted in",
            "reliability": "of the baseline, 0.3 to 1",
        },
        source="Gelman (2006), Bayesian Anal. 1; Goldstein & Spiegelhalter (1996), J. R. Stat. Soc. A 159",
    ),
    "fay_herriot": Estimand(
        small_areas,
        Kind.LEVEL,
        "Direct estimates of small places shrunk to a regression on what is known of them.",
        required=("outcome",),
        optional=("unit", "covariates"),
        options={**ERRORS, "method": "REML (the default), ML or FH (moments)"},
        source="Fay & Herriot (1979), J. Am. Stat. Assoc. 74; Prasad & Rao (1990)",
    ),
    "funnel": Estimand(
        funnel,
        Kind.DELIVERY,
        "Results of providers beside the limits that their size allows.",
        required=("outcome",),
        optional=("unit",),
        options={
            **ERRORS,
            "counts": "column of people, where the outcome counts events: binomial limits",
            "expected": "column of expected events, where the outcome counts observed ones: Poisson limits",
            "target": "by default the mean of all",
            "overdispersed": "false: limits by chance alone, though providers differ more than that",
            "winsorised": "share of z at each end brought in before the variance between is worked out",
        },
        source="Spiegelhalter (2005), Stat. Med. 24",
    ),
}
