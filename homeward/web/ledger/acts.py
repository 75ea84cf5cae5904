"""What can be done with money on a case; each page leads back to where its reader came from."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.assistance import commands
from homeward.assistance.problems import ApprovalNeeded
from homeward.assistance.queries import case_money
from homeward.cases.queries import get_case
from homeward.lib.problems import Invalid, Problem
from homeward.web.journey.pages import CaseForm, CasePage, View, case_page
from homeward.web.ledger import forms
from homeward.web.ledger.section import may_do

ASK_WHY = _("The programme asks for an approval of this amount: say why.")


def _page(**given: object) -> View:
    return case_page(CasePage(**{"template": "ledger/act.html", "back": "after_money", **given}))  # type: ignore[arg-type]


def _commit(form: CaseForm, entitlement_id: UUID) -> object:
    assert isinstance(form, forms.CommitForm)  # noqa: S101
    given, told = form.given(), form.cleaned_data
    try:
        return commands.commit(
            form.actor,
            entitlement_id=entitlement_id,
            amount=form.money,
            request_id=told["request_id"],
            **vars(given),
        )
    except ApprovalNeeded:
        if not told["reason"].strip():
            raise Invalid(fields={"reason": ASK_WHY}) from None
        return commands.ask_commitment(
            form.actor, entitlement_id=entitlement_id, amount=form.money, given=given, reason=told["reason"]
        )


def _pay(form: CaseForm, commitment_id: UUID) -> object:
    assert isinstance(form, forms.PayForm)  # noqa: S101
    given, told = form.given(), form.cleaned_data
    try:
        return commands.pay(
            form.actor,
            commitment_id=commitment_id,
            amount=form.money,
            on=told["on"],
            request_id=told["request_id"],
            **vars(given),
        )
    except ApprovalNeeded:
        if not told["reason"].strip():
            raise Invalid(fields={"reason": ASK_WHY}) from None
        return commands.ask_payment(
            form.actor, commitment_id=commitment_id, amount=form.money, given=given, reason=told["reason"]
        )


def _top_up(form: CaseForm, entitlement_id: UUID) -> object:
    assert isinstance(form, forms.TopUpForm)  # noqa: S101
    what, reason = form.cleaned_data["what"], form.cleaned_data["reason"]
    return commands.ask_top_up(
        form.actor, entitlement_id=entitlement_id, amount=form.money, what=what, reason=reason
    )


def _more(form: CaseForm, commitment_id: UUID) -> object:
    assert isinstance(form, forms.ChangeForm)  # noqa: S101
    told = form.cleaned_data
    given = {"amount": form.money, "reason": told["reason"], "request_id": told["request_id"]}
    return commands.commit_more(form.actor, commitment_id=commitment_id, **given)


def _release(form: CaseForm, commitment_id: UUID) -> object:
    assert isinstance(form, forms.ReleaseForm)  # noqa: S101
    told = form.cleaned_data
    given = {"amount": form.money, "reason": told["reason"], "request_id": told["request_id"]}
    return commands.release(form.actor, commitment_id=commitment_id, **given)


def _deliver(form: CaseForm, commitment_id: UUID) -> object:
    assert isinstance(form, forms.DeliveryForm)  # noqa: S101
    told = form.cleaned_data
    return commands.record_delivery(
        form.actor,
        commitment_id=commitment_id,
        amount=form.money,
        delivered=form.delivered(),
        on=told["on"],
        request_id=told["request_id"],
    )


def _prove(form: CaseForm, entry_id: UUID) -> object:
    assert isinstance(form, forms.ProofForm)  # noqa: S101
    file = form.cleaned_data["file"]
    return commands.add_proof(
        form.actor, entry_id=entry_id, kind=form.told_kind(), name=file.name, content=file.read()
    )


def _answer(form: CaseForm, entry_id: UUID) -> object:
    return commands.record_answer(form.actor, entry_id=entry_id, **form.told())


commit = _page(
    template="ledger/commit.html",
    heading=_("Commit an amount"),
    lead=_("What is committed is set aside of the entitlement and of the budget at once."),
    save=_("Commit"),
    done=_("The amount is committed, or waits for its approval."),
    verb=Action.MONEY_COMMIT,
    form=forms.CommitForm,
    run=_commit,
)
top_up = _page(
    heading=_("Ask for a top-up"),
    lead=_("For a complex case. Somebody else approves it before it can be used."),
    save=_("Ask"),
    done=_("The top-up waits for its approval."),
    verb=Action.TOP_UP_ASK,
    form=forms.TopUpForm,
    run=_top_up,
)
more = _page(
    heading=_("Raise a commitment"),
    lead=_("For instance because a price or a rate has changed."),
    save=_("Raise it"),
    done=_("The commitment is raised."),
    verb=Action.MONEY_COMMIT,
    form=forms.ChangeForm,
    run=_more,
)
release = _page(
    heading=_("Give back what is not needed"),
    lead=_("It can be committed anew. What is paid or delivered stays."),
    save=_("Give it back"),
    done=_("It is given back."),
    verb=Action.MONEY_COMMIT,
    form=forms.ReleaseForm,
    run=_release,
)
deliver = _page(
    heading=_("Record a delivery"),
    save=_("Record it"),
    done=_("The delivery is recorded. Add what proves it."),
    verb=Action.DELIVERY_RECORD,
    form=forms.DeliveryForm,
    run=_deliver,
)
pay = _page(
    heading=_("Record a payment"),
    save=_("Record the payment"),
    done=_("The payment is recorded, or waits for its approval."),
    verb=Action.PAYMENT_MAKE,
    form=forms.PayForm,
    run=_pay,
)
reached = _page(
    heading=_("The milestone is reached"),
    lead=_("The instalment can then be paid."),
    save=_("Record it"),
    done=_("The milestone is recorded."),
    verb=Action.MILESTONE_REACH,
    form=forms.ReachedForm,
    run=lambda form, instalment_id: commands.reach_milestone(
        form.actor, instalment_id=instalment_id, **form.cleaned_data
    ),
)
prove = _page(
    heading=_("Add a proof"),
    save=_("Add it"),
    done=_("The proof is added."),
    verb=Action.PROOF_ADD,
    form=forms.ProofForm,
    run=_prove,
)
answer = _page(
    heading=_("What was received"),
    save=_("Record it"),
    done=_("It is recorded."),
    verb=Action.RECEIPT_CONFIRM,
    form=forms.AnswerForm,
    run=_answer,
)
reverse_entry = _page(
    heading=_("Take an entry back"),
    lead=_("Both stay in the ledger: the entry, and the one that takes it back."),
    save=_("Take it back"),
    done=_("The entry is taken back."),
    verb=Action.ENTRY_REVERSE,
    form=forms.ReverseForm,
    run=lambda form, entry_id: commands.reverse_entry(form.actor, entry_id=entry_id, **form.cleaned_data),
)


@require_safe
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All money of a case."""
    actor = actor_of(request)
    actor.require(Action.MONEY_VIEW)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.MONEY_VIEW, subject_id=case.id, case_id=case.id)
    found = {"case": case, "money": case_money(actor, case.id, localdate()), "may": may_do(actor)}
    return render(request, "ledger/case.html", found | {"organisation_id": actor.organisation_id})


@require_safe
def after(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Back to the money of the case, or to the desk for who sees no case."""
    if actor_of(request).may(Action.MONEY_VIEW):
        return redirect("case_money", case_id)
    return redirect("desk")


@require_POST
def carry_out(request: HttpRequest, case_id: UUID, intent_id: UUID) -> HttpResponse:
    """Record what was approved."""
    actor = actor_of(request)
    actor.require(Action.INTENT_CARRY_OUT)
    get_case(actor, case_id)
    try:
        commands.carry_out(actor, intent_id=intent_id)
    except ApprovalNeeded:
        messages.warning(request, gettext("This is not approved yet."))
    except Problem as problem:
        if problem.status in {403, 404}:
            raise
        messages.warning(request, str(problem))
    else:
        messages.success(request, gettext("It is recorded."))
    return redirect("after_money", case_id)
