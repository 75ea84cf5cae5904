"""The list of referrals, one referral as its two sides see it, and answering it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.casework.referring import next_service
from homeward.lib.problems import NotFound, Problem
from homeward.referrals import commands, queries
from homeward.referrals.rules import (
    ENDED,
    UNDER_WAY,
    WAITING,
    Channel,
    Confirmed,
    Reason,
    ReferralOutcome,
    ReferralState,
)
from homeward.sharing.commands import note_opened
from homeward.sharing.problems import DisclosureEnded
from homeward.sharing.queries import content_of
from homeward.web.forms import posted, put_problem
from homeward.web.referrals.forms import AnswerForm, ConfirmForm, RecallForm
from homeward.web.referrals.told import Line, lines_of

if TYPE_CHECKING:
    from homeward.referrals.models import Referral

MOST = 100
LATELY = 20
S = ReferralState


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's organisation, what it sent, and how it ended lately."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_VIEW)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=None)
    sent = queries.sent_referrals(actor)
    found = {
        "to_answer": queries.to_answer(actor)[:MOST],
        "under_way": queries.under_way_here(actor)[:MOST],
        "given_up": queries.given_up(actor)[:LATELY],
        "sent": sent.filter(state__in=WAITING | UNDER_WAY).order_by("reply_due_at", "id")[:MOST],
        "drafts": sent.filter(state=S.DRAFT).order_by("drafted_at")[:MOST],
        "ended": queries.visible_referrals(actor).filter(state__in=ENDED).order_by("-ended_at")[:LATELY],
        "may_refer": actor.may(Action.REFERRAL_DRAFT),
        "may_count": actor.may(Action.REFERRAL_STATISTICS),
        "now": now(),
    }
    return render(request, "referrals/list.html", found)


@require_safe
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral: who sent it sees all of it, who received it nothing of the person before opening it."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_VIEW)
    referral = queries.get_referral(actor, referral_id)
    remember_reading(actor, Action.REFERRAL_VIEW, subject_id=referral.id, case_id=referral.case_id)
    wants_told = request.GET.get("told") == "yes"
    return _page(request, actor, referral, wants_told=wants_told)


@require_POST
def open_it(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Open what was sent; the sender sees that it was read."""
    actor = actor_of(request)
    referral = commands.open_referral(actor, referral_id=referral_id)
    if referral.disclosure_id is not None:
        with suppress(DisclosureEnded, NotFound):  # the page says that it is no longer shared
            note_opened(actor, disclosure_id=referral.disclosure_id)
    return redirect("referral", referral.id)


