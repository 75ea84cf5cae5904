"""Asking for a consent, in two steps: what is asked, then what the person answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor
from homeward.consent.rules import LANGUAGES, STANDS_FOR, Asked, ConsentWay, Evidence, WithdrawalWay
from homeward.organisations.queries import known_organisations
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import Category, Purpose
from homeward.web.consents.words import CATEGORIES, KINDS, PURPOSES, WAYS_TO_RECORD, WITHDRAWALS_TO_RECORD
from homeward.web.fields import OnDateField

IN_THEIR_LANGUAGE = [(code, name) for code, name in settings.LANGUAGES if code in LANGUAGES]
Choices = list[tuple[str, Any]]


class AskForm(forms.Form):
    """What is asked: for what, of whom, how much. Nothing is ticked beforehand."""

    purpose = forms.ChoiceField(label=_("What for"), choices=[])
    recipient = forms.ChoiceField(label=_("Who would see it"), choices=[])
    categories = forms.MultipleChoiceField(
        label=_("What they would see"),
        help_text=_("Only what they need for this. Less is better."),
        choices=list(CATEGORIES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language of the notice"), choices=IN_THEIR_LANGUAGE)

    def __init__(self, *args: Any, actor: Actor, purposes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "purpose", [("", _("Choose")), *((one, PURPOSES[one]) for one in purposes)])
        named, kinds = _recipients(actor)
        self.recipients = {**dict(named), **dict(kinds)}
        groups: Choices = [(_("One organisation"), named), (_("All of a kind"), kinds)]  # type: ignore[list-item]
        _offer(self, "recipient", [("", _("Choose")), *groups])

    def recipient_words(self) -> str:
        """Whom the question is about, in words."""
        return str(self.recipients[self.cleaned_data["recipient"]])


class AnswerForm(forms.Form):
    """How the person answered, and who stood by."""

    way = forms.ChoiceField(
        label=_("How they answered"), choices=list(WAYS_TO_RECORD.items()), widget=forms.RadioSelect
    )
    evidence_file = forms.FileField(
        label=_("The signed paper"), help_text=_("A photograph or a scan."), required=False
    )
    witness_name = forms.CharField(
        label=_("Witness"), help_text=_("Kept sealed."), required=False, max_length=200
    )
    interpreter_name = forms.CharField(
        label=_("Interpreter"), help_text=_("Kept sealed."), required=False, max_length=200
    )
    guardian_name = forms.CharField(
        label=_("Guardian"), help_text=_("Kept sealed."), required=False, max_length=200
    )
    given_on = OnDateField(label=_("Day of the answer"), not_future=True)
    expires_on = OnDateField(label=_("A yes counts until"), not_past=True)

    @staticmethod
    def saved() -> dict[str, object]:
        return {
            "way": str(ConsentWay.WITNESSED),
            "given_on": localdate(),
            "expires_on": localdate() + STANDS_FOR,
        }

    def evidence(self, file_id: UUID | None) -> Evidence:
        """The proof as the command takes it."""
        told = self.cleaned_data
        names = {name: told[name] for name in ("witness_name", "interpreter_name", "guardian_name")}
        return Evidence(ConsentWay(told["way"]), file_id, **names)


class WithdrawForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How they told us"), choices=list(WITHDRAWALS_TO_RECORD.items()), widget=forms.RadioSelect
    )

    def way(self) -> WithdrawalWay:
        return WithdrawalWay(self.cleaned_data["how"])


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the page"), choices=IN_THEIR_LANGUAGE)


class ReplyForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("The person reads it on their own page. Plain words."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


def asked_in(told: Mapping[str, Any], expires_on: date | None = None) -> Asked:
    """A question out of the answers of AskForm."""
    kind, _colon, value = told["recipient"].partition(":")
    return Asked(
        Purpose(told["purpose"]),
        frozenset(Category(one) for one in told["categories"]),
        recipient_id=UUID(value) if kind == "to" else None,
        recipient_kind=value if kind == "kind" else "",
        expires_on=expires_on,
    )


def _recipients(actor: Actor) -> tuple[Choices, Choices]:
    known = known_organisations(actor).exclude(organisation_class=OrganisationClass.ENFORCEMENT)
    others = known.exclude(id=actor.organisation_id)
    named: Choices = [(f"to:{one.id}", one.name) for one in others]
    kinds: Choices = [(f"kind:{kind}", words) for kind, words in KINDS.items()]
    return named, kinds


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    chosen = form.fields[name]
    if isinstance(chosen, forms.ChoiceField):
        chosen.choices = choices


class NoticeForm(forms.Form):
    """A notice in every language, each in three parts."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for language, name in IN_THEIR_LANGUAGE:
            for part, (label, rows) in NOTICE_PARTS.items():
                attrs = {"rows": rows, "lang": language, "dir": "auto"}
                self.fields[f"{part}_{language}"] = forms.CharField(
                    label=format_lazy("{} ({})", label, name),
                    max_length=4000,
                    widget=forms.Textarea(attrs=attrs),
                )

    @staticmethod
    def flat(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """The texts by the names of the questions."""
        return {f"{part}_{lang}": texts[lang][part] for lang in LANGUAGES for part in NOTICE_PARTS}

    def texts(self) -> dict[str, dict[str, str]]:
        """The texts as the command takes them."""
        told = self.cleaned_data
        return {
            lang: {part: told[f"{part}_{lang}"].replace("\r\n", "\n") for part in NOTICE_PARTS}
            for lang in LANGUAGES
        }


NOTICE_PARTS: Mapping[str, tuple[Any, int]] = {
    "title": (_("Heading"), 1),
    "body": (_("What the person should know"), 8),
    "question": (_("The question"), 2),
}
