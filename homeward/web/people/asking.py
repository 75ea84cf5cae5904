"""Asking partners whether they may know a person, and what one is told of being asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.organisations.queries import known_organisations
from homeward.people import commands
from homeward.people.match_tokens import are_kept
from homeward.people.queries import get_person
from homeward.people.queries.asking import (
    answering_partners,
    asking_allowed,
    possible_matches_to_note,
    questions_about,
)
from homeward.sharing.queries import contacts_of_givers
from homeward.sharing.rules import Purpose
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.journey.pages import long_text
from homeward.web.people.answering import form_page, sent

NOTE_WITHIN = timedelta(days=3)
LATELY = 10


class ReasonForm(forms.Form):
    """Why it is asked, or allowed."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Kept on record with your name. The person can read it."),
        max_length=400,
        widget=long_text(3),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask the partners whose agreement lets them answer; read what they answered before."""
    actor = actor_of(request)
    actor.require(Action.PARTNERS_ASK)
    person = get_person(actor, person_id)
    remember_reading(actor, Action.PERSON_VIEW, subject_id=person.id)
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        question = commands.ask_partners(actor, person_id=person.id, reason=form.cleaned_data["reason"])
        count = question.partners_asked
        asked = ngettext("Asked. %(n)s partner could answer.", "Asked. %(n)s partners could answer.", count)
        messages.success(request, f"{asked % {'n': count}} {gettext('The answer stands below.')}")
        return redirect("person_ask_partners", person.id)

    names = dict(known_organisations(actor).values_list("id", "name"))
    words = {
        "person": person,
        "is_on": are_kept(),
        "partners": sorted(names[one] for one in answering_partners(actor) if one in names),
        "questions": questions_about(actor, person.id)[:LATELY],
        "contacts": contacts_of_givers(actor, Purpose.DUPLICATE_CHECK),
        "allowed": asking_allowed(actor, person.id),
    }
    return form_page(request, "ask_partners", form, act, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let partners be asked about somebody protected, for a month, with the reason and a name."""
    actor = actor_of(request)
    actor.require(Action.PARTNERS_ASK_ALLOW)
    person = get_person(actor, person_id)
    form = ReasonForm(sent(request))

    def act() -> HttpResponse:
        commands.allow_asking(actor, person_id=person.id, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("Partners can be asked about this person for a month."))
        return redirect("person", person.id)

    words = {"person": person, "allowed": asking_allowed(actor, person.id)}
    return form_page(request, "allow_asking", form, act, **words)


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Which partners asked about somebody whom the reader's organisation may know; never about whom."""
    actor = actor_of(request)
    matches = possible_matches_to_note(actor)[:MOST_OF_A_KIND]
    remember_reading(actor, Action.PARTNERS_TOLD, subject_id=None)
    return render(request, "people/partners_asked.html", {"matches": matches})


@require_POST
def note(request: HttpRequest, possible_match_id: UUID) -> HttpResponse:
    """Take notice, so that it waits for nobody else."""
    commands.note_possible_match(actor_of(request), possible_match_id=possible_match_id)
    messages.success(request, gettext("Taken notice of. If they need to know more, they will call you."))
    return redirect("partners_asked")


def partners_who_asked(actor: Actor, today: date) -> Iterable[InboxTask]:
    """That a partner may have the same person, for those who work with people here."""
    if not (are_kept() and actor.may(Action.PARTNERS_TOLD)):
        return
    for one in possible_matches_to_note(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("%(partner)s may have the same person as you") % {"partner": one.organisation.name},
            reverse("partners_asked"),
            "people",
            when=(one.answered_at + NOTE_WITHIN).date(),
            detail=_("They were not told whom. Expect their call."),
        )
