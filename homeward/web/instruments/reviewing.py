"""Filled forms that want a second look: why, and that somebody looked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeward.access.request import actor_of
from homeward.surveys.commands import review_submission
from homeward.surveys.queries import flagged_submissions
from homeward.web.instruments.words import TROUBLES

MOST_SHOWN = 100


@require_safe
def flagged(request: HttpRequest) -> HttpResponse:
    """Forms that were flagged and nobody has looked through, the oldest first."""
    found = flagged_submissions(actor_of(request))[: MOST_SHOWN + 1]
    rows = [{"given": one, "troubles": [TROUBLES[name] for name in one.troubles]} for one in found]
    shown = {"rows": rows[:MOST_SHOWN], "are_more": len(rows) > MOST_SHOWN}
    return render(request, "instruments/flagged.html", shown)


@require_POST
def reviewed(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Somebody looked: the form counts, and what was odd stays written."""
    review_submission(actor_of(request), submission_id=submission_id)
    messages.success(request, _("The form counts. What was odd about it stays written."))
    return redirect("flagged_forms")
