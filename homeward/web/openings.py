"""Sealed fields that were opened, and alerts of too many: for the data protection officer."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.queries.references import references_of
from homeward.lib.problems import NotFound
from homeward.privacy.commands import look_at_alert
from homeward.privacy.openings import OpeningLine, alert_line, alerts_to_look_at, openings_of
from homeward.privacy.rules import Alerted
from homeward.web.audit_words import action_words
from homeward.web.forms import posted
from homeward.web.imports.words import HELD_REASONS
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.journey.pages import long_text
from homeward.web.journey.words import OPENING_REASONS
from homeward.web.ledger.desk import ACCOUNT_REASONS
from homeward.web.people.words import OPENING_REASONS as NUMBER_REASONS

LOOK_WITHIN = timedelta(days=1)
# By what was opened: the same code may be worded differently where something else is opened.
REASONS: Mapping[str, Mapping[str, Any]] = {
    Action.DOCUMENT_NUMBER_OPEN: NUMBER_REASONS,
    Action.HELD_OPEN: HELD_REASONS,
    Action.PAYEE_ACCOUNT_OPEN: ACCOUNT_REASONS,
}


class AlertForm(forms.Form):
    """What the officer found."""

    note = forms.CharField(
        label=_("What you found, and what follows"),
        help_text=_("For example whom you asked, and whether the work explains it. No names of clients."),
        max_length=1000,
        widget=long_text(4),
    )


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """The newest openings of the organisation, with reasons."""
    actor = actor_of(request)
    actor.require(Action.OPENING_REVIEW)
    shown = {"rows": _rows(actor, openings_of(actor)), "alerts": alerts_to_look_at(actor)}
    return render(request, "openings/openings.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """What was opened in the hour before an alert; what the officer found goes on record."""
    actor = actor_of(request)
    actor.require(Action.OPENING_REVIEW)
    line = alert_line(actor, alert_id)
    if line.looked_at is not None:
        raise NotFound
    form = AlertForm(posted(request))
    if form.is_valid():
        look_at_alert(actor, alert_id=line.id, note=form.cleaned_data["note"])
        messages.success(request, gettext("What you found is on record."))
        return redirect("openings")
    is_about_openings = line.what == Alerted.OPENINGS
    rows = _rows(actor, openings_of(actor, user_id=line.user_id, until=line.at)) if is_about_openings else []
    shown = {"alert": line, "form": form, "rows": rows}
    return render(request, "openings/alert.html", shown, status=422 if form.errors else 200)


def alerts(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Alerts of many openings, for the officer; to be looked at within a day."""
    if not actor.may(Action.OPENING_REVIEW):
        return
    for line in alerts_to_look_at(actor)[:MOST_OF_A_KIND]:
        who = {"who": line.who or gettext("your organisation")}
        title = (
            gettext("See why %(who)s opened many sealed fields")
            if line.what == Alerted.OPENINGS
            else gettext("See why %(who)s asked partners about many people")
        )
        yield InboxTask(
            title % who,
            reverse("opening_alert", args=[line.id]),
            "shield",
            when=(line.at + LOOK_WITHIN).date(),
        )


def _rows(actor: Actor, lines: list[OpeningLine]) -> list[dict[str, Any]]:
    references = references_of(actor, (line.case_id for line in lines))
    return [
        {
            "line": line,
            "what": action_words(line.action),
            "why": REASONS.get(line.action, OPENING_REASONS).get(line.reason, line.reason),
            "reference": references.get(line.case_id, "") if line.case_id else "",
        }
        for line in lines
    ]
