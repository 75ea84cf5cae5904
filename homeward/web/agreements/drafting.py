"""Writing an agreement: a new one, or the next version of one in force; clauses are added row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.lib.problems import Invalid, WrongState
from homeward.sharing import commands, queries
from homeward.sharing.rules import AgreementState, AgreementTerms
from homeward.web.agreements.forms import (
    MOST_CLAUSES,
    ClauseForm,
    FrameForm,
    as_begun,
    partners_of,
    typed_in,
)

if TYPE_CHECKING:
    from homeward.sharing.models import Agreement

form_page = require_http_methods(["GET", "HEAD", "POST"])
Act = Callable[[AgreementTerms, str], "Agreement"]


@dataclass(frozen=True)
class Draft:
    """The forms of an agreement that is being written."""

    frame: FrameForm
    clauses: list[ClauseForm]

    def is_sound(self) -> bool:
        """True when every answer will do; each form is looked at, so that each tells its errors."""
        wrong = [form for form in (self.frame, *self.clauses) if not form.is_valid()]
        return not wrong

    def put(self, problem: Invalid) -> None:
        """Show what the command refused, beside its question where there is one."""
        for name, text in problem.fields.items():
            self.frame.add_error(name if name in self.frame.fields else None, str(text))


@form_page
def propose(request: HttpRequest) -> HttpResponse:
    """Put an agreement before other organisations."""
    actor = actor_of(request)
    actor.require(Action.AGREEMENT_PROPOSE)

    def act(terms: AgreementTerms, contact: str) -> Agreement:
        return commands.propose_agreement(actor, terms=terms, contact=contact)

    return _written(request, _draft(actor, request, None), act, None)


@form_page
def amend(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Put the next version of an agreement before the same organisations."""
    actor = actor_of(request)
    actor.require(Action.AGREEMENT_PROPOSE)
    before = queries.get_agreement(actor, agreement_id)
    if before.state != AgreementState.IN_FORCE:
        raise WrongState

    def act(terms: AgreementTerms, contact: str) -> Agreement:
        return commands.amend_agreement(actor, agreement_id=before.id, terms=terms, contact=contact)

    return _written(request, _draft(actor, request, before), act, before)


def _written(request: HttpRequest, draft: Draft, act: Act, before: Agreement | None) -> HttpResponse:
    is_sent = request.method == "POST" and "add_clause" not in request.POST
    if is_sent and draft.is_sound():
        standing = [one.terms() for one in draft.clauses if not one.is_out]
        try:
            agreement = act(draft.frame.terms(standing), draft.frame.cleaned_data["contact"])
        except Invalid as problem:
            draft.put(problem)
        else:
            messages.success(request, gettext("Proposed. It holds once every party has accepted it."))
            return redirect("agreement", agreement.id)
    shown = {
        "frame": draft.frame,
        "clauses": draft.clauses,
        "before": before,
        "is_full": len(draft.clauses) >= MOST_CLAUSES,
    }
    return render(request, "agreements/write.html", shown, status=422 if is_sent else 200)


def _draft(actor: Actor, request: HttpRequest, before: Agreement | None) -> Draft:
    if request.method != "POST":
        return _begun(actor, before)
    asked = request.POST
    partners, count = partners_of(actor), _count(asked)
    sent = [ClauseForm(asked, actor=actor, partners=partners, number=n) for n in range(count)]
    if "add_clause" not in asked:
        return Draft(FrameForm(asked), sent)
    begun = [typed_in(one, asked) for one in sent if not one.is_out][: MOST_CLAUSES - 1]
    again = [
        ClauseForm(actor=actor, partners=partners, number=n, begun=one)
        for n, one in enumerate([*begun, None])
    ]
    return Draft(FrameForm(typed=typed_in(FrameForm(), asked)), again)


def _begun(actor: Actor, before: Agreement | None) -> Draft:
    partners = partners_of(actor)
    found = [as_begun(one) for one in queries.clauses_of(actor, before.id)] if before else [None]
    if len(found) > MOST_CLAUSES:
        raise WrongState  # nothing that was agreed drops out because a page is too short for it
    clauses = [ClauseForm(actor=actor, partners=partners, number=n, begun=one) for n, one in enumerate(found)]
    return Draft(FrameForm(before=before), clauses)


def _count(asked: QueryDict) -> int:
    told = asked.get("clauses", "")
    return min(max(int(told), 1), MOST_CLAUSES) if told.isascii() and told.isdecimal() else 1
