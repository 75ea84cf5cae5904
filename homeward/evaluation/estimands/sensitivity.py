"""What would overturn a result: something not measured, unequal chances, people who were lost."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.multiplicity import METHODS, adjusted_p_values
from homeward.estimators.sensitivity.confounding import (
    Coefficient,
    Regression,
    benchmark,
    extreme_robustness_value,
    partial_r2,
    regression,
    robustness_value,
)
from homeward.estimators.sensitivity.e_values import (
    MEASURES,
    Ratio,
    e_value,
    ratio_of_difference,
    ratio_of_hazards,
    ratio_of_odds,
)
from homeward.estimators.sensitivity.pairs import (
    critical_gamma,
    mcnemar_bounds,
    shift_interval,
    sign_bounds,
    signed_rank_bounds,
)
from homeward.evaluation.columns import Floats, complete, number_option, numbers
from homeward.evaluation.estimands.asked_options import number_list, word_list
from homeward.evaluation.estimands.compared_rows import MODEL_OPTIONS, terms, treated_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_columns, require_known

if TYPE_CHECKING:
    import pandas as pd

GAMMAS = (1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


def robustness(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The robustness value of a regression's coefficient: of rows, or of its estimate, error and df."""
    found, n = _regression(frame, spec)
    q, alpha = number_option(spec, "q", 1.0), spec.alpha
    given = found.coefficient
    parts = [
        Part(f"{one.label}", one.estimate, one.standard_error, (one.low, one.high), details=asdict(one))
        for name, known in found.benchmarks.items()
        for times in number_list(spec, "times", (1, 2, 3))
        for one in (benchmark(given, known, times, alpha=alpha, label=f"{times:g} x {name}"),)
    ]
    value = robustness_value(given, q)
    return Estimated(
        method="robustness_value",
        n=n,
        estimate=value,
        parts=tuple(parts),
        details={
            "coefficient": given.estimate,
            "standard_error": given.standard_error,
            "t": given.t,
            "df": given.df,
            "q": q,
            "alpha": alpha,
            "partial_r2": partial_r2(given),
            "robustness_value": value,
            "robustness_value_alpha": robustness_value(given, q, alpha),
            "extreme_robustness_value": extreme_robustness_value(given, q),
            "extreme_robustness_value_alpha": extreme_robustness_value(given, q, alpha),
            "benchmarks": {name: list(one) for name, one in found.benchmarks.items()},
        },
        assumptions=("linear_outcome",),
    )


