"""What stands beside an answer: who was lost on the way, what else changed, cost, what would overturn it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from homeward.estimators.designs import design_of
from homeward.estimators.means import mean
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.sensitivity.confounding import Coefficient, benchmark
from homeward.estimators.sensitivity.lost import tipping_point
from homeward.evaluation.estimands import ESTIMANDS
from homeward.evaluation.flows import OF_PEOPLE, flow_of
from homeward.evaluation.framing import Files, Gathered, read_columns
from homeward.evaluation.passages import stages_of
from homeward.evaluation.rules import Estimated, Kind, Spec
from homeward.extracts.frames import SIDES
from homeward.lib.problems import Invalid

SMALLEST = 10
TIMES = tuple(float(one) for one in np.arange(0.2, 10.01, 0.1).round(1))


def companions_of(files: Files, people: Gathered, spec: Spec, found: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers for the finding's details; what cannot be reckoned is None, never nought."""
    rows = people.rows
    return {
        "flow": flow_of(files, people, spec, found),
        "set_aside": people.left["other_questions"] > 0,  # how many, tells the flow
        "stages": stages_of(files, people) if found["kind"] == Kind.LEVEL.value else None,
        "sides": sides_of(rows, found),
        "context": context_of(rows, spec),
        "spent": spent_on(files, people),
        "overturn": overturning(rows, spec, found) if found["kind"] == Kind.EFFECT.value else None,
    }


def sides_of(rows: pd.DataFrame, found: Mapping[str, Any]) -> dict[str, Any] | None:
    """How the same people stood on each side of life at the start and at the horizon, with 95% intervals.

    None where fewer than ten have all scores, or fewer than ten others stand behind the finding: beside its
    number, theirs would tell of those.
    """
    columns = {"start": [f"baseline_{side}" for side in SIDES], "then": list(SIDES)}
    wanted = [*columns["start"], *columns["then"]]
    if found["kind"] not in OF_PEOPLE or not set(wanted) <= set(rows):
        return None
    known = rows[wanted].dropna()
    others = abs(len(known) - int(found["n"]))
    if len(known) < SMALLEST or 0 < others < SMALLEST:
        return None
    told = {
        who: {side: _standing(known[name]) for side, name in zip(SIDES, names, strict=True)}
        for who, names in columns.items()
    }
    return {"n": len(known), **told}


def _standing(values: "pd.Series[Any]") -> list[float | None]:
    found = mean(values.to_numpy(dtype=float), design_of(len(values)))
    return [None if one is None else round(one, 2) for one in (found.estimate, found.low, found.high)]


def context_of(rows: pd.DataFrame, spec: Spec) -> dict[str, Any] | None:
    """By how much people without assistance moved from start to horizon: that was not the assistance."""
    start = f"baseline_{spec.outcome}"
    if spec.outcome is None or start not in rows or "is_assisted" not in rows:
        return None
    unassisted = rows[rows["is_assisted"].eq(False)]  # where money is not shown nobody knows
    change = (unassisted[spec.outcome] - unassisted[start]).dropna()
    if len(change) < SMALLEST:
        return None
    return {"change": float(change.mean()), "n": len(change)}


def spent_on(files: Files, people: Gathered) -> dict[str, Any] | None:
    """Euro paid for each case that is asked about and was paid anything for, reversals taken off."""
    if not files.get("costs"):
        return None
    costs = read_columns(files["costs"], ["case_id", "amount_eur"])
    here = costs[costs["case_id"].isin(people.people["case_id"])]
    uncounted = set(here[here["amount_eur"].isna()]["case_id"])
    counted = here[~here["case_id"].isin(uncounted)]
    each = counted.groupby("case_id")["amount_eur"].sum()
    if len(each) < SMALLEST:
        return None
    return {"per_person": float(each.mean()), "n": len(each), "uncounted": len(uncounted), "currency": "EUR"}


def overturning(rows: pd.DataFrame, spec: Spec, found: Mapping[str, Any]) -> dict[str, Any] | None:
    """How strong something unmeasured, and how much worse the lost, would have to be."""
    if not found["estimate"] or not found["se"]:
        return None
    return {**_unmeasured(rows, spec), **_lost(rows, spec, found)} or None


def _unmeasured(rows: pd.DataFrame, spec: Spec) -> dict[str, Any]:
    covariates = tuple(dict.fromkeys((*((spec.baseline,) if spec.baseline else ()), *spec.covariates)))
    if not covariates:
        return {}
    named = covariates[0]
    asked = replace(
        spec,
        estimand="robustness_value",
        covariates=covariates,
        baseline=None,
        options={"benchmarks": [named], "times": [1]},
    )
    try:
        made = ESTIMANDS["robustness_value"].estimate(rows, asked)
    except (CannotEstimate, Invalid):
        return {}
    return {
        "robustness_value": made.details["robustness_value"],
        "benchmark": named,
        "times": _times(made, named),
    }


def _times(made: Estimated, named: str) -> float | None:
    """How many times as strong as the named covariate something must be to leave nothing; None beyond ten."""
    details: Mapping[str, Any] = made.details
    given = Coefficient(details["coefficient"], details["standard_error"], details["df"])
    known = details["benchmarks"][named]
    for times in TIMES:
        try:
            left = benchmark(given, (known[0], known[1]), times, label=named).estimate
        except CannotEstimate:
            return None
        if left * given.estimate <= 0:
            return times
    return None


def _lost(rows: pd.DataFrame, spec: Spec, found: Mapping[str, Any]) -> dict[str, Any]:
    if spec.treatment != "is_assisted" or spec.outcome is None:
        return {}
    treated = rows[rows["is_assisted"].eq(True)]
    lost = float(treated[spec.outcome].isna().mean()) if len(treated) else 0.0
    tips = tipping_point(found["estimate"], found["se"], lost)
    return {} if tips.to_doubt is None else {"lost": lost, "delta": tips.to_doubt}
