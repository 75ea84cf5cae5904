"""Hazard ratios: what goes with ending sooner, among those still in the state."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.hazards import Clock, CoxModel, cox, proportional_hazards_test
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.risk_sets import Durations, Ties
from homeward.estimators.subdistributions import fine_gray
from homeward.evaluation.columns import complete, flags, labels, matrix, numbers, weights
from homeward.evaluation.estimands.asked_options import column_option, one_of, require_one
from homeward.evaluation.estimands.durations import CAUSES, CENSORED, as_test, causes_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd


def hazard_ratio(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Cox regression; the estimate is the hazard ratio of the treatment, else of the first covariate."""
    require_one(spec, "event", "cause")
    require_one(spec, "treatment", "covariates")
    late, layers = column_option(spec, "entry", frame), column_option(spec, "strata", frame)
    columns = (spec.treatment, *spec.covariates) if spec.treatment else spec.covariates
    kept, share = complete(frame, (spec.time, spec.event, *columns, spec.cluster, late, layers))
    t, e = numbers(kept, str(spec.time)), _ended(kept, spec)
    x, names = matrix(kept, [one for one in columns if one])
    if not names:
        raise CannotEstimate("no_covariates", {"covariates": 1})
    durations = Durations(
        t,
        e,
        None if late is None else numbers(kept, late),
        None if layers is None else labels(kept, layers),
        weights(kept, spec) if spec.design.weight else None,
        labels(kept, spec.cluster) if spec.cluster else None,
    )
    ties: Ties = "breslow" if one_of(spec, "ties", ("efron", "breslow"), "efron") == "breslow" else "efron"
    robust = bool(spec.options.get("robust", False))
    model = cox(durations, x, names=names, ties=ties, robust=robust)
    clock = _clock(spec)
    each, every = proportional_hazards_test(durations, x, ties=ties, clock=clock)
    limits = model.intervals(1 - spec.alpha)
    parts = tuple(
        Part(
            name,
            float(model.coefficients[n]),
            float(model.se[n]),
            (float(limits[n, 0]), float(limits[n, 1])),
            p_value=float(model.p_values[n]),
            details={
                "scale": "log_hazard_ratio",
                "hazard_ratio": float(model.hazard_ratios[n]),
                "hazard_ratio_ci": np.exp(limits[n]).tolist(),
                "model_se": float(model.model_se[n]),
                "proportional_hazards_p": each[n].p_value,
            },
        )
        for n, name in enumerate(names)
    )
    return Estimated(
        method=f"cox_{ties}" + ("_robust" if model.robust else ""),
        n=model.people,
        estimate=float(model.hazard_ratios[0]),
        se=float(model.hazard_ratios[0] * model.se[0]),
        ci=(float(np.exp(limits[0, 0])), float(np.exp(limits[0, 1]))),
        p_value=float(model.p_values[0]),
        clusters=model.clusters,
        parts=parts,
        measures={"events_n": model.events / len(names), "complete_share": share},
        facts=DesignFacts(comparison=bool(spec.treatment), adjusted=len(names) > 1),
        assumptions=("proportional_hazards", "independent_censoring", "no_unmeasured_confounding"),
        details={**_model(model), "proportional_hazards": as_test(every), "clock": clock},
    )


def subdistribution(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Fine and Gray's regression; the estimate is the ratio of the treatment, else of the first covariate."""
    require_one(spec, "treatment", "covariates")
    columns = [one for one in (spec.treatment, *spec.covariates) if one]
    kept, share = complete(frame, (spec.time, *columns))
    t, causes = numbers(kept, str(spec.time)), causes_of(kept, str(spec.cause))
    censored = str(spec.options.get("censored", CENSORED))
    known = sorted(set(causes.tolist()) - {censored})
    if not known:
        raise CannotEstimate("no_events", {"events": 1, "found": 0})
    cause = one_of(spec, "cause", known, known[0])
    x, names = matrix(kept, columns)
    model = fine_gray(t, causes.astype(str), x, cause=cause, censored=censored, names=names)
    reach = float(stats.norm.ppf(1 - spec.alpha / 2)) * model.se
    parts = tuple(
        Part(
            name,
            float(b),
            float(model.se[n]),
            (float(b - reach[n]), float(b + reach[n])),
            p_value=float(model.p_values[n]),
            details={"scale": "log_subdistribution_hazard_ratio", "hazard_ratio": float(np.exp(b))},
        )
        for n, (name, b) in enumerate(zip(names, model.coefficients, strict=True))
    )
    ratio = float(np.exp(model.coefficients[0]))
    return Estimated(
        method="fine_gray",
        n=model.people,
        estimate=ratio,
        se=ratio * float(model.se[0]),
        ci=(float(ratio * np.exp(-reach[0])), float(ratio * np.exp(reach[0]))),
        p_value=float(model.p_values[0]),
        parts=parts,
        measures={"events_n": model.events / len(names), "complete_share": share},
        facts=DesignFacts(comparison=bool(spec.treatment), adjusted=len(names) > 1),
        assumptions=("proportional_hazards", "independent_censoring", "no_unmeasured_confounding"),
        details={
            "cause": cause,
            "events": model.events,
            "log_likelihood": model.log_likelihood,
            "log_likelihood_null": model.log_likelihood_null,
            "estimate_is": "subdistribution_hazard_ratio",
        },
    )


def _model(model: CoxModel) -> dict[str, object]:
    return {
        "events": model.events,
        "log_likelihood": model.log_likelihood,
        "log_likelihood_null": model.log_likelihood_null,
        "likelihood_ratio": as_test(model.likelihood_ratio),
        "concordance": model.concordance,
        "estimate_is": "hazard_ratio",
    }


def _clock(spec: Spec) -> Clock:
    clocks: Mapping[str, Clock] = {"km": "km", "rank": "rank", "identity": "identity", "log": "log"}
    return clocks[one_of(spec, "clock", clocks, "km")]


def _ended(kept: "pd.DataFrame", spec: Spec) -> npt.NDArray[np.bool_]:
    """The event, or with a cause asked for, the event by it: the others are censored then."""
    if spec.cause is None:
        return flags(kept, str(spec.event))
    causes = causes_of(kept, spec.cause)
    censored = str(spec.options.get("censored", CENSORED))
    known = sorted(set(causes.tolist()) - {censored})
    return np.asarray(causes == one_of(spec, "cause", known, known[0] if known else ""))


ENTRIES: Mapping[str, Estimand] = {
    "cox": Estimand(
        hazard_ratio,
        Kind.ASSOCIATION,
        "Hazard ratios (the estimate: of the first column) and their logarithms (parts); also by cause.",
        required=("time",),
        optional=("event", "cause", "treatment", "covariates", "cluster", "design.weight"),
        options={
            **CAUSES,
            "ties": "efron (default) or breslow",
            "robust": "true for robust errors without clusters",
            "strata": "a column: each of its values has its own baseline hazard",
            "entry": "a column: when each came under observation",
            "clock": "of the test of proportional hazards: km (default), rank, identity or log",
        },
        source="Cox (1972); Efron (1977); Grambsch & Therneau (1994); as R's survival",
    ),
    "fine_gray": Estimand(
        subdistribution,
        Kind.ASSOCIATION,
        "Ratios of the subdistribution hazard: what goes with a higher incidence of one of several causes.",
        required=("time", "cause"),
        optional=("treatment", "covariates"),
        options=CAUSES,
        source="Fine & Gray (1999), J. Am. Stat. Assoc. 94; as R's cmprsk",
    ),
}
