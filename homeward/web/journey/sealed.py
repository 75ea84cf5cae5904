"""Opening one sealed text of a case, for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from homeward.access.request import actor_of
from homeward.cases.journey_rules import OpeningReason
from homeward.cases.queries import get_case
from homeward.cases.queries.sealed import WHERE, Sealed, open_sealed_text
from homeward.lib.problems import NotFound
from homeward.web.forms import posted
from homeward.web.journey.pages import Words
from homeward.web.journey.words import OPENING_REASONS
from homeward.web.opening_form import OpeningForm

TITLES: Mapping[Sealed, Words] = {
    Sealed.SUMMARY: _("What was said in the session"),
    Sealed.MEDICAL_ITEMS: _("Medicine or help needed on the way"),
    Sealed.OWN_VIEW: _("How the person sees it"),
    Sealed.CONDITIONS: _("Conditions of a clearance"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def open_sealed(request: HttpRequest, case_id: UUID, kind: str, row_id: UUID) -> HttpResponse:
    """Ask for the reason, then show the text once."""
    if kind not in set(Sealed):
        raise NotFound
    actor, what = actor_of(request), Sealed(kind)
    actor.require(WHERE[what][1])
    found = {"case": get_case(actor, case_id), "title": TITLES[what]}
    form = OpeningForm(posted(request), reasons=OPENING_REASONS)
    if not form.is_valid():
        return render(
            request, "journey/sealed.html", {**found, "form": form}, status=422 if form.errors else 200
        )
    reason, words = OpeningReason(form.cleaned_data["reason"]), form.cleaned_data["words"]
    opened = open_sealed_text(actor, kind=what, row_id=row_id, reason=reason, words=words)
    if opened.case_id != case_id:
        raise NotFound
    return render(request, "journey/sealed.html", {**found, "opened": opened})
