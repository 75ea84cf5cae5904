"""One form for each part of a programme's terms, from the part and back to it."""

from collections.abc import Mapping
from dataclasses import fields as parts_of
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from homeward.access.roles import Role
from homeward.cases.gate_rules import Gate
from homeward.cases.gates import GATE_WORDS
from homeward.lib.money import Money, digits_of
from homeward.programmes.facts import RETURN_TYPES as RETURN_TYPE_CODES
from homeward.programmes.facts import ROLES_IN_FILE as ROLE_CODES
from homeward.programmes.terms import (
    CHILD_HEARD_FROM_AGE,
    Answering,
    ApprovalSubject,
    CountedFrom,
    Form,
    Label,
    Package,
    Phase,
    Round,
    Rule,
    Source,
    Step,
    Terms,
    Window,
)
from homeward.web.case_words import RETURN_TYPES, ROLES_IN_FILE
from homeward.web.fields import OnDateField
from homeward.web.labels import ROLE_LABELS
from homeward.web.programmes import words
from homeward.web.programmes.told import FIELDS

ANSWERING_ROLES = (
    *(Role.COORDINATOR, Role.FINANCE_OFFICER, Role.ADMINISTRATOR, Role.DONOR),
    Role.CASE_MANAGER,
)


def _line(label: Any, help_text: Any = "", **options: Any) -> forms.CharField:
    given = {"required": False, "max_length": 300, **options}
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.TextInput(attrs={"dir": "auto"}), **given
    )


def _number(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, **options)


def _choices(kinds: Any, named: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(kind), named[kind]) for kind in kinds]


def _boxes(label: Any, codes: Any, named: Mapping[Any, Any], help_text: Any = "") -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=_choices(codes, named),
        widget=forms.CheckboxSelectMultiple,
    )


def _condition(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("Facts compared and joined by and, or, not. The facts are listed below."),
        **options,
    )


def _groups(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


def _lines(text: str) -> list[str]:
    """The lines of a text; an empty one between others keeps its place."""
    return [line.strip() for line in text.rstrip().splitlines()]


class PartForm(forms.Form):
    """What is common to the forms of all parts: the version that was read, and amounts in its currency."""

    currency: str

    def __init__(self, asked: QueryDict | None = None, *, currency: str, part: Any = None) -> None:
        self.currency = currency
        super().__init__(asked, initial=self.shown(part, currency) if part else None)

    @classmethod
    def shown(cls, part: Any, currency: str) -> dict[str, Any]:
        """The answers of a part as its form shows them."""
        shown = {field.name: getattr(part, field.name) for field in parts_of(part)}
        label, source = shown.pop("label", None), shown.pop("source", None)
        if label:
            shown |= {"label_en": label.en, "label_fr": label.fr, "label_ar": label.ar}
        if source:
            shown |= {"source_text": source.text, "source_is_confirmed": source.is_confirmed}
        for name in ("amount_minor", "from_minor"):
            if name in shown:
                shown[name.replace("minor", "amount")] = Money(shown[name], currency).amount
        return {name: list(value) if isinstance(value, tuple) else value for name, value in shown.items()}

    def clean(self) -> dict[str, Any] | None:
        """Refuse an amount with more places than its currency has."""
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, Decimal) and value.as_tuple().exponent < -digits_of(self.currency):  # type: ignore[operator]
                self.add_error(name, _("This currency has fewer decimal places."))
        return self.cleaned_data

    def label(self) -> Label:
        """The label in three languages."""
        return Label(*(self.cleaned_data[f"label_{code}"].strip() for code in ("en", "fr", "ar")))

    def source(self) -> Source:
        """Where it was read."""
        return Source(self.cleaned_data["source_text"].strip(), self.cleaned_data["source_is_confirmed"])

    def minor(self, name: str) -> int:
        """An amount in minor units."""
        return Money.of(self.cleaned_data[name] or 0, self.currency).minor

    def part(self) -> Any:
        """The part as it was answered."""
        raise NotImplementedError


class Named(forms.Form):
    """Code, words in three languages, and the source."""

    code = _line(_("Code"), _("Small letters, digits and _; it stays the same over versions."), required=True)
    label_en = _line(_("In English"), required=True)
    label_fr = _line(_("In French"))
    label_ar = _line(_("In Arabic"))


