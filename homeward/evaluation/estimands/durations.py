"""How long, and by which cause it ended: curves and restricted means."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from homeward.estimators.incidence import (
    IncidenceCurve,
    Variance,
    cumulative_incidence,
    gray_test,
    three_ways,
)
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.survival import (
    Scale,
    SurvivalCurve,
    kaplan_meier,
    log_rank,
    restricted_mean,
    restricted_mean_difference,
)
from homeward.evaluation.columns import complete, flags, labels, numbers, weights
from homeward.evaluation.estimands.asked_options import number_list, one_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd

MONTHS = (3.0, 6.0, 12.0, 18.0, 24.0, 36.0)
SCALES = ("log-log", "log", "plain")
CENSORED = "0"
Quad = tuple[Any, Any, Any, Any]


def survival(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Kaplan–Meier at the horizon; by group with the log-rank test."""
    kept, share = complete(frame, (spec.time, spec.event, spec.group))
    t, e = numbers(kept, str(spec.time)), flags(kept, str(spec.event))
    confidence, scale = 1 - spec.alpha, _scale(spec)
    whole = kaplan_meier(t, e)
    at, horizon = _times(spec, float(t.max()))
    found = whole.at(horizon, confidence=confidence, scale=scale)
    estimate, se, ci = _first(found)
    parts, test = [], None
    for label, rows in _groups(kept, spec):
        curve = kaplan_meier(t[rows], e[rows])
        for when in at:
            one = curve.at(when, confidence=confidence, scale=scale)
            parts.append(_part(label, when, one, int(np.sum(t[rows] >= when)), int(rows.sum())))
    if spec.group:
        test = log_rank(t, e, labels(kept, spec.group))
    return Estimated(
        method="kaplan_meier",
        n=int(t.size),
        estimate=estimate,
        se=se,
        ci=ci,
        p_value=test.p_value if test else None,
        parts=tuple(parts),
        measures={
            "at_risk_n": float(np.sum(t >= horizon)),
            "events_n": float(e.sum()),
            "complete_share": share,
        },
        assumptions=("independent_censoring",),
        details={
            "horizon": horizon,
            "events": int(e.sum()),
            "scale": scale,
            "median": _median(whole, confidence, scale),
            "log_rank": as_test(test),
        },
    )


