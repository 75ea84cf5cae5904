"""Which claim the numbers make: its name among the words, and the values that stand in it."""

from collections.abc import Callable, Mapping
from typing import Any

from homeward.evaluation.rules import Estimated, Evidence, Kind, Spec

Said = Mapping[str, Any]
Values = dict[str, object]
DIFFERENCES = {Kind.EFFECT, Kind.COMMUNITY, Kind.PARITY, Kind.ADJUSTED, Kind.ASSOCIATION}
BY_ITS_NAME = {"robustness_value", "e_value", "rosenbaum_bounds", "tipping_point"}


def claim_of(spec: Spec, kind: Kind, made: Estimated, evidence: Evidence, said: Said) -> tuple[str, Values]:
    """The name of the claim and its values; numbers are still numbers."""
    values = _values(spec, made, said)
    if kind is Kind.PROVIDERS:
        return "providers", {**values, **_tiers(made)}
    if kind is Kind.SUBGROUPS:
        return ("subgroups_vary" if _vary(spec, made) else "subgroups_same"), values
    if spec.estimand in BY_ITS_NAME and made.estimate is not None:
        return spec.estimand, values
    if made.estimate is None:
        return ("sensitivity_range" if made.ci else "no_number"), values
    if kind in DIFFERENCES:
        return _difference(spec, kind, made, evidence), {**values, "d": abs(made.estimate), **_ends(made)}
    return OTHERS.get(kind, _bare_or_whole)(kind, made), values


def _difference(spec: Spec, kind: Kind, made: Estimated, evidence: Evidence) -> str:
    if made.ci is None:
        return "unsure"
    low, high = made.ci
    if spec.estimand in {"cox", "fine_gray"}:
        return _ratio(low, high, made)
    if spec.sesoi is not None and -spec.sesoi < low and high < spec.sesoi:
        return "too_small"
    if low <= 0 <= high:
        return "cannot_tell"
    way = "up" if low > 0 else "down"
    if kind not in {Kind.EFFECT, Kind.COMMUNITY}:
        return f"{kind.value}_{way}"
    strength = "1" if evidence.level < 3 else evidence.grade.value
    return f"{kind.value}_{strength}_{way}"


def _ratio(low: float, high: float, made: Estimated) -> str:
    """Ratios are judged against one."""
    if low <= 1 <= high:
        return "cannot_tell"
    return "cox_up" if (made.estimate or 0) > 1 else "cox_down"


def _ends(made: Estimated) -> Values:
    """The interval's ends on the side of the difference, so that `0.05 below (0.02 to 0.08)` reads right."""
    if made.ci is None:
        return {}
    low, high = made.ci
    return {"lo": abs(high), "hi": abs(low)} if high < 0 else {"lo": low, "hi": high}


def _values(spec: Spec, made: Estimated, said: Said) -> Values:
    low, high = made.ci or (None, None)
    unit = _own(spec, "unit_words", said) or said["points"]
    return {
        "d": made.estimate,
        "pct": made.estimate,
        "lo": low,
        "hi": high,
        "n": made.n,
        "sesoi": spec.sesoi,
        "unit": unit,
        "unit_one": _own(spec, "unit_one_words", said) or unit,
        "outcome": _own(spec, "outcome_words", said) or _outcome(spec, said),
        "population": spec.population or said["no_population"],
    }


def _outcome(spec: Spec, said: Said) -> str:
    """What the column is called by people, where it is one of ours."""
    name = spec.outcome or ""
    return str(said["outcomes"].get(name, name or said["no_outcome"]))


def _own(spec: Spec, name: str, said: Said) -> str:
    given = spec.options.get(name)
    return str(given.get(said["language"], "")) if isinstance(given, Mapping) else str(given or "")


def _tiers(made: Estimated) -> Values:
    tiers = [str(one.details.get("tier", "")) for one in made.parts]
    above, below = tiers.count("above"), tiers.count("below")
    return {"units": len(tiers), "above": above, "below": below, "same": len(tiers) - above - below}


def _vary(spec: Spec, made: Estimated) -> bool:
    return made.p_value is not None and made.p_value < spec.alpha


def _bare_or_whole(kind: Kind, made: Estimated) -> str:
    if kind is Kind.SENSITIVITY:
        return "sensitivity_range" if made.ci else "sensitivity"
    bare = {Kind.LEVEL, Kind.DURATION, Kind.COST, Kind.AGREEMENT}
    return f"{kind.value}_bare" if made.ci is None and kind in bare else kind.value


def _cost(kind: Kind, made: Estimated) -> str:
    """A cost for each point is told only on the side of benefit."""
    return "no_benefit" if made.measures.get("cost_benefit") == 0 else _bare_or_whole(kind, made)


OTHERS: Mapping[Kind, Callable[[Kind, Estimated], str]] = {Kind.COST: _cost}
