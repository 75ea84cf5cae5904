"""What the page of one handover shows, and which answers this reader can give now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import Form

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.handover_rules import (
    MOVED_BY,
    MOVES,
    HandoverKind,
    HandoverState,
    Side,
    side_of,
)
from homeward.cases.queries import handovers
from homeward.cases.queries.cases import visible_cases
from homeward.web.handovers.forms import AcceptForm, DeclineForm, RecallForm, SayForm
from homeward.web.handovers.words import facts_in_words, title_of

if TYPE_CHECKING:
    from homeward.cases.models import Handover

VERBS = {
    HandoverState.ASKED: Action.HANDOVER_ANSWER,
    HandoverState.ANSWERED: Action.HANDOVER_ANSWER,
    HandoverState.ACCEPTED: Action.HANDOVER_ACCEPT,
    HandoverState.DECLINED: Action.HANDOVER_ANSWER,
    HandoverState.RECALLED: Action.HANDOVER_OFFER,
}


def about(actor: Actor, handover: Handover, bound: dict[str, Form] | None = None) -> dict[str, object]:
    """The handover in words, its conversation, and a form for each answer; `bound` holds one with errors."""
    side = _side(actor, handover)
    forms = {str(state): form for state, form in _forms(actor, handover, side).items()}
    return {
        "handover": handover,
        "title": title_of(actor, handover),
        "reference": handover.shown.get("reference", ""),
        "facts": facts_in_words(handover.shown),
        "said": list(handovers.messages_of(actor, handover)),
        "is_giver": handover.from_organisation_id == actor.organisation_id,
        "is_our_turn": handover.waits_for_id == actor.organisation_id,
        "sees_case": visible_cases(actor).filter(id=handover.case_id).exists(),
        "forms": {**forms, **(bound or {})},
    }


def _side(actor: Actor, handover: Handover) -> Side | None:
    if actor.organisation_id not in (handover.from_organisation_id, handover.to_organisation_id):
        return None  # who leads the case since reads what was agreed before
    is_giver = handover.from_organisation_id == actor.organisation_id
    return side_of(HandoverKind(handover.kind), is_giver=is_giver)


def _forms(actor: Actor, handover: Handover, side: Side | None) -> dict[HandoverState, Form]:
    possible = [
        state
        for state in MOVES[HandoverState(handover.state)]
        if MOVED_BY[state] == side and actor.may(VERBS[state])
    ]
    return {state: _form(actor, handover, state) for state in possible}


def _form(actor: Actor, handover: Handover, state: HandoverState) -> Form:
    if state == HandoverState.ACCEPTED:
        return AcceptForm(actor=actor, handover=handover, auto_id="accept_%s")
    if state == HandoverState.DECLINED:
        return DeclineForm(handover=handover, auto_id="decline_%s")
    if state == HandoverState.RECALLED:
        return RecallForm(auto_id="recall_%s")
    return SayForm(auto_id="say_%s")
