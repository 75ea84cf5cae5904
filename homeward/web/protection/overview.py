"""What an officer has to do next: what is late, what ends soon, what stands."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.casework.rights.unconfirmed import unconfirmed
from homeward.privacy import queries
from homeward.web.due import due
from homeward.web.protection.inbox import where
from homeward.web.protection.words import KINDS, STATES, UNCONFIRMED

SOON = timedelta(days=30)
MOST_SHOWN = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Requests by their promise, breaches by their clock, holds to look at again, restrictions."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.PROTECTION_VIEW)
    waiting = queries.open_requests(actor)
    shown = {
        "requests": [
            {
                "request": one,
                "kind": KINDS[one.kind],
                "state": STATES[one.state],
                "due": due(one.due_on, today),
            }
            for one in waiting[:MOST_SHOWN]
        ],
        "open_count": waiting.count(),
        "breaches": [
            {"breach": one, "is_late": one.authority_told_at is None and one.authority_due_at < now()}
            for one in queries.breaches(actor).filter(closed_at=None)[:MOST_SHOWN]
        ],
        "holds": [
            {"hold": one, "due": due(one.review_on, today)}
            for one in queries.live_holds(actor).filter(review_on__lte=today + SOON)[:MOST_SHOWN]
        ],
        "holds_count": queries.live_holds(actor).count(),
        "restrictions": queries.live_restrictions(actor)[:MOST_SHOWN],
        "unconfirmed": [
            {"one": one, "what": UNCONFIRMED[one.what], "url": where(one)}
            for one in unconfirmed(actor, now(), most=MOST_SHOWN)
        ],
        "hours": settings.BREACH_HOURS,
    }
    return render(request, "protection/overview.html", shown)
