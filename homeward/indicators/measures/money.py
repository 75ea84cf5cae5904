"""Measures of what was delivered and paid. Euro only: other currencies are not known here, and never 0.

Where an organisation is not shown money, an empty list of payments says nothing: `is_assisted` is empty then.
"""

from collections.abc import Mapping
from typing import Any

import ibis

from homeward.indicators.measures.outcomes import at_least
from homeward.indicators.measures.tables import Tables, index, truth

Given = Mapping[str, Any]


def deliveries_confirmed(t: Tables, given: Given) -> Any:
    rows = t.frame("deliveries")
    said = truth(rows.is_confirmed)
    return rows.select("case_id", "month", x=said, y=truth(rows.is_confirmed.notnull()).nullif(0))


def received_within(t: Tables, given: Given) -> Any:
    months = int(given["months"])
    gifts = t.frame("deliveries")
    first = gifts.group_by("case_id").aggregate(given_in=index(gifts.month).min())
    rows = t.arrived(months).left_join(first, "case_id")
    in_time = (rows.given_in - index(rows.arrived_month) <= months).fill_null(False)  # noqa: FBT003
    is_unseen = rows.given_in.isnull() & rows.is_assisted.isnull()
    told = ibis.ifelse(is_unseen, ibis.null("float64"), truth(in_time))
    return rows.select("case_id", "cell", month="arrived_month", x=told)


def in_kind_share(t: Tables, given: Given) -> Any:
    rows = t.frame("deliveries")
    worth = ibis.ifelse(rows.currency == "EUR", rows.amount, None).cast("float64")
    cash = ibis.ifelse(
        rows.modality == "cash", worth * 0, ibis.null("float64")
    )  # "cash or kind" says neither
    kind = ibis.ifelse(rows.modality.isin(("kind", "service")), worth, cash)
    return rows.select("case_id", "month", x=kind, y=worth)


def cost_per_case(t: Tables, given: Given) -> Any:
    paid = _paid(t)
    rows = t.cases.inner_join(paid, "case_id")
    return rows.select("case_id", "cell", month="applied_month", x=rows.paid)


def cost_per_success(t: Tables, given: Given) -> Any:
    rounds = t.rounds(int(given["months"]))
    rows = rounds.left_join(_paid(t).mutate(is_paid=True), "case_id")
    # Nothing was paid for who is not among the payments, where money is seen at all; whose payments have no
    # worth in euro is not known.
    unpaid = ibis.ifelse(rows.is_assisted.isnull(), ibis.null("float64"), 0.0)
    cost = ibis.ifelse(rows.is_paid.fill_null(False), rows.paid, unpaid)  # noqa: FBT003
    return rows.select(
        "case_id", "cell", month="arrived_month", x=cost, y=at_least(rows, given["side"], given["bound"])
    )


def _paid(t: Tables) -> Any:
    costs = t.frame("costs")
    with_case = costs.filter(costs.case_id.notnull())
    summed = with_case.group_by("case_id").aggregate(
        known=with_case.amount_eur.notnull().all(), all_paid=with_case.amount_eur.sum()
    )
    return summed.select("case_id", paid=ibis.ifelse(summed.known, summed.all_paid, None).cast("float64"))


FUNCTIONS = {
    "deliveries_confirmed": deliveries_confirmed,
    "received_within": received_within,
    "in_kind_share": in_kind_share,
    "cost_per_case": cost_per_case,
    "cost_per_success": cost_per_success,
}
EVENTS = ("deliveries_confirmed", "in_kind_share")
