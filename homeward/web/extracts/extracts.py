"""The list of extracts with the form that asks for one, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.extracts import commands
from homeward.extracts.frames import FRAMES
from homeward.extracts.queries import get_extract, linkable_extracts, visible_extracts
from homeward.extracts.rules import ExtractState, Failure
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.web.extracts.files import FileForm, ask_file, shown_files
from homeward.web.fields import OnDateField
from homeward.web.forms import posted, put_problem
from homeward.web.journey.pages import long_text
from homeward.web.likeness.pages import beside_extract

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.extracts.models import Extract

ON_A_PAGE = 20
STATES: Mapping[str, tuple[str | Promise, str]] = {
    ExtractState.UNCONFIRMED: (_("Waits for a second person"), "act"),
    ExtractState.ASKED: (_("Waits to be made"), ""),
    ExtractState.MAKING: (_("Is being made"), ""),
    ExtractState.READY: (_("Ready"), ""),
    ExtractState.FAILED: (_("Could not be made"), "act"),
    ExtractState.DECLINED: (_("Declined"), "unknown"),
    ExtractState.WITHDRAWN: (_("Taken away"), "unknown"),
    ExtractState.EXPIRED: (_("Its time is over"), "unknown"),
}
FAILURES: Mapping[str, str | Promise] = {
    Failure.NO_LOGIN: _("The process that makes extracts has no login to the database."),
    Failure.DATABASE: _("The database did not answer as it should."),
    Failure.DISK: _("The files could not be written."),
    Failure.OTHER: _("Something else went wrong; the log of the process says what."),
}


class ExtractForm(forms.Form):
    """What an extract is for, which cases it holds, and whether it may be joined with another."""

    why = forms.CharField(
        label=_("What the extract is for"),
        help_text=_("It stands in the manifest and on the trail. No names."),
        max_length=400,
        widget=long_text(2),
    )
    opened_from = OnDateField(label=_("Cases opened from"), required=False)
    opened_until = OnDateField(label=_("Cases opened until"), required=False)
    linkable_why = forms.CharField(
        label=_("Why it has to be joined with another extract"),
        help_text=_("Leave it empty unless the same people are followed over time. A second person decides."),
        required=False,
        max_length=400,
        widget=long_text(2),
    )
    follows_id = forms.TypedChoiceField(
        label=_("Follows this extract"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        ready = [
            (str(one.id), f"{localtime(one.asked_at):%Y-%m-%d} · {one.why}")
            for one in linkable_extracts(actor)
        ]
        if ready:
            self.fields["follows_id"].choices = [("", gettext("None")), *ready]  # type: ignore[attr-defined]
        else:
            del self.fields["follows_id"]


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Why it is taken away"), max_length=400, widget=long_text(2))


@require_http_methods(["GET", "HEAD", "POST"])
def extracts(request: HttpRequest) -> HttpResponse:
    """What was asked for, the newest first; the form asks for another."""
    actor = actor_of(request)
    actor.require(Action.EXTRACT_ASK if request.method == "POST" else Action.EXTRACT_VIEW)
    form = ExtractForm(posted(request), actor=actor) if actor.may(Action.EXTRACT_ASK) else None
    if form and form.is_valid():
        try:
            made = commands.ask_extract(actor, **form.cleaned_data)
        except (NotFound, Refused):
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The extract is asked for."))
            return redirect("extract", made.id)
    page = Paginator(visible_extracts(actor), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, *STATES[one.state]) for one in page]
    status = 422 if form and form.is_bound else 200
    return render(request, "extracts/list.html", {"form": form, "rows": rows, "page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def extract(request: HttpRequest, extract_id: UUID) -> HttpResponse:
    """One extract: how far it is, its manifest in words, its codebook; taken away or answered here."""
    actor = actor_of(request)
    one = get_extract(actor, extract_id)
    form = WithdrawForm(posted(request) if "withdraw" in request.POST else None)
    files = FileForm(posted(request) if "export" in request.POST else None)
    if request.method == "POST":
        exporting = "export" in request.POST
        answered = ask_file(actor, one, files) if exporting else _act(request, actor, one, form)
        if answered:
            return answered
    else:
        remember_reading(actor, Action.EXTRACT_VIEW, subject_id=one.id)
    shown = _shown(actor, one) | {"form": form} | shown_files(actor, one, files)
    status = 422 if form.is_bound or files.is_bound else 200
    return render(request, "extracts/one.html", shown, status=status)


def _act(request: HttpRequest, actor: Actor, one: Extract, form: WithdrawForm) -> HttpResponse | None:
    if "confirm" in request.POST:
        commands.confirm_extract(actor, extract_id=one.id)
    elif "decline" in request.POST:
        commands.decline_extract(actor, extract_id=one.id)
    elif form.is_valid():
        try:
            commands.withdraw_extract(actor, extract_id=one.id, **form.cleaned_data)
        except Refused:
            raise
        except Problem as problem:
            put_problem(form, problem)
            return None
    else:
        actor.require(Action.EXTRACT_WITHDRAW)
        return None
    return redirect("extract", one.id)


def _shown(actor: Actor, one: Extract) -> dict[str, object]:
    words, kind = STATES[one.state]
    described = one.manifest.get("frames", {})
    frames = [(frame, described.get(frame.name, {}).get("rows")) for frame in FRAMES]
    return {
        "one": one,
        "words": words,
        "kind": kind,
        "failure": FAILURES.get(one.failure, ""),
        "frames": frames,
        "all_frames": len(FRAMES),
        "is_under_way": one.state in (ExtractState.ASKED, ExtractState.MAKING),
        "is_ready": one.state == ExtractState.READY,
        "may_answer": one.state == ExtractState.UNCONFIRMED
        and actor.may(Action.EXTRACT_CONFIRM)
        and one.asked_by_id != actor.user_id,
        "may_withdraw": one.is_removable and actor.may(Action.EXTRACT_WITHDRAW),
        **beside_extract(actor, one, is_ready=one.state == ExtractState.READY),
    }
