"""Which figures belong to a finding, from the JSON in which it is kept. Light: no estimator is loaded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from homeward.evaluation.showing import shown_parts
from homeward.reports.figures import kinds
from homeward.reports.figures.kinds import Estimate, Figure, Source

Found = Mapping[str, Any]
BY_GROUP = {"level", "parity"}
SHARES = {"proportion"}
SIDES = ("economic", "social", "psychosocial")
Z_95, Z_998 = 1.959964, 3.090232


def figures_of(found: Found, *, period: str = "") -> tuple[Figure, ...]:
    """The finding's figures in the order in which they are read; none where too few people stand behind it.

    DoesNotReconcile where the numbers of a flow do not follow from one another.
    """
    if not found or found.get("suppressed"):
        return ()
    source = _source(found, period)
    made = [hand(found) for hand in HANDS]
    return tuple(replace(one, source=_about(one, source)) for one in made if one is not None)


def _about(one: Figure, source: Source) -> Source:
    """A figure of others than those whom the answer rests on says of whom it is."""
    if isinstance(one, kinds.Stages):
        return replace(source, n=None, coverage=None, horizon_months=None)
    if isinstance(one, kinds.Profile):
        return replace(source, n=one.n, coverage=None)
    return source


def _source(found: Found, period: str) -> Source:
    about = found.get("population") or {}
    response = (one["value"] for one in found["checks"] if one["name"] == "response_rate")
    return Source(
        n=found["n"],
        coverage=next(response, None),
        period=period,
        horizon_months=about.get("horizon_months"),
        place=about.get("place") or "",
        extract=found["inputs_sha256"],
        spec=found["spec_sha256"],
    )


def _flow(found: Found) -> Figure | None:
    flow = found["details"].get("flow")
    if not flow:
        return None
    steps = tuple((one["name"], one["left"]) for one in flow["steps"])
    arms = tuple((one["name"], one["n"]) for one in flow["arms"])
    return kinds.ParticipantFlow(flow["entered"], steps, flow["analysed"], arms)


def _stages(found: Found) -> Figure | None:
    told = found["details"].get("stages")
    if not told:
        return None
    passages = (
        kinds.Passage(one["origin"], one["destination"], one["people"], one["median_days"])
        for one in told["passages"]
    )
    return kinds.Stages(tuple(told["order"]), told["starts"], tuple(passages))


def _profile(found: Found) -> Figure | None:
    told = found["details"].get("sides")
    if not told:
        return None
    lines = (
        kinds.ProfileLine(who, *(Estimate(*told[who][side]) for side in SIDES)) for who in ("start", "then")
    )
    return kinds.Profile(tuple(lines), n=told["n"])


def _love(found: Found) -> Figure | None:
    rows = found["details"].get("balance") or []
    made = tuple(
        kinds.Balanced(
            one["name"],
            one["smd"],
            one["smd_weighted"],
            one["variance_ratio"],
            one["variance_ratio_weighted"],
            one["weighted_treated"],
            one["weighted_control"],
        )
        for one in rows
        if one["smd"] is not None and one["smd_weighted"] is not None
    )
    return kinds.Love(made) if made else None


def _overlap(found: Found) -> Figure | None:
    bins, told = found["details"].get("propensities"), found["details"].get("overlap") or {}
    if not isinstance(bins, Mapping):
        return None
    return kinds.Overlap(
        tuple(bins["edges"]),
        tuple(bins["treated"]),
        tuple(bins["control"]),
        told.get("outside"),
        told.get("ess_treated"),
        told.get("ess_control"),
        told.get("auc"),
    )


def _forest(found: Found) -> Figure | None:
    if found["estimand"] not in ("subgroups", "meta_analysis"):
        return None
    rows = tuple(
        _forest_row(one, planned=found["details"].get("adjusted_after") == "holm")
        for one in shown_parts(found["parts"], whole=found["n"])
        if one["estimate"] is not None and not str(one["label"]).startswith("coefficient:")
    )
    details = found["details"]
    df = details.get("q_df")
    between = details.get("prediction_interval")
    whole = Estimate(found["estimate"], *(found["ci"] or ())) if found["estimate"] is not None else None
    return kinds.Forest(
        rows,
        whole,
        prediction=tuple(between) if between else None,
        q=details.get("q"),
        q_df=df[0] if isinstance(df, list) else df,
        q_p=details.get("q_p_value", details.get("q_p")),
        i2=details.get("i2"),
    )


def _forest_row(one: Found, *, planned: bool) -> kinds.ForestRow:
    shrunk, se = one["details"].get("shrunk"), one["se"]
    ends = tuple(one["ci"] or ())
    if not ends and se:
        ends = (one["estimate"] - Z_95 * se, one["estimate"] + Z_95 * se)
    return kinds.ForestRow(
        str(one["label"]),
        Estimate(one["estimate"], *ends),
        one["n"],
        Estimate(shrunk["estimate"], shrunk["low"], shrunk["high"]) if shrunk else None,
        planned=planned,
    )


def _funnel(found: Found) -> Figure | None:
    if found["kind"] not in ("providers", "adjusted") and found["estimand"] != "funnel":
        return None
    shown = shown_parts(found["parts"], whole=found["n"])
    points = [_point(one) for one in shown if one["estimate"] is not None]
    known = tuple(one for one in points if one is not None)
    details = found["details"]
    if len(known) < 2:  # noqa: PLR2004
        return None
    target = details.get("target")
    middle = sum(known[0].inner) / 2 if target is None else target
    return kinds.Funnel(known, middle, details.get("tau2") or 0.0)


def _point(one: Found) -> kinds.FunnelPoint | None:
    details = one["details"]
    size = details.get("size", one["n"])
    if size is None:
        return None
    if details.get("limits_95"):
        inner, outer = tuple(details["limits_95"]), tuple(details["limits_998"])
    elif one["se"]:
        inner, outer = ((-z * one["se"], z * one["se"]) for z in (Z_95, Z_998))
    else:
        return None
    return kinds.FunnelPoint(str(one["label"]), size, details.get("own", one["estimate"]), inner, outer)


def _cost_plane(found: Found) -> Figure | None:
    draws = found["details"].get("plane")
    if not draws:
        return None
    named = {one["label"]: one for one in found["parts"]}
    effect, cost = (Estimate(named[one]["estimate"], *(named[one]["ci"] or ())) for one in ("effect", "cost"))
    shares = found["details"]["quadrant_shares"]
    between = tuple(found["ci"]) if found["ci"] else None
    pairs = tuple((one[0], one[1]) for one in draws)
    return kinds.CostPlane(pairs, effect, cost, shares, "", found["estimate"], between)


def _acceptability(found: Found) -> Figure | None:
    points = found["details"].get("acceptability")
    return kinds.Acceptability(tuple((one[0], one[1]) for one in points)) if points else None


def _incidence(found: Found) -> Figure | None:
    if found["estimand"] != "cumulative_incidence":
        return None
    parts = [one for one in found["parts"] if one["estimate"] is not None and one["details"].get("cause")]
    if not parts or any(one["details"].get("group") for one in parts):
        return None  # a curve for each group is told in numbers: stacks of several cannot be compared
    of, ways = found["details"]["cause"], found["details"].get("three_ways")
    months = sorted({one["details"]["time"] for one in parts})
    causes = tuple(sorted({one["details"]["cause"] for one in parts}))
    return kinds.CumulativeIncidence(causes, tuple(_incident(parts, one, of, ways) for one in months), of)


def _incident(parts: list[Found], month: float, of: str, ways: Found | None) -> kinds.Incident:
    here = [one for one in parts if one["details"]["time"] == month]
    shares = {one["details"]["cause"]: Estimate(one["estimate"], *(one["ci"] or ())) for one in here}
    if not ways or month not in ways["at"]:
        return kinds.Incident(month, shares)
    at = ways["at"].index(month)
    ends = [_of_cause(ways[name], of)[at] for name in ("all_stayed", "all_left")]
    return kinds.Incident(month, shares, (min(ends), max(ends)))


def _of_cause(given: Any, cause: str) -> list[float]:
    return list(given[cause] if isinstance(given, Mapping) else given)


def _bars(found: Found) -> Figure | None:
    if found["kind"] not in BY_GROUP or len(found["parts"]) < 2:
        return None
    if any(one["n"] is None for one in found["parts"]):
        return None
    shown = shown_parts(found["parts"], whole=found["n"])
    bars = tuple(_bar(one, is_shown=one in shown) for one in found["parts"])
    return kinds.Districts(bars, is_share=found["estimand"] in SHARES)


def _bar(one: Found, *, is_shown: bool) -> kinds.Bar:
    if not is_shown:
        return kinds.Bar(str(one["label"]), None)
    low, high = one["ci"] or (None, None)
    return kinds.Bar(str(one["label"]), one["estimate"], low, high, one["n"])


HANDS = (
    _flow,
    _stages,
    _profile,
    _forest,
    _funnel,
    _cost_plane,
    _acceptability,
    _incidence,
    _bars,
    _love,
    _overlap,
)
