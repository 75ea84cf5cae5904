"""Results drawn together, regressions, and how well judges or items agree."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.agreement import (
    Agreement,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    table_of,
)
from homeward.estimators.cluster_errors import Contrast, regression
from homeward.estimators.meta_analysis import Pooled, pooled
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.reliability import intraclass, intracluster, reliability
from homeward.evaluation.columns import complete, labels, matrix, numbers
from homeward.evaluation.estimands.drawn_rows import (
    choice,
    mapping_option,
    names_of,
    option_columns,
    squared_errors,
    wrong_option,
)
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_known

if TYPE_CHECKING:
    import pandas as pd

FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


def meta_analysis(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Results of several studies, countries or sources drawn together."""
    variances = squared_errors(frame, spec)
    if variances is None:
        raise wrong_option(
            "se", _("The option {name} names the column of errors, or variance that of variances.")
        )
    effects = numbers(frame, str(spec.outcome))
    given, names = matrix(frame, spec.covariates)
    found = pooled(
        effects,
        variances,
        method=choice(spec, "method", ("REML", "ML", "DL", "PM", "HE", "SJ", "HS", "FE"), "REML"),
        errors=choice(spec, "errors", ("hksj", "normal", "truncated"), "hksj"),
        moderators=given if names else None,
        confidence=1 - spec.alpha,
    )
    each = tuple(
        Part(
            str(name),
            float(effects[at]),
            float(variances[at]) ** 0.5,
            details={"weight": float(found.weights[at])},
        )
        for at, name in enumerate(names_of(frame, spec.unit))
    )
    errors = np.sqrt(np.diag(found.covariance))
    moderators = tuple(
        Part(f"coefficient:{name}", float(found.coefficients[at]), float(errors[at]))
        for at, name in enumerate(("intercept", *names))
        if names
    )
    return Estimated(
        method=f"random_effects_{found_method(spec)}",
        n=found.k,
        estimate=found.estimate,
        se=found.se,
        ci=(found.low, found.high),
        df=found.df,
        p_value=found.p,
        parts=(*moderators, *each),
        measures={"heterogeneity_i2": found.i2},
        details=_between(found),
    )


def found_method(spec: Spec) -> str:
    """Which way of finding the variance between, and which errors."""
    return f"{spec.options.get('method', 'REML')}_{spec.options.get('errors', 'hksj')}"


def _between(found: Pooled) -> dict[str, object]:
    prediction = None if found.prediction_low is None else [found.prediction_low, found.prediction_high]
    return {
        "tau2": found.tau2,
        "tau2_se": found.tau2_se,
        "tau2_interval": [found.tau2_low, found.tau2_high],
        "i2": found.i2,
        "h2": found.h2,
        "q": found.q,
        "q_df": found.q_df,
        "q_p": found.q_p,
        "prediction_interval": prediction,
        "moderators_q": found.moderators_q,
        "moderators_p": found.moderators_p,
    }