def incidence(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Cumulative incidence of one cause at the horizon, and of all; the unreachable three ways."""
    kept, share = complete(frame, (spec.time, spec.group, spec.cluster))
    t, given = numbers(kept, str(spec.time)), causes_of(kept, str(spec.cause))
    censored, lost = str(spec.options.get("censored", CENSORED)), spec.options.get("unreachable")
    unreached = given == str(lost) if lost is not None else np.zeros(t.size, dtype=bool)
    causes = np.where(unreached, censored, given)
    known = sorted(set(causes.tolist()) - {censored})
    if not known:
        raise CannotEstimate("no_events", {"events": 1, "found": 0})
    interest = one_of(spec, "cause", known, known[0])
    at, horizon = _times(spec, float(t.max()))
    parts = []
    for label, rows in _groups(kept, spec):
        for cause, curve in _curves(kept, spec, t, causes, rows).items():
            parts += [_incident(label, curve, cause, when, t[rows], spec) for when in at]
    curve = _curves(kept, spec, t, causes, np.ones(t.size, dtype=bool))[interest]
    estimate, se, ci = _first(curve.at(horizon, confidence=1 - spec.alpha, scale=_scale(spec)))
    tests = {}
    if spec.group:
        group = labels(kept, spec.group)
        tests = {one: gray_test(t, causes, group, cause=one, censored=censored) for one in known}
    details: dict[str, object] = {
        "cause": interest,
        "horizon": horizon,
        "events": {one: int(np.sum(causes == one)) for one in known},
        "gray_tests": {one: as_test(test) for one, test in tests.items()},
    }
    if unreached.any():
        ways = three_ways(t, given, at, unreachable=str(lost), censored=censored, horizon=horizon)
        details["three_ways"] = {
            "at": list(at),
            "all_stayed": ways.all_stayed,
            "censored": ways.censored,
            "all_left": ways.all_left,
        }
    return Estimated(
        method="aalen_johansen",
        n=int(t.size),
        estimate=estimate,
        se=se,
        ci=ci,
        p_value=tests[interest].p_value if tests else None,
        clusters=int(len(set(kept[spec.cluster]))) if spec.cluster else None,
        parts=tuple(parts),
        measures={
            "at_risk_n": float(np.sum(t >= horizon)),
            "events_n": float(np.sum(causes == interest)),
            "unreachable_share": float(unreached.mean()),
            "complete_share": share,
        },
        assumptions=("independent_censoring",),
        details=details,
    )


def restricted(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Restricted mean time, or its difference between arms."""
    kept, share = complete(frame, (spec.time, spec.event, spec.treatment))
    t, e = numbers(kept, str(spec.time)), flags(kept, str(spec.event))
    horizon = number_list(spec, "horizon", [spec.horizon_months or float(t.max())])[0]
    confidence = 1 - spec.alpha
    measures = {"events_n": float(e.sum()), "at_risk_n": float(np.sum(t >= horizon)), "complete_share": share}
    if not spec.treatment:
        one = restricted_mean(t, e, horizon, confidence=confidence)
        parts: tuple[Part, ...] = ()
    else:
        a = flags(kept, spec.treatment)
        treated, others, one = restricted_mean_difference(t, e, a, horizon, confidence=confidence)
        parts = tuple(
            Part(label, arm.estimate, arm.se, (arm.low, arm.high), n=int(rows.sum()))
            for label, arm, rows in (("treated", treated, a), ("untreated", others, ~a))
        )
    return Estimated(
        method="restricted_mean",
        n=int(t.size),
        estimate=one.estimate,
        se=one.se,
        ci=(one.low, one.high),
        p_value=one.p_value,
        parts=parts,
        measures=measures,
        facts=DesignFacts(comparison=bool(spec.treatment)),
        assumptions=("independent_censoring",),
        details={"horizon": horizon, "events": int(e.sum())},
    )


def _scale(spec: Spec) -> Scale:
    scales: Mapping[str, Scale] = {"log-log": "log-log", "log": "log", "plain": "plain"}
    return scales[one_of(spec, "scale", scales, "log-log")]


def causes_of(frame: "pd.DataFrame", column: str) -> npt.NDArray[Any]:
    """Labels of causes as texts; nothing written is the same as censored, 1.0 the same as 1."""
    given = frame[column]
    return np.asarray(
        [CENSORED if one is None or one != one else str(one).removesuffix(".0") for one in given],
        dtype=object,
    )


def _curves(
    kept: "pd.DataFrame",
    spec: Spec,
    t: npt.NDArray[np.float64],
    causes: npt.NDArray[Any],
    rows: npt.NDArray[np.bool_],
) -> dict[Any, IncidenceCurve]:
    variances: Mapping[str, Variance] = {"aalen": "aalen", "delta": "delta", "jackknife": "jackknife"}
    w = weights(kept, spec)[rows] if spec.design.weight else None
    return cumulative_incidence(
        t[rows],
        causes[rows].astype(str),
        censored=str(spec.options.get("censored", CENSORED)),
        weights=w,
        clusters=labels(kept, spec.cluster)[rows] if spec.cluster else None,
        variance=variances[one_of(spec, "variance", variances, "aalen")],
    )


def _groups(kept: "pd.DataFrame", spec: Spec) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    if not spec.group:
        return [("", np.ones(len(kept), dtype=bool))]
    group = labels(kept, spec.group)
    return [(str(one), np.asarray(group == one)) for one in sorted(set(group))]


def _times(spec: Spec, last: float) -> tuple[list[float], float]:
    """Times that are shown, and the one that is the estimate's."""
    horizon = spec.horizon_months
    default = sorted({one for one in (*MONTHS, horizon or last) if one <= last})
    at = number_list(spec, "at", default) or [last]
    return at, float(horizon) if horizon else max(
        one for one in [*at, min(at)] if one <= last or one == min(at)
    )


def _first(found: Quad) -> tuple[float, float, tuple[float, float] | None]:
    share, se, low, high = (float(one[0]) for one in found)
    if share != share:
        raise CannotEstimate("horizon_beyond_follow_up", {})
    return share, se, (low, high) if low == low and high == high else None


def _part(label: str, when: float, found: Quad, at_risk: int, n: int) -> Part:
    share, se, low, high = (float(one[0]) for one in found)
    known = low == low and high == high
    name = f"{label} at {when:g}".strip()
    return Part(
        name,
        share if share == share else None,
        se if share == share else None,
        (low, high) if known else None,
        n=n,
        details={"time": when, "at_risk": at_risk, "group": label or None},
    )


def _incident(
    label: str, curve: IncidenceCurve, cause: str, when: float, t: npt.NDArray[np.float64], spec: Spec
) -> Part:
    found = curve.at(when, confidence=1 - spec.alpha, scale=_scale(spec))
    part = _part(f"{label} {cause}".strip(), when, found, int(np.sum(t >= when)), int(t.size))
    return Part(
        part.label,
        part.estimate,
        part.se,
        part.ci,
        n=part.n,
        details={**part.details, "group": label or None, "cause": cause},
    )


def _median(curve: SurvivalCurve, confidence: float, scale: Scale) -> dict[str, float | None]:
    found = curve.quantile(0.5, confidence=confidence, scale=scale)
    return dict(zip(("estimate", "low", "high"), (one if one == one else None for one in found), strict=True))


def as_test(test: Any) -> dict[str, float] | None:
    """A test as it stands in the details."""
    if test is None:
        return None
    return {"statistic": test.statistic, "df": test.df, "p_value": test.p_value}


AT = {
    "at": "times at which the curve is shown, default 3, 6, 12, 18, 24, 36",
    "scale": "of the limits: log-log (default), log or plain",
}
CAUSES = {
    "censored": 'the label of those in whom nothing had ended, default "0"; nothing written counts as it',
    "cause": "the cause that the estimate is of, default the first by name",
}
ENTRIES: Mapping[str, Estimand] = {
    "kaplan_meier": Estimand(
        survival,
        Kind.DURATION,
        "Share still in a state by time since it began, one cause of ending; log-rank between groups.",
        required=("time", "event"),
        optional=("group", "horizon_months"),
        options=AT,
        source="Kaplan & Meier (1958), J. Am. Stat. Assoc. 53",
    ),
    "cumulative_incidence": Estimand(
        incidence,
        Kind.DURATION,
        "Share that has ended by each of the causes that compete; the unreachable three ways; Gray's test.",
        required=("time", "cause"),
        optional=("group", "horizon_months", "design.weight", "cluster"),
        options={
            **AT,
            **CAUSES,
            "unreachable": "label of those nobody could reach: censored in the estimate, bounded in details",
            "variance": "aalen (default, as R's cmprsk), delta, or jackknife (with weights or clusters)",
        },
        source="Aalen & Johansen (1978), Scand. J. Stat. 5; Gray (1988), Ann. Stat. 16",
    ),
    "rmst": Estimand(
        restricted,
        Kind.DURATION,
        "Mean time in a state up to a horizon, or its difference between treated and others.",
        required=("time", "event"),
        optional=("treatment", "horizon_months"),
        options={"horizon": "up to when, default horizon_months"},
        source="Royston & Parmar (2013), BMC Med. Res. Methodol. 13",
    ),
}
