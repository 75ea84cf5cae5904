"""What a difference assistance made, each way of comparing by its standard name."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from homeward.estimators.effects.entropy import entropy_balance
from homeward.estimators.effects.regression import aipw, ipwra, regression_adjustment
from homeward.estimators.effects.results import Effect, Interval
from homeward.estimators.effects.standardised import ERRORS, outcome_regression, standardisation
from homeward.estimators.effects.studies import Form, Models, Study
from homeward.estimators.effects.weighting import ipw, unadjusted
from homeward.estimators.propensity import Overlap, effective_size
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import number_option
from homeward.evaluation.estimands.comparability import (
    balance_of,
    measures_of,
    overlap_and_scores,
    profile_of,
    tables_of,
)
from homeward.evaluation.estimands.compared_rows import (
    ASSIGNMENTS,
    MODEL_OPTIONS,
    TARGETS,
    Rows,
    columns_option,
    form_of,
    indices,
    models_of,
    rows_of,
    target_of,
)
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_known

if TYPE_CHECKING:
    import pandas as pd

Method = Callable[[Study, str, Models, Form], Effect]
ASSUMPTIONS = ("no_unmeasured_confounding", "overlap", "no_interference")
OPTIONAL = ("covariates", "baseline", "cluster", "design.weight", "design.strata", "design.psu")
LITTLE_OVERLAP = 0.80


def estimated(rows: Rows, spec: Spec, found: Effect) -> Estimated:
    """An effect as the finding takes it, with both means, their ratio and how alike both groups are."""
    target = found.target
    overlap, scores = overlap_and_scores(rows, found.weights, found.scores)
    balanced = balance_of(rows, found.weights, target)
    difference = found.difference
    parts = (
        part_of("untreated", found.means[0]),
        part_of("treated", found.means[1]),
        *((part_of("ratio", found.ratio),) if found.ratio else ()),
        *_among_comparable(rows, target, overlap.auc if overlap else 1.0, form_of(spec)),
    )
    return Estimated(
        method=found.method,
        n=found.n,
        estimate=difference.estimate,
        se=difference.standard_error,
        ci=(difference.low, difference.high),
        df=found.df,
        p_value=difference.p_value,
        n_eff=effective_size(found.weights),
        clusters=found.clusters,
        parts=parts,
        measures=measures_of(rows, spec, overlap, balanced) | _for_everybody(found, overlap),
        facts=facts_of(spec, adjusted=bool(rows.names)),
        assumptions=ASSUMPTIONS,
        population={"target": target, "profile": profile_of(rows, found.weights)},
        details={
            "target": target,
            "errors": found.errors,
            "n_treated": found.n_treated,
            "n_control": found.n - found.n_treated,
            **tables_of(rows, balanced, overlap, scores),
        },
    )


def facts_of(spec: Spec, *, adjusted: bool) -> DesignFacts:
    """What sort of comparison this is, from the spec alone."""
    assignment = str(spec.options.get("assignment", "chosen"))
    require_known(assignment, ASSIGNMENTS, _("assignment"))
    return DesignFacts(
        comparison=True,
        adjusted=adjusted,
        baseline_in_both_arms=spec.baseline is not None,
        quasi_random=assignment == "quasi_random",
        randomised=assignment == "randomised",
    )


def part_of(label: str, one: Interval) -> Part:
    """A number with its interval under a label."""
    return Part(label, one.estimate, one.standard_error, (one.low, one.high), p_value=one.p_value)


def _for_everybody(found: Effect, overlap: Overlap | None) -> dict[str, float]:
    """Weights of everybody are refused where they would rest on few; those of the overlap are not."""
    if found.scores is None or overlap is None or found.target in ("ATO", "ATM"):
        return {}
    return {"overlap_auc_everybody": overlap.auc}


def _among_comparable(rows: Rows, target: str, auc: float, form: Form) -> tuple[Part, ...]:
    """Where groups overlap little, the answer about those who could have gone either way stands beside."""
    if target in ("ATO", "ATM") or not rows.names or not LITTLE_OVERLAP <= auc < 1:
        return ()
    try:
        return (part_of("overlap population", ipw(rows.given, "ATO", form=form).difference),)
    except CannotEstimate:
        return ()


def _by(method: Method, default: str = "ATE") -> Callable[["pd.DataFrame", Spec], Estimated]:
    def estimate(frame: "pd.DataFrame", spec: Spec) -> Estimated:
        target, form = target_of(spec, default), form_of(spec)
        rows = rows_of(frame, spec)
        return estimated(rows, spec, method(rows.given, target, models_of(spec), form))

    return estimate


def entropy(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Entropy balance in as many moments as the option says."""
    rows, moments = rows_of(frame, spec), int(number_option(spec, "moments", 1))
    return estimated(
        rows, spec, entropy_balance(rows.given, target_of(spec, "ATT"), form_of(spec), moments=moments)
    )


