"""What the case file shows of handovers: the one under way, earlier ones, and later questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.handover_rules import OPEN_STATES, HandoverKind, HandoverState
from homeward.cases.queries import handovers
from homeward.web.handovers.words import STATES, title_of

if TYPE_CHECKING:
    from homeward.cases.models import Case, Handover


def changing_hands(actor: Actor, case: Case) -> dict[str, object]:
    """To whom it is offered, what was asked before and after, and whether somebody can be asked."""
    found = list(handovers.handovers_of_case(actor, case.id)) if actor.may(Action.HANDOVER_VIEW) else []
    offers = [one for one in found if one.kind == HandoverKind.OFFER and one.state in OPEN_STATES]
    today = localdate()
    return {
        "offered_to": offers[0].to_organisation.name if offers else "",
        "handovers": [_row(actor, one) for one in found],
        "later_questions": list(handovers.questions_of_case(actor, case.id)),
        "may_ask_later": actor.may(Action.FORMER_LEAD_ASK)
        and case.lead_organisation_id == actor.organisation_id
        and any(_can_be_asked(actor, one, today) for one in found),
    }


def _row(actor: Actor, one: Handover) -> dict[str, object]:
    return {
        "id": one.id,
        "title": title_of(actor, one),
        "state": STATES[one.state],
        "day": one.ended_at or one.begun_at,
    }


def _can_be_asked(actor: Actor, one: Handover, today: date) -> bool:
    is_past = one.state == HandoverState.ACCEPTED and one.from_organisation_id != actor.organisation_id
    return is_past and one.stays_until is not None and one.stays_until >= today
