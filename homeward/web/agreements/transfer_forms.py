"""Questions about a transfer rule, and a rule in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import country_choices, country_name
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import TransferBasis
from homeward.sharing.transfer_examples import ADEQUATE, EEA, RuleTerms
from homeward.web.case_forms import long_text, offer
from homeward.web.labels import CLASS_LABELS
from homeward.web.sharing_words import TRANSFERS, words_of
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.sharing.models import TransferRule

Words = str | Promise
ANYWHERE, SAME = "any", "same"
GROUPS: dict[str, tuple[Words, tuple[str, ...]]] = {
    ANYWHERE: (_("Every country"), ()),
    "eea": (_("The European Economic Area"), EEA),
    "adequate": (_("Countries with an adequacy decision of the EU"), ADEQUATE),
}
RECEIVERS = [(one, CLASS_LABELS[one]) for one in OrganisationClass if one != OrganisationClass.ENFORCEMENT]


class RuleForm(forms.Form):
    """From where, to where, to whom, on which bases, and which law says so."""

    from_countries = forms.ChoiceField(label=_("From which country"))
    to_countries = forms.ChoiceField(label=_("To which country"))
    receiver_class = forms.ChoiceField(
        label=_("Who receives"), required=False, choices=[("", _("Any organisation")), *RECEIVERS]
    )
    bases = forms.MultipleChoiceField(
        label=_("What lets it cross the border"),
        choices=list(TRANSFERS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    covers_special = forms.BooleanField(label=_("Also vulnerability, health and protection"), required=False)
    source = forms.CharField(
        label=_("Which law or decision says so"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_verified = forms.BooleanField(label=_("Our lawyer confirmed it"), required=False)

    def __init__(self, *args: Any, rule: TransferRule | None = None, **options: Any) -> None:
        begun = _begun(rule) if rule else {"from_countries": ANYWHERE, "to_countries": ANYWHERE}
        options.setdefault("initial", begun)
        super().__init__(*args, **options)
        self.rule = rule
        for name in ("from_countries", "to_countries"):
            kept = tuple(getattr(rule, name)) if rule else ()
            offer(self, name, _places(kept))

    def terms(self) -> RuleTerms:
        """The answers as the command takes them."""
        told = self.cleaned_data
        receiver = told["receiver_class"]
        return RuleTerms(
            bases=tuple(TransferBasis(one) for one in told["bases"]),
            from_countries=self._countries("from_countries"),
            to_countries=self._countries("to_countries"),
            receiver_class=OrganisationClass(receiver) if receiver else None,
            covers_special=told["covers_special"],
            source=told["source"],
        )

    def _countries(self, name: str) -> tuple[str, ...]:
        chosen = self.cleaned_data[name]
        if chosen == SAME and self.rule:
            return tuple(getattr(self.rule, name))
        return GROUPS[chosen][1] if chosen in GROUPS else (chosen,)


class ChangeRuleForm(RuleForm):
    """Another rule in the place of one; whoever verified the old one did not see the new one."""

    is_verified = None  # type: ignore[assignment]
    why = forms.CharField(label=_("Why it changes"), max_length=1000, widget=long_text(2))


class EndRuleForm(forms.Form):
    """Why a rule ends."""

    why = forms.CharField(label=_("Why it ends"), max_length=1000, widget=long_text(2))


@dataclass(frozen=True)
class RuleInWords:
    """A rule as the list shows it."""

    rule: TransferRule
    giving: str
    receiving: str
    receivers: Words
    bases: list[Words]


def in_words(rule: TransferRule, language: str) -> RuleInWords:
    """Groups by their name, single countries by theirs."""
    receiver = rule.receiver_class
    return RuleInWords(
        rule,
        _named(rule.from_countries, language),
        _named(rule.to_countries, language),
        CLASS_LABELS[OrganisationClass(receiver)] if receiver else _("Any organisation"),
        words_of(rule.bases, TRANSFERS),
    )


def _named(codes: Iterable[str], language: str) -> str:
    chosen = tuple(codes)
    group = _group_of(chosen)
    if group:
        return str(GROUPS[group][0])
    if len(chosen) > 3:
        return ngettext("%(n)s country", "%(n)s countries", len(chosen)) % {"n": len(chosen)}
    return listed(country_name(code, language) for code in chosen)


def _group_of(codes: tuple[str, ...]) -> str:
    return next((name for name, (_label, group) in GROUPS.items() if set(group) == set(codes)), "")


def _begun(rule: TransferRule) -> dict[str, Any]:
    plain = ("receiver_class", "bases", "covers_special", "source")
    kept = {name: getattr(rule, name) for name in plain}
    for name in ("from_countries", "to_countries"):
        codes = tuple(getattr(rule, name))
        kept[name] = _group_of(codes) or (codes[0] if len(codes) == 1 else SAME)
    return kept


def _places(kept: tuple[str, ...]) -> list[tuple[str, Any]]:
    language = get_language() or "en"
    same = [] if _group_of(kept) or len(kept) == 1 else [(SAME, _named(kept, language))]
    groups = [(name, words) for name, (words, _codes) in GROUPS.items()]
    return [*same, *groups, *country_choices(language)]
