"""The pages behind the door: one to read, and a few small ones to say something."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actor import Actor
from homeward.assistance.commands import record_answer as say_what_came
from homeward.assistance.rules import Received, Voice
from homeward.casework.commands import record_answer, withdraw_consent
from homeward.consent.queries import get_consent, notice_for
from homeward.consent.rules import Asked, ConsentWay, Evidence, WithdrawalWay
from homeward.feedback import commands
from homeward.feedback.queries import own_case
from homeward.lib.problems import NotFound, Problem, WrongState
from homeward.plans.commands import agree_to_plan
from homeward.plans.commands.agreeing import AgreementDetails
from homeward.plans.queries import get_version
from homeward.plans.rules import AgreementWay
from homeward.sharing.rules import Category, Purpose
from homeward.texting.commands import end_messages, permit_messages
from homeward.texting.queries import asked_numbers
from homeward.texting.rules import NoWay, YesWay
from homeward.web.forms import posted, put_problem
from homeward.web.own.forms import ComplaintForm, DeliveryForm, QuestionForm
from homeward.web.own.reading import deliveries_of, everything
from homeward.web.own.visit import own_page

ASKS = ["GET", "HEAD", "POST"]


def language() -> str:
    """The language the page is read in."""
    return (get_language() or "en")[:2]


@require_safe
@own_page
def page(request: HttpRequest, visitor: Actor) -> HttpResponse:
    """The plan, the next appointment, who saw what, what was agreed to, and how to tell us."""
    return render(request, "own/page.html", everything(visitor, own_case(visitor), localdate()))


@require_POST
@own_page
def agree(request: HttpRequest, visitor: Actor, version_id: UUID) -> HttpResponse:
    """Say yes to exactly the plan that was shown."""
    version = get_version(visitor, version_id, own_case(visitor).id)
    details = AgreementDetails(agreed_on=localdate(), way=AgreementWay.OWN_PAGE, language=language())
    agree_to_plan(
        visitor, version_id=version.id, content_hash=request.POST.get("content_hash", ""), details=details
    )
    messages.success(request, gettext("Thank you. Your yes is written down."))
    return redirect("my_page")


@require_http_methods(ASKS)
@own_page
def delivery(request: HttpRequest, visitor: Actor, entry_id: UUID) -> HttpResponse:
    """Say what came of a delivery or a payment."""
    lines = deliveries_of(visitor, own_case(visitor))
    line = next((one for one in lines if one.entry.id == entry_id), None)
    if line is None:
        raise NotFound
    form = DeliveryForm(posted(request))
    if request.method == "POST" and form.is_valid():
        say_what_came(
            visitor,
            entry_id=entry_id,
            voice=Voice.RETURNEE,
            received=Received(form.cleaned_data["received"]),
            words=form.cleaned_data["words"],
        )
        messages.success(request, gettext("Thank you. Your answer is written down."))
        return redirect("my_page")
    status = 422 if form.errors else 200
    return render(request, "own/delivery.html", {"form": form, "line": line}, status=status)


@require_http_methods(ASKS)
@own_page
def consent(request: HttpRequest, visitor: Actor, consent_id: UUID) -> HttpResponse:
    """Read the question again, take a yes back, or say yes after all."""
    answered = get_consent(visitor, consent_id)
    notice = notice_for(visitor, Purpose(answered.purpose)) or answered.notice
    stands = answered.answer.stands(localdate())
    if request.method == "POST":
        if stands:
            withdraw_consent(visitor, consent_id=consent_id, how=WithdrawalWay.OWN_PAGE)
            messages.success(request, gettext("Your yes is taken back. It no longer counts from now on."))
        else:
            _say_yes(visitor, consent_id)
            messages.success(request, gettext("Your yes is written down. You can take it back at any time."))
        return redirect("my_page")
    told = {"consent": answered, "notice": notice, "stands": stands}
    return render(request, "own/consent.html", told)


@require_POST
@own_page
def messages_to_me(request: HttpRequest, visitor: Actor, contact_id: UUID) -> HttpResponse:
    """Say that messages may come to a number, or that they may not."""
    case = own_case(visitor)
    asked = next((one for one in asked_numbers(visitor, case.id) if one.contact_id == contact_id), None)
    if asked is None:
        raise NotFound
    if asked.ended_at is None:
        end_messages(visitor, permission_id=asked.id, way=NoWay.OWN_PAGE)
        messages.success(request, gettext("No more messages come to this number."))
    else:
        permit_messages(
            visitor, case_id=case.id, contact_id=contact_id, language=language(), way=YesWay.OWN_PAGE
        )
        messages.success(request, gettext("Your yes is written down. You can take it back at any time."))
    return redirect("my_page")


def _say_yes(visitor: Actor, consent_id: UUID) -> None:
    """The same question answered anew, on the notice as it reads today."""
    before = get_consent(visitor, consent_id)
    notice = notice_for(visitor, Purpose(before.purpose))
    if notice is None:
        raise WrongState
    record_answer(
        visitor,
        case_id=own_case(visitor).id,
        asked=Asked(
            Purpose(before.purpose),
            frozenset(Category(one) for one in before.categories),
            recipient_id=before.recipient_id,
            recipient_kind=before.recipient_kind,
        ),
        evidence=Evidence(ConsentWay.OWN_PAGE),
        notice_id=notice.id,
        language=language(),
        given_on=localdate(),
        is_given=True,
    )


@require_http_methods(ASKS)
@own_page
def ask(request: HttpRequest, visitor: Actor) -> HttpResponse:
    """Ask the person who leads the case."""
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_question(visitor, words=form.cleaned_data["words"], language=language())
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, gettext("Your question is sent. The answer will be on this page."))
            return redirect("my_page")
    told = {"form": form, "case": own_case(visitor)}
    return render(request, "own/ask.html", told, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@own_page
def complain(request: HttpRequest, visitor: Actor) -> HttpResponse:
    """Complain; whom it is about does not read it."""
    case = own_case(visitor)
    form = ComplaintForm(posted(request))
    form.fields["is_about_lead"].label = gettext("It is about %(name)s") % {"name": case.lead_user.name}
    form.fields["is_about_lead"].help_text = gettext("Then they never see it.")
    if request.method == "POST" and form.is_valid():
        commands.complain(
            visitor,
            subject=form.told_subject(),
            words=form.cleaned_data["words"],
            language=language(),
            is_about_lead=form.cleaned_data["is_about_lead"],
        )
        messages.success(request, gettext("Thank you for telling us. The answer will be on this page."))
        return redirect("my_page")
    told = {"form": form, "case": case}
    return render(request, "own/complain.html", told, status=422 if form.errors else 200)
