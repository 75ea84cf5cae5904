"""What of a finding may be shown: nothing of too few people, nothing from which that could be worked out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SMALLEST_PART = 10
SEVERAL = "several_reasons"
OF_PEOPLE = {"cell_n", "provider_n", "subgroup_arm_n", "comparison_arm_n", "at_risk_n", "events_n"}
"""Checks whose value is a number of people."""

OF_ROWS = {"weights", "propensities"}

Found = Mapping[str, Any]


def hidden_places(counts: Sequence[int], smallest: int = SMALLEST_PART, *, rest: int = 0) -> frozenset[int]:
    """Places of counts below `smallest`, and of the next ones until two that are enough together are hidden.

    rest: people of the same whole who stand in none of the places, hidden already. Nobody is no small number.
    """
    hidden = {at for at, n in enumerate(counts) if 0 < n < smallest}
    if not hidden and not 0 < rest < smallest:
        return frozenset()
    together, many = rest + sum(counts[at] for at in hidden), len(hidden) + (rest > 0)
    for n, at in sorted((n, at) for at, n in enumerate(counts) if n >= smallest):
        if many > 1 and together >= smallest:
            break
        hidden.add(at)
        together, many = together + n, many + 1
    return frozenset(hidden)


def shown_parts(
    parts: Sequence[Found], smallest: int = SMALLEST_PART, *, whole: int | None = None
) -> list[Found]:
    """Parts that tell of nobody few, column by column; whole: people whom the parts of a column divide.

    Parts that count no people (a month, a value, a coefficient) are always shown.
    """
    hidden: set[int] = set()
    for places in _columns(parts):
        counts = [int(parts[at]["n"]) for at in places]
        rest = max(0, (whole or 0) - sum(counts))
        hidden |= {places[at] for at in hidden_places(counts, smallest, rest=rest)}
    return [one for at, one in enumerate(parts) if at not in hidden]


def _columns(parts: Sequence[Found]) -> Iterable[list[int]]:
    """The places of parts that divide the same people: by "column=value", at one time, of one cause."""
    columns: dict[tuple[Any, ...], list[int]] = {}
    for at, one in enumerate(parts):
        if one["n"] is None:
            continue
        column, equals, _value = str(one.get("label", "")).partition("=")
        told = one.get("details") or {}
        key = (column if equals else "", told.get("time"), told.get("cause"))
        columns.setdefault(key, []).append(at)
    return columns.values()


def shown_whole(found: Found) -> dict[str, Any]:
    """The finding without any number of people that is too small, and without what tells one."""
    parts = [_shown_part(one) for one in shown_parts(found["parts"], whole=found["n"])]
    checks = [
        {**one, "value": None} if one["name"] in OF_PEOPLE and is_few(one["value"]) else one
        for one in found["checks"]
    ]
    return {**found, "parts": parts, "checks": checks, "details": _shown_details(found["details"])}


def is_few(n: object) -> bool:
    """Whether a number of people is too small to be told."""
    return isinstance(n, int | float) and n < SMALLEST_PART


def _shown_part(part: Found) -> Found:
    """An arm or those still observed are told only where both they and the others are enough."""
    told, n = part.get("details") or {}, part["n"] or 0
    few = {
        name: None
        for name in ("n_treated", "at_risk")
        if told.get(name) is not None and hidden_places([told[name]], rest=max(0, n - told[name]))
    }
    return {**part, "details": {**told, **few}} if few else part


def _shown_details(details: Found) -> dict[str, Any]:
    """Without a row for each person either: weights and propensities of people are for extracts."""
    made = {name: one for name, one in details.items() if name not in OF_ROWS or isinstance(one, Mapping)}
    if made.get("flow"):
        made["flow"] = safe_flow(made["flow"])
    if made.get("propensities"):
        bins = made["propensities"]
        made["propensities"] = {**bins, **{arm: _shown_bins(bins[arm]) for arm in ("treated", "control")}}
    if made.get("cells"):
        made["cells"] = _shown_cells(made["cells"])
    return made


def _shown_bins(counts: Sequence[int]) -> list[int | None]:
    hidden = hidden_places(counts)
    return [None if at in hidden else n for at, n in enumerate(counts)]


def _shown_cells(cells: Sequence[Found]) -> list[Found]:
    """Cells in which both returnees and neighbours are enough: a cell tells the mean of each."""
    hidden = {at for name in ("n", "n_neighbours") for at in hidden_places([one[name] for one in cells])}
    return [one for at, one in enumerate(cells) if at not in hidden]


def safe_flow(flow: Found) -> dict[str, Any] | None:
    """The flow with small reasons joined, steps at which few left joined to the one before, no small arm.

    None where few left on the whole way: then every box would tell how many.
    """
    steps = [(str(one["name"]), dict(one["left"])) for one in flow["steps"]]
    while (at := next((at for at, (_, left) in enumerate(steps) if _is_few_left(left)), None)) is not None:
        if len(steps) == 1:
            return None
        at = max(at, 1)
        steps[at - 1 : at + 1] = [(steps[at - 1][0], _added(steps[at - 1][1], steps[at][1]))]
    told = [{"name": name, "left": pooled(left)} for name, left in steps]
    arms = flow["arms"]
    return {**flow, "steps": told, "arms": [] if any(0 < one["n"] < SMALLEST_PART for one in arms) else arms}


def _is_few_left(left: Mapping[str, int]) -> bool:
    return 0 < sum(left.values()) < SMALLEST_PART


def _added(left: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: left.get(name, 0) + more.get(name, 0) for name in (*left, *more)}


def pooled(reasons: Mapping[str, int]) -> dict[str, int]:
    """Reasons of fewer than ten people joined, with the next larger one, so that none can be worked out."""
    ordered = sorted(((n, name) for name, n in reasons.items() if n), key=lambda one: (one[0], one[1]))
    joined, together = 0, 0
    while ordered and (ordered[0][0] < SMALLEST_PART or 0 < joined < SMALLEST_PART):
        n, _name = ordered.pop(0)
        joined, together = joined + n, together + 1
    kept = {name: n for n, name in reversed(ordered)}
    return {**kept, SEVERAL: joined} if together else kept
