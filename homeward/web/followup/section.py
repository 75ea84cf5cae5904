"""Following up, on the case page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.followup import queries
from homeward.followup.rules import VisitState

if TYPE_CHECKING:
    from homeward.cases.models import Case

MOST = 40


def case_section(actor: Actor, case: Case) -> Mapping[str, object]:
    """The visits of this person, how long nobody reached them, and how their business fares."""
    if not actor.may(Action.VISIT_VIEW):
        return {"visits": []}
    visits = list(queries.visits_of_case(actor, case.id)[:MOST])
    is_open = case.arrived_on is not None and case.deceased_on is None
    return {
        "visits": [one for one in visits if one.state == VisitState.DUE],
        "past": [one for one in visits if one.state != VisitState.DUE],
        "silence": queries.silence_of_case(actor, case.id)
        if is_open and case.contact_lost_on is None
        else None,
        "business": list(queries.business_of_case(actor, case.id)[:5]) if case.arrived_on else [],
        "may_fill": actor.may(Action.FORM_FILL),
        "may_plan": actor.may(Action.VISIT_PLAN) and is_open,
        "may_lose": actor.may(Action.CONTACT_RECORD),
    }
