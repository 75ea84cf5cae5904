"""Measures of the path and of the plan: who got how far, how fast, with what."""

from collections.abc import Mapping
from typing import Any

import ibis

from homeward.indicators.measures.tables import Tables, around, index, truth

Given = Mapping[str, Any]
PLAN_SIDES = ("economic", "social", "psychosocial")


def cases_reaching(t: Tables, given: Given) -> Any:
    stages = t.frame("stages")
    reached = stages.filter(stages.stage == given["stage"])
    return reached.select("case_id", month="entered_month", x=truth(reached.case_id.notnull()))


def counselled_before_applying(t: Tables, given: Given) -> Any:
    stages, cases = t.frame("stages"), t.cases
    talked = stages.filter(stages.stage == "counselling").group_by("case_id")
    first = talked.aggregate(talked_in=index(stages.entered_month).min())
    rows = cases.filter(cases.applied_month.notnull()).left_join(first, "case_id")
    met = (rows.talked_in <= index(rows.applied_month)).fill_null(False)  # noqa: FBT003
    return rows.select("case_id", "cell", month="applied_month", x=truth(met))


def forced_returns(t: Tables, given: Given) -> Any:
    rows = t.arrived()
    basis = rows.return_basis.nullif("unknown")
    return rows.select("case_id", "cell", month="arrived_month", x=truth(basis == "forced"))


def in_group(t: Tables, given: Given) -> Any:
    rows = t.cases.filter(t.cases.applied_month.notnull())
    known = rows.group.nullif("not_known") != "none"
    return rows.select("case_id", "cell", month="applied_month", x=truth(known))


def days_in_stage(t: Tables, given: Given) -> Any:
    stages = t.frame("stages")
    rows = stages.filter((stages.stage == given["stage"]) & stages.days.notnull())
    return rows.select("case_id", month="entered_month", x=rows.days.cast("float64"))


def plan_agreed_within(t: Tables, given: Given) -> Any:
    months = int(given["months"])
    plans = t.frame("plans")
    first = plans.group_by("case_id").aggregate(agreed_in=index(plans.agreed_month).min())
    rows = t.arrived(months).left_join(first, "case_id")
    in_time = (rows.agreed_in - index(rows.arrived_month) <= months).fill_null(False)  # noqa: FBT003
    return rows.select("case_id", "cell", month="arrived_month", x=truth(in_time))


def days_to_agree(t: Tables, given: Given) -> Any:
    plans = t.frame("plans")
    rows = plans.filter((plans.version == 1) & plans.days_to_agree.notnull())
    return rows.select("case_id", month="agreed_month", x=rows.days_to_agree.cast("float64"))


def plan_has_side(t: Tables, given: Given) -> Any:
    plans = t.frame("plans")
    latest = plans.group_by("case_id").aggregate(
        month=plans.agreed_month.max(),
        **{one: plans[one].argmax(plans.version) for one in PLAN_SIDES},
    )
    wanted = PLAN_SIDES if given["side"] == "all" else (given["side"],)
    has = latest[wanted[0]] > 0
    for one in wanted[1:]:
        has = has & (latest[one] > 0)
    return latest.select("case_id", "month", x=truth(has))


def plan_amended(t: Tables, given: Given) -> Any:
    plans = t.frame("plans")
    made = plans.group_by("case_id").aggregate(month=plans.agreed_month.min(), last=plans.version.max())
    return made.select("case_id", "month", x=truth(made.last > 1))


def visits_made(t: Tables, given: Given) -> Any:
    rows = _due(t)
    return rows.select("case_id", month="due_month", x=truth(rows.state == "done"), y=truth(rows.state != ""))


def attempts_per_visit(t: Tables, given: Given) -> Any:
    rows = _due(t)
    return rows.select(
        "case_id", month="due_month", x=rows.attempts.cast("float64"), y=truth(rows.state != "")
    )


def reached_at(t: Tables, given: Given) -> Any:
    due = t.past_due(around(t.frame("visits"), int(given["months"])))
    rows = due.group_by("case_id").aggregate(month=due.due_month.min(), met=truth(due.state == "done").max())
    return rows.select("case_id", "month", x=rows.met)


def closed_for(t: Tables, given: Given) -> Any:
    rows = t.cases.filter(t.cases.closed_month.notnull())
    return rows.select("case_id", "cell", month="closed_month", x=truth(rows.closure == given["reason"]))


def contact_lost(t: Tables, given: Given) -> Any:
    rows = _left(t)
    return rows.select("case_id", "cell", month="arrived_month", x=rows.is_lost)


def moved_on(t: Tables, given: Given) -> Any:
    rows = _left(t)
    # Whoever is out of reach may have moved on as well: that is not known, and no "no".
    known = ibis.ifelse((rows.is_lost == 1) & (rows.has_moved == 0), ibis.null("float64"), rows.has_moved)
    return rows.select("case_id", "cell", month="arrived_month", x=known)


def moved_on_by_necessity(t: Tables, given: Given) -> Any:
    moved = _standing(t)
    moved = moved.filter(moved.kind == "remigrated")
    moved = moved.mutate(had_to=truth(moved.necessity.nullif("unknown") == "necessity"))
    return moved.group_by("case_id").aggregate(month=moved.month.max(), x=moved.had_to.max())


def _due(t: Tables) -> Any:
    return t.past_due(t.frame("visits"))


def _standing(t: Tables) -> Any:
    """Movements that were not taken back and have not ended."""
    moves = t.frame("movements")
    return moves.filter(~moves.is_over.fill_null(False))  # noqa: FBT003


def _left(t: Tables) -> Any:
    """Cases that arrived, with whether contact is lost and whether they are known to have moved on."""
    moves = _standing(t)
    each = moves.group_by("case_id").aggregate(
        lost=truth(moves.kind == "contact_lost").max(), moved=truth(moves.kind == "remigrated").max()
    )
    rows = t.arrived().left_join(each, "case_id")
    return rows.mutate(is_lost=rows.lost.fill_null(0.0), has_moved=rows.moved.fill_null(0.0))


FUNCTIONS = {
    "cases_reaching": cases_reaching,
    "counselled_before_applying": counselled_before_applying,
    "forced_returns": forced_returns,
    "in_group": in_group,
    "days_in_stage": days_in_stage,
    "plan_agreed_within": plan_agreed_within,
    "days_to_agree": days_to_agree,
    "plan_has_side": plan_has_side,
    "plan_amended": plan_amended,
    "visits_made": visits_made,
    "attempts_per_visit": attempts_per_visit,
    "reached_at": reached_at,
    "closed_for": closed_for,
    "contact_lost": contact_lost,
    "moved_on": moved_on,
    "moved_on_by_necessity": moved_on_by_necessity,
}
EVENTS = ("visits_made", "attempts_per_visit")
