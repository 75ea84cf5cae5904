"""From a need to a service, and from the service to a referral that is sent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.journey_rules import Act
from homeward.cases.obstacles import require_possible
from homeward.cases.queries import get_case
from homeward.casework.commands import refer, send_referral
from homeward.casework.referring import Telling, compose, country_of, fields_for, services_for
from homeward.lib.problems import NotFound, Problem
from homeward.referrals import queries
from homeward.referrals.problems import ReferralMoved
from homeward.referrals.rules import ReferralState, Urgency
from homeward.sharing.rules import Basis
from homeward.web.forms import posted, put_problem
from homeward.web.referrals.forms import FindForm, SendForm
from homeward.web.referrals.told import lines_of

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.referrals.models import Referral


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the directory has for a need of this person. A need stands in no address: it is posted."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_DRAFT)
    case = get_case(actor, case_id)
    require_possible(case, Act.REFER)
    initial = {"country": country_of(actor, case), "place": case.return_place}
    form = FindForm(posted(request), countries=_countries(case), initial=initial)
    matches = _matches(actor, case, form) if request.method == "POST" and form.is_valid() else None
    found = {"case": case, "form": form, "matches": matches, "follows": request.POST.get("follows", "")}
    return render(request, "referrals/find.html", found, status=422 if form.errors else 200)


@require_POST
def choose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin a referral to the service that was chosen."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_DRAFT)
    told = request.POST
    try:
        referral = refer(
            actor,
            case_id=case_id,
            service_id=_id(told.get("service_id", "")),
            need=told.get("need", ""),
            urgency=_urgency(told.get("urgency", "")),
            follows_id=_id(told["follows"]) if told.get("follows") else None,
        )
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        messages.warning(request, str(problem))
        return redirect("find_service", case_id)
    return redirect("send_referral", referral.id)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Choose what the service is told, look at exactly that, and send it."""
    actor = actor_of(request)
    actor.require(Action.REFERRAL_SEND)
    referral = queries.get_referral(actor, referral_id)
    if not queries.sends(actor, referral):
        raise NotFound
    if referral.state != ReferralState.DRAFT:
        raise ReferralMoved
    form = _send_form(request, actor, referral)
    content = _content(actor, referral, form) if request.method == "POST" and form.is_valid() else None
    is_seen = content is not None and form.cleaned_data["seen"] == _digest(content)
    if content is not None and is_seen and request.POST.get("act") == "send" and _sent(actor, referral, form):
        messages.success(request, str(_("The referral is sent. You are told when the service answers.")))
        return redirect("referral", referral.id)
    found = {
        "referral": referral,
        "case": get_case(actor, referral.case_id),
        "form": form,
        "lines": lines_of(content) if content is not None and not form.errors else None,
        "seen": _digest(content) if content is not None else "",
        "is_own": _is_own(actor, referral),
        "has_changed": content is not None and not is_seen and request.POST.get("act") == "send",
    }
    return render(request, "referrals/send.html", found, status=422 if form.errors else 200)


def _countries(case: Case) -> list[str]:
    return list(dict.fromkeys(code for code in (case.return_country, case.host_country) if code))


def _matches(actor: Actor, case: Case, form: FindForm) -> list[dict[str, object]]:
    asked = form.cleaned_data
    found = services_for(actor, case.id, asked["need"], asked["place"], asked["country"])
    return [
        {"match": match, "was_tried": was_tried, "url": reverse("service", args=[match.service.id])}
        for match, was_tried in found
    ]


def _is_own(actor: Actor, referral: Referral) -> bool:
    return referral.to_organisation_id == actor.organisation_id


def _send_form(request: HttpRequest, actor: Actor, referral: Referral) -> SendForm:
    initial = {"fields_told": list(fields_for(referral.need))}
    given: dict[str, Any] = {"has_account": referral.has_account, "is_own": _is_own(actor, referral)}
    return SendForm(posted(request), initial=initial, **given)


def _content(actor: Actor, referral: Referral, form: SendForm) -> bytes:
    told = form.cleaned_data
    return compose(actor, referral.case_id, told["fields_told"], told["message"]).content


def _digest(content: bytes) -> str:
    """What was looked at: if it is not what would be sent, it is shown again before it is."""
    return hashlib.sha256(content).hexdigest()


def _sent(actor: Actor, referral: Referral, form: SendForm) -> bool:
    told = form.cleaned_data
    telling = Telling(
        field_codes=tuple(told["fields_told"]),
        necessity=told.get("necessity", ""),
        message=told["message"],
        basis=Basis(told.get("basis") or Basis.CONSENT),
        agreed_on=told.get("agreed_on"),
        approved_digest=told["seen"],
    )
    try:
        send_referral(actor, referral_id=referral.id, told=telling)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        put_problem(form, problem)
        return False
    return True


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound from wrong


def _urgency(text: str) -> Urgency:
    return Urgency(text) if text in set(Urgency) else Urgency.ROUTINE
