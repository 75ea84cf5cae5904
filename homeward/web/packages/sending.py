"""Choosing what another organisation sees of a person, seeing it as they will, sending it, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.casework.commands import send_package
from homeward.casework.packages import Package, compose_package, lines_of
from homeward.lib.problems import NotFound, Problem
from homeward.sharing.commands import end_disclosure
from homeward.sharing.pseudonyms import pseudonym_for
from homeward.sharing.queries import get_disclosure
from homeward.sharing.rules import Category, Purpose
from homeward.web.case_header import form_page
from homeward.web.forms import posted, put_problem
from homeward.web.packages.forms import PackageForm


@form_page
def send(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose, see exactly what they will see, then send."""
    actor = actor_of(request)
    actor.require(Action.DISCLOSURE_MAKE)
    case = get_case(actor, case_id)
    form = PackageForm(posted(request), actor=actor, purpose=_purpose(request))
    shown = {"case": case, "form": form}
    if request.method == "POST" and form.is_valid():
        package = compose_package(actor, case.id, form.given()["field_codes"])
        if request.POST.get("approved") != package.digest:
            preview = as_seen(package, pseudonym_for(form.given()["organisation_id"], case.person_id))
            return render(request, "packages/preview.html", {**shown, **preview})
        try:
            send_package(actor, case_id=case.id, approved_digest=package.digest, **form.given())
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Sent to %(organisation)s.") % {"organisation": form.partner})
            return redirect("case", case.id)
    return render(request, "packages/send.html", shown, status=422 if form.errors else 200)


@form_page
def take_back(request: HttpRequest, case_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """Ask once, then close what was sent at once."""
    actor = actor_of(request)
    actor.require(Action.DISCLOSURE_END)
    case = get_case(actor, case_id)
    sent = _sent(actor, case.id, disclosure_id)
    if request.method == "POST":
        end_disclosure(actor, disclosure_id=sent)
        messages.success(request, gettext("Taken back. They cannot open it any more."))
        return redirect("case", case.id)
    return render(request, "packages/take_back.html", {"case": case})


def as_seen(package: Package, pseudonym: str) -> dict[str, object]:
    """What the template of a package needs, the same for who approves and who receives."""
    return {
        "lines": lines_of(package.content),
        "digest": package.digest,
        "pseudonym": "" if Category.IDENTITY in package.categories else pseudonym,
    }


def _sent(actor: Actor, case_id: UUID, disclosure_id: UUID) -> UUID:
    found = get_disclosure(actor, disclosure_id)
    if found.case_id != case_id or found.organisation_id == actor.organisation_id or found.ended_at:
        raise NotFound
    return found.id


def _purpose(request: HttpRequest) -> Purpose:
    asked = request.GET.get("purpose", "")
    return Purpose(asked) if asked in set(Purpose) else Purpose.REFERRAL