class Sourced(forms.Form):
    """Where a part was read."""

    source_text = _line(_("Where it was read"))
    source_is_confirmed = forms.BooleanField(
        label=_("Confirmed in that source"),
        help_text=_("What is not confirmed is never shown as official."),
        required=False,
    )


class RuleForm(Sourced, Named, PartForm):
    """A rule of eligibility."""

    expression = _condition(_("Condition"))
    field_order = ["code", "label_en", "label_fr", "label_ar", "expression"]

    def part(self) -> Rule:
        return Rule(
            self.cleaned_data["code"].strip(),
            self.label(),
            self.cleaned_data["expression"].strip(),
            self.source(),
        )


class PackageForm(Sourced, Named, PartForm):
    """A package."""

    phase = forms.ChoiceField(label=FIELDS["phase"], choices=_choices(Phase, words.PHASES))
    form = forms.ChoiceField(label=FIELDS["form"], choices=_choices(Form, words.FORMS))
    amount_amount = forms.DecimalField(label=FIELDS["amount_minor"], min_value=0, max_digits=14)
    return_types = _boxes(
        FIELDS["return_types"], RETURN_TYPE_CODES, RETURN_TYPES, _("None chosen means every one.")
    )
    roles_in_file = _boxes(
        FIELDS["roles_in_file"], ROLE_CODES, ROLES_IN_FILE, _("None chosen means every one.")
    )
    condition = _condition(_("A further condition"), required=False)
    window_days = _number(FIELDS["window_days"], help_text=_("Days or months; neither means no time limit."))
    window_working_days = forms.BooleanField(label=FIELDS["window_working_days"], required=False)
    window_months = _number(FIELDS["window_months"])
    counted_from = forms.ChoiceField(
        label=FIELDS["counted_from"], choices=_choices(CountedFrom, words.COUNTED_FROM)
    )
    gates = _boxes(
        FIELDS["package_gates"],
        Gate,
        GATE_WORDS,
        _("Nothing of it is promised before these are cleared. What is for children is asked of children."),
    )
    field_order = ["code", "label_en", "label_fr", "label_ar", "phase", "form", "amount_amount"]

    def part(self) -> Package:
        given = self.cleaned_data
        return Package(
            code=given["code"].strip(),
            label=self.label(),
            phase=Phase(given["phase"]),
            form=Form(given["form"]),
            amount_minor=self.minor("amount_amount"),
            return_types=tuple(given["return_types"]),
            roles_in_file=tuple(given["roles_in_file"]),
            condition=given["condition"].strip(),
            window_days=given["window_days"] or 0,
            window_working_days=given["window_working_days"],
            window_months=given["window_months"] or 0,
            counted_from=CountedFrom(given["counted_from"]),
            gates=tuple(given["gates"]),
            source=self.source(),
        )


class WindowForm(PartForm):
    """When applications are taken."""

    opens_on = OnDateField(label=FIELDS["opens_on"], required=False)
    closes_on = OnDateField(label=FIELDS["closes_on"], required=False)
    return_types = _boxes(
        FIELDS["return_types"], RETURN_TYPE_CODES, RETURN_TYPES, _("None chosen means every one.")
    )

    def part(self) -> Window:
        given = self.cleaned_data
        return Window(given["opens_on"], given["closes_on"], tuple(given["return_types"]))


class StepForm(PartForm):
    """A step of approval."""

    subject = forms.ChoiceField(label=FIELDS["subject"], choices=_choices(ApprovalSubject, words.SUBJECTS))
    from_amount = forms.DecimalField(label=FIELDS["from_minor"], min_value=0, max_digits=14, required=False)
    roles = _boxes(FIELDS["roles"], ANSWERING_ROLES, ROLE_LABELS)
    organisation = forms.ChoiceField(
        label=FIELDS["organisation"], choices=_choices(Answering, words.ANSWERING)
    )
    answer_days = forms.IntegerField(label=FIELDS["answer_days"], min_value=1, max_value=90, initial=7)

    def part(self) -> Step:
        given = self.cleaned_data
        return Step(
            ApprovalSubject(given["subject"]),
            tuple(Role(role) for role in given["roles"]),
            Answering(given["organisation"]),
            self.minor("from_amount"),
            given["answer_days"],
        )


