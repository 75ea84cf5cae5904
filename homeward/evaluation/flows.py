"""From everybody in an extract to those a finding rests on, and why the others are not among them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from homeward.estimators.flows import participant_flow
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.framing import Files, answered_near, cases_asked_about, read_columns
from homeward.evaluation.rules import Kind, Spec

OF_PEOPLE = {Kind.LEVEL.value, Kind.ADJUSTED.value, Kind.PROVIDERS.value, Kind.EFFECT.value, "subgroups"}
SMALLEST = 10
REASONS = {
    "refused": {"refused", "broke_off", "wants_none"},
    "moved_on": {"left_country"},
    "died": {"died"},
    "unreachable": {
        "not_there",
        "no_answer",
        "left_message",
        "wrong_number",
        "moved_away",
        "not_reachable",
        "known_otherwise",
    },
}
SEVERAL = "several_reasons"


def flow_of(files: Files, spec: Spec, found: Mapping[str, Any]) -> dict[str, Any] | None:
    """The flow as the finding's details hold it; None for what is not about people, or does not add up."""
    if found["kind"] not in OF_PEOPLE or not found["n"] or spec.outcome is None:
        return None
    everybody, asked = cases_asked_about(files, spec)
    answered = answered_near(files, spec).dropna(subset=[spec.outcome])
    silent = asked[~asked["case_id"].isin(answered["case_id"])]
    reached = len(asked) - len(silent)
    steps = [
        ("in_extract", {"other_place": len(everybody) - len(asked)}),
        ("asked_about", pooled(_reasons(files, silent["case_id"], spec))),
        ("reached", {"incomplete": reached - int(found["n"])}),
    ]
    try:
        participant_flow(steps, len(everybody), int(found["n"]))
    except CannotEstimate:
        return None
    kept = [{"name": name, "left": {one: n for one, n in left.items() if n}} for name, left in steps]
    return {"entered": len(everybody), "steps": kept, "analysed": int(found["n"]), "arms": _arms(found)}


def pooled(reasons: Mapping[str, int]) -> dict[str, int]:
    """Reasons of fewer than ten people joined, with the next larger one, so that none can be worked out."""
    ordered = sorted(((n, name) for name, n in reasons.items() if n), key=lambda one: (one[0], one[1]))
    joined, together = 0, 0
    while ordered and (ordered[0][0] < SMALLEST or 0 < joined < SMALLEST):
        n, _name = ordered.pop(0)
        joined, together = joined + n, together + 1
    kept = {name: n for n, name in reversed(ordered)}
    return {**kept, SEVERAL: joined} if together else kept


def _reasons(files: Files, silent: "pd.Series[Any]", spec: Spec) -> dict[str, int]:
    """Why each of those without an answer has none, as far as the visit nearest to the horizon says."""
    if not len(silent):
        return {}
    if not files.get("visits"):
        return {"not_answered": len(silent)}
    visits = read_columns(files["visits"], ["case_id", "months", "state", "disposition"])
    visits = visits[visits["case_id"].isin(silent)]
    visits = visits.assign(away=(visits["months"] - (spec.horizon_months or 0)).abs())
    nearest = visits.sort_values("away", kind="stable").drop_duplicates("case_id")
    told = [_reason(*one) for one in zip(nearest["state"], nearest["disposition"], strict=True)]
    counts = pd.Series(told, dtype=object).value_counts()
    unvisited = len(silent) - len(nearest)
    return {**{str(name): int(n) for name, n in counts.items()}, "no_visit": unvisited}


def _reason(state: object, disposition: object) -> str:
    if state == "due":
        return "not_due"
    return next((name for name, codes in REASONS.items() if disposition in codes), "not_answered")


def _arms(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    details = found["details"]
    if details.get("n_treated") is None:
        return []
    arms = {"treated": int(details["n_treated"]), "untreated": int(details["n_control"])}
    return [{"name": name, "n": n} for name, n in arms.items()]
