"""Opening what a partner's list said of a person's vulnerability."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.exchange.queries import open_held_vulnerability
from homeward.exchange.rules import HeldReason
from homeward.lib.problems import NotFound
from homeward.web.case_header import form_page
from homeward.web.forms import posted
from homeward.web.opening_form import OpeningForm, Words

REASONS: Mapping[str, Words] = {
    HeldReason.NEEDS: _("To ask the person what they need"),
    HeldReason.SAFETY: _("Safety, before a journey or a meeting"),
    HeldReason.CHECK: _("To compare with the list"),
    HeldReason.OTHER: _("Another reason"),
}


@form_page
def open_held(request: HttpRequest, case_id: UUID, kept_id: UUID) -> HttpResponse:
    """Ask for the reason, then show the words once."""
    actor = actor_of(request)
    actor.require(Action.HELD_OPEN)
    case = get_case(actor, case_id)
    form = OpeningForm(posted(request), reasons=REASONS)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "cases/held_open.html", {"case": case, "form": form}, status=status)
    reason, words = HeldReason(form.cleaned_data["reason"]), form.cleaned_data["words"]
    opened = open_held_vulnerability(actor, kept_id, reason=reason, words=words)
    if opened.case_id != case.id:
        raise NotFound
    return render(request, "cases/held_open.html", {"case": case, "opened": opened})
