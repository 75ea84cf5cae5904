"""Measures of how people are, about so many months after their arrival."""

from collections.abc import Mapping
from typing import Any

import ibis

from homeward.indicators.measures.tables import Tables, around, truth

Given = Mapping[str, Any]
THREE = ("economic", "social", "psychosocial")


def at_least(rows: Any, side: str, bound: float) -> Any:
    """Whether a score is at or above a bound; nothing where there is no score."""
    return truth(rows[side] >= float(bound))


def score_at(t: Tables, given: Given) -> Any:
    rows = t.rounds(int(given["months"]))
    return rows.select("case_id", "cell", month="arrived_month", x=rows[given["side"]].cast("float64"))


def score_above(t: Tables, given: Given) -> Any:
    rows = t.rounds(int(given["months"]))
    return rows.select(
        "case_id", "cell", month="arrived_month", x=at_least(rows, given["side"], given["bound"])
    )


def score_gain(t: Tables, given: Given) -> Any:
    side = given["side"]
    first = t.rounds(0)
    before = first.select("case_id", before=first[side])
    rows = t.rounds(int(given["months"])).left_join(before, "case_id")
    return rows.select("case_id", "cell", month="arrived_month", x=(rows[side] - rows.before).cast("float64"))


def all_sides_above(t: Tables, given: Given) -> Any:
    rows = t.rounds(int(given["months"]))
    bound = float(given["bound"])
    met = (rows[THREE[0]] >= bound) & (rows[THREE[1]] >= bound) & (rows[THREE[2]] >= bound)
    # One side that is missing leaves nothing to say: else only who is below elsewhere would be counted.
    known = rows[THREE[0]] * 0 + rows[THREE[1]] * 0 + rows[THREE[2]] * 0
    return rows.select("case_id", "cell", month="arrived_month", x=truth(met) + known)


def business_open_at(t: Tables, given: Given) -> Any:
    rows = _businesses(t, int(given["months"]))
    return rows.select("case_id", "cell", month="arrived_month", x=rows.is_open)


def jobs_per_business(t: Tables, given: Given) -> Any:
    rows = _businesses(t, int(given["months"]))
    working = rows.filter(rows.is_open == 1)
    return working.select("case_id", "cell", month="arrived_month", x=working.jobs)


def _businesses(t: Tables, months: int) -> Any:
    """Cases with how their business fared when seen nearest to the horizon: open if any of them was."""
    seen = around(t.frame("businesses"), months)
    away = (seen.months - months).abs()
    seen = seen.mutate(place=ibis.rank().over(group_by=seen.case_id, order_by=[away, seen.months]))
    seen = seen.filter(seen.place == 0)
    is_open = seen.state != "closed"
    at_work = ibis.ifelse(is_open, seen.jobs.cast("float64"), ibis.null("float64"))
    fared = seen.group_by("case_id").aggregate(is_open=truth(is_open).max(), jobs=at_work.max())
    return t.cases.inner_join(fared, "case_id")


FUNCTIONS = {
    "score_at": score_at,
    "score_above": score_above,
    "score_gain": score_gain,
    "all_sides_above": all_sides_above,
    "business_open_at": business_open_at,
    "jobs_per_business": jobs_per_business,
}
EVENTS: tuple[str, ...] = ()
