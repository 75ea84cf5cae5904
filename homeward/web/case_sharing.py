"""Showing a case to another organisation, and ending that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.cases import commands
from homeward.cases.queries import get_case, get_share
from homeward.lib.problems import Problem
from homeward.web.case_header import form_page
from homeward.web.case_sharing_forms import ShareForm
from homeward.web.forms import posted, put_problem


@form_page
def share(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose with whom, how much and why; read what they will see; then share."""
    actor = actor_of(request)
    actor.require(Action.CASE_SHARE)
    case = get_case(actor, case_id)
    form = ShareForm(posted(request), actor=actor)
    shown = {"case": case, "form": form}
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return render(request, "cases/share_preview.html", shown)
        try:
            given = commands.share_case(actor, case_id=case.id, **form.given())
        except Problem as problem:
            put_problem(form, problem)
        else:
            words = gettext("Shared with %(organisation)s.") % {"organisation": given.organisation.name}
            messages.success(request, words)
            return redirect("case", case.id)
    return render(request, "cases/share.html", shown, status=422 if form.errors else 200)


@form_page
def end_share(request: HttpRequest, case_id: UUID, share_id: UUID) -> HttpResponse:
    """Ask once, then stop showing the case at once."""
    actor = actor_of(request)
    actor.require(Action.CASE_END_SHARE)
    case = get_case(actor, case_id)
    found = get_share(actor, case.id, share_id)
    if request.method == "POST":
        commands.end_share(actor, case_id=case.id, share_id=share_id)
        words = gettext("%(organisation)s does not see the case any more.")
        messages.success(request, words % {"organisation": found.organisation.name})
        is_ours = found.organisation_id == actor.organisation_id
        return redirect("cases") if is_ours else redirect("case", case.id)
    return render(request, "cases/end_share.html", {"case": case, "share": found})
