"""From everybody in an extract to those a finding rests on, and why the others are not among them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from homeward.estimators.flows import participant_flow
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.framing import Files, Gathered, read_columns
from homeward.evaluation.rules import Kind, Spec
from homeward.evaluation.showing import safe_flow

OF_PEOPLE = {Kind.LEVEL.value, Kind.ADJUSTED.value, Kind.PROVIDERS.value, Kind.EFFECT.value, "subgroups"}
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


def flow_of(files: Files, people: Gathered, spec: Spec, found: Mapping[str, Any]) -> dict[str, Any] | None:
    """The flow as the finding's details hold it, with no small number that could be worked out.

    None for what is not about people, does not add up, or lost so few that it would tell of them.
    """
    if found["kind"] not in OF_PEOPLE or not found["n"] or spec.outcome not in people.people:
        return None
    is_silent = people.people[spec.outcome].isna()
    silent = people.people.loc[is_silent, "case_id"]
    reached = len(people.people) - len(silent)
    steps = [
        ("in_extract", people.left),
        ("asked_about", _reasons(files, silent, spec)),
        ("reached", {"incomplete": reached - int(found["n"])}),
    ]
    try:
        participant_flow(steps, people.everybody, int(found["n"]))
    except CannotEstimate:
        return None
    kept = [{"name": name, "left": left} for name, left in steps]
    return safe_flow(
        {"entered": people.everybody, "steps": kept, "analysed": int(found["n"]), "arms": _arms(found)}
    )


def _reasons(files: Files, silent: "pd.Series[Any]", spec: Spec) -> dict[str, int]:
    """Why each of those without an answer has none, as far as the visit nearest to the horizon says."""
    if not len(silent):
        return {}
    if not files.get("visits"):
        return {"not_answered": len(silent)}
    visits = read_columns(files["visits"], ["case_id", "months", "disposition"])
    visits = visits[visits["case_id"].isin(silent)]
    visits = visits.assign(away=(visits["months"] - (spec.horizon_months or 0)).abs())
    nearest = visits.sort_values("away", kind="stable").drop_duplicates("case_id")
    counts = nearest["disposition"].map(_reason).value_counts()
    unvisited = len(silent) - len(nearest)
    return {**{str(name): int(n) for name, n in counts.items()}, "no_visit": unvisited}


def _reason(disposition: object) -> str:
    return next((name for name, codes in REASONS.items() if disposition in codes), "not_answered")


def _arms(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    details = found["details"]
    if details.get("n_treated") is None:
        return []
    arms = {"treated": int(details["n_treated"]), "untreated": int(details["n_control"])}
    return [{"name": name, "n": n} for name, n in arms.items()]