@require_POST
def answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Give the service's answer, or write down what a service without account said."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_ACCEPT)
    referral = queries.get_referral(actor, referral_id)
    form = AnswerForm(request.POST, state=referral.state, has_account=referral.has_account)
    if form.is_valid():
        try:
            _give(actor, referral, form)
        except Problem as problem:
            if problem.status == 403:
                raise
            put_problem(form, problem)
        else:
            messages.success(request, str(_("The answer is recorded, and the sender sees it.")))
            return redirect("referral", referral.id)
    return _page(request, actor, referral, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take a referral back, with the reason."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_RECALL)
    referral = _sent(actor, referral_id)
    form = RecallForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.recall_referral(
                actor,
                referral_id=referral.id,
                reason=Reason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(_("The referral is taken back.")))
            return redirect("case", referral.case_id)
    found = {"referral": referral, "form": form}
    return render(request, "referrals/recall.html", found, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record what the person says came of a referral."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_CONFIRM)
    referral = _sent(actor, referral_id)
    form = ConfirmForm(posted(request), initial={"on": now().date()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.confirm_outcome(
                actor,
                referral_id=referral.id,
                confirmed=Confirmed(form.cleaned_data["confirmed"]),
                on=form.cleaned_data["on"],
                words=form.cleaned_data["words"],
            )
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(_("What the person says is recorded.")))
            return redirect("referral", referral.id)
    found = {"referral": referral, "form": form}
    return render(request, "referrals/confirm.html", found, status=422 if form.errors else 200)


@require_safe
def letter(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What a service without account is told, to print and hand over."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_OPEN)
    referral = queries.get_referral(actor, referral_id)
    opened = queries.letter_of(actor, referral_id)
    found = {"referral": referral, "letter": opened.letter, "lines": lines_of(opened.content), "actor": actor}
    return render(request, "referrals/letter.html", found)


def _sent(actor: Actor, referral_id: UUID) -> Referral:
    referral = queries.get_referral(actor, referral_id)
    if not queries.sends(actor, referral):
        raise NotFound
    return referral


def _give(actor: Actor, referral: Referral, form: AnswerForm) -> object:
    said = form.cleaned_data
    given = {
        "referral_id": referral.id,
        "words": said["words"],
        "channel": Channel(said.get("channel") or Channel.HOMEWARD),
    }
    chosen = ReferralState(said["answer"])
    if chosen == S.DECLINED:
        return commands.decline_referral(actor, **given, reason=Reason(said["reason"]))
    if chosen == S.COMPLETED:
        return commands.complete_referral(actor, **given, outcome=ReferralOutcome(said["outcome"]))
    plain = {
        S.ACCEPTED: commands.accept_referral,
        S.WAITLISTED: commands.waitlist_referral,
        S.STARTED: commands.start_referral,
    }
    return plain[chosen](actor, **given)


def _page(
    request: HttpRequest,
    actor: Actor,
    referral: Referral,
    *,
    form: AnswerForm | None = None,
    wants_told: bool = False,
    status: int = 200,
) -> HttpResponse:
    is_sender = queries.sends(actor, referral)
    is_receiver = referral.to_organisation_id == actor.organisation_id
    is_opened = is_receiver and referral.state != S.SENT and actor.may(Action.REFERRAL_OPEN)
    may_answer = (
        actor.may(Action.REFERRAL_ACCEPT)
        and referral.state in WAITING | UNDER_WAY
        and (is_opened or (is_sender and not referral.has_account))
    )
    may_ask = is_sender and referral.sent_at is not None and actor.may(Action.REFERRAL_OPEN)
    may_see = is_opened or (may_ask and wants_told)
    found = {
        "referral": referral,
        "is_sender": is_sender,
        "is_opened": is_opened,
        "may_open": is_receiver and referral.state == S.SENT and actor.may(Action.REFERRAL_OPEN),
        "lines": _told(actor, referral) if may_see else [],
        "may_see": may_see,
        "may_ask": may_ask and not may_see,
        "steps": list(queries.steps_of(actor, referral)),
        "confirmations": list(queries.confirmations_of(actor, referral)) if is_sender else [],
        "form": form or (_answer_form(referral) if may_answer else None),
        "may_recall": is_sender and referral.is_open and actor.may(Action.REFERRAL_RECALL),
        "may_send": is_sender and referral.state == S.DRAFT and actor.may(Action.REFERRAL_SEND),
        "may_confirm": is_sender and referral.replied_at and actor.may(Action.REFERRAL_CONFIRM),
        "may_refer": is_sender and actor.may(Action.REFERRAL_DRAFT),
        "next": _next(actor, referral) if is_sender else None,
    }
    return render(request, "referrals/show.html", found, status=status)


def _answer_form(referral: Referral) -> AnswerForm:
    return AnswerForm(state=referral.state, has_account=referral.has_account)


def _told(actor: Actor, referral: Referral) -> list[Line] | None:
    """What the service was told, opened on the record; None once it is no longer shared."""
    try:
        if not referral.has_account:
            return lines_of(queries.letter_of(actor, referral.id).content)
        if referral.disclosure_id is None:
            return None
        return lines_of(content_of(actor, referral.disclosure_id).content)
    except (DisclosureEnded, NotFound):
        return None


def _next(actor: Actor, referral: Referral) -> object:
    if referral.state not in (S.DECLINED, S.EXPIRED) or not actor.may(Action.REFERRAL_DRAFT):
        return None
    return next_service(actor, referral)
