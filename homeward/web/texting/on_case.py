"""What was written on a case, to which numbers it may be, and writing more."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.followup.queries import visits_to_ask_at
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.texting import commands
from homeward.texting.queries import has_channel, messages_of, numbers_of
from homeward.texting.rules import NoWay
from homeward.web.forms import posted, put_problem
from homeward.web.texting.forms import PermitForm


@require_http_methods(["GET", "HEAD", "POST"])
def case_messages(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The messages of a case; below, whether and where the person may be written to."""
    actor = actor_of(request)
    actor.require(Action.MESSAGE_VIEW)
    case = get_case(actor, case_id)
    numbers = numbers_of(actor, case_id)
    form = PermitForm(posted(request), actor=actor, numbers=numbers)
    if request.method == "POST" and form.is_valid():
        try:
            commands.permit_messages(actor, case_id=case_id, **form.told())
        except Refused:
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(_("It is recorded that they may be written to.")))
            return redirect("case_messages", case_id)
    found = {
        "case": case,
        "person": case.person,
        "numbers": numbers,
        "form": form if any(one.may_text for one in numbers) else None,
        "thread": messages_of(actor, case_id=case_id),
        "has_channel": has_channel(actor),
        "may_write": any(one.permission for one in numbers),
        "visits": visits_to_ask_at(actor, case_id),
    }
    return render(request, "texting/case.html", found, status=422 if form.errors else 200)


@require_POST
def end_messages(request: HttpRequest, case_id: UUID, permission_id: UUID) -> HttpResponse:
    """Record that the person wants no more messages at a number."""
    way = NoWay.BY_PHONE if request.POST.get("way") == NoWay.BY_PHONE else NoWay.IN_PERSON

    def act(actor: Actor) -> None:
        commands.end_messages(actor, permission_id=permission_id, way=way)

    return _act(request, case_id, act, _("They get no more messages at this number."))


@require_POST
def ask_to_call(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the person to get in touch."""

    def act(actor: Actor) -> None:
        commands.ask_to_call(actor, case_id=case_id)

    return _act(request, case_id, act, _("The message goes out as soon as it is safe."))


@require_POST
def ask_by_message(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    """Ask the questions of a visit by message."""

    def act(actor: Actor) -> None:
        commands.ask_by_message(actor, visit_id=visit_id)

    return _act(request, case_id, act, _("They are asked whether they want to answer a few questions."))


@require_POST
def note_replies(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say that somebody sees to the answers."""

    def act(actor: Actor) -> None:
        commands.note_replies(actor, case_id=case_id)

    return _act(request, case_id, act, _("It is noted that you see to it."))


def _act(
    request: HttpRequest, case_id: UUID, act: Callable[[Actor], Any], done: str | Promise
) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Action.MESSAGE_SEND)
    get_case(actor, case_id)
    try:
        act(actor)
    except (Refused, NotFound):
        raise
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, str(done))
    return redirect("case_messages", case_id)