class RoundForm(PartForm):
    """A round of surveys."""

    code = _line(_("Code"), required=True)
    months_after_arrival = forms.IntegerField(
        label=FIELDS["months_after_arrival"], min_value=0, max_value=120
    )
    window_days = forms.IntegerField(
        label=_("Days in which it can be done"), min_value=1, max_value=365, initial=31
    )
    instrument = _line(FIELDS["instrument"], required=True)

    def part(self) -> Round:
        given = self.cleaned_data
        return Round(
            given["code"].strip(),
            given["months_after_arrival"],
            given["window_days"],
            given["instrument"].strip(),
        )


class GeneralForm(Sourced, PartForm):
    """What holds for the whole version."""

    currency_code = forms.ChoiceField(label=FIELDS["currency"])
    groups_en = _groups(_("For whom, in English"), _("One group a line."))
    groups_fr = _groups(_("For whom, in French"), _("The same groups in the same order."))
    groups_ar = _groups(_("For whom, in Arabic"), _("The same groups in the same order."))
    gates = _boxes(FIELDS["gates"], Gate, GATE_WORDS, _("Beside those that always hold before travel."))
    income_share_min_percent = _number(FIELDS["income_share_min_percent"], max_value=100)
    cash_share_max_percent = _number(FIELDS["cash_share_max_percent"], max_value=100)
    follow_up_months = _number(FIELDS["follow_up_months"], max_value=120)
    child_heard_from_age = _number(
        FIELDS["child_heard_from_age"],
        max_value=18,
        help_text=_(
            "Before travel, somebody speaks with a child of this age or older. Not verified: check it "
            "against the law and guidance that you go by. 18 asks for no child."
        ),
    )
    field_order = ["currency_code", "groups_en", "groups_fr", "groups_ar"]

    def __init__(self, asked: QueryDict | None = None, *, currency: str, part: Any = None) -> None:
        super().__init__(asked, currency=currency, part=part)
        chosen = self.fields["currency_code"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(code, code) for code in sorted(list_currencies()) if code.isalpha()]

    @classmethod
    def shown(cls, part: Terms, currency: str) -> dict[str, Any]:
        return {
            "currency_code": part.currency,
            "groups_en": "\n".join(group.en for group in part.target_groups),
            "groups_fr": "\n".join(group.fr for group in part.target_groups).rstrip(),
            "groups_ar": "\n".join(group.ar for group in part.target_groups).rstrip(),
            "gates": list(part.gates),
            "income_share_min_percent": part.income_share_min_percent,
            "cash_share_max_percent": part.cash_share_max_percent,
            "follow_up_months": part.follow_up_months,
            "child_heard_from_age": part.child_heard_from_age,
            "source_text": part.source.text,
            "source_is_confirmed": part.source.is_confirmed,
        }

    def clean(self) -> dict[str, Any] | None:
        """Refuse a translation of a group that is not there."""
        super().clean()
        groups = len(_lines(self.cleaned_data.get("groups_en", "")))
        for name in ("groups_fr", "groups_ar"):
            if len(_lines(self.cleaned_data.get(name, ""))) > groups:
                self.add_error(name, _("There are more lines here than groups in English."))
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        """The answers as parts of the terms; an empty line leaves a group without that language."""
        given = self.cleaned_data
        groups = zip_longest(*(_lines(given[f"groups_{code}"]) for code in ("en", "fr", "ar")), fillvalue="")
        return {
            "currency": given["currency_code"],
            "target_groups": tuple(Label(*words) for words in groups if words[0]),
            "gates": tuple(given["gates"]),
            "income_share_min_percent": given["income_share_min_percent"],
            "cash_share_max_percent": given["cash_share_max_percent"],
            "follow_up_months": given["follow_up_months"] or 0,
            "child_heard_from_age": CHILD_HEARD_FROM_AGE
            if given["child_heard_from_age"] is None
            else given["child_heard_from_age"],
            "source": self.source(),
        }


PARTS: Mapping[str, tuple[str, type[PartForm]]] = {
    "rules": ("eligibility", RuleForm),
    "packages": ("packages", PackageForm),
    "windows": ("windows", WindowForm),
    "approvals": ("approvals", StepForm),
    "rounds": ("rounds", RoundForm),
}