def standardised(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """One model of the outcome, standardised to the target population."""
    rows = rows_of(frame, spec)
    interact = indices(rows.names, columns_option(frame, spec, "interact"))
    found = standardisation(rows.given, interact, target_of(spec, "ATE"), models_of(spec), form_of(spec))
    return estimated(rows, spec, found)


def difference(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The difference of both groups' means as they are, whatever else is known of them."""
    rows = rows_of(frame, spec)
    return estimated(rows, spec, unadjusted(rows.given, form_of(spec)))


def regressed(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The coefficient of treatment in a linear regression, at given values of what it interacts with."""
    errors = str(spec.options.get("errors", "classical"))
    require_known(errors, ERRORS, _("kind of errors"))
    rows = rows_of(frame, spec)
    named = columns_option(frame, spec, "interact")
    interact = indices(rows.names, named)
    given = spec.options.get("at", {})
    values = given if isinstance(given, Mapping) else {}
    columns = [rows.covariates[:, place] for place in interact]
    at = [
        (float(str(values.get(name, column.mean()))) - column.mean()) / column.std()
        for name, column in zip(named, columns, strict=True)
    ]
    found = outcome_regression(rows.given, interact, at, errors=errors, confidence=1 - spec.alpha)
    overlap, scores = overlap_and_scores(rows, rows.given.weights, None)
    balanced = balance_of(rows, rows.given.weights, "ATE")
    interval = found.difference
    return Estimated(
        method="outcome_regression",
        n=found.n,
        estimate=interval.estimate,
        se=interval.standard_error,
        ci=(interval.low, interval.high),
        df=found.df,
        p_value=interval.p_value,
        measures=measures_of(rows, spec, overlap, balanced),
        facts=facts_of(spec, adjusted=bool(rows.names)),
        assumptions=ASSUMPTIONS,
        details={
            "errors": errors,
            "r_squared": found.r_squared,
            **tables_of(rows, balanced, overlap, scores),
        },
    )


def _entry(
    estimate: Callable[["pd.DataFrame", Spec], Estimated],
    about: str,
    source: str,
    *,
    needs_covariates: bool = True,
    options: Mapping[str, str] | None = None,
) -> Estimand:
    required = ("outcome", "treatment", "covariates") if needs_covariates else ("outcome", "treatment")
    return Estimand(
        estimate,
        Kind.EFFECT,
        about,
        required=required,
        optional=tuple(one for one in OPTIONAL if one not in required),
        options={**MODEL_OPTIONS, **(options or {})},
        source=source,
    )


AT = {
    "interact": "covariates whose product with treatment is in the model",
    "at": "their values at which the difference is wanted, by name (default: their means)",
}
ENTRIES: Mapping[str, Estimand] = {
    "regression_adjustment": _entry(
        _by(regression_adjustment),
        "Difference of the means that a model of each group's outcome expects of the target population.",
        "Stata teffects ra, methods and formulas",
        options={"target": "ATE (default), ATT or ATC"},
    ),
    "standardisation": _entry(
        standardised,
        "Difference of what one model of the outcome expects when everybody is treated and when nobody is.",
        "Hernán & Robins (2020), ch. 13",
        options={"target": "ATE (default), ATT or ATC", "interact": AT["interact"]},
    ),
    "outcome_regression": _entry(
        regressed,
        "Coefficient of treatment in a linear regression on treatment and covariates.",
        "MacKinnon & White (1985), J. Econometrics 29",
        needs_covariates=False,
        options={**AT, "errors": "classical (default), hc0, hc1, hc2 or hc3"},
    ),
    "mean_difference": _entry(
        difference,
        "Difference of both groups' means as they are.",
        "Neyman (1923)",
        needs_covariates=False,
    ),
    "ipw": _entry(
        _by(ipw),
        "Difference of means weighted by the inverse of the propensity, normalised in each group.",
        "Lunceford & Davidian (2004), Stat. Med. 23",
        options=TARGETS,
    ),
    "aipw": _entry(
        _by(aipw),
        "Expected means mended by weighted residuals; right where one of both models is.",
        "Robins, Rotnitzky & Zhao (1994), J. Am. Stat. Assoc. 89",
        options={
            **TARGETS,
            "weighted_outcome": "true: outcome models fitted with weights of least error (aipw, wnls)",
        },
    ),
    "ipwra": _entry(
        _by(ipwra),
        "Regression adjustment whose models are fitted with weights of the propensity.",
        "Wooldridge (2007), J. Econometrics 141",
        options=TARGETS,
    ),
    "overlap": _entry(
        _by(ipw, "ATO"),
        "Difference of means among those who could have gone either way (overlap weights).",
        "Li, Morgan & Zaslavsky (2018), J. Am. Stat. Assoc. 113",
    ),
    "matching_weights": _entry(
        _by(ipw, "ATM"),
        "Difference of means in the population that pair matching would find.",
        "Li & Greene (2013), Int. J. Biostat. 9",
    ),
    "entropy_balance": _entry(
        entropy,
        "Difference of means after weights that make both groups' moments alike exactly.",
        "Hainmueller (2012), Polit. Anal. 20",
        options={
            "target": "ATT (default), ATC or ATE",
            "moments": "1 means (default), 2 variances, 3 skewness",
        },
    ),
}
