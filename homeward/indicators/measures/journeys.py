"""Measures of the path and of the plan: who got how far, how fast, with what."""

from collections.abc import Mapping
from typing import Any

from homeward.indicators.measures.tables import Tables, index, truth

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
    due = t.due(int(given["months"]))
    rows = due.group_by("case_id").aggregate(month=due.due_month.min(), met=truth(due.state == "done").max())
    return rows.select("case_id", "month", x=rows.met)


def closed_for(t: Tables, given: Given) -> Any:
    rows = t.cases.filter(t.cases.closed_month.notnull())
    return rows.select("case_id", "cell", month="closed_month", x=truth(rows.closure == given["reason"]))


def contact_lost(t: Tables, given: Given) -> Any:
    left = t.frame("movements")
    lost = left.filter((left.kind == "contact_lost") & ~left.is_over.fill_null(False))  # noqa: FBT003
    return _among_arrived(t, lost)


def moved_on(t: Tables, given: Given) -> Any:
    left = t.frame("movements")
    return _among_arrived(t, left.filter(left.kind == "remigrated"))


def moved_on_by_necessity(t: Tables, given: Given) -> Any:
    left = t.frame("movements")
    rows = left.filter(left.kind == "remigrated")
    why = rows.necessity.nullif("unknown") == "necessity"
    each = rows.mutate(why=truth(why)).group_by("case_id")
    told = each.aggregate(month=rows.month.max(), x=rows.mutate(why=truth(why)).why.max())
    return told.select("case_id", "month", "x")


def _due(t: Tables) -> Any:
    rows = t.frame("visits")
    return rows.filter(~rows.state.isin(("not_needed",)) & (index(rows.due_month) <= t.made))


def _among_arrived(t: Tables, some: Any) -> Any:
    marked = some.select("case_id").distinct().mutate(marked=True)
    rows = t.arrived().left_join(marked, "case_id")
    return rows.select("case_id", "cell", month="arrived_month", x=truth(rows.marked.fill_null(False)))  # noqa: FBT003


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
