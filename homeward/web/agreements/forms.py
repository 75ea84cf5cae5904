"""Questions of an agreement: one form for its frame, one for each clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.organisations.queries import known_organisations
from homeward.sharing.rules import (
    SPECIAL,
    AgreementTerms,
    Category,
    ClauseTerms,
    Purpose,
    TransferBasis,
)
from homeward.web.case_forms import long_text, offer
from homeward.web.fields import OnDateField
from homeward.web.sharing_words import CATEGORIES, PURPOSES, TRANSFERS

if TYPE_CHECKING:
    from homeward.sharing.models import Agreement, Clause

MOST_CLAUSES = 30  # with every box ticked, what one form may send
LONGEST_DAYS = 36_500
A_YEAR = timedelta(days=365)


def _line(label: Any, **options: Any) -> forms.CharField:
    given = {"max_length": 200, **options}
    return forms.CharField(label=label, widget=forms.TextInput(attrs={"dir": "auto"}), **given)


def _boxes(label: Any, words: Mapping[str, Any], **options: Any) -> forms.MultipleChoiceField:
    choices = list(words.items())
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


class FrameForm(forms.Form):
    """What it is called, how long it holds, whom to call."""

    title = _line(_("Title"))
    starts_on = OnDateField(label=_("Holds from"))
    ends_on = OnDateField(label=_("Holds until"))
    review_on = OnDateField(label=_("Look at it again on"), required=False)
    breach_contact = _line(
        _("Whom to tell of a breach"),
        help_text=_("Where all parties report lost or stolen data, day and night."),
        required=False,
    )
    contact = _line(_("Who answers for it at your organisation"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=long_text(3))

    def __init__(
        self, asked: QueryDict | None = None, *, before: Agreement | None = None, typed: Any = None
    ) -> None:
        today = localdate()
        begun: dict[str, Any] = {"starts_on": today, "ends_on": today + A_YEAR}
        if before is not None:
            plain = ("title", "ends_on", "review_on", "breach_contact", "note")
            begun |= {name: getattr(before, name) for name in plain}
        super().__init__(asked, initial=typed or begun)

    def terms(self, clauses: Iterable[ClauseTerms]) -> AgreementTerms:
        """The answers as the command takes them."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "contact"}
        return AgreementTerms(clauses=tuple(clauses), **answers)


class ClauseForm(forms.Form):
    """Who gives whom what, for what, on what basis abroad, for how long."""

    giver = forms.TypedChoiceField(label=_("Who gives"), coerce=UUID)
    receiver = forms.TypedChoiceField(label=_("Who receives"), coerce=UUID)
    purposes = _boxes(_("What for"), PURPOSES)
    categories = _boxes(_("What is given"), CATEGORIES)
    transfer_basis = forms.ChoiceField(
        label=_("What lets it cross a border"),
        required=False,
        choices=[("", _("No border is crossed")), *TRANSFERS.items()],
    )
    retention_days = forms.IntegerField(
        label=_("Days the receiver keeps it"),
        help_text=_("Whatever is given on this clause closes after so many days, at the latest."),
        min_value=1,
        max_value=LONGEST_DAYS,
    )
    may_pass_on = forms.BooleanField(
        label=_("The receiver may pass it on"),
        required=False,
        help_text=_("Under its own agreements with others. Leave it empty unless the work needs it."),
    )
    is_left_out = forms.BooleanField(label=_("Leave this clause out"), required=False)

    def __init__(
        self,
        asked: QueryDict | None = None,
        *,
        actor: Actor,
        partners: Mapping[str, str],
        number: int,
        begun: dict[str, Any] | None = None,
    ) -> None:
        first: dict[str, Any] = {"giver": actor.organisation_id, "retention_days": 365}
        super().__init__(asked, prefix=f"clause-{number}", initial=begun or first)
        self.number = number
        for name in ("giver", "receiver"):
            offer(self, name, [("", gettext("Choose")), *partners.items()])

    def full_clean(self) -> None:
        """A clause that was struck has nothing to put right."""
        super().full_clean()
        if self.is_out:
            self.errors.clear()

    def terms(self) -> ClauseTerms:
        """The answers as the command takes them."""
        answers = self.cleaned_data
        return ClauseTerms(
            giver_id=answers["giver"],
            receiver_id=answers["receiver"],
            purposes=frozenset(Purpose(one) for one in answers["purposes"]),
            categories=frozenset(Category(one) for one in answers["categories"]),
            transfer_basis=TransferBasis(answers["transfer_basis"]) if answers["transfer_basis"] else None,
            retention_days=answers["retention_days"],
            may_pass_on=answers["may_pass_on"],
        )

    @property
    def is_out(self) -> bool:
        """True when the clause was struck, whatever else stands in it."""
        return bool(self.data.get(self.add_prefix("is_left_out")))


class EndForm(forms.Form):
    """Why an agreement ends."""

    why = forms.CharField(
        label=_("Why"),
        max_length=1000,
        help_text=_("The other parties read this."),
        widget=long_text(3),
    )


class AcceptForm(forms.Form):
    """Who is asked about it from now on."""

    contact = _line(_("Who answers for it at your organisation"), required=False)


class VitalInterestForm(forms.Form):
    """To whom, what for, which special categories, whose life is at stake."""

    organisation = forms.TypedChoiceField(label=_("To which organisation"), coerce=UUID)
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", _("Choose")), *PURPOSES.items()])
    categories = _boxes(
        _("What is given"),
        {code: words for code, words in CATEGORIES.items() if code in SPECIAL},
        help_text=_("Tick the least that saves somebody. Anything else needs no second person."),
    )
    reason = forms.CharField(
        label=_("Whose life or safety is at stake, and how"),
        help_text=_("Your colleague decides by this. Say why the person cannot be asked."),
        max_length=2000,
        widget=long_text(4),
    )
    until = OnDateField(
        label=_("Until"), required=False, not_past=True, help_text=_("After thirty days at the latest.")
    )

    def __init__(self, asked: QueryDict | None = None, *, actor: Actor) -> None:
        super().__init__(asked)
        others = [one for one in partners_of(actor).items() if one[0] != str(actor.organisation_id)]
        offer(self, "organisation", [("", gettext("Choose")), *others])

    def given(self) -> dict[str, Any]:
        """The answers as the command takes them."""
        answers = self.cleaned_data
        until = answers["until"]
        return {
            "organisation_id": answers["organisation"],
            "purpose": Purpose(answers["purpose"]),
            "categories": [Category(code) for code in answers["categories"]],
            "reason": answers["reason"],
            "until": make_aware(datetime.combine(until, time.max)) if until else None,
        }


class AnswerForm(forms.Form):
    """Whether a vital interest is at stake."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("I agree: it may be shared without consent")), ("no", _("I do not agree"))],
        widget=forms.RadioSelect,
    )


def partners_of(actor: Actor) -> dict[str, str]:
    """Organisations that an agreement may bind, by id."""
    return {str(one.id): one.name for one in known_organisations(actor) if not one.is_enforcement}


def typed_in(form: forms.Form, asked: QueryDict) -> dict[str, Any]:
    """What was typed so far, unjudged, to begin the same form again."""
    return {
        name: field.widget.value_from_datadict(asked, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def as_begun(clause: Clause) -> dict[str, Any]:
    """A clause in force as the form of its amendment begins."""
    plain = ("purposes", "categories", "transfer_basis", "retention_days", "may_pass_on")
    kept = {name: getattr(clause, name) for name in plain}
    return {**kept, "giver": clause.giver_id, "receiver": clause.receiver_id}
