"""Accepting an agreement, and ending or declining it; each after a page that says what it means."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.lib.problems import WrongState
from homeward.sharing import commands, queries
from homeward.sharing.problems import AcceptedAlready, NotOpen
from homeward.sharing.rules import AgreementState
from homeward.web.agreements.forms import AcceptForm, EndForm
from homeward.web.agreements.reading import about
from homeward.web.forms import posted

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def accept(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Read what one's organisation binds itself to, then accept."""
    actor = actor_of(request)
    actor.require(Action.AGREEMENT_ACCEPT)
    agreement = queries.get_agreement(actor, agreement_id)
    if agreement.state != AgreementState.PROPOSED:
        raise NotOpen
    shown = about(actor, agreement, localdate())
    if not shown["may_accept"]:
        raise AcceptedAlready
    form = AcceptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        accepted = commands.accept_agreement(actor, agreement_id=agreement.id, **form.cleaned_data)
        is_in_force = accepted.state == AgreementState.IN_FORCE
        words = gettext("Accepted by all: it is in force.") if is_in_force else gettext("Accepted.")
        messages.success(request, words)
        return redirect("agreement", agreement.id)
    return render(
        request, "agreements/accept.html", {**shown, "form": form}, status=422 if form.errors else 200
    )


@form_page
def end(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Say why, then end it; what rests on it closes with it."""
    actor = actor_of(request)
    actor.require(Action.AGREEMENT_END)
    agreement = queries.get_agreement(actor, agreement_id)
    if agreement.state == AgreementState.ENDED:
        raise WrongState
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        commands.end_agreement(actor, agreement_id=agreement.id, **form.cleaned_data)
        messages.success(request, gettext("Ended. Nothing more is shared on it."))
        return redirect("agreement", agreement.id)
    shown = {"agreement": agreement, "form": form}
    return render(request, "agreements/end.html", shown, status=422 if form.errors else 200)
