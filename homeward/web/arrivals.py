"""Who is expected when: announced arrivals, with identity only where the case itself is shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import expected_arrivals

MOST = 200


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Arrivals not confirmed yet, soonest first; a longer list ends at the two hundredth."""
    actor = actor_of(request)
    actor.require(Action.ARRIVAL_VIEW)
    rows = list(expected_arrivals(actor)[: MOST + 1])
    remember_reading(actor, Action.ARRIVAL_VIEW, subject_id=None)
    shown = {
        "rows": rows[:MOST],
        "has_more": len(rows) > MOST,
        "today": localdate(),
        "may_open": actor.may(Action.CASE_VIEW),
    }
    return render(request, "cases/arrivals.html", shown)