def least_squares(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Coefficients of least squares; the estimate is the treatment's, the contrast's or the first one's."""
    columns = tuple(one for one in (spec.treatment, spec.baseline, *spec.covariates) if one)
    weight = spec.design.weight
    kept, share = complete(frame, (spec.outcome, *columns, spec.cluster, weight))
    given, names = matrix(kept, dict.fromkeys(columns))
    if spec.options.get("intercept", True):
        given, names = np.column_stack([np.ones(len(kept)), given]), ("intercept", *names)
    if not names:
        raise wrong_option("covariates", _("The field {name} names at least one column."))
    found = regression(
        numbers(kept, str(spec.outcome)),
        given,
        cluster=labels(kept, spec.cluster) if spec.cluster else None,
        weights=numbers(kept, weight) if weight else None,
        kind=choice(spec, "kind", ("CR0", "CR1", "CR1S", "CR1p", "CR2", "CR3"), "CR2"),
        working=choice(spec, "working", ("equal", "inverse"), "equal"),
    )
    main = found.contrast(_asked(spec, names), confidence=1 - spec.alpha)
    parts = [_part(name, found.coefficient(at, confidence=1 - spec.alpha)) for at, name in enumerate(names)]
    return Estimated(
        method=f"least_squares_{found.kind}",
        n=found.n,
        estimate=main.estimate,
        se=main.se,
        ci=(main.low, main.high),
        df=main.df,
        p_value=main.p,
        clusters=found.clusters if spec.cluster else None,
        parts=tuple(parts),
        measures={"complete_share": share, "parameters_per_person": len(names) / found.n},
        details={"kind": found.kind, "statistic": main.statistic},
    )


def _asked(spec: Spec, names: tuple[str, ...]) -> list[float]:
    contrast = mapping_option(spec, "contrast")
    for name in contrast:
        require_known(name, names, _("coefficient"))
    if contrast:
        return [float(contrast.get(name, 0)) for name in names]
    first = 1 if names[0] == "intercept" and len(names) > 1 else 0
    return [float(at == first) for at in range(len(names))]


def _part(name: str, one: Contrast) -> Part:
    return Part(name, one.estimate, one.se, (one.low, one.high), one.df, p_value=one.p)


def agreement(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Judges or sources, each a column, on the same subjects."""
    judges = option_columns(frame, spec, "judges")
    if len(judges) < 2:
        raise wrong_option("judges", _("The option {name} lists at least two columns."))
    rows = frame[list(judges)]
    which = choice(spec, "coefficient", ("kappa", "ac1", "fleiss", "alpha", "icc"), "kappa")
    if which == "icc":
        return _intraclass(rows, spec)
    ratings = rows.astype(object).where(rows.notna(), None).to_numpy(dtype=object)
    made: dict[str, Agreement] = {
        "ac1": gwet_ac1(ratings, confidence=1 - spec.alpha),
        "fleiss": fleiss_kappa(ratings, confidence=1 - spec.alpha),
    }
    whole = rows.dropna()
    if len(judges) == 2 and len(whole) > 1:
        counts, _names = table_of(whole[judges[0]], whole[judges[1]])
        made["kappa"] = cohen_kappa(
            counts, weights=choice(spec, "weights", WEIGHTS, "unweighted"), confidence=1 - spec.alpha
        )
    alpha = krippendorff_alpha(ratings)
    main = made.get(which, made["fleiss"]) if which != "alpha" else None
    parts = [
        Part(name, one.estimate, one.se, (one.low, one.high), n=one.n, details={"by_chance": one.by_chance})
        for name, one in made.items()
    ]
    return Estimated(
        method=which if which in made or which == "alpha" else "fleiss",
        n=len(ratings),
        estimate=main.estimate if main else alpha,
        se=main.se if main else None,
        ci=(main.low, main.high) if main else None,
        parts=(*parts, Part("krippendorff_alpha", alpha)),
        details={"observed": (main or made["fleiss"]).observed},
    )


WEIGHTS = ("unweighted", "linear", "quadratic")


def _intraclass(rows: "pd.DataFrame", spec: Spec) -> Estimated:
    whole = rows.dropna()
    given = np.column_stack([numbers(whole, str(name)) for name in whole.columns])
    made = {form: intraclass(given, form=form, confidence=1 - spec.alpha) for form in FORMS}  # type: ignore[arg-type]
    main = made[choice(spec, "form", FORMS, "2,1")]
    return Estimated(
        method=f"icc({spec.options.get('form', '2,1')})",
        n=len(whole),
        estimate=main.estimate,
        ci=(main.low, main.high),
        p_value=main.p,
        parts=tuple(
            Part(f"icc({form})", one.estimate, ci=(one.low, one.high), n=len(whole), p_value=one.p)
            for form, one in made.items()
        ),
        details={"f": main.f, "df": list(main.df)},
    )


def of_items(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Items of one index, each a column; or, with a cluster, how alike people of one cluster are."""
    items = option_columns(frame, spec, "items")
    if not items and spec.outcome and spec.cluster:
        return _intracluster(frame, spec)
    if not items:
        raise wrong_option("items", _("The option {name} lists the items, or outcome and cluster are named."))
    kept, share = complete(frame, items)
    if not len(kept):
        raise CannotEstimate("too_few", {"n": 3})
    found = reliability(np.column_stack([numbers(kept, one) for one in items]), confidence=1 - spec.alpha)
    parts: list[Part] = [Part("standardised_alpha", found.standardised)]
    if found.omega is not None:
        parts.append(Part("omega", found.omega))
    for at, item in enumerate(items):
        details: dict[str, Any] = {"with_rest": found.with_rest[at]}
        if found.loadings:
            details |= {"loading": found.loadings[at], "alpha_without": found.without[at]}
        parts.append(Part(item, details=details))
    return Estimated(
        method="cronbach_alpha",
        n=found.n,
        estimate=found.alpha,
        ci=(found.low, found.high),
        parts=tuple(parts),
        measures={
            "index_reliability": found.alpha if found.omega is None else max(found.alpha, found.omega),
            "complete_share": share,
        },
        details={"omega": found.omega, "error_of_a_sum": found.error, "items": found.items},
    )


def _intracluster(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    kept, share = complete(frame, (spec.outcome, spec.cluster))
    place = labels(kept, str(spec.cluster))
    found = intracluster(numbers(kept, str(spec.outcome)), place, confidence=1 - spec.alpha)
    return Estimated(
        method="icc_anova",
        n=len(kept),
        estimate=found.estimate,
        ci=(found.low, found.high),
        p_value=found.p,
        clusters=len(set(place)),
        measures={"complete_share": share},
        details={"f": found.f, "df": list(found.df)},
    )


ENTRIES: Mapping[str, Estimand] = {
    "meta_analysis": Estimand(
        meta_analysis,
        Kind.SYNTHESIS,
        "Results drawn together, a row each: their mean, what differs, and where the next would lie.",
        required=("outcome",),
        optional=("unit", "covariates"),
        options={
            "se": "column of standard errors",
            "variance": "column of squared standard errors, instead",
            "method": "REML (the default), DL, PM, ML, HE, SJ, HS or FE",
            "errors": "hksj (Hartung-Knapp-Sidik-Jonkman, the default), truncated or normal",
        },
        source="Viechtbauer (2010), J. Stat. Softw. 36(3); Hartung & Knapp (2001), Stat. Med. 20",
    ),
    "regression": Estimand(
        least_squares,
        Kind.ASSOCIATION,
        "Least squares, errors by cluster, Satterthwaite's df; the first coefficient unless a contrast.",
        required=("outcome",),
        optional=("treatment", "baseline", "covariates", "cluster", "design.weight"),
        options={
            "kind": "CR2 (the default), CR0, CR1, CR1S (Stata's), CR1p, CR3; no cluster: HC2 and so on",
            "working": "equal (the default) or inverse to the weights: variances taken for CR2 and df",
            "contrast": "{coefficient: weight} of the combination that is the estimate",
            "intercept": "false: without",
        },
        source="Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36",
    ),
    "agreement": Estimand(
        agreement,
        Kind.AGREEMENT,
        "Whether judges or sources agree beyond chance, a row for each subject.",
        required=("options.judges",),
        options={
            "judges": "columns of the judges",
            "coefficient": "kappa (the default: Cohen's of two, Fleiss' of more), ac1, fleiss, alpha or icc",
            "weights": "of Cohen's kappa: unweighted (the default), linear or quadratic",
            "form": "of icc: 1,1 to 3,k after Shrout and Fleiss; 2,1 by default",
        },
        source="Gwet (2008), Br. J. Math. Stat. Psychol. 61; Shrout & Fleiss (1979), Psychol. Bull. 86",
    ),
    "reliability": Estimand(
        of_items,
        Kind.AGREEMENT,
        "How well items that are added up belong together; with a cluster, how alike its people are.",
        optional=("outcome", "cluster"),
        options={"items": "columns of the items"},
        source="Cronbach (1951); McDonald (1999); Feldt (1965), Psychometrika 30",
    ),
}
