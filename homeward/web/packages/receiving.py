"""What other organisations showed to ours: the list, one package opened, the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.casework.packages import BY_CODE, Package, open_in_package
from homeward.lib.problems import NotFound
from homeward.privacy.opening import Why
from homeward.referrals.queries import received_with
from homeward.sharing.commands import confirm_receipt, note_opened
from homeward.sharing.queries import content_of, get_disclosure, received_packages
from homeward.sharing.rules import Category
from homeward.web.forms import posted
from homeward.web.journey.words import OPENING_REASONS
from homeward.web.opening_form import OpeningForm
from homeward.web.packages.sending import as_seen

MOST = 200


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Packages sent to the reader's organisation, newest first; nothing of a person before one is opened."""
    actor = actor_of(request)
    actor.require(Action.DISCLOSURE_OPEN)
    moment = now()
    rows = [{"sent": one, "is_live": one.is_live(moment)} for one in received_packages(actor)[:MOST]]
    return render(request, "packages/received.html", {"rows": rows})


@require_safe
def package(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One package, exactly as approved; opening it is on record. What went with a referral is read there."""
    actor = actor_of(request)
    actor.require(Action.DISCLOSURE_OPEN)
    sent = get_disclosure(actor, disclosure_id)
    if sent.organisation_id != actor.organisation_id:
        raise NotFound
    referral = received_with(actor).filter(disclosure_id=sent.id).first()
    if referral is not None:
        return redirect("referral", referral[1])
    if not sent.is_live(now()):
        return render(request, "packages/ended.html", {"sent": sent})
    opened = content_of(actor, sent.id)
    note_opened(actor, disclosure_id=sent.id)
    seen = Package(opened.content, frozenset(Category(one) for one in sent.categories))
    return render(request, "packages/package.html", {"sent": sent, **as_seen(seen, sent.pseudonym)})


@require_http_methods(["GET", "HEAD", "POST"])
def open_line(request: HttpRequest, disclosure_id: UUID, code: str) -> HttpResponse:
    """Ask for the reason, then show one sealed line of a package once."""
    actor = actor_of(request)
    actor.require(Action.DISCLOSURE_OPEN)
    sent = get_disclosure(actor, disclosure_id)
    if sent.organisation_id != actor.organisation_id or code not in BY_CODE:
        raise NotFound
    form = OpeningForm(posted(request), reasons=OPENING_REASONS)
    shown = {"sent": sent, "label": BY_CODE[code].label, "form": form, "opened": None}
    if form.is_valid():
        why = Why(form.cleaned_data["reason"], form.cleaned_data["words"])
        shown["opened"] = open_in_package(actor, sent.id, code, why)
    answer = render(request, "packages/sealed.html", shown, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def receipt(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Confirm: it came, or it ended and no copy is kept."""
    actor = actor_of(request)
    confirm_receipt(actor, disclosure_id=disclosure_id)
    messages.success(request, gettext("Confirmed."))
    return redirect("received_package", disclosure_id)
