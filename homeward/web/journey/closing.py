"""Closing a case, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import Act, ClosingReason, OwnView
from homeward.cases.obstacles import WORDS
from homeward.cases.queries.journey import what_is_open
from homeward.casework import commands as casework
from homeward.web.fields import OnDateField
from homeward.web.journey.contact import OnDayForm
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text, one_of
from homeward.web.journey.words import CLOSING_REASONS, OWN_VIEWS, choices

if TYPE_CHECKING:
    from homeward.cases.models import Case


class ClosingForm(CaseForm):
    """Why the case ends, and how the person sees it."""

    closed_on = OnDateField(label=_("Day of closing"), not_future=True)
    reason = one_of(_("Why the case is closed"), choices(CLOSING_REASONS))
    note = forms.CharField(
        label=_("What a colleague needs to know later"),
        required=False,
        max_length=4000,
        widget=long_text(3),
    )
    own_view_asked = one_of(_("Was the person asked how it was?"), choices(OWN_VIEWS))
    own_view = forms.CharField(
        label=_("What they said, in their words"), required=False, max_length=4000, widget=long_text(4)
    )
    voice = ("own_view",)
    sealed = {"own_view": _("Opened by caseworkers on this case only, on the record.")}

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"closed_on": localdate()}

    def told(self) -> dict[str, Any]:
        answers = super().told()
        chosen = {
            "reason": ClosingReason(answers["reason"]),
            "own_view_asked": OwnView(answers["own_view_asked"]),
        }
        return {**answers, **chosen}


class ReopeningForm(OnDayForm):
    reason = forms.CharField(label=_("Why it is taken up again"), max_length=4000, widget=long_text(3))


def _open_things(actor: Actor, case: Case, given: object) -> dict[str, object]:
    found = what_is_open(actor, case)
    return {"still_open": f"{WORDS[found[0]]} {found[1]}".strip() if found else ""}


close = case_page(
    CasePage(
        heading=_("Close the case"),
        lead=_("Monitoring may go on after closing, and a closed case can be opened again."),
        save=_("Close the case"),
        done=_("The case is closed."),
        verb=Action.CASE_CLOSE,
        act=Act.CLOSE,
        form=ClosingForm,
        run=lambda form: casework.close_case(form.actor, **form.told()),
        before="journey/still_open.html",
        context=_open_things,
    )
)
reopen = case_page(
    CasePage(
        heading=_("Reopen the case"),
        lead=_("The case goes on from the last thing that still stands. Nothing recorded is lost."),
        save=_("Reopen the case"),
        done=_("The case is open again."),
        verb=Action.CASE_REOPEN,
        act=Act.REOPEN,
        form=ReopeningForm,
        run=lambda form: commands.reopen_case(form.actor, **form.told()),
    )
)
