"""Forms about who else sees a case."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TypedDict
from uuid import UUID

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.cases.rules import SHARE_DAYS, Basis, Scope
from homeward.organisations.queries import known_organisations
from homeward.web.case_forms import offer
from homeward.web.case_words import BASES
from homeward.web.fields import OnDateField

WHOLE = _("The whole case: name, ways to reach them, summary, journey, and notes written for all on the case")
ARRIVAL = _("The expected arrival only: reference, day, place and stage. No name, nothing about the person")


class Given(TypedDict):
    """What the command needs to know."""

    organisation_id: UUID
    scope: Scope
    basis: Basis
    purpose: str
    until: datetime | None


class ShareForm(forms.Form):
    """With whom, how much, on what ground, for what, how long."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    scope = forms.ChoiceField(
        label=_("What they will see"),
        choices=[(Scope.PARTICIPANT.value, WHOLE), (Scope.ARRIVAL.value, ARRIVAL)],
        widget=forms.RadioSelect,
    )
    basis = forms.ChoiceField(
        label=_("On what basis"),
        choices=[(code, words) for code, words in BASES.items()],
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("Whoever is asked later must understand it: “Reception and first needs in Saltfield”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    until = OnDateField(
        label=_("Until"),
        required=False,
        not_past=True,
        help_text=_("Sharing ends by itself at the end of this day. Empty: until somebody ends it."),
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        options.setdefault("initial", {"until": localdate() + timedelta(days=SHARE_DAYS)})
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.partners = {
            str(one.id): one.name
            for one in known_organisations(actor)
            if one.id != actor.organisation_id and not one.is_enforcement
        }
        offer(self, "organisation", [("", gettext("Choose")), *self.partners.items()])

    def given(self) -> Given:
        """The answers as the command takes them."""
        answers = self.cleaned_data
        until = answers["until"]
        return {
            "organisation_id": answers["organisation"],
            "scope": Scope(answers["scope"]),
            "basis": Basis(answers["basis"]),
            "purpose": answers["purpose"],
            "until": make_aware(datetime.combine(until, time.max)) if until else None,
        }

    @property
    def partner(self) -> str:
        """The chosen organisation by name."""
        return self.partners[str(self.cleaned_data["organisation"])]
