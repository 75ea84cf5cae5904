"""Proposing a plan, taking it back, and the person's answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.casework.commands import propose_plan
from homeward.casework.planning import frame_of, steps_of
from homeward.people.rules import is_surely_minor
from homeward.plans import commands, queries
from homeward.plans.commands.agreeing import AgreementDetails
from homeward.plans.rules import AgreementWay, Signer
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import (
    CaseForm,
    CasePage,
    case_page,
    languages_to_choose,
    long_text,
    offer,
    one_line,
    one_of,
)
from homeward.web.journey.words import choices
from homeward.web.plans.forms import DraftForm, draft_of
from homeward.web.plans.reading import version_seen
from homeward.web.plans.words import SHOWN_TO_YOU, SIGNERS

if TYPE_CHECKING:
    from homeward.cases.models import Case

DRAWN = "data:image/png;base64,"
MOST_DRAWN = 400_000


class ProposeForm(DraftForm):
    note = forms.CharField(
        label=_("What those who approve should know"), required=False, max_length=2000, widget=long_text(3)
    )


class NotAgreedForm(CaseForm):
    reasons = forms.CharField(label=_("What the person wants instead"), max_length=2000, widget=long_text(3))
    voice = ("reasons",)


class AgreementForm(CaseForm):
    """How the person agrees, to the content whose hash the page carries."""

    content_hash = forms.CharField(widget=forms.HiddenInput)
    drawn = forms.CharField(required=False, max_length=MOST_DRAWN, widget=forms.HiddenInput)
    agreed_on = OnDateField(label=_("Day of the agreement"), not_future=True)
    language = forms.ChoiceField(label=_("Language in which the plan was shown or read aloud"))
    was_read_aloud = forms.BooleanField(label=_("The plan was read aloud to the person"), required=False)
    signer = one_of(_("Who agrees"), choices(SIGNERS))
    guardian_name = forms.CharField(
        label=_("Name of the guardian"), required=False, max_length=200, widget=one_line()
    )
    guardian_relation = forms.CharField(
        label=_("What they are to the person"), required=False, max_length=100, widget=one_line()
    )
    way = one_of(_("How they show it"), choices(SHOWN_TO_YOU))
    signature = forms.FileField(
        label=_("Picture of the signature"),
        help_text=_("A photo or scan of the signed page. Or let the person sign on the screen, above."),
        required=False,
    )
    witness_name = forms.CharField(
        label=_("Name of the witness"), required=False, max_length=200, widget=one_line()
    )
    witness_how = forms.CharField(
        label=_("How the witness knows"),
        help_text=_("For example: heard the person say yes on the phone; saw them press their thumb."),
        required=False,
        max_length=300,
        widget=one_line(),
    )
    widths = {"language": "m", "guardian_name": "m", "guardian_relation": "m", "witness_name": "m"}

    def prepare(self) -> None:
        self.version = draft_of(self.actor, self.case)
        offer(self, "language", [("", _("Choose a language")), *languages_to_choose()[1:]])

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        is_minor = is_surely_minor(case.person.birth, localdate())
        return {
            "content_hash": draft_of(actor, case).content_hash,
            "agreed_on": localdate(),
            "language": next(iter(case.person.languages), ""),
            "signer": str(Signer.GUARDIAN if is_minor else Signer.PERSON),
            "way": str(AgreementWay.SIGNED),
        }

    def details(self) -> AgreementDetails:
        """The answers as the command takes them; a picture that was added goes before one that was drawn."""
        answers = self.cleaned_data
        added = answers["signature"].read() if answers["signature"] else b""
        return AgreementDetails(
            agreed_on=answers["agreed_on"],
            way=AgreementWay(answers["way"]),
            language=answers["language"],
            was_read_aloud=answers["was_read_aloud"],
            signature=added or drawn_picture(answers["drawn"]),
            witness_name=answers["witness_name"],
            witness_how=answers["witness_how"],
            signer=Signer(answers["signer"]),
            guardian_name=answers["guardian_name"],
            guardian_relation=answers["guardian_relation"],
        )


def drawn_picture(text: str) -> bytes:
    """The picture that was drawn on the page, or nothing."""
    if not text.startswith(DRAWN):
        return b""
    try:
        return base64.b64decode(text.removeprefix(DRAWN), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _propose(form: CaseForm) -> object:
    assert isinstance(form, ProposeForm)  # noqa: S101
    return propose_plan(form.actor, **form.written_to(), note=form.cleaned_data["note"])


def _agree(form: CaseForm) -> object:
    assert isinstance(form, AgreementForm)  # noqa: S101
    return commands.agree_to_plan(
        form.actor,
        version_id=form.version.id,
        content_hash=form.cleaned_data["content_hash"],
        details=form.details(),
    )


def _before_proposing(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    version = draft_of(actor, case)
    frame, content = frame_of(actor, case.id), queries.content_of(version)
    amount = frame.amount(content)
    return {
        "seen": version_seen(actor, version),
        "steps": steps_of(actor, frame, amount),
        "amount": amount,
    }


def _before_agreeing(actor: Actor, case: Case, given: Mapping[str, UUID]) -> Mapping[str, object]:
    return {"seen": version_seen(actor, draft_of(actor, case))}


propose = case_page(
    CasePage(
        heading=_("Propose the plan"),
        save=_("Propose the plan"),
        done=_("The plan is proposed."),
        verb=Action.PLAN_PROPOSE,
        form=ProposeForm,
        run=_propose,
        before="plans/before_proposing.html",
        context=_before_proposing,
        back="plan",
    )
)
withdraw = case_page(
    CasePage(
        heading=_("Take the proposed plan back"),
        lead=_("It becomes a draft again, and nobody needs to answer any more."),
        save=_("Take it back"),
        done=_("The plan is a draft again."),
        verb=Action.PLAN_PROPOSE,
        form=CaseForm,
        run=lambda form: commands.withdraw_proposal(
            form.actor, version_id=draft_of(form.actor, form.case).id
        ),
        back="plan",
    )
)
agree = case_page(
    CasePage(
        heading=_("The person agrees"),
        lead=_("Go through the plan together first. The agreement binds exactly what stands here."),
        save=_("Record the agreement"),
        done=_("The agreement is recorded. The plan is in force."),
        verb=Action.PLAN_AGREE,
        form=AgreementForm,
        run=_agree,
        context=_before_agreeing,
        template="plans/agree.html",
        back="plan",
    )
)
not_agreed = case_page(
    CasePage(
        heading=_("The person wants something else"),
        lead=_("The plan becomes a draft again. Nothing is lost, and approval is asked for anew."),
        save=_("Go back to the draft"),
        done=_("The plan is a draft again."),
        verb=Action.PLAN_AGREE,
        form=NotAgreedForm,
        run=lambda form: commands.note_not_agreed(
            form.actor,
            version_id=draft_of(form.actor, form.case).id,
            reasons=form.cleaned_data["reasons"],
        ),
        back="plan",
    )
)
