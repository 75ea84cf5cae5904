"""Reaching the person or not, and their leaving the path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases import commands
from homeward.cases.journey_rules import Act, Cause, ContactOutcome, ContactWay, Way
from homeward.codelists.countries import country_choices
from homeward.people.queries import contacts_of
from homeward.web.fields import OnDateField
from homeward.web.journey.pages import CaseForm, CasePage, case_page, long_text, offer, one_line, one_of
from homeward.web.journey.words import CAUSES, CONTACT_OUTCOMES, CONTACT_WAYS, WAYS, choices

if TYPE_CHECKING:
    from homeward.cases.models import Case


class OnDayForm(CaseForm):
    """Something that happened on a day."""

    on = OnDateField(label=_("Day"), not_future=True)

    @classmethod
    def saved(cls, actor: Actor, case: Case, **given: UUID) -> dict[str, Any]:
        return {"on": localdate()}


class ContactForm(OnDayForm):
    way = one_of(_("How you tried"), choices(CONTACT_WAYS))
    outcome = one_of(_("What came of it"), choices(CONTACT_OUTCOMES))
    note = forms.CharField(label=_("What was said"), required=False, max_length=4000, widget=long_text(4))

    def told(self) -> dict[str, Any]:
        answers = super().told()
        chosen = {"way": ContactWay(answers["way"]), "outcome": ContactOutcome(answers["outcome"])}
        return {**answers, **chosen}


class LostForm(OnDayForm):
    reason = forms.CharField(
        label=_("What was tried"),
        help_text=_("For example calls, messages, visits, and whom you asked."),
        max_length=4000,
        widget=long_text(3),
    )


class FoundForm(OnDayForm):
    note = forms.CharField(
        label=_("How they were found"), required=False, max_length=4000, widget=long_text(3)
    )


class WithdrawForm(OnDayForm):
    reason = forms.CharField(
        label=_("Why, in the person’s words if possible"), max_length=4000, widget=long_text(3)
    )
    voice = ("reason",)


class RemigrationForm(OnDayForm):
    to_country = forms.ChoiceField(label=_("To which country"), required=False)
    route = forms.CharField(
        label=_("By which route"),
        help_text=_("Through which countries and by what means, in a few words."),
        required=False,
        max_length=400,
        widget=one_line(),
    )
    way = one_of(_("By what way"), choices(WAYS), initial=str(Way.UNKNOWN))
    cause = one_of(
        _("Was it a choice or a need?"),
        choices(CAUSES),
        initial=str(Cause.UNKNOWN),
        help_text=_("Moving again is no failure. What matters is whether the person could have stayed."),
    )
    reason = forms.CharField(
        label=_("What they say about it"), required=False, max_length=4000, widget=long_text(3)
    )
    voice = ("reason",)
    widths = {"to_country": "m"}

    def prepare(self) -> None:
        offer(self, "to_country", [("", _("Not known")), *country_choices(get_language() or "en")])

    def told(self) -> dict[str, Any]:
        answers = super().told()
        return {**answers, "way": Way(answers["way"]), "cause": Cause(answers["cause"])}


class DeathForm(OnDayForm):
    note = forms.CharField(
        label=_("What a colleague needs to know"), required=False, max_length=4000, widget=long_text(3)
    )


record = case_page(
    CasePage(
        heading=_("Record a contact"),
        lead=_("Every attempt counts, also when nobody answered."),
        save=_("Record the contact"),
        done=_("The contact is recorded."),
        verb=Action.CONTACT_RECORD,
        form=ContactForm,
        run=lambda form: commands.record_contact(form.actor, **form.told()),
        before="journey/safe_contact.html",
        context=lambda actor, case, given: {"contacts": contacts_of(actor, case.person_id)},
    )
)
lost = case_page(
    CasePage(
        heading=_("Record that contact was lost"),
        lead=_("Nobody is blamed for it. It is taken back as soon as the person is reached."),
        save=_("Record it"),
        done=_("It is recorded that contact was lost."),
        verb=Action.CONTACT_RECORD,
        act=Act.LOSE_CONTACT,
        form=LostForm,
        run=lambda form: commands.record_contact_lost(form.actor, **form.told()),
    )
)
found = case_page(
    CasePage(
        heading=_("Record that the person was found again"),
        save=_("Record it"),
        done=_("The person was found again; the case goes on where it was."),
        verb=Action.CONTACT_RECORD,
        act=Act.FIND_CONTACT,
        form=FoundForm,
        run=lambda form: commands.record_contact_found(form.actor, **form.told()),
    )
)
withdraw = case_page(
    CasePage(
        heading=_("Record that the person withdraws"),
        lead=_("It is their decision, at any time and without disadvantage."),
        save=_("Record it"),
        done=_("It is recorded that the person withdrew."),
        verb=Action.CASE_WITHDRAW,
        act=Act.WITHDRAW,
        form=WithdrawForm,
        run=lambda form: commands.withdraw(form.actor, **form.told()),
    )
)
remigrate = case_page(
    CasePage(
        heading=_("Record that the person moved on"),
        save=_("Record it"),
        done=_("It is recorded that the person moved on."),
        verb=Action.EXIT_RECORD,
        act=Act.REMIGRATE,
        form=RemigrationForm,
        run=lambda form: commands.record_remigration(form.actor, **form.told()),
    )
)
die = case_page(
    CasePage(
        heading=_("Record that the person died"),
        save=_("Record it"),
        done=_("The death is recorded."),
        verb=Action.EXIT_RECORD,
        act=Act.DIE,
        form=DeathForm,
        run=lambda form: commands.record_death(form.actor, **form.told()),
    )
)
