"""What may be told of a group: who was reached, how they stand, whose business lives, who moved again."""

from collections.abc import Collection, Mapping
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from homeward.estimators.designs import design_of
from homeward.estimators.incidence import cumulative_incidence, three_ways
from homeward.estimators.linked_cells import Coordinates, identity
from homeward.estimators.means import Estimate, mean, proportion
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.suppression import Counted, Known, Rule, suppressed
from homeward.evaluation.likeness.gathering import SIDES, STATUSES
from homeward.evaluation.likeness.rules import FEWEST_FOR_A_NUMBER, HORIZONS, WINDOWS

Told = Mapping[str, Any]
CAUSES = ("choice", "necessity", "unknown")
SECONDS = 1.0
TENS = 10


def told_of(group: pd.DataFrame, rule: Rule) -> Told:
    """Everything that may be told of a group, by horizon."""
    return {str(horizon): _at(group[group[f"is_due_{horizon}"]], horizon, rule) for horizon in HORIZONS} | {
        "people": len(group)
    }


def _at(people: pd.DataFrame, horizon: int, rule: Rule) -> Told | None:
    if len(people) < FEWEST_FOR_A_NUMBER:
        return None
    counts = _counts(people[f"status_{horizon}"], STATUSES)
    shown = shown_parts(counts, len(people), rule, shows_zeros=True)
    reached = counts["reached"] if "reached" in shown else None
    return {
        "people": len(people),
        **{one: counts[one] if one in shown else None for one in STATUSES},
        "scores": _scores(people, horizon) if reached else {},
        "moved": _moved(people, horizon, rule),
        "business": _business(people[f"business_{horizon}"], rule),
    }


def shown_parts(
    parts: Mapping[str, int], whole: int, rule: Rule, *, shows_zeros: bool = False
) -> frozenset[str]:
    """Which parts of a whole that everybody knows may be shown; what is not named of it is told by nobody."""
    cells: dict[Coordinates, int] = {(name,): count for name, count in parts.items()}
    table = Counted("parts", ("part",), {**cells, (None,): whole})
    known = Known(shown={(identity(table, (None,)), whole)})
    asked = Rule(rule.threshold, rule.sealed_threshold, shows_zeros)
    try:
        found = suppressed([table], asked, known=known, seconds=SECONDS)
    except CannotEstimate:
        return frozenset()
    return frozenset(one for one in parts if found.is_shown("parts", (one,)))


def _counts(given: "pd.Series[str]", names: Collection[str]) -> dict[str, int]:
    found = given.value_counts()
    return {one: int(found.get(one, 0)) for one in names}


def _scores(people: pd.DataFrame, horizon: int) -> dict[str, Told | None]:
    return {side: _side(people, side, horizon) for side in SIDES}


def _side(people: pd.DataFrame, side: str, horizon: int) -> Told | None:
    """Start and standing of the same people where enough have both; else the standing of who was scored.

    One set of people only: two sets, one in the other, would tell of who lies between.
    """
    now, start = people[f"{side}_{horizon}"], people[f"{side}_start"]
    both = now.notna() & start.notna()
    who = both if both.sum() >= FEWEST_FOR_A_NUMBER else now.notna()
    n = int(who.sum())
    if n < FEWEST_FOR_A_NUMBER:
        return None
    answered = people.loc[who, f"{side}_answered_{horizon}"].mean()
    told = {
        "n": n - n % 5,  # at least so many: who was reached and not scored stays untold
        "now": _rounded(_mean(now[who])),
        "answered": None if np.isnan(answered) else round(100 * float(answered)),
        "start": None,
        "change": None,
    }
    if who is both:
        told["start"] = round(float(start[who].mean()), 2)
        told["change"] = _rounded(_mean((now - start)[who]))
    return told


def _mean(values: "pd.Series[float]") -> Estimate:
    return mean(values.to_numpy(dtype=float), design_of(len(values)))


def _rounded(found: Estimate) -> list[float | None]:
    return [None if one is None else round(one, 2) + 0.0 for one in (found.estimate, found.low, found.high)]


def _business(states: "pd.Series[str]", rule: Rule) -> Told | None:
    counts = _counts(states, ("alive", "closed", "not_seen"))
    shown = shown_parts(counts, len(states), rule)
    seen = counts["alive"] + counts["closed"]
    if not {"alive", "closed"} <= shown or seen < FEWEST_FOR_A_NUMBER:
        return None
    alive = proportion(np.arange(seen) < counts["alive"], design_of(seen))
    return {
        "seen": seen,
        "not_seen": counts["not_seen"] if "not_seen" in shown else None,
        "alive": _percent(alive.estimate, alive.low, alive.high),
    }


def _moved(people: pd.DataFrame, horizon: int, rule: Rule) -> dict[str, Told | None]:
    """Who moved again and why; with what it were had all out of reach stayed, or gone so."""
    times, causes = people["moved_at"].to_numpy(dtype=float), people["moved_cause"].to_numpy(dtype=object)
    happened = np.where(times <= horizon, causes, "here")
    parts = _counts(pd.Series(happened), (*CAUSES, "unreachable"))
    shown = shown_parts(parts, len(people), rule) - _told_by_later(times, causes, horizon, rule)
    unreachable = parts["unreachable"]
    is_told = unreachable == 0 or "unreachable" in shown
    few = 0 if is_told else TENS * ceil(max(rule.threshold, unreachable) / TENS)
    return {one: _incidence((times, causes), one, horizon, few) if one in shown else None for one in CAUSES}


def _told_by_later(times: Any, causes: Any, horizon: int, rule: Rule) -> frozenset[str]:
    """Causes of which a later horizon, taken together with this one, would tell of a few people."""
    later = (times > horizon) & (times <= HORIZONS[-1])
    counts = {one: int((later & (causes == one)).sum()) for one in CAUSES}
    return frozenset(one for one, count in counts.items() if 0 < count < rule.threshold)


def _incidence(seen: tuple[Any, Any], cause: str, horizon: int, few: int) -> Told | None:
    """Aalen–Johansen at the horizon; None where few are known until then or until they moved or died.

    few: how many are out of reach at most, where their number is not told.
    """
    times, causes = seen
    is_lost = causes == "unreachable"
    is_known = (times >= WINDOWS[horizon][0]) | ~np.isin(causes.astype(str), ("here", "unreachable"))
    if is_known.sum() < FEWEST_FOR_A_NUMBER:
        return None
    curves = cumulative_incidence(times, np.where(is_lost, "here", causes).astype(str), censored="here")
    share, _, low, high = (float(one[0]) for one in curves[cause].at([horizon]))
    if np.isnan(share):
        return None
    ways = three_ways(times, causes, [horizon], unreachable="unreachable", censored="here", horizon=horizon)
    least, most = float(ways.all_stayed[cause][0]), float(ways.all_left[cause][0])
    if few:
        least, most = share * (1 - few / len(times)), min(1.0, share + few / len(times))
    told = _percent(share, low, high)
    return {"share": told, "least": min(round(100 * least), told[0]), "most": max(round(100 * most), told[0])}


def _percent(share: float, low: float | None, high: float | None) -> list[Any]:
    return [None if one is None or np.isnan(one) else round(100 * one) for one in (share, low, high)]
