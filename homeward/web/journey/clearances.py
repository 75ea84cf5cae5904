"""The gates of a case on one page: how each stands, who decided, on what, and what stood before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import get_case, hidden_categories
from homeward.cases.queries.gates import (
    clearances_of_case,
    gates_of_case,
    gates_of_services,
    profiles_of_case,
    seen_until,
)
from homeward.cases.queries.journey import arrival_of_case
from homeward.sharing.rules import Category

if TYPE_CHECKING:
    from homeward.cases.models import Case

MOST = 100


@require_safe
def gates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every gate of a case with its evidence and history, and what is known of the person."""
    actor = actor_of(request)
    actor.require(Action.CASE_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    before = clearances_of_case(actor, case.id).exclude(superseded_at=None)
    found = {
        "case": case,
        "gates": gates_of_case(actor, case),
        "services": gates_of_services(actor, case),
        "profiles": list(profiles_of_case(actor, case.id)[:MOST]),
        "before": list(before[:MOST]),
        "arrival": arrival_of_case(actor, case.id),
        "may_clear": actor.may(Action.CLEARANCE_DECIDE),
        "may_note": actor.may(Action.PROFILE_SET),
        "may_open": actor.may(Action.CONDITIONS_OPEN),
        "seen_until": seen_until(actor, case),
        "is_kept_from_us": Category.VULNERABILITY in hidden_categories(actor, case.id),
    }
    return render(request, "journey/gates.html", found)


def beside(actor: Actor, case: Case) -> dict[str, object]:
    """What the case file shows of gates, beside travel."""
    gates = gates_of_case(actor, case)
    return {
        "gates": gates,
        "profile": gates.profile,
        "seen_until": seen_until(actor, case, gates.flags),
        "may_clear": actor.may(Action.CLEARANCE_DECIDE),
        "may_note_profile": actor.may(Action.PROFILE_SET),
    }
