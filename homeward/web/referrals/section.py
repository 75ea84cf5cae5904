"""Referrals on the case page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.journey_rules import Act
from homeward.cases.obstacles import obstacle_for
from homeward.referrals import queries

if TYPE_CHECKING:
    from homeward.cases.models import Case

MOST = 20


def case_section(actor: Actor, case: Case) -> Mapping[str, object]:
    """Where this person was sent, and where each referral stands."""
    if not actor.may(Action.REFERRAL_VIEW):
        return {"referrals": [], "may_refer": False}
    found = list(queries.referrals_of(actor, case.id)[: MOST + 1])
    may_refer = actor.may(Action.REFERRAL_DRAFT) and obstacle_for(case, Act.REFER) is None
    return {"referrals": found[:MOST], "has_more": len(found) > MOST, "may_refer": may_refer}
