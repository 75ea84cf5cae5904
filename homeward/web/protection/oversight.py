"""A case read in oversight, for a reason that is on the record."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases.queries import require_case
from homeward.casework.oversight import OversightReason, oversee_case
from homeward.web.case_words import EVENTS, STAGES
from homeward.web.forms import posted

REASONS = {
    OversightReason.COMPLAINT: _("A complaint"),
    OversightReason.REQUEST: _("A request about data"),
    OversightReason.BREACH: _("A breach"),
    OversightReason.SAMPLE: _("A check of a few cases"),
}


class OversightForm(forms.Form):
    """Why the officer looks."""

    reason = forms.ChoiceField(
        label=_("Why you look at this case"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask why, then show the case: read only, nothing sealed."""
    actor = actor_of(request)
    actor.require(Action.CASE_OVERSEE)
    require_case(actor, case_id)
    form = OversightForm(posted(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "protection/oversight.html", {"form": form}, status=status)
    seen = oversee_case(actor, case_id=case_id, reason=OversightReason(form.cleaned_data["reason"]))
    shown = {
        "seen": seen,
        "stage": STAGES.get(seen.case.stage, seen.case.stage),
        "events": [{"event": one, "what": EVENTS.get(one.kind, one.kind)} for one in seen.events],
    }
    return render(request, "protection/oversight.html", shown)
