"""Protocols: which enforcement body may be told of single journeys, on which law, until when."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.firewall import commands
from homeward.firewall.queries import enforcement_bodies, protocols_of
from homeward.firewall.rules import is_live
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.web.fields import OnDateField
from homeward.web.forms import posted, put_problem
from homeward.web.journey.pages import long_text


class ProtocolForm(forms.Form):
    """What two people answer for before anything is told."""

    body_id = forms.TypedChoiceField(label=_("Enforcement body"), coerce=UUID)
    legal_basis = forms.CharField(
        label=_("Law that obliges or allows it"), max_length=500, widget=long_text(2)
    )
    purpose = forms.CharField(label=_("What it is for"), max_length=500, widget=long_text(2))
    starts_on = OnDateField(label=_("From"))
    ends_on = OnDateField(label=_("Until"))

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["body_id"].choices = [  # type: ignore[attr-defined]
            (str(body.id), body.name) for body in enforcement_bodies(actor)
        ]


@require_safe
def protocols(request: HttpRequest) -> HttpResponse:
    """Every protocol of the organisation."""
    actor, today = actor_of(request), localdate()
    rows = [
        (one, is_live(one.starts_on, one.ends_on, bool(one.approved_at), bool(one.ended_at), today))
        for one in protocols_of(actor)
    ]
    may = {
        "propose": actor.may(Action.PROTOCOL_PROPOSE),
        "approve": actor.may(Action.PROTOCOL_APPROVE),
        "end": actor.may(Action.PROTOCOL_END),
    }
    return render(request, "firewall/protocols.html", {"rows": rows, "may": may, "today": today})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Write a protocol down; it allows nothing until somebody else approves it."""
    actor = actor_of(request)
    actor.require(Action.PROTOCOL_PROPOSE)
    form = ProtocolForm(posted(request), actor=actor, initial={"starts_on": localdate()})
    if form.is_valid():
        try:
            commands.propose_protocol(actor, **form.cleaned_data)
        except (NotFound, Refused):
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Proposed. It allows nothing until somebody else approves it."))
            return redirect("protocols")
    status = 422 if form.is_bound else 200
    return render(request, "firewall/propose.html", {"form": form}, status=status)


@require_POST
def approve(request: HttpRequest, protocol_id: UUID) -> HttpResponse:
    """Put it into force."""
    commands.approve_protocol(actor_of(request), protocol_id=protocol_id)
    messages.success(request, gettext("The protocol is in force."))
    return redirect("protocols")


@require_POST
def end(request: HttpRequest, protocol_id: UUID) -> HttpResponse:
    """End it."""
    commands.end_protocol(actor_of(request), protocol_id=protocol_id)
    messages.success(request, gettext("The protocol is ended. The body sees nothing more of it."))
    return redirect("protocols")