def e_values(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The E-value of a ratio, or of a standardised difference, and of its interval."""
    measure = str(spec.options.get("measure", "RR")).upper()
    require_known(measure, MEASURES, _("measure"))
    rare = bool(spec.options.get("rare", False))
    estimate = number_option(spec, "estimate", float("nan"))
    low, high = (_maybe(spec, name) for name in ("low", "high"))
    if measure == "SMD":
        sd = number_option(spec, "sd", 1.0) / number_option(spec, "delta", 1.0)
        error = _maybe(spec, "se")
        given = ratio_of_difference(estimate / sd, None if error is None else error / sd)
    else:
        plain = Ratio(estimate, low, high)
        given = {
            "RR": lambda: plain,
            "OR": lambda: ratio_of_odds(plain, rare=rare),
            "HR": lambda: ratio_of_hazards(plain, rare=rare),
        }[measure]()
    found = e_value(given, number_option(spec, "true", 1.0))
    return Estimated(
        method="e_value",
        n=0,
        estimate=found.estimate,
        parts=(Part("point", found.estimate), Part("interval", found.interval)),
        details={
            "measure": measure,
            "as_risk_ratio": given.estimate,
            "low": given.low,
            "high": given.high,
            "e_value": found.estimate,
            "e_value_interval": found.interval,
        },
    )


def rosenbaum(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Bounds of p-values and of the shift at each gamma, from pairs or from counts of unlike pairs."""
    gammas = number_list(spec, "gammas", GAMMAS)
    test = str(spec.options.get("test", "signed_rank"))
    require_known(test, ("signed_rank", "sign", "mcnemar"), _("test"))
    if test == "mcnemar":
        ours, theirs = (int(number_option(spec, name, -1)) for name in ("treated_only", "control_only"))
        found = [mcnemar_bounds(ours, theirs, gamma) for gamma in gammas]
        worst = critical_gamma(lambda gamma: mcnemar_bounds(ours, theirs, gamma).upper, spec.alpha)
        n = ours + theirs
    else:
        differences = _pairs(frame, spec)
        bound = signed_rank_bounds if test == "signed_rank" else sign_bounds
        found = [bound(differences, gamma) for gamma in gammas]
        worst = critical_gamma(lambda gamma: bound(differences, gamma).upper, spec.alpha)
        n = differences.size
    parts = []
    for one in found:
        details: dict[str, object] = asdict(one)
        if test == "signed_rank":
            interval = shift_interval(differences, one.gamma, 1 - spec.alpha)
            details |= {"interval_low": interval.low, "interval_high": interval.high}
        parts.append(Part(f"gamma {one.gamma:g}", p_value=one.upper, details=details))
    return Estimated(
        method=f"rosenbaum_{test}",
        n=n,
        estimate=worst if isfinite(worst) else None,
        parts=tuple(parts),
        details={"critical_gamma": worst if isfinite(worst) else "unbounded", "alpha": spec.alpha},
    )


def multiplicity(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """P-values adjusted for all that were asked together."""
    given = number_list(spec, "p_values", ())
    if not given:
        require_columns(spec, frame.columns)
        given = numbers(frame, str(spec.outcome)).tolist()
    chosen = word_list(spec, "methods", ("holm", "bh", "by"))
    for one in chosen:
        require_known(one, METHODS, _("method"))
    found = {one: adjusted_p_values(given, one).tolist() for one in chosen}
    parts = tuple(
        Part(str(place + 1), p_value=given[place], details={one: found[one][place] for one in chosen})
        for place in range(len(given))
    )
    return Estimated(method="+".join(chosen), n=len(given), parts=parts, details={"adjusted": found})


def _regression(frame: "pd.DataFrame", spec: Spec) -> tuple[Regression, int]:
    asked = spec.options.get("benchmarks", {})
    if "estimate" in spec.options:
        estimate, error, df = (number_option(spec, one, float("nan")) for one in ("estimate", "se", "df"))
        given = asked.items() if isinstance(asked, Mapping) else ()
        known = {str(name): (float(one[0]), float(one[1])) for name, one in given}
        return Regression(Coefficient(estimate, error, df), known), 0
    require_columns(spec, frame.columns)
    kept, _share = complete(frame, (spec.outcome, spec.treatment, *spec.covariates))
    columns, names = terms(kept, spec, spec.covariates)
    named = word_list(spec, "benchmarks", ())
    for name in named:
        require_known(name, spec.covariates, _("covariate"))
    groups = {name: [place for place, one in enumerate(names) if _belongs(one, name)] for name in named}
    is_named = "treated_value" in spec.options
    treatment = treated_of(kept, spec) if is_named else numbers(kept, str(spec.treatment))
    return regression(numbers(kept, str(spec.outcome)), treatment, columns, groups), len(kept)


def _belongs(term: str, column: str) -> bool:
    return term in (column, f"{column}^2") or term.startswith(f"{column}=")


def _pairs(frame: "pd.DataFrame", spec: Spec) -> Floats:
    """Differences within pairs: an outcome that is one already, or outcomes by pair (unit) and treatment."""
    require_columns(spec, frame.columns)
    if spec.treatment is None:
        return numbers(complete(frame, (spec.outcome,))[0], str(spec.outcome))
    kept, _share = complete(frame, (spec.outcome, spec.treatment, spec.unit))
    treated = treated_of(kept, spec)
    sides = [
        kept[arm]
        .assign(**{str(spec.outcome): numbers(kept[arm], str(spec.outcome))})
        .groupby(spec.unit)[spec.outcome]
        .mean()
        for arm in (~treated, treated)
    ]
    return np.asarray((sides[1] - sides[0]).dropna(), dtype=np.float64)


def _maybe(spec: Spec, name: str) -> float | None:
    return number_option(spec, name, 0.0) if name in spec.options else None


def _entry(
    estimate: Callable[["pd.DataFrame", Spec], Estimated],
    about: str,
    source: str,
    options: Mapping[str, str],
    optional: tuple[str, ...] = ("outcome", "treatment", "covariates"),
) -> Estimand:
    return Estimand(
        estimate, Kind.SENSITIVITY, about, optional=optional, options=options, source=source, has_rows=False
    )


OWN = {
    "estimate": "the estimate, where it is not reckoned from rows",
    "se": "its standard error",
}
ENTRIES: Mapping[str, Estimand] = {
    "robustness_value": _entry(
        robustness,
        "Strength of something not measured that would explain a regression's coefficient away.",
        "Cinelli & Hazlett (2020), J. R. Stat. Soc. B 82",
        {
            **OWN,
            "df": "residual degrees of freedom",
            "q": "the part of the coefficient to be explained away (default 1)",
            "benchmarks": "covariates to compare with; without rows {name: [R² with treatment, outcome]}",
            "times": "how many times as strong as a benchmark (default [1, 2, 3])",
            "factors": MODEL_OPTIONS["factors"],
            "squares": MODEL_OPTIONS["squares"],
            "products": MODEL_OPTIONS["products"],
            "treated_value": MODEL_OPTIONS["treated_value"],
        },
    ),
    "e_value": _entry(
        e_values,
        "Risk ratios of something not measured, with treatment and outcome, that would explain a ratio.",
        "VanderWeele & Ding (2017), Ann. Intern. Med. 167",
        {
            **OWN,
            "measure": "RR (default), OR, HR or SMD",
            "low": "lower end of the interval",
            "high": "upper end of the interval",
            "rare": "true: the outcome is rare, below 15% (OR, HR)",
            "true": "the value to be moved to (default 1)",
            "sd": "standard deviation of the outcome, where the SMD is a raw difference",
            "delta": "the contrast of treatment that is meant, where the SMD is a coefficient (default 1)",
        },
        optional=(),
    ),
    "rosenbaum_bounds": _entry(
        rosenbaum,
        "Bounds of p-values and shifts when odds of treatment differ within pairs by at most gamma.",
        "Rosenbaum (2002), Observational Studies, ch. 4",
        {
            "gammas": f"list of gammas (default {list(GAMMAS)})",
            "test": "signed_rank (default), sign or mcnemar",
            "treated_only": "mcnemar: pairs in which only the treated has the outcome",
            "control_only": "mcnemar: pairs in which only the control has it",
            "treated_value": MODEL_OPTIONS["treated_value"],
        },
        optional=("outcome", "treatment", "unit"),
    ),
    "multiplicity": _entry(
        multiplicity,
        "P-values adjusted for all questions that were asked together.",
        "Holm (1979); Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57",
        {
            "p_values": "list of p-values, where they are not the outcome column",
            "methods": f"list of {', '.join(METHODS)} (default holm, bh and by)",
        },
        optional=("outcome",),
    ),
}
