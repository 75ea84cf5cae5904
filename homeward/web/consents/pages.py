"""Asking, recording, taking back, receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.queries import get_case
from homeward.casework.commands import record_answer, withdraw_consent
from homeward.consent.queries import get_consent, newest_notices, notice_for, open_name
from homeward.consent.receipts import receipt_of, status_of
from homeward.consent.rules import LANGUAGES, Bystander
from homeward.files.commands import store_file
from homeward.lib.problems import NotFound, Problem
from homeward.people.queries import same_person_ids
from homeward.privacy.opening import Why
from homeward.sharing.queries import disclosures_resting_on
from homeward.sharing.rules import Purpose
from homeward.web.case_header import form_page
from homeward.web.consents.forms import AnswerForm, AskForm, WithdrawForm, asked_in
from homeward.web.consents.words import BYSTANDERS
from homeward.web.forms import posted, put_problem
from homeward.web.journey.words import OPENING_REASONS
from homeward.web.opening_form import OpeningForm

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.consent.models import Consent, Notice


@form_page
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Choose what to ask for; the next page is turned round for the person to read."""
    actor = actor_of(request)
    actor.require(Action.CONSENT_RECORD)
    case = get_case(actor, case_id)
    purposes = [notice.purpose for notice in newest_notices(actor)]
    form = AskForm(posted(request), actor=actor, purposes=purposes, initial={"language": _language(case)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = [
            *((name, told[name]) for name in ("purpose", "recipient", "language")),
            *(("categories", one) for one in told["categories"]),
        ]
        return redirect(f"{reverse('answer_consent', args=[case.id])}?{urlencode(chosen)}")
    shown = {"case": case, "form": form, "has_notices": bool(purposes)}
    return render(request, "consents/ask.html", shown, status=422 if form.errors else 200)


@form_page
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the notice in the person's language, and record their yes or no beneath it."""
    actor = actor_of(request)
    actor.require(Action.CONSENT_RECORD)
    case = get_case(actor, case_id)
    question = _question(request, actor)
    if question is None:
        return redirect("ask_consent", case.id)
    notice = notice_for(actor, Purpose(question.cleaned_data["purpose"]))
    if notice is None:
        raise NotFound
    files = request.FILES if request.method == "POST" else None
    form = AnswerForm(posted(request), files, initial=AnswerForm.saved())
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, actor, case, question, notice, form)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("The answer is recorded."))
            return redirect(reverse("case", args=[case.id]) + "#consents")
    shown = {
        "case": case,
        "form": form,
        "notice": notice,
        "asked": asked_in(question.cleaned_data),
        "recipient": question.recipient_words(),
        "in_language": question.cleaned_data["language"],
    }
    return render(request, "consents/answer.html", shown, status=422 if form.errors else 200)


@form_page
def withdraw(request: HttpRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """One question and one button: taking back is as easy as giving."""
    actor = actor_of(request)
    actor.require(Action.CONSENT_WITHDRAW)
    case, consent = _consent(actor, case_id, consent_id)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        withdraw_consent(actor, consent_id=consent.id, how=form.way())
        messages.success(request, gettext("The consent is taken back. What rested on it has ended."))
        return redirect(reverse("case", args=[case.id]) + "#consents")
    resting = list(disclosures_resting_on(actor, consent.id))
    shown = {"case": case, "consent": consent, "form": form, "resting": resting}
    return render(request, "consents/withdraw.html", shown, status=422 if form.errors else 200)


@require_safe
def receipt(request: HttpRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The receipt to print or to hand over, in the language the notice was shown in."""
    actor = actor_of(request)
    actor.require(Action.CONSENT_VIEW)
    case, consent = _consent(actor, case_id, consent_id)
    shown = {
        "case": case,
        "consent": consent,
        "status": status_of(consent, localdate()).removeprefix("dpv:"),
        "language": consent.language,
        "is_rtl": consent.language == "ar",
    }
    with override(consent.language):
        return render(request, "consents/receipt.html", shown)


@require_safe
def receipt_json(request: HttpRequest, case_id: UUID, consent_id: UUID) -> JsonResponse:
    """The receipt for programs."""
    actor = actor_of(request)
    actor.require(Action.CONSENT_VIEW)
    _case, consent = _consent(actor, case_id, consent_id)
    answer = JsonResponse(receipt_of(consent, localdate()), content_type="application/ld+json")
    answer["Content-Disposition"] = f'attachment; filename="consent-{consent.id}.jsonld"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def open_bystander(request: HttpRequest, case_id: UUID, consent_id: UUID, whose: str) -> HttpResponse:
    """Ask for the reason, then show once who stood by."""
    actor = actor_of(request)
    actor.require(Action.CONSENT_NAMES_OPEN)
    if whose not in set(Bystander):
        raise NotFound
    case, consent = _consent(actor, case_id, consent_id)
    shown = {"case": case, "title": BYSTANDERS[whose]}
    form = OpeningForm(posted(request), reasons=OPENING_REASONS)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "journey/sealed.html", {**shown, "form": form}, status=status)
    why = Why(form.cleaned_data["reason"], form.cleaned_data["words"])
    opened = open_name(actor, consent.id, whose=Bystander(whose), why=why)
    return render(request, "journey/sealed.html", {**shown, "opened": opened})


def _record(
    request: HttpRequest, actor: Actor, case: Case, question: AskForm, notice: Notice, form: AnswerForm
) -> None:
    paper = form.cleaned_data["evidence_file"]
    file = (
        store_file(actor, name=paper.name, content=paper.read(), case_id=case.id, subject_id=case.person_id)
        if paper
        else None
    )
    record_answer(
        actor,
        case_id=case.id,
        asked=asked_in(question.cleaned_data, form.cleaned_data["expires_on"]),
        evidence=form.evidence(file.id if file else None),
        notice_id=notice.id,
        language=question.cleaned_data["language"],
        given_on=form.cleaned_data["given_on"],
        is_given="yes" in request.POST,
    )


def _question(request: HttpRequest, actor: Actor) -> AskForm | None:
    """What is asked, out of the address: codes only, nothing of the person."""
    purposes = [notice.purpose for notice in newest_notices(actor)]
    form = AskForm(request.GET, actor=actor, purposes=purposes)
    return form if form.is_valid() else None


def _consent(actor: Actor, case_id: UUID, consent_id: UUID) -> tuple[Case, Consent]:
    case, consent = get_case(actor, case_id), get_consent(actor, consent_id)
    if consent.person_id not in same_person_ids(actor, case.person_id):
        raise NotFound
    return case, consent


def _language(case: Case) -> str:
    return next((one for one in case.person.languages if one in LANGUAGES), "en")
