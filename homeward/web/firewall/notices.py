"""Telling an enforcement body of one journey: by a named person, for a reason in words, never by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.cases.queries.journey import live_travel
from homeward.firewall import commands
from homeward.firewall.queries import notices_of_case, protocols_in_force
from homeward.firewall.rules import DocumentStatus
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.web.fields import OnDateField
from homeward.web.forms import posted, put_problem
from homeward.web.journey.pages import long_text, one_of

STATUS: Mapping[str, str | Promise] = {
    DocumentStatus.HELD: _("Held"),
    DocumentStatus.APPLIED_FOR: _("Applied for"),
    DocumentStatus.MISSING: _("Missing"),
    DocumentStatus.NOT_NEEDED: _("Not needed"),
}


class NoticeForm(forms.Form):
    """All that the body is told; the page says so."""

    protocol_id = forms.TypedChoiceField(label=_("Who is told"), coerce=UUID)
    travels_on = OnDateField(label=_("Travels on"))
    flight = forms.CharField(
        label=_("Flight"),
        required=False,
        max_length=20,
        help_text=_("Only if the body has to know it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    document_status = one_of(_("Travel document"), [(str(code), text) for code, text in STATUS.items()])
    necessity = forms.CharField(
        label=_("Why this body has to know of this journey"),
        help_text=_(
            "The body reads this, with your name. No name of the person, no health, nothing they told you."
        ),
        max_length=600,
        widget=long_text(3),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["protocol_id"].choices = [  # type: ignore[attr-defined]
            (str(one.id), one.body.name) for one in protocols_in_force(actor)
        ]


@require_safe
def notices(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was told of this case's journeys, to whom and by whom."""
    actor = actor_of(request)
    actor.require(Action.NOTICE_MAKE)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.CASE_VIEW, subject_id=case.id, case_id=case.id)
    rows = [(one.notice, STATUS[one.notice.document_status]) for one in notices_of_case(actor, case.id)]
    shown = {"case": case, "rows": rows, "may_tell": protocols_in_force(actor).exists()}
    return render(request, "firewall/notices.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a notice; where no protocol is in force, there is no such page."""
    actor = actor_of(request)
    actor.require(Action.NOTICE_MAKE)
    case = get_case(actor, case_id)
    if not protocols_in_force(actor).exists():
        raise NotFound
    travel = live_travel(actor, case.id)
    first = {"travels_on": travel.departs_on} if travel else {}
    form = NoticeForm(posted(request), actor=actor, initial=first)
    if form.is_valid():
        try:
            commands.make_notice(actor, case_id=case.id, **form.cleaned_data)
        except (NotFound, Refused):
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The body can read the notice now."))
            return redirect("case_notices", case.id)
    status = 422 if form.is_bound else 200
    return render(request, "firewall/make.html", {"case": case, "form": form}, status=status)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, notice_id: UUID) -> HttpResponse:
    """Take a notice back."""
    actor = actor_of(request)
    actor.require(Action.NOTICE_WITHDRAW)
    case = get_case(actor, case_id)
    if not notices_of_case(actor, case.id).filter(notice_id=notice_id).exists():
        raise NotFound
    commands.withdraw_notice(actor, notice_id=notice_id)
    messages.success(request, gettext("The notice is taken back. The body no longer sees it."))
    return redirect("case_notices", case.id)
